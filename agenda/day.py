"""What a mediator's day holds: steps by day, the month so far, reports that wait."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from cases import words
from cases.models import NextStep
from families.services.substitutions import absent_by_family
from mediators.models import Role, User
from municipalities.models import Municipality
from municipalities.working_days import last_day
from reports.indicators import BY_KEY, Scope, compute
from reports.models import MonthlyReport
from reports.sections import NARRATIVE
from reports.workflow import Action, Status
from reports.working_days import answer_due_on, contracted_hours, report_due_on

LATE_SHOWN = 5
SOON_SHOWN = 3
COUNTED = tuple(BY_KEY[key] for key in ("entries", "families", "hours"))


@dataclass(frozen=True)
class StepRow:
    """A next step with its day in words, and the colleague whose family it is for."""

    step: NextStep
    due: str
    instead_of: User | None


@dataclass(frozen=True)
class StepGroup:
    """The steps of one part of the day; ``hidden`` counts those not shown."""

    rows: list[StepRow]
    count: int

    @property
    def hidden(self):
        return self.count - len(self.rows)


def step_groups(mediator, today, *, show_all):
    """Late, today and soon: each with the steps to show."""
    steps = NextStep.objects.visible_to(mediator).with_subject().by_time()
    absent = absent_by_family(mediator)

    def group(found, shown):
        rows = [
            StepRow(step, words.due(step, today), absent.get(step.family_id))
            for step in found[:shown]
        ]
        return StepGroup(rows, len(found))

    late = group(list(steps.overdue(today)), None if show_all else LATE_SHOWN)
    now = group(list(steps.due_today(today)), None)
    soon = group(list(steps.upcoming(today)), None if show_all else SOON_SHOWN)
    return late, now, soon


@dataclass(frozen=True)
class ReturnedReport:
    """A report that the coordinator gave back, with what is asked and until when."""

    report: MonthlyReport
    by: str
    questions: int
    due_on: date


def returned_reports(mediator):
    reports = MonthlyReport.objects.editable_by(mediator).filter(status=Status.RETURNED)
    found = []
    for report in reports.order_by("month"):
        event = report.events.filter(action=Action.RETURN).select_related("by").last()
        found.append(
            ReturnedReport(
                report,
                event.by.full_name,
                report.comments.filter(is_open=True).count(),
                answer_due_on(timezone.localdate(event.at)),
            )
        )
    return found


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


def month_cards(mediator, today):
    """The present month, before it last month's as long as its report is not handed in."""
    this = today.replace(day=1)
    last = (this - timedelta(days=1)).replace(day=1)
    cards = []
    places = list(mediator.municipalities_as(Role.MEDIATOR))
    for place in places:
        before = _card(mediator, place, last, today, places)
        is_waiting = before.report is None or before.report.status == Status.DRAFT
        if is_waiting and before.contracted:
            cards.append(before)
        cards.append(_card(mediator, place, this, today, places))
    return cards


def _card(mediator, place, month, today, places):
    scope = Scope(
        first=month,
        last=last_day(month),
        municipalities=Municipality.objects.filter(pk=place.pk),
        mediator=mediator,
    )
    appointments = mediator.appointments.filter(role=Role.MEDIATOR, municipality=place)
    reports = MonthlyReport.objects.filter(
        mediator=mediator, municipality=place, month=month
    )
    return MonthCard(
        month=month,
        municipality=place,
        values=compute(scope, COUNTED),
        contracted=contracted_hours(appointments, month),
        due_on=report_due_on(month),
        report=reports.first(),
        is_over=month < today.replace(day=1),
        place=str(place) if len(places) > 1 else "",
    )
