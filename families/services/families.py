"""Taking a family on, finding its like, uncovering what is kept covered."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models import Family, FamilyAssignment
from families.services import conflicts, hand_overs, substitutions
from families.services.consents import record_consent
from municipalities.services import made_before
from privacy import audit
from privacy.fold import fold

PROTECTED = ("phone", "address", "note")
"""Fields that stay covered until somebody says why they have to be read."""
# Folded words that many labels share; they make no two families alike
COMMON_WORDS = {"gimene", "gimenes", "gimenei", "family"}
SHORTEST_WORD = 3
ENDING = 2


class Need(models.TextChoices):
    """Why somebody uncovers a phone number, an address or a note."""

    VISIT = "visit", _("I am going to visit")
    CALL = "call", _("I am going to call or write")
    APPLICATION = "application", _("Application to an institution")
    OTHER = "other", pgettext_lazy("reason", "Other")
    EDIT = "edit", _("correcting the data")
    GRANT = "grant", _("allowed for 24 hours")


ASKED_NEEDS = [need for need in Need if need not in (Need.EDIT, Need.GRANT)]


def similar_families(label, families):
    """Those that share a word with the label, whatever its ending and diacritics."""
    return Likenesses(families).of(label)


class Likenesses:
    """Families by the words of their labels, so that many labels are compared at once."""

    def __init__(self, families):
        self.families = list(families)
        self.places = {}
        for place, family in enumerate(self.families):
            for stem in _stems(family.label):
                self.places.setdefault(stem, set()).add(place)

    def of(self, label):
        found = set()
        for stem in _stems(label):
            found |= self.places.get(stem, set())
        return [self.families[place] for place in sorted(found)]


def _stems(label):
    """Latvian names change their endings: Kārkliņi, Kārkliņu, Kārkliņa are alike."""
    words = set(fold(label).split()) - COMMON_WORDS
    return {
        word[: max(len(word) - ENDING, SHORTEST_WORD)]
        for word in words
        if len(word) >= SHORTEST_WORD
    }


@transaction.atomic
def take_on(family, *, by, told, manner, language, known_as=""):
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
    where = {"mediator": by, "municipality": family.municipality}
    hand_overs.give_new_families([own], **where)
    substitutions.cover_new_families([own], **where)
    audit.record(by, audit.Verb.CREATE, family, code=family.code)
    if known_as:
        conflicts.report(family, known_as, by=by)
    if told.purposes:
        record_consent(family, told.purposes, by=by, manner=manner, language=language)
    return family


def reveal(family, field, need, *, by):
    """The text of a covered field, and a line that somebody has read it and why."""
    audit.record(by, audit.Verb.REVEAL, family, fields=[field], purpose=need)
    return getattr(family, field)


@transaction.atomic
def forget(family, fields, *, by):
    """Empty covered fields without reading them."""
    for name in fields:
        setattr(family, name, "")
    family.save(update_fields=fields)
    audit.record(by, audit.Verb.UPDATE, family, fields=sorted(fields))


def open_for_editing(family, *, by):
    """Who corrects the data reads what is otherwise covered; that is written down."""
    fields = [name for name in PROTECTED if getattr(family, name)]
    if fields:
        audit.record(by, audit.Verb.REVEAL, family, fields=fields, purpose=Need.EDIT)
