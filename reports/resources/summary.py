"""The summary of a municipality as two sheets: indicators, and cooperation by type."""

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


class SummaryResource(Sheet):
    """One row for each indicator; ``scope`` is the ``Summary``."""

    title = pgettext_lazy("sheet", "Indicators")
    table = "tbl_raditaji"

    code = indicator_code()
    indicator = Column(
        pgettext_lazy("column", "Indicator"),
        Type.CHOICE,
        "label",
        width=50,
        description=_("Name; the definitions stand in the last column."),
    )
    unit = indicator_unit()
    value = Column(
        pgettext_lazy("column", "Value"),
        Type.NUMBER,
        "now",
        width=11,
        description=_("Counted from the log; nobody types it."),
        note=_("Small counts of families and cases are not told."),
    )
    before = Column(
        pgettext_lazy("column", "Period before"),
        Type.NUMBER,
        "before",
        width=16,
        description=_("The same in as many months before."),
        note=_("Small counts of families and cases are not told."),
    )
    definition = indicator_definition()

    def get_queryset(self):
        return [
            {
                "code": row.indicator.code,
                "label": str(row.indicator.label),
                "unit": str(row.indicator.unit_label),
                "now": row.now.cell,
                "before": row.before.cell,
                "definition": str(row.indicator.definition),
            }
            for row in self.scope.indicators
        ]


class CooperationResource(Sheet):
    """One row for each type of institution and month (or year); ``scope``: the ``Summary``."""

    title = pgettext_lazy("sheet", "Cooperation")
    table = "tbl_sadarbiba"

    type = Column(
        pgettext_lazy("column", "Type of institution"),
        Type.CHOICE,
        "type",
        width=44,
        description=_("Type of the institution that the entries name."),
    )
    first = Column(
        pgettext_lazy("column", "First day"),
        Type.DATE,
        "first",
        description=_("The first day of the month, or of the year in a long period."),
    )
    entries = Column(
        pgettext_lazy("column", "Log entries"),
        Type.NUMBER,
        "entries",
        description=_("How many log entries name an institution of the type."),
    )

    def get_queryset(self):
        table = self.scope.cooperation
        return [
            {"type": row.label, "first": column.first, "entries": entries}
            for row in table.rows
            for column, entries in zip(table.columns, row.values, strict=True)
        ]
