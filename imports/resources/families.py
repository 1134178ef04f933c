"""Families of one mediator."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from families.forms.families import NOBODY, FamilyEditForm
from families.models import Consent, Family
from families.services.consents import Told
from families.services.families import PROTECTED, Likenesses
from families.services.many_families import NewFamily, take_on_all
from imports.resources.columns import Column, Day, OneOfWords
from imports.resources.table import Table, ids_of
from municipalities.forms import phone_number
from privacy.fold import fold

ASKED = FamilyEditForm.base_fields
TOO_LATE = gettext_lazy(
    "Without a consent this may be kept for 14 days only. Leave the cell empty, or write "
    "what the family answered."
)


def asked(name, **more):
    """The question of the form, with its label, limits and messages."""
    return Column(ASKED[name].label, ASKED[name], **more)


class FamilyTable(Table):
    """One row for each family; its code is given by the system."""

    model = Family

    label = asked("label", note=gettext_lazy("A nickname will do."))
    town_part = asked("town_part")
    adults = asked("adults", note=gettext_lazy("A number, 0 if there are none."))
    children = asked("children", note=gettext_lazy("A number, 0 if there are none."))
    started_on = Column(
        gettext_lazy("Works with the family since"),
        Day(latest=timezone.localdate, required=False),
        note=gettext_lazy(
            "For example 31.12.2026; empty means today. Without a consent phone, address "
            "and note may be kept for 14 days from then on."
        ),
    )
    phone = asked("phone", validators=[phone_number])
    address = asked("address")
    note = asked("note", note=ASKED["note"].help_text)
    told = Column(
        pgettext_lazy("column", "Consent"),
        OneOfWords(Told.choices, required=False),
        note=gettext_lazy("What the family was told and answered; empty means later."),
    )
    told_on = Column(
        pgettext_lazy("column", "Date of the consent"),
        Day(latest=timezone.localdate, required=False),
        note=gettext_lazy("For example 31.12.2026; empty means today."),
    )
    manner = Column(
        pgettext_lazy("column", "How it was told"),
        OneOfWords(Consent.Manner.choices, required=False),
    )
    language = Column(
        pgettext_lazy("column", "In which language"),
        OneOfWords(Consent.Language.choices, required=False),
    )

    def prepare(self):
        self.known = Likenesses(Family.objects.visible_to(self.person))

    def judge(self, row):
        said = row.values
        row.name = said["label"] or ""
        if said["adults"] == said["children"] == 0:
            self.blame(row, "adults", NOBODY)
        self._judge_consent(row, said)
        self._judge_personal_data(row, said)

    def _judge_consent(self, row, said):
        told = said["told"] or Told.LATER
        details = ("told_on", "manner", "language")
        if told == Told.LATER and any(said[name] for name in details):
            self.blame(row, "told", _("Say what the family answered."))
        for name in ("manner", "language"):
            if told != Told.LATER and not said[name]:
                self.blame(row, name, _("Say how the family was told."))

    def _judge_personal_data(self, row, said):
        """As in the form: without a consent for 14 days from the first day on."""
        given = [name for name in PROTECTED if said[name]]
        if not given or said["told"] == Told.AGREED:
            return
        family = Family(started_on=said["started_on"] or timezone.localdate())
        if not family.is_in_grace:
            for name in given:
                self.blame(row, name, TOO_LATE)

    def compare(self, rows):
        seen = {}
        for row in rows:
            if not row.values["label"]:
                continue
            key = fold(row.values["label"]), fold(row.values["town_part"] or "")
            if key in seen:
                row.like = _("as in row %(number)d of the file") % {"number": seen[key]}
            elif similar := self.known.of(row.values["label"]):
                row.like = ", ".join(family.name_and_code for family in similar[:3])
            seen.setdefault(key, row.number)

    def add(self, rows, *, actor):
        made = take_on_all(
            [_new_family(row.values, self.place) for row in rows],
            mediator=self.person,
            municipality=self.place,
            actor=actor,
        )
        return ids_of(made.families) | ids_of(made.assignments) | ids_of(made.consents)


FACTS = ("label", "town_part", "adults", "children", *PROTECTED)


def _new_family(said, place):
    today = timezone.localdate()
    family = Family(
        municipality=place,
        started_on=said["started_on"] or today,
        **{name: said[name] for name in FACTS},
    )
    return NewFamily(
        family,
        told=Told(said["told"] or Told.LATER),
        told_on=said["told_on"] or today,
        manner=said["manner"],
        language=said["language"],
    )
