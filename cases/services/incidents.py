"""Incidents of discrimination: written down once, counted in a month that is open."""

from collections import Counter

from django.db import transaction
from django.utils import timezone

from cases.models import ClosedMonth, Incident
from municipalities.services import made_before
from privacy import audit

SAID = ("kind", "ground", "place", "happened_on", "words", "family_id")


class AlreadyCounted(Exception):
    """The month in which it counts has been handed in."""


def _counts_on(incident):
    """Today, or the first day whose month is open."""
    today = timezone.localdate()
    month = ClosedMonth.objects.report_month(
        mediator=incident.mediator, municipality=incident.municipality, day=today
    )
    return max(today, month)


@transaction.atomic
def note(incident, *, by):
    """Store an incident once, however often the button is pressed."""
    ClosedMonth.objects.wait_for(by)
    mine = Incident.objects.visible_to(by)
    made = made_before(incident, mine, alike=SAID, lock=incident.municipality)
    if made:
        return made
    incident.mediator = by
    incident.noted_on = _counts_on(incident)
    _note_report(incident)
    incident.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, incident, kind=incident.kind)
    return incident


@transaction.atomic
def change(incident, *, by, fields):
    """Correct it or tell what became of it.

    Raises ``AlreadyCounted`` where a report that is counted would vanish.
    """
    ClosedMonth.objects.wait_for(by)
    stored = Incident.objects.select_for_update().get(pk=incident.pk)
    incident.report_noted_on = stored.report_noted_on
    if stored.report_noted_on and not incident.reported_to:
        _refuse_counted(stored, stored.report_noted_on)
    _note_report(incident)
    incident.save()
    audit.record(by, audit.Verb.UPDATE, incident, fields=fields)


def _note_report(incident):
    if not incident.reported_to:
        incident.report_noted_on = None
    elif not incident.report_noted_on:
        incident.report_noted_on = _counts_on(incident)


def _refuse_counted(incident, day):
    place = {"mediator": incident.mediator, "municipality": incident.municipality}
    if ClosedMonth.objects.covers(**place, day=day):
        raise AlreadyCounted


@transaction.atomic
def take_back(incident, *, by):
    """Delete what was written by mistake; raises ``AlreadyCounted``."""
    ClosedMonth.objects.wait_for(by)
    _refuse_counted(incident, incident.noted_on)
    if incident.report_noted_on:
        _refuse_counted(incident, incident.report_noted_on)
    audit.record(by, audit.Verb.DELETE, incident, kind=incident.kind)
    incident.delete()


def of_year(rows, year):
    """Those that count in a year: an incident counts when it was written down."""
    return rows.filter(noted_on__year=year)


def counted(rows, year):
    """``[(ground, {place: incidents}, all, reported)]`` of a year, those with any."""
    rows = of_year(rows, year).only("ground", "place", "reported_to")
    found, reported = Counter(), Counter()
    # The ground is encrypted, so the database cannot count by it
    for row in rows.iterator():
        found[row.ground, row.place] += 1
        reported[row.ground] += bool(row.reported_to)
    table = []
    for ground in Incident.Ground:
        by_place = {
            place.label: found[ground.value, place.value]
            for place in Incident.Place
            if found[ground.value, place.value]
        }
        if by_place:
            total = sum(by_place.values())
            table.append((ground.label, by_place, total, reported[ground.value]))
    return table
