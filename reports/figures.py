"""The numbers of one monthly report: a value that page, review, PDF and Excel share."""

from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Count, F, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Area, Kind, NextStep, Visit, VisitArea
from municipalities.working_days import last_day
from reports.indicators import (
    HEADLINE,
    OF_A_MONTH,
    RESULTS,
    Scope,
    compute,
    compute_by_month,
    hours_of,
)
from reports.models import MonthlyReport
from reports.workflow import HANDED_IN
from reports.working_days import contracted_hours

TREND_MONTHS = 6


@dataclass(frozen=True)
class AreaFigures:
    """Entries and hours of one area; an entry with two areas counts in both."""

    area: str
    entries: int
    hours: str

    @property
    def label(self):
        return Area(self.area).label


@dataclass(frozen=True)
class KindFigures:
    """Entries and hours of one kind of contact."""

    kind: str
    entries: int
    hours: str

    @property
    def label(self):
        return Kind(self.kind).label


@dataclass(frozen=True)
class Partner:
    """An institution and post worked with in the month; never a person's name."""

    institution: str
    post: str
    entries: int


@dataclass(frozen=True)
class PlanFigures:
    """What stood planned for the month, and what became of it.

    ``moved`` are those put off to a later month, where they count as planned.
    """

    what: str
    planned: int
    done: int
    dropped: int
    moved: int

    @property
    def label(self):
        return PLANNED[self.what]

    @property
    def open(self):
        return self.planned - self.done - self.dropped


MEETINGS, STEPS = "meetings", "steps"
PLANNED = {
    MEETINGS: _("Meetings with institutions"),
    STEPS: _("All planned steps"),
}


@dataclass(frozen=True)
class Meeting:
    """A planned meeting as others may see it: institution, code, never a name or text."""

    day: str
    kind: str
    institution: str
    family_code: str
    status: str

    @property
    def due_on(self):
        return date.fromisoformat(self.day)

    @property
    def kind_label(self):
        return Kind(self.kind).label if self.kind else PLANNED_STEP

    @property
    def status_label(self):
        return NextStep.Status(self.status).label


PLANNED_STEP = pgettext_lazy("next step", "Planned step")


@dataclass(frozen=True)
class LateFigures:
    """Entries and hours of an earlier month that came after its report was handed in."""

    month: str
    entries: int
    hours: str

    @property
    def first_day(self):
        return date.fromisoformat(f"{self.month}-01")


@dataclass(frozen=True)
class MonthFigures:
    """All numbers of one mediator, municipality and month.

    ``values`` and each month of ``trend`` hold indicator values by key; hours are
    decimal strings, so that JSON keeps them exactly. ``trend`` has six months, the
    oldest first, the report's own month last. ``late`` is told beside the numbers of
    the month, not in them. Reports handed in before the plan was counted have no
    ``plan`` and no ``meetings``, and no results before results were.
    """

    month: str
    values: dict
    contracted_hours: str
    areas: tuple[AreaFigures, ...]
    kinds: tuple[KindFigures, ...]
    partners: tuple[Partner, ...]
    trend: tuple[dict, ...]
    plan: tuple[PlanFigures, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    late: tuple[LateFigures, ...] = ()

    @property
    def previous(self):
        """Headline values of the month before."""
        return self.trend[-2]

    @property
    def headline(self):
        """``(indicator, value, previous value, six values)`` of the four big numbers."""
        return [
            (
                indicator,
                self.number(indicator.key),
                _number(self.previous[indicator.key]),
                [_number(month[indicator.key]) for month in self.trend],
            )
            for indicator in HEADLINE
        ]

    @property
    def results(self):
        """``(indicator, value)`` of what there is to tell about results."""
        told = (
            (indicator, _number(self.values.get(indicator.key)))
            for indicator in RESULTS
        )
        return [(indicator, value) for indicator, value in told if value]

    def number(self, key):
        return _number(self.values[key])

    def as_json(self):
        return asdict(self)

    @classmethod
    def from_json(cls, data):
        return cls(
            month=data["month"],
            values=data["values"],
            contracted_hours=data["contracted_hours"],
            areas=tuple(AreaFigures(**row) for row in data["areas"]),
            kinds=tuple(KindFigures(**row) for row in data["kinds"]),
            partners=tuple(Partner(**row) for row in data["partners"]),
            trend=tuple(data["trend"]),
            plan=tuple(PlanFigures(**row) for row in data.get("plan", ())),
            meetings=tuple(Meeting(**row) for row in data.get("meetings", ())),
            late=tuple(LateFigures(**row) for row in data.get("late", ())),
        )


def _number(value):
    return Decimal(value) if isinstance(value, str) else value


def as_plain(value):
    """A value as JSON holds it: decimals as strings."""
    return str(value) if isinstance(value, Decimal) else value


def _plain(values):
    return {key: as_plain(value) for key, value in values.items()}


def _hours(minutes):
    return str(hours_of(minutes))


def _scope(mediator, municipality, month):
    return Scope(
        first=month.replace(day=1),
        last=last_day(month),
        municipalities=[municipality.pk],
        mediator=mediator,
    )


def _months_back(month, count):
    """``count`` first days of months, the oldest first, ``month`` last."""
    months = [month.replace(day=1)]
    while len(months) < count:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return months[::-1]


def month_figures(mediator, municipality, month: date) -> MonthFigures:
    """Count the log of one mediator, municipality and month as it stands now."""
    log = Visit.objects.filter(mediator=mediator, municipality=municipality)
    visits = log.in_month(month)
    values = _plain(compute(_scope(mediator, municipality, month), OF_A_MONTH))
    appointments = mediator.appointments.filter(
        role="mediator", municipality=municipality
    )
    steps = _steps_planned(mediator, municipality, month)
    return MonthFigures(
        month=f"{month:%Y-%m}",
        values=values,
        contracted_hours=str(contracted_hours(appointments, month)),
        areas=tuple(areas_of(visits)),
        kinds=tuple(kinds_of(visits)),
        partners=tuple(partners_of(visits)),
        trend=(
            *_earlier_months(mediator, municipality, month),
            {one.key: values[one.key] for one in HEADLINE},
        ),
        plan=tuple(_plan(steps, month)),
        meetings=tuple(_meetings(steps, month)),
        late=tuple(_late(log.filter(told_in=month))),
    )


def _earlier_months(mediator, municipality, month):
    """The headline values of the months before, the oldest first."""
    *months, _this = _months_back(month, TREND_MONTHS)
    values = _said_before(mediator, municipality, month)
    if not values.keys() >= set(months):
        scope = _scope(mediator, municipality, months[-1])
        counted = compute_by_month(replace(scope, first=months[0]), HEADLINE)
        none = {one.key: one.value(None) for one in HEADLINE}
        values = {m: _plain(none | counted.get(m, {})) for m in months} | values
    return [values[earlier] for earlier in months]


def _said_before(mediator, municipality, month):
    """The headline values of earlier months as their reports told them: one number a month."""
    reports = MonthlyReport.objects.filter(
        mediator=mediator,
        municipality=municipality,
        month__lt=month.replace(day=1),
        status__in=HANDED_IN,
    ).order_by("-month")[: TREND_MONTHS - 1]
    return {
        report.month: {one.key: report.figures["values"][one.key] for one in HEADLINE}
        for report in reports
        if report.figures
    }


def _late(visits):
    rows = (
        visits.order_by()
        .values(month=TruncMonth("visited_on"))
        .annotate(entries=Count("pk"), minutes=Sum("minutes"))
        .order_by("month")
    )
    for row in rows:
        yield LateFigures(
            f"{row['month']:%Y-%m}", row["entries"], _hours(row["minutes"])
        )


def areas_of(visits):
    """``AreaFigures`` of some entries, the most frequent area first."""
    rows = (
        VisitArea.objects.filter(visit__in=visits)
        .order_by()
        .values("area")
        .annotate(entries=Count("pk"), minutes=Sum("visit__minutes"))
    )
    order = {value: position for position, value in enumerate(Area.values)}
    for row in sorted(rows, key=lambda row: (-row["entries"], order[row["area"]])):
        yield AreaFigures(row["area"], row["entries"], _hours(row["minutes"]))


def kinds_of(visits):
    """``KindFigures`` of some entries, in the order in which kinds are declared."""
    rows = (
        visits.order_by()
        .values("kind")
        .annotate(entries=Count("pk"), minutes=Sum("minutes"))
    )
    order = {value: position for position, value in enumerate(Kind.values)}
    for row in sorted(rows, key=lambda row: order[row["kind"]]):
        yield KindFigures(row["kind"], row["entries"], _hours(row["minutes"]))


def partners_of(visits):
    """With whom some entries were: ``Partner``s, the most frequent first."""
    rows = (
        visits.exclude(institution=None)
        .order_by()
        .values("institution__name", "contact__post")
        .annotate(entries=Count("pk"))
        # Databases differ in where they put what is not said
        .order_by(
            "-entries",
            "institution__name",
            F("contact__post").asc(nulls_first=True),
        )
    )
    for row in rows:
        yield Partner(
            row["institution__name"], row["contact__post"] or "", row["entries"]
        )


def _steps_planned(mediator, municipality, month):
    """What stood planned for the month, in the order of days; few rows, so all at once."""
    steps = NextStep.objects.filter(mediator=mediator, municipality=municipality)
    columns = ("due_on", "kind", "status", "institution__name", "family__code")
    return list(
        steps.planned_for_month(month).by_time().values_list(*columns, named=True)
    )


def _plan(steps, month):
    """Meetings with institutions, then all steps; nothing for a month without a plan."""
    meetings = [step for step in steps if step.institution__name]
    for what, rows in ((MEETINGS, meetings), (STEPS, steps)):
        states = [row.status for row in rows if row.due_on <= last_day(month)]
        if rows:
            yield PlanFigures(
                what,
                planned=len(states),
                done=states.count(NextStep.Status.DONE),
                dropped=states.count(NextStep.Status.DROPPED),
                moved=len(rows) - len(states),
            )


def _meetings(steps, month):
    for step in steps:
        if step.institution__name and step.due_on <= last_day(month):
            yield Meeting(
                day=step.due_on.isoformat(),
                kind=step.kind,
                institution=step.institution__name,
                family_code=step.family__code or "",
                status=step.status,
            )
