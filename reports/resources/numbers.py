"""The indicators as rows: long, so that a pivot table can turn them any way."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reports.indicators import (
    INDICATORS,
    compute,
    compute_by_place,
    compute_by_place_and_month,
)
from reports.periods import Period
from reports.resources.columns import Column, Sheet, Type

PLACE_AND_MONTH = pgettext_lazy("rows of the indicators", "month")
PLACE = pgettext_lazy("rows of the indicators", "whole period")
ALL = pgettext_lazy("rows of the indicators", "whole period, all municipalities")


class IndicatorResource(Sheet):
    """One row for each indicator, municipality and month, and for the whole period.

    Rows of the whole period are counted anew: a family of two months is one family.
    ``places`` are the municipalities that get a row even when nothing happened.
    """

    title = pgettext_lazy("sheet", "Indicators")
    table = "tbl_raditaji"

    code = Column(
        pgettext_lazy("column", "Code"),
        Type.IDENTIFIER,
        "code",
        width=8,
        description=_("Code of the indicator in the catalogue."),
    )
    indicator = Column(
        pgettext_lazy("column", "Indicator"),
        Type.CHOICE,
        "label",
        width=38,
        description=_("Name; the definitions stand at the end of this dictionary."),
    )
    unit = Column(
        pgettext_lazy("column", "Unit"),
        Type.CHOICE,
        "unit",
        width=18,
        description=_("What is counted."),
    )
    level = Column(
        pgettext_lazy("column", "Rows"),
        Type.CHOICE,
        "level",
        width=22,
        description=_("Month of one municipality, or the whole period."),
        note=_("Choose one value in a pivot table, so that nothing is counted twice."),
    )
    municipality = Column(
        pgettext_lazy("column", "Municipality"),
        Type.CHOICE,
        "place",
        width=18,
        description=_("Short name of the municipality."),
        note=_("Empty for all municipalities together."),
    )
    month = Column(
        pgettext_lazy("column", "Month"),
        Type.DATE,
        "month",
        description=_("The first day of the month."),
        note=_("Empty for the whole period."),
    )
    value = Column(
        pgettext_lazy("column", "Value"),
        Type.NUMBER,
        "value",
        width=11,
        description=_("Counted from the log; nobody types it."),
    )

    def __init__(self, scope=None, places=(), **kwargs):
        super().__init__(scope, **kwargs)
        self.places = places

    def get_queryset(self):
        return [*self._all(), *self._by_place(), *self._by_place_and_month()]

    def _all(self):
        values = compute(self.scope)
        return [self._row(i, ALL, None, None, values) for i in INDICATORS]

    def _by_place(self):
        table = compute_by_place(self.scope)
        return [
            self._row(i, PLACE, place, None, table.get(place.pk, {}))
            for i in INDICATORS
            for place in self.places
        ]

    def _by_place_and_month(self):
        table = compute_by_place_and_month(self.scope)
        period = Period.between(self.scope.first, self.scope.last)
        return [
            self._row(
                i, PLACE_AND_MONTH, place, month, table.get((place.pk, month), {})
            )
            for i in INDICATORS
            if i.source.day
            for place in self.places
            for month in period.months_so_far
        ]

    @staticmethod
    def _row(indicator, level, place, month, values):
        return {
            "code": indicator.code,
            "label": str(indicator.label),
            "unit": str(indicator.unit_label),
            "level": str(level),
            "place": place and place.label_lv,
            "month": month,
            "value": values.get(indicator.key, indicator.value(0)),
        }


def dictionary_of_indicators():
    """What each indicator means, in the columns of the data dictionary."""
    for indicator in INDICATORS:
        yield {
            "sheet": str(IndicatorResource.title),
            "column": str(indicator.label),
            "name": indicator.key,
            "type": str(Type.NUMBER.label),
            "description": str(indicator.definition),
            "note": gettext("Indicator %(code)s, %(unit)s")
            % {"code": indicator.code, "unit": indicator.unit_label},
        }
