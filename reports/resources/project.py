"""The final evaluation as sheets: what its PDF tells, and nothing that it hides.

``scope`` is the ``Evaluation`` everywhere.
"""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from evaluation.pictures import name_of
from evaluation.questions import Scale
from reports.learned import LEARNED
from reports.measures import BY_KEY as MEASURES
from reports.resources.columns import (
    Column,
    Sheet,
    Type,
    indicator_code,
    indicator_definition,
    indicator_unit,
    municipality,
)
from reports.resources.evaluation import RecommendationResource, SurveyResource

PLACE = pgettext_lazy("rows of the evaluation", "municipality")
ALL = pgettext_lazy("rows of the evaluation", "all municipalities")
SMALL = _("Small counts of families and cases are not told.")


def _count(header, source, description, note=""):
    return Column(
        header, Type.NUMBER, source, width=14, description=description, note=note
    )


class CityResource(Sheet):
    """One row for each municipality, and one for all together, which is no sum of them."""

    title = pgettext_lazy("sheet", "Municipalities")
    table = "tbl_pasvaldibas"

    level = Column(
        pgettext_lazy("column", "Rows"),
        Type.CHOICE,
        "level",
        width=22,
        description=_("One municipality, or all together."),
        note=_("Choose one value in a pivot table, so that nothing is counted twice."),
    )
    municipality = municipality("place")
    mediators = _count(
        pgettext_lazy("column", "Mediators"),
        "mediators",
        _("Different mediators with a contract in the period."),
    )
    families = _count(
        pgettext_lazy("column", "Families"),
        "families",
        _("Different families of the period."),
        SMALL,
    )
    entries = _count(
        pgettext_lazy("column", "Log entries"),
        "entries",
        _("Log entries of all kinds."),
    )
    hours = _count(
        pgettext_lazy("column", "Hours"),
        "hours",
        _("Time of log entries without travel."),
    )
    institutions = _count(
        pgettext_lazy("column", "Institutions"),
        "institutions",
        _("Different institutions of the period."),
        _("One of the whole country counts once in the row of all together."),
    )
    solved = _count(
        pgettext_lazy("column", "Solved cases"),
        "solved",
        _("Cases that were solved in the period."),
        SMALL,
    )
    open = _count(
        pgettext_lazy("column", "Cases in work"),
        "open",
        _("Cases in work at the end of the period."),
        SMALL,
    )

    def get_queryset(self):
        return [
            *(
                self._row(PLACE, city.place.label_lv, city)
                for city in self.scope.cities
            ),
            self._row(ALL, None, self.scope.total),
        ]

    @staticmethod
    def _row(level, place, numbers):
        return {
            "level": str(level),
            "place": place,
            "mediators": numbers.mediators,
            "families": numbers.families.cell,
            "entries": numbers.entries,
            "hours": numbers.hours,
            "institutions": numbers.institutions,
            "solved": numbers.solved.cell,
            "open": numbers.open.cell,
        }


class AreaResource(Sheet):
    """One row for each area of work."""

    title = pgettext_lazy("sheet", "Areas")
    table = "tbl_jomas"

    area = Column(
        pgettext_lazy("column", "Area"),
        Type.CHOICE,
        "area",
        width=44,
        description=_("Area of work."),
    )
    entries = _count(
        pgettext_lazy("column", "Log entries"),
        "entries",
        _("Log entries about the area."),
        _("An entry with two areas counts in both."),
    )

    def get_queryset(self):
        return [{"area": str(area), "entries": n} for area, n in self.scope.areas]


class SupportResource(Sheet):
    """One row for each number of what mediators learned and who supported them."""

    title = pgettext_lazy("sheet", "Training and supervision")
    table = "tbl_macibas"

    code = indicator_code()
    indicator = Column(
        pgettext_lazy("column", "Indicator"),
        Type.CHOICE,
        "label",
        width=50,
        description=_("Name; the definitions stand in the last column."),
    )
    unit = indicator_unit()
    value = _count(
        pgettext_lazy("column", "Value"),
        "value",
        _("Of the whole project."),
        _("Supervision is told where at least three mediators had it."),
    )
    definition = indicator_definition()

    def get_queryset(self):
        hours = self.scope.supervised.hours
        found = [(one, self.scope.learned[one.key]) for one in LEARNED]
        if hours is not None:
            found.append((MEASURES["supervision_hours"], hours))
        return [
            {
                "code": one.code,
                "label": str(one.label),
                "unit": str(one.unit_label),
                "value": value,
                "definition": str(one.definition),
            }
            for one, value in found
        ]


class AnsweredResource(SurveyResource):
    """The questions on a scale of the survey that ended last, as the PDF tells them."""

    def get_queryset(self):
        answered = self.scope.answered
        if answered is None:
            return []
        return [
            {
                "year": answered.survey.closes_on.year,
                "closes_on": answered.survey.closes_on,
                "place": name_of(row),
                "code": told.question.code,
                "question": str(told.question),
                "value": str(value),
                "count": count,
            }
            for told in answered.results.scales
            for row in told.table
            for value, count in (
                *((point.label, row.counts[point]) for point in Scale),
                (pgettext("question", "Left out"), row.left_out),
            )
        ]


class RecommendedResource(RecommendationResource):
    """The recommendations as of the end of the period; what names a family is left out."""

    wraps = True

    status = Column(
        pgettext_lazy("column", "How far it is"),
        Type.CHOICE,
        "follow_ups__status",
        width=18,
        description=_("How far the municipality is."),
    )

    def get_queryset(self):
        return [
            {
                "heading__label_lv": str(heading.term),
                "text": row.text,
                "addressee__label_lv": str(row.addressee),
                "source": row.source,
                "carried_from__source": row.carried_from,
                "follow_ups__municipality__label_lv": one and str(one.place),
                "follow_ups__status": one and one.status,
                "follow_ups__text": one and one.text,
                "follow_ups__noted_on": one and one.noted_on,
            }
            for heading in self.scope.recommended
            for row in heading.rows
            for one in row.carried_out or [None]
        ]


class WordsResource(Sheet):
    """One row for each part of an approved report that stands for a municipality."""

    title = pgettext_lazy("sheet", "Words")
    table = "tbl_vardi"
    wraps = True

    municipality = municipality("place")
    part = Column(
        pgettext_lazy("column", "Part"),
        Type.CHOICE,
        "part",
        width=34,
        description=_("Part of the monthly report."),
    )
    month = Column(
        pgettext_lazy("column", "Month"),
        Type.DATE,
        "month",
        description=_("The first day of the month of the report."),
    )
    words = Column(
        pgettext_lazy("column", "Text"),
        Type.TEXT,
        "text",
        width=90,
        description=_("As it was approved, without codes of families and cases."),
    )

    def get_queryset(self):
        return [
            {
                "place": words.place.label_lv,
                "part": str(part.title),
                "month": part.chosen.month,
                "text": part.chosen.without_codes,
            }
            for words in self.scope.words
            for part in words.parts
        ]
