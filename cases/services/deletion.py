"""Taking an own entry out of the log, and putting it back while that is possible."""

import json

from django.core import serializers
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from cases.models import ClosedMonth, DeletedVisit, NextStep, StepMove
from cases.services.visits import refuse_closed
from privacy import audit
from privacy.fields import EncryptedTextField


class TooLate(Exception):
    """What the entry said has been forgotten; it can only be written anew."""


@transaction.atomic
def delete_visit(visit, *, by):
    """Take an own entry out of the log, with what it promised; what it did is due again.

    Returns the mark that it was here. What the entry said stays sealed in it for a few
    minutes, so that a slip of the thumb can be undone; a task forgets it afterwards.
    """
    ClosedMonth.objects.wait_for(by)
    deleted = DeletedVisit.objects.filter(client_uuid=visit.client_uuid).first()
    if deleted:
        # The second tap
        return deleted
    # As it is now: a correction may have come in between
    visit.refresh_from_db()
    refuse_closed(visit)
    promised = list(visit.promised_steps.open())
    rows = [
        visit,
        *visit.visit_families.all(),
        *visit.visit_areas.all(),
        *promised,
        *StepMove.objects.filter(step__in=promised),
    ]
    remains = {
        "rows": [_written_down(row) for row in rows],
        "kept": _ids(
            visit.promised_steps.exclude(pk__in=[step.pk for step in promised])
        ),
        "done": _ids(visit.done_steps.all()),
    }
    deleted = DeletedVisit.objects.create(
        client_uuid=visit.client_uuid,
        mediator=visit.mediator,
        fingerprint=visit.fingerprint,
        code=visit.code,
        remains=json.dumps(remains, default=str),
    )
    audit.record(by, audit.Verb.DELETE, visit, code=visit.code)
    visit.promised_steps.open().delete()
    visit.done_steps.update(status=NextStep.Status.OPEN, done_by=None)
    visit.delete()
    forget.using(run_after=deleted.restorable_until).enqueue(str(deleted.pk))
    return deleted


def _written_down(row):
    """The row with its texts as they read: sealed once, with all that remains.

    A token within the sealed text would need its old key after the keys were changed.
    """
    [written] = serializers.serialize("python", [row])
    for field in _encrypted_fields(row):
        written["fields"][field.name] = getattr(row, field.attname)
    return written


def _encrypted_fields(row):
    return [
        field
        for field in row._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    ]


def _ids(steps):
    return [str(pk) for pk in steps.values_list("pk", flat=True)]


@transaction.atomic
def restore_visit(deleted, *, by):
    """Put an entry back as it was, with its promises; steps that it did are done again.

    A step that was done, moved away or dropped in the meantime keeps its new state.
    If its report has been handed in since, it is a late entry now. Raises ``TooLate``
    when what it said has been forgotten.
    """
    ClosedMonth.objects.wait_for(by)
    deleted = DeletedVisit.objects.filter(pk=deleted.pk).first()
    if deleted is None or not deleted.is_restorable:
        raise TooLate
    remains = json.loads(deleted.remains)
    visit, *rest = (
        written.object for written in serializers.deserialize("python", remains["rows"])
    )
    visit.find_report()
    for row in (visit, *rest):
        row.save(force_insert=True)
    NextStep.objects.filter(pk__in=remains["kept"]).update(source=visit)
    NextStep.objects.filter(pk__in=remains["done"]).open().update(
        status=NextStep.Status.DONE, done_by=visit
    )
    deleted.delete()
    audit.record(by, audit.Verb.CREATE, visit, code=visit.code, restored=True)
    return visit


@task()
def forget(deleted_id):
    """Keep only the number of a deleted entry, as soon as it is too late to undo."""
    DeletedVisit.objects.filter(
        pk=deleted_id, deleted_at__lte=timezone.now() - DeletedVisit.UNDO_FOR
    ).update(remains="")
