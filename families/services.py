"""Taking a family on, what it agreed to, and who saw what is kept covered."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families import hand_overs, substitutions
from families.models import Consent, Family, FamilyAssignment
from mediators.models import User
from municipalities.services import made_before
from privacy import audit
from privacy.fold import fold
from privacy.models import AuditEntry

PROTECTED = ("phone", "address", "note")
"""Fields that stay covered until somebody says why they have to be read."""
SOON = timedelta(days=30)
LATEST_REVEALS = 5
# Folded words that many labels share; they make no two families alike
COMMON_WORDS = {"gimene", "gimenes", "gimenei", "family"}
SHORTEST_WORD = 3
ENDING = 2


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


class Need(models.TextChoices):
    """Why somebody uncovers a phone number, an address or a note."""

    VISIT = "visit", _("I am going to visit")
    CALL = "call", _("I am going to call or write")
    APPLICATION = "application", _("Application to an institution")
    OTHER = "other", pgettext_lazy("reason", "Other")
    EDIT = "edit", _("correcting the data")


ASKED_NEEDS = [need for need in Need if need is not Need.EDIT]


def similar_families(label, families):
    """Those that share a word with the label, whatever its ending and diacritics."""
    wanted = _stems(label)
    return [family for family in families if wanted & _stems(family.label)]


def _stems(label):
    """Latvian names change their endings: Kārkliņi, Kārkliņu, Kārkliņa are alike."""
    words = set(fold(label).split()) - COMMON_WORDS
    return {
        word[: max(len(word) - ENDING, SHORTEST_WORD)]
        for word in words
        if len(word) >= SHORTEST_WORD
    }


@transaction.atomic
def take_on(family, *, by, told, manner, language):
    """Store a new family with its code, assigned to the mediator who met it."""
    made = made_before(
        family,
        Family.objects.visible_to(by),
        alike=["label", "town_part", "adults", "children", "municipality_id"],
        lock=family.municipality,
    )
    if made:
        return made
    family.code = Family.next_code(family.municipality)
    family.save(force_insert=True)
    own = FamilyAssignment.objects.create(
        family=family, mediator=by, kind=FamilyAssignment.Kind.OWN
    )
    hand_overs.give_new_family(own)
    substitutions.cover_new_family(own)
    audit.record(by, audit.Verb.CREATE, family, code=family.code)
    if told.purposes:
        record_consent(family, told.purposes, by=by, manner=manner, language=language)
    return family


@transaction.atomic
def record_consent(family, purposes, *, by, **how):
    """Write down what the family was told and agreed to; whoever agrees was told.

    What is in force already in just the same way is not written a second time.
    """
    Family.objects.select_for_update(no_key=True).get(pk=family.pk)
    purposes = set(purposes)
    informed = family.consents.filter(purpose=Consent.Purpose.INFORMED)
    if not informed.exists():
        purposes.add(Consent.Purpose.INFORMED)
    how.setdefault("given_on", timezone.localdate())
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
    """End a consent today; without kept data nothing can be shared or told either."""
    purposes = WITHDRAWABLE if purpose == Consent.Purpose.KEEP else (purpose,)
    in_force = family.consents.in_force().filter(purpose__in=purposes)
    if in_force.update(withdrawn_on=timezone.localdate()):
        audit.record(by, audit.Verb.WITHDRAW, family, purposes=sorted(purposes))


@dataclass(frozen=True)
class ConsentState:
    """One purpose, and what the family said about it last."""

    purpose: Consent.Purpose
    consent: Consent | None

    @property
    def is_withdrawn(self):
        return bool(self.consent and self.consent.withdrawn_on)

    @property
    def is_over(self):
        until = self.consent and self.consent.valid_until
        return bool(until and until < timezone.localdate())

    @property
    def ends_soon(self):
        until = self.consent and self.consent.valid_until
        return bool(until and until <= timezone.localdate() + SOON)

    @property
    def is_in_force(self):
        return bool(self.consent) and not (self.is_withdrawn or self.is_over)

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


@transaction.atomic
def reveal(family, field, need, *, by):
    """The text of a covered field, and a line that somebody has read it and why."""
    audit.record(by, audit.Verb.REVEAL, family, fields=[field], purpose=need)
    return getattr(family, field)


@transaction.atomic
def open_for_editing(family, *, by):
    """Who corrects the data reads what is otherwise covered; that is written down."""
    fields = [name for name in PROTECTED if getattr(family, name)]
    if fields:
        audit.record(by, audit.Verb.REVEAL, family, fields=fields, purpose=Need.EDIT)


@dataclass(frozen=True)
class Reveal:
    """Somebody who read covered data of a family."""

    at: datetime
    by: User | None
    what: str
    why: str


def latest_reveals(family):
    """The last people who read covered data, for the family's own page."""
    entries = AuditEntry.objects.filter(
        verb=audit.Verb.REVEAL,
        object_type=family._meta.label_lower,
        object_id=str(family.pk),
    ).order_by("-seq")[:LATEST_REVEALS]
    people = User.objects.in_bulk({entry.actor for entry in entries})
    return [
        Reveal(
            at=entry.at,
            by=people.get(entry.actor),
            what=_names_of(entry.detail["fields"]),
            why=Need(entry.detail["purpose"]).label,
        )
        for entry in entries
    ]


def _names_of(fields):
    return ", ".join(str(Family._meta.get_field(name).verbose_name) for name in fields)
