"""Holding data that would be erased."""

from django.db import transaction
from django.utils import timezone

from data_protection.models import LegalHold
from data_protection.services.alerts import Lifted, tell_of_lifting
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


@transaction.atomic
def lift(hold, *, by):
    """It may be erased again, one person does it, others are told."""
    hold.lifted_on = timezone.localdate()
    hold.save(update_fields=["lifted_on"])
    tell_of_lifting(Lifted.HOLD, family=hold.family, by=by)
    audit.record(by, audit.Verb.CLOSE, hold)
