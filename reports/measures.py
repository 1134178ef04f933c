"""Numbers that cannot be added up: a share, a median, and what is told of all alone.

They stand beside the indicators, which counts are: in the results, the workbook, the
data dictionary, the docs. Each is computed anew of whatever it is told of, and is None
where there is nothing that it could be computed of.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Count, F
from django.db.models.functions import TruncMonth
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.closed import CLOSED_CASES
from reports.counting import UNIT_LABELS, Indicator, Source, Unit
from reports.indicators import BY_KEY as INDICATOR
from reports.learned import supervised
from reports.small_numbers import Shown


@dataclass(frozen=True)
class Measure:
    """One declared number that is no count; ``code`` follows the catalogue like others.

    ``stays_in_team`` is True of what no document tells.
    """

    key: str
    code: str
    label: Promise
    definition: Promise
    unit: Unit
    counted_from: str

    stays_in_team = True
    has_parts = has_months = True
    """Whether it is told of municipalities and months, and not of all together alone."""

    of_nothing = None

    @property
    def unit_label(self):
        return UNIT_LABELS[self.unit]


@dataclass(frozen=True)
class Share(Measure):
    """``part`` of ``part`` and ``rest`` together, in whole per cent.

    Who knows the share and one of the two knows the other. So others are told it where
    they are told both, and it says nothing that they could not work out.
    """

    part: Indicator
    rest: Indicator

    stays_in_team = False
    is_about_families = True

    def grouped(self, _scope, _names, counts):
        """``{group: value}`` of the counts that are there already."""
        both = self.part.key, self.rest.key
        return {
            group: self.of(*(values.get(key, 0) for key in both))
            for group, values in counts.items()
        }

    @staticmethod
    def of(part, rest):
        """Whole per cent; a half goes up. None of nothing."""
        if not part + rest:
            return None
        share = Decimal(part) * 100 / (part + rest)
        return int(share.quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def told(self, shown):
        """The share as it may be told; ``shown`` gives the ``Shown`` of an indicator."""
        both = shown(self.part), shown(self.rest)
        if not all(one.is_open for one in both):
            return Shown(0, is_held_back=True)
        return Shown(self.of(*(one.value for one in both)), is_safe=True)


@dataclass(frozen=True)
class Median(Measure):
    """The day in the middle from ``since`` to ``until``, which are dates of the rows.

    The database counts rows by their number of days, which are few however many rows
    there are; it is the same on SQLite, which knows no median.
    """

    source: Source
    since: str
    until: str

    def grouped(self, scope, names, _counts):
        rows = (
            self.source.rows(scope)
            .order_by()
            .values(**names(self.source), days=F(self.until) - F(self.since))
            .annotate(n=Count("pk"))
        )
        groups = defaultdict(Counter)
        for row in rows.iterator():
            days, n = row.pop("days").days, row.pop("n")
            groups[tuple(row.values())][days] += n
        return {group: median_of(days) for group, days in groups.items()}


@dataclass(frozen=True)
class OfAll(Measure):
    """What is told of the whole project and a whole period, and of nothing less.

    ``count`` gives the number of a ``Period``.
    """

    count: Callable

    has_parts = has_months = False

    def grouped(self, scope, _names, _counts):
        is_part = (
            scope.municipalities is not None
            or scope.mediator
            or scope.area
            or scope.approved_only
        )
        return {} if is_part else {(): self.count(scope.period)}


def median_of(counts):
    """The median of numbers that are given as ``{number: how often}``; one half at most."""
    if not counts:
        return None
    total, seen, middle = sum(counts.values()), 0, []
    at = ((total - 1) // 2, total // 2)
    for value in sorted(counts):
        seen += counts[value]
        middle += [value for place in at[len(middle) :] if place < seen]
        if len(middle) == len(at):
            break
    return Decimal(sum(middle)) / 2 if sum(middle) % 2 else sum(middle) // 2


MEASURES = (
    Median(
        "closing_days",
        "I25M",
        _("Days from opening to closing of a case"),
        _(
            "Median of the days of the cases closed in the period, with whichever outcome. "
            "Told in the team alone."
        ),
        Unit.DAYS,
        CLOSED_CASES.what,
        source=CLOSED_CASES,
        since="opened_on",
        until="closed_on",
    ),
    Share(
        "coordinated_share",
        "I26S",
        _("Share of cases with coordinated action, %"),
        _(
            "Cases with coordinated action (I26) of all cases with a log entry of the "
            "period. Others are told it where they are told I26 and I26U."
        ),
        Unit.PER_CENT,
        INDICATOR["coordinated_cases"].counted_from,
        part=INDICATOR["coordinated_cases"],
        rest=INDICATOR["uncoordinated_cases"],
    ),
    OfAll(
        "supervision_hours",
        "I22S",
        _("Supervision of mediators"),
        _(
            "Hours of supervision that was held in a year of the calendar, of the whole "
            "project alone, and where at least three mediators had it. Told in the team and "
            "in the final evaluation."
        ),
        Unit.HOURS,
        "supervision of mediators, by its day",
        count=lambda period: supervised(period).hours,
    ),
)
TOLD_MEASURES = tuple(one for one in MEASURES if not one.stays_in_team)
BY_KEY = {one.key: one for one in MEASURES}
OF_PARTS = tuple(one for one in MEASURES if one.has_parts)


def measured(scope, values, measures=MEASURES):
    """``{key: value or None}`` of all of the scope; ``values`` are those of ``compute``."""
    found = _measured(measures, scope, lambda _source: {}, {(): values})
    return {one.key: found.get((), {}).get(one.key) for one in measures}


def measured_by_place(scope, table, measures=OF_PARTS):
    """``{municipality_id: {key: value}}``; ``table`` is that of ``compute_by_place``."""
    found = _measured(
        *(measures, scope, lambda source: {"by_place": source.place}),
        {(place,): values for place, values in table.items()},
    )
    return {place: values for (place,), values in found.items()}


def measured_by_place_and_month(scope, table):
    """The same of ``compute_by_place_and_month``."""
    return _measured(
        OF_PARTS,
        scope,
        lambda source: {"by_place": source.place, "by_month": TruncMonth(source.day)},
        table,
    )


def _measured(measures, scope, names, counts):
    found = defaultdict(dict)
    for measure in measures:
        for group, value in measure.grouped(scope, names, counts).items():
            found[group][measure.key] = value
    return dict(found)
