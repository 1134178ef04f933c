"""The final evaluation of a project: all municipalities side by side (R205, X4).

Numbers come from the log, words from approved reports alone: as they were frozen, one
month's text for each part, chosen by whoever makes the document.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Count, OuterRef, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluation.pictures import scale_legend
from interface import charts
from interface.latvian import month_short, month_year
from interface.raster import png, png_of_rows
from municipalities.models import Municipality
from reports.codes import without_codes
from reports.counting import told_under
from reports.documents.events import Register, register
from reports.indicators import BY_KEY, compute, compute_by_place
from reports.learned import LEARNED, Supervised, supervised
from reports.models import DocumentKind, MonthlyReport, ReportVersion
from reports.periods import Period
from reports.reach import in_use, mediating, scope_of
from reports.recommended import Heading, recommended
from reports.resources import (
    AnsweredResource,
    AreaResource,
    CityResource,
    RecommendedResource,
    SupportResource,
    WordsResource,
)
from reports.results import entries_by_area, number_of_mediators
from reports.sections import BY_KEY as SECTIONS
from reports.small_numbers import Shown
from reports.snapshot import Snapshot
from reports.surveys import Answered, answered
from reports.told import Told, ToldAt, lines_of
from reports.told_year import ALL

PARTS = tuple(
    SECTIONS[key] for key in ("directions", "hardest", "innovation", "positive")
)
"""The parts of a report that stand for a municipality."""
OFFERED = 12
"""So many texts of one part of a municipality can be chosen from, the newest."""
READ = 36
"""So many reports of a municipality are opened, the newest: a year of three mediators."""

ABOUT_FAMILIES = [BY_KEY[key] for key in ("families", "solved_cases", "open_cases")]
BESIDE_FAMILIES = [BY_KEY[key] for key in ("entries", "hours", "institutions")]
COUNTED = [*ABOUT_FAMILIES, *BESIDE_FAMILIES]


@dataclass(frozen=True)
class ApprovedText:
    """One part of an approved report, as it was frozen."""

    version: str
    month: date
    desk: str
    text: str

    @property
    def label(self):
        return f"{month_year(self.month)} ({self.desk.upper()})"

    @property
    def without_codes(self):
        return without_codes(self.text)


class Part(NamedTuple):
    """What stands under one heading for a municipality, and which months it left out."""

    title: str
    chosen: ApprovedText
    others: list[str]


class Words(NamedTuple):
    place: Municipality
    parts: list[Part]


@dataclass(frozen=True)
class Numbers:
    """What was done in the period; different families and institutions of all of it."""

    mediators: int
    families: Shown
    entries: int
    hours: Decimal
    institutions: int
    solved: Shown
    open: Shown


@dataclass(frozen=True)
class City(Numbers):
    """The numbers of one municipality."""

    place: Municipality


@dataclass(frozen=True)
class Evaluation:
    """Everything in the final evaluation of one period."""

    period: Period
    cities: list[City]
    total: Numbers
    words: list[Words]
    events: Register
    learned: dict
    supervised: Supervised
    made_at: datetime
    told_at: ToldAt | None
    recommended: list[Heading]
    areas: list[tuple[str, int]]
    answered: Answered | None = None

    kind = DocumentKind.PROJECT
    template = "reports/documents/project.html"
    municipality = None

    @property
    def title(self):
        return f"{self.kind.label}, {self.period.label}"

    @property
    def size(self):
        return len(self.cities)

    @property
    def file_stem(self):
        return f"Gala-izvertejums_{self.period.code_in_a_file_name}"

    @property
    def audited(self):
        return {
            "versions": [
                part.chosen.version for words in self.words for part in words.parts
            ]
        }

    def sheets(self):
        return [
            CityResource(self),
            AreaResource(self),
            *self.events.sheets(),
            SupportResource(self),
            AnsweredResource(self),
            RecommendedResource(self),
            WordsResource(self),
        ]

    def about(self):
        """What the first sheet of the workbook says."""
        return [
            (_("Period"), self.period.label),
            (
                _("Municipalities"),
                ", ".join(city.place.label_lv for city in self.cities),
            ),
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

    @property
    def chart(self):
        """Families of the municipalities whose number is told, the most first; or nothing."""
        rows = [
            (city.place, city.families.value)
            for city in self.cities
            if city.families.is_open
        ]
        rows.sort(key=lambda row: -row[1])
        return rows and charts.bars(rows, title=_("Families by municipality"))

    @property
    def hours_chart(self):
        """Working hours of each municipality, the most first; never a small number."""
        rows = sorted(self.cities, key=lambda city: -city.hours)
        rows = [(city.place, city.hours) for city in rows]
        return charts.bars(rows, title=_("Working hours by municipality"))

    @property
    def areas_chart(self):
        return charts.bars(self.areas, title=_("Log entries by area"))

    def pictures(self):
        """``(name of a file, bytes)`` of each chart of the PDF."""
        if self.chart:
            yield "gimenes", png(self.chart, title=_("Families by municipality"))
        if self.cities:
            yield (
                "stundas",
                png(self.hours_chart, title=_("Working hours by municipality")),
            )
        if self.areas:
            yield "jomas", png(self.areas_chart, title=_("Log entries by area"))
        if self.answered:
            legend = scale_legend()
            for question, rows in self.answered.questions:
                bars = [(name, bar) for row, name, bar in rows if row.sheets]
                yield (
                    f"aptauja-{question.code}",
                    png_of_rows(bars, title=question, legend=legend),
                )

    @property
    def has_hidden_families(self):
        return not all(city.families.is_open for city in self.cities)


@dataclass
class PlaceTexts:
    """The texts of the newest reports of one municipality, the newest month first."""

    by_part: dict[str, list[ApprovedText]] = field(
        default_factory=lambda: defaultdict(list)
    )
    reports: int = 0

    def offered(self, part):
        return self.by_part[part.key][:OFFERED]

    @property
    def has_more(self):
        """There are older texts than those that are offered."""
        most = max(map(len, self.by_part.values()), default=0)
        return self.reports == READ or most > OFFERED


def approved_texts(user, period):
    """``{place: PlaceTexts}`` of the newest versions of the newest reports.

    A year of a whole country is tens of thousands of reports: of each municipality the
    ``READ`` newest are opened, one after the other.
    """
    reports = (
        MonthlyReport.objects.visible_to(user)
        .approved()
        .filter(month__range=(period.first, period.last))
        .order_by()
        .annotate(
            place_in_line=Window(
                RowNumber(),
                partition_by="municipality",
                order_by=["-month", "desk", "pk"],
            )
        )
        .filter(place_in_line__lte=READ)
    )
    newest = ReportVersion.objects.filter(report=OuterRef("report")).order_by("-number")
    versions = (
        ReportVersion.objects.filter(
            report__in=reports.values("pk"), number=newest.values("number")[:1]
        )
        .order_by("-report__month", "report__desk", "report")
        .values_list(
            "pk",
            "report__municipality",
            "report__month",
            "report__desk",
            "snapshot",
        )
    )
    found = defaultdict(PlaceTexts)
    for version, place, month, desk, json in versions.iterator(chunk_size=100):
        found[place].reports += 1
        snapshot = Snapshot.from_json(json)
        for part in PARTS:
            if text := snapshot.text(part.key):
                one = ApprovedText(str(version), month, desk, text)
                found[place].by_part[part.key].append(one)
    return {
        place: found[place.pk] for place in Municipality.objects.filter(pk__in=found)
    }


def evaluation(user, period, choices, texts=None):
    """``choices`` are versions by ``(municipality id, key)``; None leaves a part out.

    Whatever is not chosen is told by the newest approved text. ``texts`` are the
    ``approved_texts`` of the period where they have been read already.
    """
    if texts is None:
        texts = approved_texts(user, period)
    places = Municipality.objects.visible_to(user)
    scope, shown, told = scope_of(period, places), in_use(places, period), Told()
    return Evaluation(
        period=period,
        cities=_cities(told, period, shown),
        total=_total(told, period, scope),
        events=register(period),
        words=list(_words(shown, texts, choices)),
        learned=compute(scope, LEARNED),
        supervised=supervised(period),
        made_at=timezone.localtime(),
        told_at=told.at,
        recommended=recommended(period),
        areas=[(area.label, total) for area, total in entries_by_area(scope)],
        answered=answered(period),
    )


def _cities(told, period, shown):
    found = compute_by_place(scope_of(period, None), COUNTED)
    mediators = dict(
        mediating(period)
        .order_by()
        .values_list(told_under("municipality"))
        .annotate(n=Count("user", distinct=True))
    )
    return [
        City(
            place=place,
            mediators=mediators.get(place.pk, 0),
            **_numbers(told, place.pk, period, found.get(place.pk, {})),
        )
        for place in shown
    ]


def _total(told, period, scope):
    numbers = _numbers(told, ALL, period, compute(scope, COUNTED))
    return Numbers(number_of_mediators(scope), **numbers)


def _numbers(told, place, period, found):
    values = {i.key: found.get(i.key, i.value(0)) for i in COUNTED}
    shown = {i.key: told.value(i, place, period, values[i.key]) for i in ABOUT_FAMILIES}
    return {
        "families": shown["families"],
        "solved": shown["solved_cases"],
        "open": shown["open_cases"],
        **{i.key: values[i.key] for i in BESIDE_FAMILIES},
    }


def _words(places, texts, choices):
    for place in places:
        parts = []
        for section in PARTS:
            offered = texts[place].by_part[section.key] if place in texts else []
            chosen = _choose(offered, choices.get((place.pk, section.key), ""))
            if chosen:
                parts.append(
                    Part(section.title, chosen, _other_months(offered, chosen))
                )
        if parts:
            yield Words(place, parts)


def _other_months(offered, chosen):
    """“sept., aug.”, with the year where it is another one."""
    months = dict.fromkeys(text.month for text in offered if text.month != chosen.month)
    return [
        month_short(month)
        if month.year == chosen.month.year
        else f"{month_short(month)} {month.year}"
        for month in months
    ]


def _choose(offered, version):
    """The text of that version, else the newest; None when it is to be left out."""
    if version is None or not offered:
        return None
    return next((text for text in offered if text.version == version), offered[0])
