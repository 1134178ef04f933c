"""Who opened or uncovered what about a family, read from the audit chain."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from families.models import Family, FamilyMember
from families.services.families import Need
from mediators.models import User
from privacy import audit
from privacy.models import AuditEntry

LATEST = 5
LOOKS = (audit.Verb.READ, audit.Verb.REVEAL)


class Part(models.TextChoices):
    """A page about a family other than its first one; ``part`` of an audit entry."""

    CONSENT = "consent", _("the consent")
    NEEDS = "needs", _("the needs")
    RESIDENCE = "residence", _("where the family lives")
    PERSON = "person", _("the data of a person")
    ACCESS_LOG = "access_log", _("who looked")
    SAFEGUARDING = "safeguarding", _("reports of a child in danger")
    NEW_PERSON = "new_person", _("form for a person")
    EDIT = "edit", _("form for correcting the family")
    FORGET = "forget", _("what can be deleted")


@dataclass(frozen=True)
class Look:
    """Somebody saw data of a family; ``why`` is known where it had to be said."""

    at: datetime
    by: User | None
    what: str
    why: str = ""

    @property
    def is_reveal(self):
        return bool(self.why)


def record_read(family, part, *, by):
    """Write down that a part of the family's data was opened."""
    audit.record(by, audit.Verb.READ, family, part=part)


def record_opening(request, family, part):
    """The same for a form; when it is sent, the deed is written down instead."""
    audit.record_opening(request, family, part=part)


def entries_about(family):
    """Audit entries of everybody who saw the family or one of its people."""
    people = [str(pk) for pk in family.members.values_list("pk", flat=True)]
    about_family = Q(object_type=Family._meta.label_lower, object_id=str(family.pk))
    about_people = Q(object_type=FamilyMember._meta.label_lower, object_id__in=people)
    return AuditEntry.objects.filter(
        about_family | about_people, verb__in=LOOKS
    ).order_by("-seq")


def latest_looks(family, *, besides):
    """The last looks for the family's own page, without one's own turning of pages."""
    own = Q(verb=audit.Verb.READ, actor=besides.pk)
    return as_looks(entries_about(family).exclude(own)[:LATEST])


def as_looks(entries):
    """In words; the accounts are fetched at once."""
    entries = list(entries)
    people = User.objects.in_bulk({entry.actor for entry in entries})
    return [
        Look(entry.at, people.get(entry.actor), _what(entry), _why(entry))
        for entry in entries
    ]


def _what(entry):
    if entry.verb == audit.Verb.REVEAL:
        names = [Family._meta.get_field(name) for name in entry.detail["fields"]]
        return ", ".join(str(field.verbose_name) for field in names)
    if entry.object_type == FamilyMember._meta.label_lower:
        return str(Part.PERSON.label)
    part = entry.detail.get("part")
    return str(Part(part).label) if part else pgettext("opened", "page of the family")


def _why(entry):
    return Need(entry.detail["purpose"]).label if "purpose" in entry.detail else ""
