"""Holding data that would be erased."""

from django.db import transaction

from data_protection.models import LegalHold
from data_protection.services.alerts import Lifted, tell_of_lifting
from data_protection.services.retention import count_again
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
    count_again()
    code = hold.family.code if hold.family else ""
    audit.record(by, audit.Verb.CREATE, hold, family=code)
    return hold


@transaction.atomic
def lift(hold, *, by):
    """The first person asks, the second lifts it, others are told.

    True when it is lifted, False when it was asked, None when somebody was faster.
    """
    if hold.lift_asked_by is None:
        if hold.ask_to_lift(by=by):
            audit.record(by, audit.Verb.UPDATE, hold, fields=["lift_asked_by"])
            return False
        return None
    if hold.lift(by=by):
        tell_of_lifting(Lifted.HOLD, family=hold.family, by=by)
        count_again()
        audit.record(by, audit.Verb.CLOSE, hold)
        return True
    return None
