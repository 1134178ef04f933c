"""Letting the coordinators read a case for a time, and ending it."""

from django.db import transaction
from django.utils import timezone

from cases.models import Case
from privacy import audit


@transaction.atomic
def share(share, *, by):
    """Share a case once: while a share is in force a second one changes nothing."""
    Case.objects.select_for_update(no_key=True).get(pk=share.case_id)
    running = share.case.shares.active().first()
    if running:
        return running
    # One that ran out makes room for the new one
    share.case.shares.filter(stopped_at=None).update(stopped_at=timezone.now())
    share.by = by
    share.save(force_insert=True)
    audit.record(
        by,
        audit.Verb.CREATE,
        share,
        case=share.case.code,
        ends_on=share.ends_on,
        shows_label=share.shows_label,
    )
    return share


@transaction.atomic
def stop(case, *, by):
    """End the running share now; stopping twice is stopping once."""
    for share in case.shares.active().select_for_update(no_key=True):
        share.stop()
        audit.record(by, audit.Verb.CLOSE, share, case=case.code)
