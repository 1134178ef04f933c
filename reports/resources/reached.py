"""What was achieved, and who came how far in programmes, as rows without names."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Achievement, InvolvementStep, ProgrammeStep
from families.models import AgeBand, Sex
from reports.resources.columns import Column, Sheet, Type, label_of, municipality


def _sex(source):
    return Column(
        pgettext_lazy("column", "Sex"),
        Type.CHOICE,
        source,
        read=label_of(Sex),
        width=22,
        description=_("As the family told it; of a whole family it is not known."),
    )


def _age(source):
    return Column(
        pgettext_lazy("column", "Age"),
        Type.CHOICE,
        source,
        read=label_of(AgeBand),
        width=16,
        description=_("On that day, in bands."),
    )


class AchievementResource(Sheet):
    """One row for each thing that was achieved in the period, documents by kind."""

    title = pgettext_lazy("sheet", "Achievements")
    table = "tbl_panakumi"

    case_code = Column(
        pgettext_lazy("column", "Case"),
        Type.PSEUDONYM,
        "case__code",
        width=11,
        description=_("Code of the case."),
    )
    municipality = municipality()
    achieved_on = Column(
        pgettext_lazy("column", "Date"),
        Type.DATE,
        "achieved_on",
        description=_("The day on which it was achieved."),
    )
    what = Column(
        pgettext_lazy("column", "Achievement"),
        Type.CHOICE,
        "what__label_lv",
        width=40,
        description=_("What was achieved, see the sheet of classifiers."),
    )
    document = Column(
        pgettext_lazy("column", "Document"),
        Type.CHOICE,
        "document__label_lv",
        width=46,
        description=_("Which document it was; empty for other achievements."),
    )
    sex = _sex("sex")
    age = _age("age_band")

    def get_queryset(self):
        rows = self.scope.narrow(
            Achievement.objects.all(), days="achieved_on", area="case__area"
        )
        return rows.order_by("achieved_on", "pk")


class ProgrammeStepResource(Sheet):
    """One row for each step that somebody took in a programme in the period."""

    title = pgettext_lazy("sheet", "Programmes")
    table = "tbl_programmas"

    municipality = municipality()
    stepped_on = Column(
        pgettext_lazy("column", "Date"),
        Type.DATE,
        "stepped_on",
        description=_("The day of the step."),
    )
    programme = Column(
        pgettext_lazy("column", "Programme"),
        Type.CHOICE,
        "involvement__programme__label_lv",
        width=44,
        description=_("Which programme, see the sheet of classifiers."),
    )
    step = Column(
        pgettext_lazy("column", "Step"),
        Type.CHOICE,
        "step",
        read=label_of(ProgrammeStep),
        width=20,
        description=_("How far it has come."),
    )
    reason = Column(
        pgettext_lazy("column", "Reason"),
        Type.CHOICE,
        "reason",
        read=label_of(InvolvementStep.Reason),
        width=22,
        description=_("Why somebody dropped out or declined, where it was said."),
    )
    sex = _sex("involvement__sex")
    age = _age("involvement__age_band")

    def get_queryset(self):
        rows = self.scope.narrow(
            InvolvementStep.objects.all(),
            days="stepped_on",
            area="involvement__case__area",
        )
        return rows.order_by("stepped_on", "pk")
