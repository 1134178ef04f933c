"""Keeping events: stored once, counted anew at each change."""

from django.db import transaction

from events.models import Event, Leader
from mediators.models import Role
from municipalities.services import made_before
from privacy import audit


@transaction.atomic
def add_event(form, *, by):
    """Store a new event of a valid ``EventForm`` with its counts, and return it.

    A double click gives back the event of the first. One whose log entry already has its
    event gives that one back.
    """
    event = form.save(commit=False)
    made = made_before(
        event,
        Event.objects.editable_by(by),
        alike=["title", "held_on", "is_series"],
        lock=by,
    )
    visit = form.cleaned_data.get("visit")
    if visit and not made:
        made = Event.objects.filter(leaders__visit=visit).first()
    if made:
        return made
    mediates = by.municipalities_as(Role.MEDIATOR)
    if mediates.filter(pk=event.municipality_id).exists():
        event.mediator = by
    event.code = Event.next_code(event.held_on)
    event.save(force_insert=True)
    if visit:
        Leader.objects.create(event=event, visit=visit)
    _store_counts(event, form)
    audit.record(by, audit.Verb.CREATE, event, code=event.code)
    return event


@transaction.atomic
def change_event(form, *, by):
    """Store the changes of a valid form."""
    earlier = Event.objects.get(pk=form.instance.pk).series
    event = form.save(commit=False)
    event.save()
    _store_counts(event, form)
    if earlier and earlier.pk != event.series_id:
        settle(earlier)
    fields = audit.changed_fields(form)
    audit.record(by, audit.Verb.UPDATE, event, code=event.code, fields=fields)


@transaction.atomic
def delete_event(event, *, by):
    """Take an event away with its counts. Raises ``ProtectedError`` for a series in use."""
    audit.record(by, audit.Verb.DELETE, event, code=event.code)
    series = event.series
    event.delete()
    if series:
        settle(series)


def _store_counts(event, form):
    form.save_m2m()
    event.headcounts.all().delete()
    for row in form.headcounts:
        row.event = event
    event.headcounts.bulk_create(form.headcounts)
    settle(event)
    if event.series:
        settle(event.series)


def settle(event):
    """Count institutions anew, of a series with those of its sessions."""
    event.count_institutions()
    Event.objects.filter(pk=event.pk).update(
        institutions_number=event.institutions_number
    )
