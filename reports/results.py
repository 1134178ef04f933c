"""The numbers of the results page: values that the page and its CSV files share.

They come from the declared indicators, so that page, PDF and workbook agree. Nothing
here knows a family, an official or a mediator by name.
"""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Area, Outcome, VisitArea
from interface import charts
from municipalities.models import Municipality
from reports import findings
from reports.counting import told_under
from reports.families_by_month import Families, families_by_month, place_name
from reports.headline import Headline, headline
from reports.indicators import (
    BY_KEY,
    HOURS,
    compute,
    compute_by_place,
)
from reports.measures import BY_KEY as MEASURE
from reports.measures import measured, measured_by_place
from reports.periods import Period, months_earlier
from reports.progress import Progress, progress_since_the_first
from reports.reach import in_use, in_work, mediating, told_elsewhere
from reports.targets import Plans

SOLVED, OPEN = BY_KEY["solved_cases"], BY_KEY["open_cases"]
DAYS, SHARE = MEASURE["closing_days"], MEASURE["coordinated_share"]
TREND_MONTHS = 9
REPORT_MONTHS = 6


def trend_of(period, length):
    """Months to draw: the period's own so far, or ``length`` months that end with it."""
    months = period.months_so_far
    if not months or len(months) >= length:
        return months
    return Period.between(months_earlier(months[-1], length - 1), months[-1]).months


@dataclass(frozen=True)
class AreaRow:
    """Entries about one area, in all and by municipality."""

    area: Area
    total: int
    bar: SafeString
    cells: list[tuple[int, int]]


@dataclass(frozen=True)
class Areas:
    """Entries by area and municipality; an entry with two areas counts in both."""

    finding: str
    places: list
    rows: list[AreaRow]

    def table(self):
        yield [_("Area"), _("Total"), *(str(place) for place in self.places)]
        for row in self.rows:
            yield [row.area.label, row.total, *(value for value, _level in row.cells)]


@dataclass(frozen=True)
class CaseRow:
    """Cases of one municipality by what had become of them at the end."""

    place: Municipality | None
    solved: int
    working: int
    handed_over: int
    stopped: int
    days: Decimal | int | None = None
    """Median from opening to closing."""
    coordinated: int = 0
    uncoordinated: int = 0

    @property
    def logged(self):
        """Cases with a log entry of the period."""
        return self.coordinated + self.uncoordinated

    @property
    def total(self):
        return self.solved + self.working + self.handed_over + self.stopped

    @property
    def chart(self):
        return charts.stacked(
            [
                (pgettext("outcome in a chart", "Solved"), self.solved, "done"),
                (pgettext("outcome in a chart", "Goes on"), self.working, "working"),
                (
                    pgettext("outcome in a chart", "Handed over"),
                    self.handed_over,
                    "handed",
                ),
                (pgettext("outcome in a chart", "Stopped"), self.stopped, "none"),
            ],
            title=place_name(self.place),
        )


@dataclass(frozen=True)
class Cases:
    """Cases that were open on at least one day of the period."""

    finding: str
    period: Period
    rows: list[CaseRow]
    total: CaseRow

    def table(self, told):
        """How they ended otherwise is told in the team alone."""
        yield [
            _("Municipality"),
            pgettext("outcome in a chart", "Solved"),
            pgettext("outcome in a chart", "Goes on"),
            _("Coordinated action, %"),
        ]
        keys = [row.place.pk for row in self.rows]
        for row in [*self.rows, self.total]:
            own = [row.place.pk] if row.place else keys
            counts = {
                SOLVED.key: row.solved,
                OPEN.key: row.working,
                SHARE.part.key: row.coordinated,
                SHARE.rest.key: row.uncoordinated,
            }

            def shown(i, own=own, counts=counts):
                return told.together(i, own, self.period, counts[i.key])

            told_of = (one.told(shown) for one in (SOLVED, OPEN, SHARE))
            yield [place_name(row.place), *(one.cell for one in told_of)]


@dataclass(frozen=True)
class Reports:
    """The status of each report, and how many kept the date."""

    finding: str
    progress: Progress

    def table(self):
        months = [f"{month:%Y-%m}" for month in self.progress.months]
        yield [_("Municipality"), _("Mediator"), *months]
        for row in self.progress.rows:
            words = [str(cell.state.word) for cell in row.cells]
            yield [str(row.place), row.desk, *words]


@dataclass(frozen=True)
class Results:
    """Everything on the page about one period and some municipalities."""

    period: Period
    area: Area | None
    approved_only: bool
    as_of: datetime
    places: list[Municipality]
    merged: list[Municipality]
    mediators: int
    headline: list[Headline]
    plans: Plans
    families: Families
    areas: Areas
    reports: Reports
    cases: Cases

    @property
    def hours(self):
        """Those of all together."""
        return next(one.value for one in self.headline if one.indicator == HOURS)

    @property
    def is_long(self):
        """More months than fit beside something else."""
        return len(self.families.months) > REPORT_MONTHS

    @property
    def is_empty(self):
        return not (self.areas.rows or self.cases.total.total)

    @property
    def tables(self):
        """What can be taken out as CSV, by the name in the address.

        Numbers about families of one area could be taken from the whole.
        """
        tables = {"areas": self.areas.table, "reports": self.reports.table}
        if self.area is None:
            tables |= {
                "targets": self.plans.table,
                "families": self.families.table,
                "cases": self.cases.table,
            }
        return tables


def results(scope, plans=()):
    """Count everything. The number of queries does not depend on the data.

    ``plans`` are those of the whole project, or of the one municipality. Reports and
    cases are told as they stand, whether their months are approved or not.
    """
    period, places = scope.period, scope.municipalities
    trend = trend_of(period, TREND_MONTHS)
    drawn = Period.between(min([period.first, *trend]), period.last)
    shown, merged = in_use(places, drawn), told_elsewhere(places, drawn)
    return Results(
        period=period,
        area=scope.area and Area(scope.area),
        approved_only=scope.approved_only,
        as_of=timezone.localtime(),
        places=shown,
        merged=merged,
        mediators=number_of_mediators(scope),
        headline=headline(scope, {plan.indicator.key: plan for plan in plans}),
        plans=Plans(list(plans)),
        families=families_by_month(scope, shown, trend),
        areas=_areas(scope, shown),
        reports=_reports([*shown, *merged], trend_of(period, REPORT_MONTHS)),
        cases=_cases(scope, shown),
    )


def number_of_mediators(scope):
    """Different people who mediated on at least one day."""
    appointed = mediating(scope.period).filter(municipality__in=scope.municipalities)
    return appointed.aggregate(n=Count("user", distinct=True))["n"]


def entries_by_area(scope):
    """``[(area, number of log entries)]``, the most frequent first."""
    counts = _by_area(scope).values_list("area").annotate(n=Count("pk"))
    return _most_first(dict(counts))


def _by_area(scope):
    return scope.narrow(
        VisitArea.objects.all(), days="visited_on", prefix="visit__", area="area"
    ).order_by()


def _most_first(totals):
    order = sorted(totals, key=lambda area: (-totals[area], Area.values.index(area)))
    return [(Area(area), totals[area]) for area in order]


def _areas(scope, shown):
    rows = (
        _by_area(scope)
        .values_list("area", told_under("visit__municipality"))
        .annotate(n=Count("pk"))
    )
    counts = {(area, place): n for area, place, n in rows}
    totals = Counter()
    for (area, _place), n in counts.items():
        totals[area] += n
    order = _most_first(totals)
    largest = max(counts.values(), default=0)
    return Areas(
        finding=findings.areas(order),
        places=shown,
        rows=[
            AreaRow(
                area,
                total,
                charts.bar(total, order[0][1]),
                [
                    (n, charts.heat_level(n, largest))
                    for n in (counts.get((area, place.pk), 0) for place in shown)
                ],
            )
            for area, total in order
        ],
    )


def _cases(scope, shown):
    closed = Q(closed_on__lte=scope.last)
    rows = (
        scope.in_area(scope.in_place(in_work(scope.period)), area="area")
        .order_by()
        .values(place=told_under("municipality"))
        .annotate(
            solved=Count("pk", filter=closed & Q(outcome=Outcome.SOLVED)),
            handed_over=Count("pk", filter=closed & Q(outcome=Outcome.HANDED_OVER)),
            stopped=Count("pk", filter=closed & Q(outcome=Outcome.STOPPED)),
            working=Count("pk", filter=Q(closed_on=None) | Q(closed_on__gt=scope.last)),
        )
    )
    found = {row.pop("place"): row for row in rows}
    zero = {"solved": 0, "working": 0, "handed_over": 0, "stopped": 0}
    beside, of_all = _beside_cases(replace(scope, approved_only=False))
    lines = [
        CaseRow(place, **found.get(place.pk, zero), **beside.get(place.pk, {}))
        for place in shown
    ]
    sums = {key: sum(getattr(line, key) for line in lines) for key in zero}
    total = CaseRow(None, **sums, **of_all)
    return Cases(findings.cases(total.solved, total.total), scope.period, lines, total)


def _beside_cases(scope):
    """How long closed cases took, and in how many action was coordinated: ``CaseRow``s'
    further numbers by the key of the municipality, and those of all together."""

    def of(counts, measures):
        return {
            "days": measures.get(DAYS.key),
            "coordinated": counts.get(SHARE.part.key, 0),
            "uncoordinated": counts.get(SHARE.rest.key, 0),
        }

    both = [SHARE.part, SHARE.rest]
    table, whole = compute_by_place(scope, both), compute(scope, both)
    days = measured_by_place(scope, table, [DAYS])
    beside = {
        place: of(table.get(place, {}), days.get(place, {}))
        for place in table.keys() | days.keys()
    }
    return beside, of(whole, measured(scope, whole, [DAYS]))


def _reports(shown, months):
    state = progress_since_the_first(shown, months)
    return Reports(findings.reports(state), state)
