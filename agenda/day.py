"""What a mediator's day holds: what is due by day, the month so far, reports that wait."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from agenda.reminders import Reminder, reminders
from cases import words
from cases.models import NextStep
from mediators.models import Role, User
from municipalities.models import Municipality
from municipalities.working_days import last_day
from reports.indicators import BY_KEY, Scope, compute_by_month
from reports.models import Comment, MonthlyReport, ReportEvent
from reports.sections import BY_KEY as SECTIONS
from reports.sections import NARRATIVE, REVIEWED
from reports.workflow import Action, Status
from reports.working_days import answer_due_on, contracted_hours, report_due_on

LATE_SHOWN = 5
SOON_SHOWN = 3
COUNTED = tuple(BY_KEY[key] for key in ("entries", "families", "hours"))


@dataclass(frozen=True)
class Row:
    """A next step, or a reminder in its place, with its day in words.

    ``instead_of`` is the colleague whose family a covered step is for.
    """

    due: str
    step: NextStep | None = None
    reminder: Reminder | None = None
    instead_of: User | None = None


@dataclass(frozen=True)
class Group:
    """One part of the day; ``hidden`` counts the rows that are not shown."""

    rows: list[Row]
    count: int

    @property
    def hidden(self):
        return self.count - len(self.rows)


def to_do(mediator, today, cards, found=None):
    """All open steps and reminders of a mediator, the earliest first."""
    steps = NextStep.objects.visible_to(mediator).open().with_subject().by_time()
    return sorted([*steps, *reminders(mediator, today, cards, found)], key=_by_time)


def groups(mediator, today, cards, *, found, absent, show_all):
    """Late, today and soon: each with the rows to show, the earliest first.

    ``found`` is what there is to remind of; ``absent`` are the colleagues in whose place
    the mediator works, by family.
    """
    todo = to_do(mediator, today, cards, found)

    def group(found, shown):
        rows = [
            _row(one, today, absent) for one in found[: None if show_all else shown]
        ]
        return Group(rows, len(found))

    return (
        group([one for one in todo if one.due_on < today], LATE_SHOWN),
        group([one for one in todo if one.due_on == today], None),
        group([one for one in todo if one.due_on > today], SOON_SHOWN),
    )


def _by_time(todo):
    """Within a day what has an hour comes first."""
    return todo.due_on, todo.due_at is None, todo.due_at or time.min


def _row(todo, today, absent):
    due = words.due(todo, today)
    if isinstance(todo, Reminder):
        return Row(due, reminder=todo)
    return Row(due, step=todo, instead_of=absent.get(todo.family_id))


@dataclass(frozen=True)
class ReturnedReport:
    """A report that the coordinator gave back, with what is asked and until when.

    ``parts`` are the titles and pages of the parts that hold a question.
    """

    report: MonthlyReport
    by: str
    questions: int
    due_on: date
    parts: list[tuple]


def own_reports(mediator, today):
    """Those of the present month and the last, and all that were given back."""
    own = MonthlyReport.objects.visible_to(mediator).filter(mediator=mediator)
    near = Q(month__gte=_month_before(today)) | Q(status=Status.RETURNED)
    return list(own.filter(near).order_by("month"))


def returned_reports(reports):
    """Of the own reports those that the mediator was asked about."""
    returned = [report for report in reports if report.status == Status.RETURNED]
    prefetch_related_objects(
        returned,
        Prefetch(
            "events",
            ReportEvent.objects.filter(action=Action.RETURN).select_related("by"),
            to_attr="returns",
        ),
        Prefetch("comments", Comment.objects.filter(is_open=True), to_attr="asked"),
    )
    return [_returned(report) for report in returned]


def _returned(report):
    event, asked = report.returns[-1], report.asked
    sections = {comment.section for comment in asked}
    return ReturnedReport(
        report,
        event.by.full_name,
        len(asked),
        answer_due_on(timezone.localdate(event.at)),
        [(title, _page_of(report, key)) for key, title in REVIEWED if key in sections],
    )


def _page_of(report, key):
    """Where the mediator answers the questions about a part."""
    if key in SECTIONS:
        return reverse("reports:section", args=[*report.url_args, SECTIONS[key]])
    return reverse(f"reports:{key}", args=report.url_args)


@dataclass(frozen=True)
class MonthCard:
    """One month of one municipality: what is counted so far and when the report is due."""

    month: date
    municipality: Municipality
    values: dict
    contracted: object
    due_on: date
    report: MonthlyReport | None
    is_over: bool
    place: str

    questions = len(NARRATIVE)
    """Short answers that a report asks for."""

    @property
    def is_handed_in(self):
        return self.report is not None and not self.report.is_writable

    @property
    def url(self):
        """The report, or where it will be begun."""
        return (
            self.report.get_absolute_url() if self.report else reverse("reports:list")
        )


def month_cards(mediator, today, reports):
    """The present month, before it last month's as long as its report is not handed in."""
    months = (_month_before(today), today.replace(day=1))
    cards = []
    places = mediator.places_as(Role.MEDIATOR)
    for place in places:
        name = str(place) if len(places) > 1 else ""
        before, now = _cards(mediator, place, months, reports, name)
        is_waiting = before.report is None or before.report.status == Status.DRAFT
        if is_waiting and before.contracted:
            cards.append(before)
        cards.append(now)
    return cards


def _month_before(day):
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)


def _cards(mediator, place, months, reports, name):
    """One for each of the months, the last of which is not over."""
    scope = Scope(
        first=months[0],
        last=last_day(months[-1]),
        municipalities=Municipality.objects.filter(pk=place.pk),
        mediator=mediator,
    )
    counted = compute_by_month(scope, COUNTED)
    appointments = [
        row
        for row in mediator.all_appointments
        if row.role == Role.MEDIATOR and row.municipality_id == place.pk
    ]
    written = {one.month: one for one in reports if one.municipality_id == place.pk}
    nothing = {one.key: one.value(None) for one in COUNTED}
    return [
        MonthCard(
            month=month,
            municipality=place,
            values=nothing | counted.get(month, {}),
            contracted=contracted_hours(appointments, month),
            due_on=report_due_on(month),
            report=written.get(month),
            is_over=month != months[-1],
            place=name,
        )
        for month in months
    ]
