"""The indicators as rows: long, so that a pivot table can turn them any way."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from reports.indicators import (
    INDICATORS,
    compute,
    compute_by_place,
    compute_by_place_and_month,
)
from reports.measures import (
    MEASURES,
    OF_PARTS,
    measured,
    measured_by_place,
    measured_by_place_and_month,
)
from reports.periods import Period
from reports.resources.columns import (
    Bars,
    Column,
    Sheet,
    Type,
    indicator_code,
    indicator_unit,
)
from reports.targets import plans, plans_by_place

PLACE_AND_MONTH = pgettext_lazy("rows of the indicators", "month")
PLACE = pgettext_lazy("rows of the indicators", "whole period")
ALL = pgettext_lazy("rows of the indicators", "whole period, all municipalities")


class IndicatorResource(Sheet):
    """One row for each indicator, municipality and month, and for the whole period.

    Rows of the whole period are counted anew: a family of two months is one family. Shares
    and medians stand behind the counts of their level.
    ``places`` are the municipalities that get a row even when nothing happened.
    """

    title = pgettext_lazy("sheet", "Indicators")
    table = "tbl_raditaji"

    code = indicator_code()
    indicator = Column(
        pgettext_lazy("column", "Indicator"),
        Type.CHOICE,
        "label",
        width=50,
        description=_("Name; the definitions stand at the end of this dictionary."),
    )
    unit = indicator_unit()
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
        width=24,
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
        note=_("Empty where there is nothing to take a share or a median of."),
    )

    target = Column(
        pgettext_lazy("column", "Target of the year"),
        Type.NUMBER,
        "target",
        width=16,
        description=_("What should be reached in the year in which the period ends."),
        note=_("In rows of the whole period alone; empty where no target is set."),
    )
    done = Column(
        pgettext_lazy("column", "Done in the year"),
        Type.NUMBER,
        "done",
        width=16,
        description=_("Counted from 1 January to the end of the period."),
        note=_("Where there is a target."),
    )
    share = Column(
        pgettext_lazy("column", "Share of the target"),
        Type.SHARE,
        "share",
        width=16,
        description=_("Done in the year, divided by the target: 0.75 is 75%."),
        note=_("Where there is a target."),
    )

    def __init__(self, scope=None, places=(), **kwargs):
        super().__init__(scope, **kwargs)
        self.places = places

    @property
    def period(self):
        return Period.between(self.scope.first, self.scope.last)

    def get_queryset(self):
        return [*self._all(), *self._by_place(), *self._by_place_and_month()]

    @property
    def bars(self):
        """How far the targets of the whole project are; None without any."""
        planned = sum(row["share"] is not None for row in self.found[: len(INDICATORS)])
        if not planned:
            return None
        title = gettext("Share of the target of %(year)s") % {
            "year": self.scope.last.year
        }
        return Bars(title, labels="indicator", values="share", count=planned)

    def _all(self):
        """First those with a target: a chart is drawn of rows that stand together."""
        values = compute(self.scope)
        values |= measured(self.scope, values)
        planned = {plan.indicator.key: plan for plan in self._plans()}
        return [
            self._row(i, ALL, None, None, values, planned.get(i.key))
            for i in (
                *sorted(INDICATORS, key=lambda i: i.key not in planned),
                *MEASURES,
            )
        ]

    def _plans(self):
        return plans(self.period, approved_only=self.scope.approved_only)

    def _by_place(self):
        table = compute_by_place(self.scope)
        found = _beside(table, measured_by_place(self.scope, table))
        planned = plans_by_place(self.period, approved_only=self.scope.approved_only)
        return [
            self._row(
                *(i, PLACE, place, None, found.get(place.pk, {})),
                planned.get(place.pk, {}).get(i.key),
            )
            for i in (*INDICATORS, *OF_PARTS)
            for place in self.places
        ]

    def _by_place_and_month(self):
        table = compute_by_place_and_month(self.scope)
        found = _beside(table, measured_by_place_and_month(self.scope, table))
        return [
            self._row(
                i, PLACE_AND_MONTH, place, month, found.get((place.pk, month), {})
            )
            for i in (*(i for i in INDICATORS if i.source.day), *OF_PARTS)
            for place in self.places
            for month in self.period.months_so_far
        ]

    @staticmethod
    def _row(indicator, level, place, month, values, plan=None):
        return {
            "code": indicator.code,
            "label": str(indicator.label),
            "unit": str(indicator.unit_label),
            "level": str(level),
            "place": place and place.label_lv,
            "month": month,
            "value": values.get(indicator.key, indicator.of_nothing),
            "target": plan and plan.target,
            "done": plan and plan.done,
            "share": plan and round(plan.done / plan.target, 3),
        }


def _beside(counts, measures):
    """Both of each municipality, or of each municipality and month."""
    groups = counts.keys() | measures.keys()
    return {one: counts.get(one, {}) | measures.get(one, {}) for one in groups}


def dictionary_of_indicators():
    """What each indicator means, in the columns of the data dictionary."""
    for indicator in (*INDICATORS, *MEASURES):
        yield {
            "sheet": str(IndicatorResource.title),
            "column": str(indicator.label),
            "name": indicator.key,
            "type": str(Type.NUMBER.label),
            "description": str(indicator.definition),
            "note": gettext("Indicator %(code)s, %(unit)s")
            % {"code": indicator.code, "unit": indicator.unit_label},
        }
