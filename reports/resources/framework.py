"""The export for the EU Roma framework as two sheets: indicators, and people apart."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reports.resources.columns import (
    Column,
    Sheet,
    Type,
    indicator_code,
    indicator_definition,
    indicator_unit,
)


def _value():
    return Column(
        pgettext_lazy("column", "Value"),
        Type.NUMBER,
        "value",
        width=11,
        description=_("Counted from the log; nobody types it."),
        note=_("Small counts of families and people are not told."),
    )


def _indicator():
    return Column(
        pgettext_lazy("column", "Indicator"),
        Type.CHOICE,
        "label",
        width=50,
        description=_("What was done, or for whom."),
    )


class FrameworkResource(Sheet):
    """One row for each indicator of an objective; ``scope`` is the ``Framework``."""

    title = pgettext_lazy("sheet", "Objectives")
    table = "tbl_merki"

    number = Column(
        pgettext_lazy("column", "No."),
        Type.NUMBER,
        "number",
        width=6,
        description=_("Number of the objective of the framework."),
        note=_("Empty for whom the work reached at all."),
    )
    objective = Column(
        pgettext_lazy("column", "Objective"),
        Type.CHOICE,
        "objective",
        width=42,
        description=_("Objective of the EU Roma strategic framework 2020–2030."),
        note=_("Empty for whom the work reached at all."),
    )
    code = indicator_code()
    indicator = _indicator()
    unit = indicator_unit()
    value = _value()
    definition = indicator_definition()

    def get_queryset(self):
        return [
            {
                "number": row.objective and row.objective.number,
                "objective": row.objective and str(row.objective.label),
                "code": row.indicator.code,
                "label": str(row.indicator.label),
                "unit": str(row.indicator.unit_label),
                "value": row.value.cell,
                "definition": str(row.indicator.definition),
            }
            for row in self.scope.rows
        ]


class FrameworkPeopleResource(Sheet):
    """One row for each indicator of people, sex and age, sums included."""

    title = pgettext_lazy("sheet", "By sex and age")
    table = "tbl_dzimums_vecums"

    code = indicator_code()
    indicator = _indicator()
    sex = Column(
        pgettext_lazy("column", "Sex"),
        Type.CHOICE,
        "sex",
        width=20,
        description=_("As the family told it."),
        note=_("“All” is the sum: leave it out of a pivot table."),
    )
    age = Column(
        pgettext_lazy("column", "Age"),
        Type.CHOICE,
        "age",
        width=20,
        description=_("In the year of the last time in the period."),
        note=_("“All ages” is the sum: leave it out of a pivot table."),
    )
    value = _value()

    def get_queryset(self):
        return [
            {
                "code": people.indicator.code,
                "label": str(people.indicator.label),
                "sex": str(sex),
                "age": str(age),
                "value": shown.cell,
            }
            for people in self.scope.people
            for sex, age, shown in people.cells
        ]
