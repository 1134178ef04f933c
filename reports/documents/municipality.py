"""The summary of one municipality: indicators, months, cooperation, for any period (X3).

It leaves the team, so few families or cases are told as few.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext as _

from interface import charts
from interface.latvian import month_short
from municipalities.models import Municipality, Term
from reports.documents.events import Register, register
from reports.indicators import (
    BY_KEY,
    HEADLINE,
    TOLD,
    VISITS,
    Indicator,
    compute,
    compute_by_place_and_month,
)
from reports.measures import TOLD_MEASURES, Measure
from reports.models import DocumentKind
from reports.periods import Period
from reports.reach import scope_of
from reports.recommended import Heading, recommended
from reports.resources import CooperationResource, SummaryResource
from reports.results import entries_by_area, number_of_mediators
from reports.small_numbers import Shown
from reports.told import Told, ToldAt, lines_of

MONTHS_ACROSS = 12


@dataclass(frozen=True)
class Row:
    """One indicator in the period, and in the one before it."""

    indicator: Indicator | Measure
    now: Shown
    before: Shown


@dataclass(frozen=True)
class Month:
    """What one month of the period says; families of two months are one family."""

    month: date
    families: Shown
    entries: int
    hours: Decimal


@dataclass(frozen=True)
class TypeRow:
    """Entries with institutions of one type, stretch by stretch."""

    label: str
    values: list[int]

    @property
    def total(self):
        return sum(self.values)


@dataclass(frozen=True)
class Cooperation:
    """Entries by type of institution and stretch of time."""

    columns: list[Period]
    rows: list[TypeRow]

    @property
    def totals(self):
        values = (row.values for row in self.rows)
        return [sum(column) for column in zip(*values, strict=True)]

    @property
    def total(self):
        return sum(self.totals)

    @property
    def heads(self):
        """“okt.” for a month, “2026” for a year."""
        for column in self.columns:
            is_month = column.length == 1
            yield month_short(column.first) if is_month else f"{column.first:%Y}"


@dataclass(frozen=True)
class Summary:
    """Everything that a municipality is told about one period."""

    municipality: Municipality
    period: Period
    mediators: int
    indicators: list[Row]
    months: list[Month]
    cooperation: Cooperation
    areas: list[tuple[str, int]]
    events: Register
    recommended: list[Heading]
    made_at: datetime
    told_at: ToldAt | None

    kind = DocumentKind.MUNICIPALITY
    template = "reports/documents/municipality.html"
    audited = {}

    @property
    def title(self):
        return f"{self.kind.label}, {self.municipality.label_lv}, {self.period.label}"

    @property
    def headline(self):
        return [row for row in self.indicators if row.indicator in HEADLINE]

    @property
    def size(self):
        return len(self.indicators) + len(self.cooperation.rows)

    @property
    def file_stem(self):
        place = self.municipality.slug.capitalize()
        return f"Kopsavilkums_{place}_{self.period.code_in_a_file_name}"

    @property
    def charts(self):
        """Columns of months. Families only where each of the numbers is told."""
        yield self._columns(_("Log entries by month"), "entries")
        if all(month.families.is_open for month in self.months):
            yield self._columns(_("Families by month"), "families")

    def _columns(self, title, name):
        values = [getattr(month, name) for month in self.months]
        values = [getattr(value, "value", value) for value in values]
        labels = [month_short(month.month) for month in self.months]
        return title, charts.columns(values, labels, title=title)

    @property
    def areas_chart(self):
        return charts.bars(self.areas, title=_("Log entries by area"))

    def sheets(self):
        return [SummaryResource(self), CooperationResource(self)]

    def about(self):
        """What the first sheet of the workbook says."""
        return [
            (_("Municipality"), self.municipality.label_lv),
            (_("Period"), self.period.label),
            *lines_of(self.told_at),
            (
                _("Small numbers"),
                _(
                    "Small counts of families and cases are not told; a dot stands for "
                    "a number that would give a small one away, or is not told yet: "
                    "counts are told from the 15th day after the period."
                ),
            ),
        ]


def summary(municipality, period):
    """Count the log of one municipality as it stands now."""
    places = Municipality.objects.filter(pk=municipality.pk).with_predecessors()
    scope = scope_of(period, places)
    told = Told()
    return Summary(
        municipality=municipality,
        period=period,
        mediators=number_of_mediators(scope),
        indicators=list(_indicators(told, period, municipality, places)),
        months=list(_months(told, period, municipality, places)),
        cooperation=_cooperation(period, places),
        areas=[(str(area.label), total) for area, total in entries_by_area(scope)],
        events=register(period, places, municipality),
        recommended=recommended(period, places),
        made_at=timezone.localtime(),
        told_at=told.at,
    )


def _indicators(told, period, municipality, places):
    now = compute(scope_of(period, places))
    before = compute(scope_of(period.before, places))

    def of_now(i):
        return told.value(i, municipality.pk, period, now[i.key])

    def of_before(i):
        return told.value(i, municipality.pk, period.before, before[i.key])

    for i in (*TOLD, *TOLD_MEASURES):
        yield Row(i, i.told(of_now), i.told(of_before))


def _months(told, period, municipality, places):
    chosen = [BY_KEY[key] for key in ("families", "entries", "hours")]
    found = compute_by_place_and_month(scope_of(period, places), chosen)
    for month in period.months_so_far:
        cell = found.get((municipality.pk, month), {})
        values = {i.key: cell.get(i.key, i.value(0)) for i in chosen}
        families = told.value(
            BY_KEY["families"],
            municipality.pk,
            Period.between(month, month),
            values["families"],
        )
        yield Month(month, **values | {"families": families})


def _cooperation(period, places):
    """Entries that name an institution, by its type; the most frequent type first."""
    rows = (
        VISITS.rows(scope_of(period, places))
        .exclude(institution=None)
        .order_by()
        .values_list("institution__type", TruncMonth(VISITS.day))
        .annotate(n=Count("pk"))
    )
    columns = _columns(period)
    counts = Counter()
    for kind, month, n in rows:
        [number] = [i for i, c in enumerate(columns) if c.first <= month <= c.last]
        counts[kind, number] += n
    kinds = {kind for kind, _number in counts}
    names = dict(Term.objects.filter(pk__in=kinds).values_list("pk", "label_lv"))
    lines = [
        TypeRow(
            names.get(kind, _("type not stated")),
            [counts[kind, number] for number in range(len(columns))],
        )
        for kind in kinds
    ]
    return Cooperation(columns, sorted(lines, key=lambda row: (-row.total, row.label)))


def _columns(period):
    """The months of the period, or its years where months would not fit."""
    if period.length <= MONTHS_ACROSS:
        return [Period.between(month, month) for month in period.months]
    years = range(period.first.year, period.last.year + 1)
    return [Period.of_year(year) for year in years]
