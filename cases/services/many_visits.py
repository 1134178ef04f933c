"""Logging many contacts at once, by few statements however many there are.

They are whole by themselves: about no case, promising and fulfilling nothing.
"""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from cases.models import ClosedMonth, Visit, VisitArea, VisitFamily
from cases.services.visits import COPIED, Entry
from privacy import audit

A_STATEMENT = 500
"""Rows that are stored by one statement."""


@dataclass(frozen=True)
class NewVisit:
    """An entry with its number, and the fingerprint of the words it was told in."""

    entry: Entry
    client_uuid: UUID
    words: str


@dataclass(frozen=True)
class Logged:
    """All rows that came of it."""

    visits: list
    families: list
    areas: list


@transaction.atomic
def log_all(news, *, mediator, actor):
    """Store entries as ``log_visit`` does; those of a closed month are late ones.

    ``actor`` is who did it, or None for whoever works at the server.
    """
    ClosedMonth.objects.wait_for(mediator)
    visits = [_visit(new, mediator) for new in news]
    _give_codes(visits)
    _find_reports(visits, mediator)
    Visit.objects.bulk_create(visits, batch_size=A_STATEMENT)
    families = [
        VisitFamily(visit=visit, family=new.entry.family)
        for visit, new in zip(visits, news, strict=True)
        if new.entry.family
    ]
    areas = [
        VisitArea(visit=visit, area=area, position=position)
        for visit, new in zip(visits, news, strict=True)
        for position, area in enumerate(new.entry.areas)
    ]
    VisitFamily.objects.bulk_create(families, batch_size=A_STATEMENT)
    VisitArea.objects.bulk_create(areas, batch_size=A_STATEMENT)
    audit.record_all(
        actor, audit.Verb.CREATE, [(visit, {"code": visit.code}) for visit in visits]
    )
    return Logged(visits, families, areas)


def _visit(new, mediator):
    return Visit(
        mediator=mediator,
        client_uuid=new.client_uuid,
        fingerprint=new.words,
        institution=new.entry.institution,
        contact=new.entry.contact,
        **{name: getattr(new.entry, name) for name in COPIED},
    )


def _give_codes(visits):
    """Numbers run by municipality and year of the contact."""
    series = defaultdict(list)
    for visit in visits:
        series[visit.municipality, visit.visited_on.year].append(visit)
    for (municipality, _year), rows in series.items():
        day = rows[0].visited_on
        codes = Visit.next_codes(municipality, day, len(rows))
        for visit, code in zip(rows, codes, strict=True):
            visit.code = code


def _find_reports(visits, mediator):
    """The report of each month is looked for once."""
    found = {}
    for visit in visits:
        key = visit.municipality, visit.month
        if key not in found:
            found[key] = ClosedMonth.objects.report_month(
                mediator=mediator, municipality=visit.municipality, day=visit.month
            )
        visit.told_in = None if found[key] == visit.month else found[key]
