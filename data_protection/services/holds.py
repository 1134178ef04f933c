"""Holding data that would be erased."""

from django.db import transaction

from data_protection.models import LegalHold
from municipalities.services import made_before
from privacy import audit


@transaction.atomic
def hold(hold, *, by):
    """Nothing of it is erased from now on; stored once."""
    made = made_before(
        hold,
        LegalHold.objects.visible_to(by),
        alike=["family_id", "reason", "starts_on", "ends_on"],
        lock=by,
    )
    if made:
        return made
    hold.by = by
    hold.save(force_insert=True)
    code = hold.family.code if hold.family else ""
    audit.record(by, audit.Verb.CREATE, hold, family=code)
    return hold
