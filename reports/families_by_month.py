"""Families by municipality and month: the pictures, the table and what they find."""

from dataclasses import dataclass, field, replace

from django.db.models.functions import TruncMonth
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from interface import charts
from interface.latvian import month_short
from municipalities.models import Municipality
from reports import findings
from reports.indicators import (
    BY_KEY,
    VISITED_FAMILIES,
    compute,
    compute_by_place,
    compute_by_place_and_month,
)
from reports.periods import Period
from reports.told import Told

FAMILIES = BY_KEY["families"]
FAMILIES_LINE = 10
"""A dashed line in the pictures of families by month, to compare places by."""


@dataclass(frozen=True)
class FamilyRow:
    """Families of one municipality: by month, and different ones in the period."""

    place: Municipality | None
    trend: list[int]
    values: list[int]
    different: int
    compared: tuple[int, int] | None = None
    """Positions in ``trend`` of the months that the finding compares."""
    chart: SafeString = field(default_factory=SafeString)


@dataclass(frozen=True)
class Families:
    """Families by municipality and month. A family of two months is one family."""

    finding: str
    period: Period
    trend: list
    months: list
    rows: list[FamilyRow]
    total: FamilyRow

    def table(self, told=None):
        header = [_("Municipality"), *(f"{month:%Y-%m}" for month in self.trend)]
        yield [*header, _("Different families in the period")]
        parts = [*(Period.between(month, month) for month in self.trend), self.period]
        told, keys = told or Told(), [row.place.pk for row in self.rows]
        for row in [*self.rows, self.total]:
            own = [row.place.pk] if row.place else keys
            values = zip(parts, [*row.trend, row.different], strict=True)
            yield [
                place_name(row.place),
                *(told.together(FAMILIES, own, part, n).cell for part, n in values),
            ]


def place_name(place):
    """A municipality, or the word of the row that stands for all together."""
    return str(place) if place else _("Total")


def families_by_month(scope, shown, trend):
    """Count ``trend``, months that end with the period, for the places that are shown."""
    drawn = replace(scope, first=min([scope.first, *trend]))
    in_month = _all_by_month(drawn)
    # Months before the first entry of all say nothing about growth
    begun = [month for month in trend if month >= scope.first or month in in_month]
    trend = [month for month in trend if month >= min(begun, default=scope.first)]
    months = [month for month in trend if scope.first <= month <= scope.last]
    rows = _family_rows(scope, drawn, shown, trend, len(months))
    totals = [in_month.get(month, 0) for month in trend]
    return Families(
        finding=findings.families(
            # Of one area families are too few for a direction
            [
                (row.place, *(row.trend[position] for position in row.compared))
                for row in rows
                if row.compared and scope.area is None
            ]
        ),
        period=scope.period,
        trend=trend,
        months=months,
        rows=rows,
        total=FamilyRow(
            None,
            totals,
            totals[len(trend) - len(months) :],
            compute(scope, [FAMILIES])["families"],
        ),
    )


def _family_rows(scope, drawn, shown, trend, own):
    """A row for each municipality; the last ``own`` months of the trend are the period's."""
    by_month = compute_by_place_and_month(drawn, [FAMILIES])
    different = compute_by_place(scope, [FAMILIES])
    values = [
        [by_month.get((place.pk, month), {}).get("families", 0) for month in trend]
        for place in shown
    ]
    largest = max((value for row in values for value in row), default=0)
    whole = sum(Period.between(month, month).is_over for month in trend)
    ends = [
        findings.compared(row[:whole], ends_with_work=scope.approved_only)
        for row in values
    ]
    return [
        FamilyRow(
            place,
            row,
            row[len(trend) - own :],
            different.get(place.pk, {}).get("families", 0),
            compared,
            charts.columns(
                row,
                [month_short(month) for month in trend],
                title=_("%(place)s, families by month") % {"place": place},
                reference=FAMILIES_LINE,
                maximum=largest,
                ends=compared,
            ),
        )
        for place, row, compared in zip(shown, values, ends, strict=True)
    ]


def _all_by_month(scope):
    """Different families of all municipalities together, by month."""
    rows = (
        VISITED_FAMILIES.rows(scope)
        .order_by()
        .values(month=TruncMonth(VISITED_FAMILIES.day))
        .annotate(n=FAMILIES.aggregate)
    )
    return {row["month"]: row["n"] for row in rows}
