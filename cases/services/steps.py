"""Planning a next step, changing and moving it, finishing it, letting it go."""

from django.db import transaction

from cases.models import NextStep, StepMove
from municipalities.services import made_before
from privacy import audit

CHANGEABLE = (
    *("institution", "contact", "family", "case", "municipality"),
    *("kind", "due_on", "due_at", "text"),
)


@transaction.atomic
def plan(step, *, by):
    """Store a new step of the person's own, once."""
    made = made_before(
        step,
        NextStep.objects.visible_to(by),
        alike=["institution_id", "family_id", "kind", "due_on", "due_at", "text"],
        lock=step.municipality,
    )
    if made:
        return made
    step.save(force_insert=True)
    audit.record(by, audit.Verb.CREATE, step)
    return step


@transaction.atomic
def change(step, *, by):
    """Store an open step with other answers; another day is a move."""
    before = NextStep.objects.select_for_update(no_key=True).get(pk=step.pk)
    changed = [
        name for name in CHANGEABLE if getattr(before, name) != getattr(step, name)
    ]
    if "due_on" in changed:
        _remember_move(step, before.due_on, step.due_on, by=by)
    step.save(update_fields=[*changed, "updated_at"])
    audit.record(by, audit.Verb.UPDATE, step, fields=sorted(changed))


@transaction.atomic
def move(step, due_on, *, by):
    """The step stays what it was, on another day; the hour was for the old one."""
    if due_on == step.due_on:
        return
    _remember_move(step, step.due_on, due_on, by=by)
    step.due_on, step.due_at = due_on, None
    step.save(update_fields=["due_on", "due_at", "updated_at"])
    audit.record(by, audit.Verb.UPDATE, step, fields=["due_on"])


def _remember_move(step, from_on, to_on, *, by):
    """The report says what was put off to another month."""
    StepMove.objects.create(step=step, by=by, from_on=from_on, to_on=to_on)


@transaction.atomic
def finish(step, *, by):
    """It is done, without an entry of its own in the log."""
    step.status = NextStep.Status.DONE
    step.save(update_fields=["status", "updated_at"])
    audit.record(by, audit.Verb.UPDATE, step, fields=["status"])


@transaction.atomic
def drop(step, reason, *, by):
    """It will not be done, and the history says why."""
    step.status, step.drop_reason = NextStep.Status.DROPPED, reason
    step.save(update_fields=["status", "drop_reason", "updated_at"])
    audit.record(
        by, audit.Verb.UPDATE, step, fields=["drop_reason", "status"], reason=reason
    )
