"""Entries of one mediator's log, each checked by the very form of the log."""

import uuid
from collections import Counter
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.forms.fields import NONE, Text
from cases.forms.many_visits import RepeatedVisitForm
from cases.forms.options import Options
from cases.forms.visit_fields import VisitFields
from cases.models import (
    Area,
    ClosedMonth,
    DeletedVisit,
    Kind,
    Visit,
)
from cases.services.many_visits import NewVisit, log_all
from cases.services.visits import Entry, fingerprint
from imports.resources.columns import Column, Day, Minutes, OneOfWords, SomeOfWords
from imports.resources.table import Row, Table, ids_of
from privacy.fold import fold

ASKED = VisitFields.base_fields


def listed(name, choices, heading, cls=OneOfWords):
    """A question with a list of answers; whether one is needed the form says."""
    return Column(heading, cls(choices, required=ASKED[name].required))


@dataclass
class EntryRow(Row):
    """With the entry that the form made of it, its words and the number they give it."""

    entry: Entry | None = None
    words: str = ""
    client_uuid: uuid.UUID | None = None


class VisitTable(Table):
    """One row for each contact."""

    model = Visit
    row_class = EntryRow

    family = Column(
        gettext_lazy("Family"),
        Text(max_length=300, required=False),
        note=gettext_lazy(
            "Its code or its name as in your list; empty for an entry without a family."
        ),
    )
    without = listed("without", Visit.Without.choices, ASKED["without"].label)
    visited_on = Column(
        gettext_lazy("Date"),
        Day(
            error_messages={"required": ASKED["visited_on"].error_messages["required"]}
        ),
        note=gettext_lazy("For example 31.12.2026"),
    )
    kind = listed("kind", Kind.choices, ASKED["kind"].label)
    minutes = Column(
        pgettext_lazy("column", "Minutes"),
        Minutes(error_messages=ASKED["minutes"].error_messages),
        note=gettext_lazy("45, or 0:45"),
    )
    areas = listed("areas", Area.choices, gettext_lazy("Areas"), SomeOfWords)
    institution = Column(
        gettext_lazy("Institution"),
        Text(max_length=200, required=False),
        note=gettext_lazy("As it is called in the list of contacts."),
    )
    contact = Column(
        gettext_lazy("Person at the institution"), Text(max_length=120, required=False)
    )
    note = Column(ASKED["note"].label, ASKED["note"], note=ASKED["note"].help_text)
    children = Column(ASKED["children"].label, ASKED["children"])
    youth = Column(ASKED["youth"].label, ASKED["youth"])
    adults = Column(ASKED["adults"].label, ASKED["adults"])

    def prepare(self):
        self.options = Options(self.person, timezone.localdate())
        prefetch_related_objects(list(self.options.families.values()), "consents")
        self.form = RepeatedVisitForm(options=self.options)
        self.families = _by_name(
            self.options.families, lambda family: (family.label, family.code)
        )
        self.institutions = _by_name(
            self.options.institutions, lambda institution: (institution.name,)
        )
        self.contacts = _by_name(self.options.contacts, lambda person: (person.name,))
        self.times = Counter()

    def judge(self, row):
        answers = self._answers(row)
        if self.form.tell(answers):
            row.entry = self.form.entry()
        for name, messages in self.form.errors.items():
            self.blame(row, name, " ".join(messages))
        if row.entry:
            row.name = f"{row.entry.visited_on:%d.%m.%Y}"
        row.words = fingerprint(_pairs(answers))
        row.client_uuid = self._number(row.words)

    def _answers(self, row):
        """What a person would have chosen in the form."""
        said = row.values
        return {
            "client_uuid": str(uuid.uuid4()),
            "municipality": self.place.slug,
            "case": NONE,
            "family": self._family(row) or NONE,
            "institution": self._chosen(row, "institution", self.institutions),
            "contact": self._chosen(row, "contact", self.contacts),
            "visited_on": str(said["visited_on"] or ""),
            "areas": said["areas"] or [],
            **{
                name: "" if said[name] is None else str(said[name])
                for name in ("kind", "without", "minutes", "note", *PEOPLE)
            },
        }

    def _family(self, row):
        code = (row.values["family"] or "").upper()
        if code in self.options.only_stored:
            return code
        return self._chosen(row, "family", self.families)

    def _chosen(self, row, name, known):
        """The key of the one thing that is called so; says what is wrong if there is none."""
        text = row.values[name]
        found = known.get(fold(text), []) if text else []
        if text and len(found) != 1:
            self.blame(row, name, SEVERAL[name] if found else UNKNOWN[name])
        return found[0] if len(found) == 1 else ""

    def _number(self, words):
        """The same row of the same list gives the same number: it is stored once."""
        self.times[words] += 1
        told = f"{self.person.pk}:{words}:{self.times[words]}"
        digest = salted_hmac("imports.visit", told, algorithm="sha256").digest()
        return uuid.UUID(bytes=digest[:16], version=4)

    def compare(self, rows):
        stored = self._stored([row.client_uuid for row in rows])
        alike, seen = self._alike(rows), {}
        for row in rows:
            if row.client_uuid in stored:
                row.known = _("This entry has been imported before.")
            if row.known or not row.entry:
                continue
            key = _key(row.entry)
            if key in seen:
                row.like = _("as in row %(number)d of the file") % {"number": seen[key]}
            elif key in alike:
                row.like = alike[key]
            seen.setdefault(key, row.number)

    def _stored(self, numbers):
        """Numbers of entries that are there, or were and have been deleted."""
        return {
            number
            for model in (Visit, DeletedVisit)
            for number in model.objects.filter(
                mediator=self.person, client_uuid__in=numbers
            ).values_list("client_uuid", flat=True)
        }

    def _alike(self, rows):
        """``{what makes two entries alike: code}`` of the days of the list."""
        days = [row.entry.visited_on for row in rows if row.entry]
        if not days:
            return {}
        own = Visit.objects.filter(
            mediator=self.person, visited_on__range=(min(days), max(days))
        )
        return {
            (kind, day, family, None if family else institution): code
            for kind, day, family, institution, code in own.values_list(
                "kind", "visited_on", "visit_families__family", "institution", "code"
            )
        }

    def add(self, rows, *, actor):
        logged = log_all(
            [NewVisit(row.entry, row.client_uuid, row.words) for row in rows],
            mediator=self.person,
            actor=actor,
        )
        return ids_of(logged.visits) | ids_of(logged.families) | ids_of(logged.areas)

    @classmethod
    def locked(cls, imported, ids):
        """Entries of which a report tells that has been handed in."""
        ClosedMonth.objects.wait_for(imported.by)
        months = ClosedMonth.objects.filter(mediator=imported.by)
        closed = set(months.values_list("municipality", "month"))
        return {
            visit.pk
            for visit in Visit.objects.filter(pk__in=ids)
            if (visit.municipality_id, visit.report_month) in closed
        }


PEOPLE = ("children", "youth", "adults")
UNKNOWN = {
    "family": gettext_lazy("You have no open family of this name or code."),
    "institution": gettext_lazy(
        "There is no institution of this name. Import institutions first."
    ),
    "contact": gettext_lazy("There is no person of this name in the contacts."),
}
SEVERAL = {
    "family": gettext_lazy("Several families are called so. Write the code."),
    "institution": gettext_lazy("Several institutions are called so."),
    "contact": gettext_lazy("Several people are called so. Leave the cell empty."),
}


def _by_name(rows, names_of):
    """``{folded name: [keys]}`` of the rows that a form offers by their keys."""
    found = {}
    for key, row in rows.items():
        for name in set(map(fold, names_of(row))):
            found.setdefault(name, []).append(key)
    return found


def _pairs(answers):
    """The words of an entry, as its form would send them."""
    return [
        (name, value)
        for name, given in answers.items()
        for value in (given if isinstance(given, list) else [given])
        if value and name != "client_uuid"
    ]


def _key(entry):
    """The same kind, day and family, or institution where no family is named."""
    family = entry.family.pk if entry.family else None
    institution = entry.institution.pk if entry.institution and not family else None
    return entry.kind, entry.visited_on, family, institution
