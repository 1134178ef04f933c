"""What a mediator's day holds: what is due by day, the month so far, reports that wait."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.urls import reverse
from django.utils import timezone

from agenda.nearest import A_KIND, AT_FIRST, Part, counted, few, nearest, on_page
from agenda.reminders import Kind, Reminder, parted, reminders
from cases import words
from cases.models import NextStep
from cases.models.next_step import WITHIN_A_DAY
from mediators.models import Role, User
from municipalities.models import Municipality
from municipalities.working_days import last_day
from reports.indicators import BY_KEY, Scope, compute_by_month
from reports.models import Comment, MonthlyReport, ReportEvent
from reports.sections import BY_KEY as SECTIONS
from reports.sections import NARRATIVE, REVIEWED
from reports.workflow import Action, Status
from reports.working_days import answer_due_on, contracted_hours, report_due_on

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
    """One part of the day.

    ``count`` is how many there are, from its page on; ``to_ask`` how many of those that
    are ``hidden`` are families to ask for consent, where it is more than a page of them.
    """

    rows: list[Row]
    count: int
    to_ask: int = 0

    @property
    def hidden(self):
        return self.count - len(self.rows)


def open_steps(mediator):
    """What the mediator or whom she covers for promised, the earliest first."""
    return NextStep.objects.visible_to(mediator).open().with_subject().by_time()


def groups(mediator, today, cards, *, found, absent, page):
    """Late, today and soon: each with the rows to show, the earliest first.

    ``found`` is what there is to remind of; ``absent`` are the colleagues in whose place
    the mediator works, by family; ``page`` the number of a page of everything, or None for
    the few rows of the day as it opens.
    """
    places = on_page(page) if page else AT_FIRST
    kinds = [
        _steps(mediator, today, places),
        *reminders(mediator, today, cards, places, found),
    ]
    return tuple(
        _group(part, kinds, today, absent, at, None if page else len(at))
        for part, at in places.items()
    )


def _steps(mediator, today, places):
    steps = open_steps(mediator)
    all_of_them = few(steps)
    if all_of_them is not None:
        return parted(all_of_them, today, places)
    rows = list(nearest(steps, today, places, by="due_on", within_a_day=WITHIN_A_DAY))
    return Kind(rows, counted(rows))


def _group(part, kinds, today, absent, at, most):
    left, to_ask, todo = 0, 0, []
    for kind in kinds:
        there_are = max(kind.counts[part] - at.start, 0)
        left += there_are
        to_ask += there_are if kind.asks_for_consent else 0
        todo += [(one, kind) for one in kind.rows if Part.of(one.due_on, today) == part]
    shown = sorted(todo, key=lambda found: by_time(found[0]))[:most]
    to_ask -= sum(kind.asks_for_consent for _one, kind in shown)
    return Group(
        [_row(one, today, absent) for one, _kind in shown],
        left,
        to_ask if to_ask > A_KIND else 0,
    )


def by_time(todo):
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
