"""Who opened, uncovered or changed what about a family, read from the audit chain."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from families.models import Family, FamilyMember
from families.services.belongings import OF_THE_OFFICER, ids_about
from families.services.families import Need
from mediators.models import User
from privacy import audit
from privacy.models import AuditEntry

LATEST = 5
DECISIONS = (audit.Verb.GRANT, audit.Verb.DECLINE, audit.Verb.REVOKE)
"""About somebody who works with codes and asked for the name."""


class Part(models.TextChoices):
    """A page about a family other than its first one; ``part`` of an audit entry."""

    CONSENT = "consent", _("the consent")
    NEEDS = "needs", _("the needs")
    RESIDENCE = "residence", _("where the family lives")
    PERSON = "person", _("the data of a person")
    EDUCATION = "education", _("the education of a child")
    ACCESS_LOG = "access_log", _("who looked")
    SAFEGUARDING = "safeguarding", _("reports of a child in danger")
    NEW_PERSON = "new_person", _("form for a person")
    EDIT = "edit", _("form for correcting the family")
    OVERSIGHT = "oversight", _("who looked, as the data-protection officer")
    CONFLICT = "conflict", _("form for a conflict of interest")
    PROGRAMMES = "programmes", _("form for a programme")
    FORGET = "forget", _("what can be deleted")
    REQUEST = "request", _("form for a request about data")


PARTS_OF_THE_OFFICER = (Part.SAFEGUARDING, Part.CONFLICT)
"""Forms of what ``OF_THE_OFFICER`` names: that somebody opened them says the same."""


@dataclass(frozen=True)
class Look:
    """Somebody saw or changed data of a family; ``why`` is known where it had to be said."""

    at: datetime
    by: User | None
    what: str
    why: str = ""

    @property
    def is_reveal(self):
        return bool(self.why)

    @property
    def who(self):
        return self.by.full_name if self.by else _("the system")


def record_read(family, part, *, by):
    """Write down that a part of the family's data was opened."""
    audit.record(by, audit.Verb.READ, family, part=part)


def record_opening(request, family, part):
    """The same for a form; when it is sent, the deed is written down instead."""
    audit.record_opening(request, family, part=part)


def entries_about(family):
    """Audit entries of all who saw or changed the family or what belongs to it.

    For those who work with the family, and for itself: see ``OF_THE_OFFICER``.
    """
    ids = ids_about(family)
    entries = entries_with({kind: ids[kind] for kind in ids.keys() - OF_THE_OFFICER})
    # Not by exclude(): entries without a part would go as well
    return entries.filter(
        ~Q(detail__has_key="part") | ~Q(detail__part__in=PARTS_OF_THE_OFFICER)
    )


def entries_with(ids):
    about = Q()
    for object_type, found in ids.items():
        about |= Q(object_type=object_type, object_id__in=found)
    return AuditEntry.objects.filter(about).order_by("-seq")


def latest_looks(family, *, besides):
    """The last looks for the family's own page, without one's own turning of pages."""
    own = Q(actor=besides.pk) & ~Q(verb=audit.Verb.REVEAL)
    return as_looks(entries_about(family).exclude(own)[:LATEST])


def as_looks(entries):
    """In words; the accounts are fetched at once."""
    entries = list(entries)
    people = User.objects.in_bulk({entry.actor for entry in entries})
    return [
        Look(entry.at, people.get(entry.actor), what_in(entry), why_in(entry))
        for entry in entries
    ]


def what_in(entry):
    """What was seen, or what was done to what; an unknown deed is told by its word."""
    if entry.verb in DECISIONS:
        return deed_of(entry)
    if entry.verb == audit.Verb.REVEAL:
        return ", ".join(map(_name_of, entry.detail["fields"]))
    if entry.verb != audit.Verb.READ:
        return f"{kind_of(entry)}: {deed_of(entry)}"
    if entry.object_type == FamilyMember._meta.label_lower:
        return str(Part.PERSON.label)
    if entry.object_type != Family._meta.label_lower:
        return kind_of(entry)
    # Requests were noted as a page, not as a part, until 2026-11-28
    part = entry.detail.get("part", entry.detail.get("page"))
    labels = dict(Part.choices)
    return str(
        labels.get(part, part) if part else pgettext("opened", "page of the family")
    )


def _name_of(field):
    """“label” is a field of the family, “members.name” one of its people."""
    *of_people, name = field.split(".")
    if of_people:
        kind = FamilyMember._meta
        return f"{kind.verbose_name}: {kind.get_field(name).verbose_name}"
    return str(Family._meta.get_field(name).verbose_name)


def kind_of(entry):
    """The name of the model; that of one which is gone is told as it was."""
    try:
        return str(apps.get_model(entry.object_type)._meta.verbose_name)
    except LookupError:
        return entry.object_type


def deed_of(entry):
    return str(dict(audit.Verb.choices).get(entry.verb, entry.verb))


def why_in(entry):
    purpose = entry.detail.get("purpose", "")
    return str(dict(Need.choices).get(purpose, purpose))
