"""Participants of a programme as a sheet: the columns of the common indicators of ESF+."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Participant
from reports.resources.columns import Column, Sheet, Type


def _answer(name, codes):
    """A question as the form asks it, with the indicators that it feeds."""
    label = Participant._meta.get_field(name).verbose_name
    return Column(
        capfirst(label),
        Type.CHOICE,
        name,
        width=22,
        description=_("Answer of the person; empty if nobody asked."),
        note=codes,
    )


class ParticipantResource(Sheet):
    """One row for each participant; ``scope`` is the ``Participants``."""

    title = pgettext_lazy("sheet", "Participants")
    table = "tbl_dalibnieki"

    number = Column(
        pgettext_lazy("column", "Participant"),
        Type.PSEUDONYM,
        "number",
        width=14,
        description=_("Number of the participant; it leads to no family."),
        note="EECO01",
    )
    place = Column(
        pgettext_lazy("column", "Municipality"),
        Type.CHOICE,
        "place",
        width=24,
        description=_("Short name of the municipality."),
    )
    consent_on = Column(
        pgettext_lazy("column", "Agreed"),
        Type.DATE,
        "consent_on",
        description=_("When the person agreed to be told about."),
    )
    entered_on = Column(
        pgettext_lazy("column", "Entered"),
        Type.DATE,
        "entered_on",
        description=_("When the person was accepted or began."),
    )
    left_on = Column(
        pgettext_lazy("column", "Left"),
        Type.DATE,
        "left_on",
        description=_("When the person finished or dropped out."),
    )
    sex = _answer("sex", "EECO01–EECO19")
    birth_year = Column(
        pgettext_lazy("column", "Year of birth"),
        Type.NUMBER,
        "birth_year",
        description=_("Of this the bands of age of both periods can be made."),
        note="EECO06, EECO07, EECO08",
    )
    age = Column(
        pgettext_lazy("column", "Age"),
        Type.CHOICE,
        "age_band",
        width=16,
        description=_("At the beginning, in bands."),
    )
    labour = _answer("labour", "EECO02, EECO03, EECO04, EECO05")
    education = _answer("education", "EECO09, EECO10, EECO11")
    disability = _answer("disability", "EECO12")
    third_country = _answer("third_country", "EECO13")
    foreign_background = _answer("foreign_background", "EECO14")
    minority = _answer("minority", "EECO15")
    homeless = _answer("homeless", "EECO16")
    rural = _answer("rural", "EECO17")
    left_searching = _answer("left_searching", "EECR01")
    left_learning = _answer("left_learning", "EECR02")
    left_qualified = _answer("left_qualified", "EECR03")
    left_working = _answer("left_working", "EECR04")
    later_working = _answer("later_working", "EECR05")
    later_better = _answer("later_better", "EECR06")

    def get_queryset(self):
        return [self._row(participant) for participant in self.scope.rows]

    def _row(self, participant):
        row = {name: getattr(participant, name) for name in self.columns if name in OWN}
        for field in Participant._meta.fields:
            if field.choices:
                row[field.name] = str(
                    getattr(participant, f"get_{field.name}_display")()
                )
        return row | {
            "place": participant.involvement.family.municipality.label_lv,
            "age_band": str(participant.age_band.label),
        }


OWN = ("number", "consent_on", "entered_on", "left_on", "birth_year")
