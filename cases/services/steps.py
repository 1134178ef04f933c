"""Moving a next step to another day, finishing it, letting it go."""

from django.db import transaction

from cases.models import NextStep
from privacy import audit


@transaction.atomic
def move(step, due_on, *, by):
    """The step stays what it was, on another day; the hour was for the old one."""
    step.due_on, step.due_at = due_on, None
    step.save(update_fields=["due_on", "due_at"])
    audit.record(by, audit.Verb.UPDATE, step, fields=["due_on"])


@transaction.atomic
def finish(step, *, by):
    """It is done, without an entry of its own in the log."""
    _end(step, NextStep.Status.DONE, by=by)


@transaction.atomic
def drop(step, *, by):
    """It is not needed any more."""
    _end(step, NextStep.Status.DROPPED, by=by)


def _end(step, status, *, by):
    step.status = status
    step.save(update_fields=["status"])
    audit.record(by, audit.Verb.UPDATE, step, fields=["status"])
