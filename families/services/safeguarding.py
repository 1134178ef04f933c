"""Writing down who was told that a child is in danger."""

from django.db import transaction

from families.models import SafeguardingNotice
from municipalities.services import made_before
from privacy import audit


def told_before(by, number):
    """What the person stored under this number, or None; whoever has its family now."""
    own = SafeguardingNotice.objects.filter(by=by).select_related("family")
    return own.filter(pk=number).first()


@transaction.atomic
def note_told(notice, *, by):
    """Store whom the mediator told and when, once; no consent is asked for."""
    made = made_before(
        notice,
        SafeguardingNotice.objects.visible_to(by),
        alike=[*SafeguardingNotice.WORDS, "family_id"],
        lock=by,
    )
    if made:
        return made
    notice.by = by
    notice.save(force_insert=True)
    audit.record(
        by, audit.Verb.CREATE, notice, told=notice.told, family=notice.family_id
    )
    return notice
