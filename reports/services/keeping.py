"""Noting in the audit that words of a report were kept while somebody writes."""

from datetime import timedelta

from django.utils import timezone

from privacy import audit
from privacy.models import AuditEntry

QUIET_FOR = timedelta(minutes=10)


def note_kept(report, key, *, by):
    """One entry for a part and ten minutes of writing.

    Words are kept at every pause; an entry for each would drown the others and hold
    the lock of the chain all the time. One at the end might never come: a phone that is
    put away says nothing.
    """
    lately = AuditEntry.objects.filter(
        actor=by.pk,
        at__gte=timezone.now() - QUIET_FOR,
        verb=audit.Verb.UPDATE,
        object_type=report._meta.label_lower,
        object_id=str(report.pk),
        detail__section=key,
        detail__is_being_written=True,
    )
    if not lately.exists():
        audit.record(by, audit.Verb.UPDATE, report, section=key, is_being_written=True)
