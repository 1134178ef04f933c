"""What a family was told and agreed to, what it takes back, and what follows."""

from dataclasses import dataclass

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models import Consent, ConsentText, Family
from families.models.family import ASKED_AGAIN
from families.services import name_grants
from privacy import audit


class Told(models.TextChoices):
    """What a mediator could tell a new family, and what it answered."""

    AGREED = "agreed", _("I told them and they agree")
    THINKING = "thinking", _("I told them, they are still thinking")
    LATER = "later", pgettext_lazy("consent", "Later")

    @property
    def purposes(self):
        return {
            Told.AGREED: (Consent.Purpose.INFORMED, Consent.Purpose.KEEP),
            Told.THINKING: (Consent.Purpose.INFORMED,),
            Told.LATER: (),
        }[self]


def text_to_read():
    """What to read to a family today; None where no text is loaded."""
    return ConsentText.objects.in_force()


@transaction.atomic
def record_consent(family, purposes, *, by, **how):
    """Write down what the family was told and agreed to; whoever agrees was told.

    Each row keeps the version of the text that was in force on that day. What is in
    force already in just the same way is not written a second time.
    """
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    purposes = set(purposes)
    informed = family.consents.filter(purpose=Consent.Purpose.INFORMED)
    if not informed.exists():
        purposes.add(Consent.Purpose.INFORMED)
    how.setdefault("given_on", timezone.localdate())
    how["text"] = ConsentText.objects.in_force(how["given_on"])
    same = family.consents.in_force().filter(**how)
    known = set(same.values_list("purpose", flat=True))
    new = sorted(purposes - known)
    Consent.objects.bulk_create(
        Consent(family=family, purpose=purpose, recorded_by=by, **how)
        for purpose in new
    )
    if new:
        audit.record(by, audit.Verb.CONSENT, family, purposes=new)


# Having been told something cannot be taken back
WITHDRAWABLE = (Consent.Purpose.KEEP, Consent.Purpose.SHARE, Consent.Purpose.STORY)


@transaction.atomic
def withdraw_consent(family, purpose, *, by):
    """End a consent today; without kept data nothing can be shared or told either.

    Coordinators stop reading the cases of the family at that moment.
    """
    purposes = WITHDRAWABLE if purpose == Consent.Purpose.KEEP else (purpose,)
    in_force = family.consents.in_force().filter(purpose__in=purposes)
    if in_force.update(withdrawn_on=timezone.localdate()):
        audit.record(by, audit.Verb.WITHDRAW, family, purposes=sorted(purposes))
        if purpose in Consent.NEEDED_TO_SHARE:
            _end_shares(family, by=by)
            name_grants.end_all(family, by=by)


def _end_shares(family, *, by):
    """For good: who agrees to share again is asked about each case again."""
    for case in family.cases.all():
        for share in case.shares.running().select_for_update(no_key=True):
            share.stop()
            audit.record(by, audit.Verb.CLOSE, share, case=case.code, because="consent")


@dataclass(frozen=True)
class ConsentState:
    """One purpose, and what the family said about it last."""

    purpose: Consent.Purpose
    consent: Consent | None

    @property
    def is_withdrawn(self):
        return bool(self.consent and self.consent.is_withdrawn)

    @property
    def is_over(self):
        return bool(self.consent and self.consent.is_over)

    @property
    def ends_soon(self):
        until = self.consent and self.consent.valid_until
        return bool(until and until <= timezone.localdate() + ASKED_AGAIN)

    @property
    def is_in_force(self):
        return bool(self.consent and self.consent.is_in_force)

    @property
    def can_be_withdrawn(self):
        return self.is_in_force and self.purpose in WITHDRAWABLE


ALWAYS_SHOWN = (Consent.Purpose.INFORMED, Consent.Purpose.KEEP)


def consent_states(family):
    """The state of each purpose; the rarer ones only when they ever came up."""
    consents = list(family.consents.all())
    states = [_state_of(purpose, consents) for purpose in Consent.Purpose]
    return [state for state in states if state.consent or state.purpose in ALWAYS_SHOWN]


def _state_of(purpose, consents):
    states = [
        ConsentState(purpose, consent)
        for consent in consents
        if consent.purpose == purpose
    ]
    in_force = [state for state in states if state.is_in_force]
    return next(iter(in_force or states), ConsentState(purpose, None))
