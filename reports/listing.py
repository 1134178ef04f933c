"""Lists of reports: a mediator's own months, and mediator by month for their readers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q
from django.utils import timezone

from cases.models import Visit
from mediators.models import COORDINATING, Appointment, Role, User
from municipalities.models import Municipality
from reports.models import MonthlyReport
from reports.periods import months_earlier
from reports.progress import NOT_EXPECTED, State, states
from reports.workflow import WRITABLE, Action, Status
from reports.working_days import answer_due_on, report_due_on, review_due_on

MONTHS_SHOWN = 6


@dataclass(frozen=True)
class OwnMonth:
    """A month that a mediator reports about, begun or not."""

    municipality: Municipality
    month: date
    report: MonthlyReport | None

    @property
    def due_on(self):
        return _due_on(self.month, self.report)

    @property
    def is_open(self):
        return self.report is None or self.report.is_writable

    @property
    def is_late(self):
        return self.is_open and timezone.localdate() > self.due_on


def _due_on(month, report):
    """Until when the mediator has to act: the fixed date, after a return three days."""
    if report and report.status == Status.RETURNED and report.returned_at:
        return answer_due_on(timezone.localdate(report.returned_at))
    return report_due_on(month)


def _with_return(reports):
    """Adds ``returned_at``, and the people and places that lists show."""
    returned = Max("events__at", filter=Q(events__action=Action.RETURN))
    return reports.select_related("mediator", "municipality").annotate(
        returned_at=returned
    )


def own_months(mediator):
    """Reports of a mediator and the months that want one, the newest first.

    Offered are this month, the one before, and every month with entries in the log.
    """
    rows = {
        (report.municipality, report.month): report
        for report in _with_return(
            MonthlyReport.objects.visible_to(mediator).filter(mediator=mediator)
        )
    }
    for appointment in _own_appointments(mediator):
        for month in _wanted(mediator, appointment):
            rows.setdefault((appointment.municipality, month), None)
    return [
        OwnMonth(municipality, month, report)
        for (municipality, month), report in sorted(
            rows.items(), key=lambda row: (-row[0][1].toordinal(), row[0][0].pk)
        )
    ]


def _own_appointments(mediator):
    current = mediator.appointments.current().filter(role=Role.MEDIATOR)
    return current.select_related("municipality")


def _wanted(mediator, appointment):
    this_month = timezone.localdate().replace(day=1)
    logged = Visit.objects.filter(
        mediator=mediator, municipality=appointment.municipality
    ).dates("visited_on", "month")
    months = {this_month, months_earlier(this_month, 1), *logged}
    begins = appointment.starts_on.replace(day=1)
    return [month for month in months if begins <= month <= this_month]


def may_begin(mediator, municipality, month):
    """Whether a mediator may begin the report of that month: appointed, not to come."""
    return any(
        month in _wanted(mediator, appointment)
        for appointment in _own_appointments(mediator)
        if appointment.municipality == municipality
    )


@dataclass(frozen=True)
class Waiting:
    """A report that waits for a coordinator since a day."""

    report: MonthlyReport
    since: date

    @property
    def due_on(self):
        return review_due_on(self.since)

    @property
    def days(self):
        return (timezone.localdate() - self.since).days


def waiting(user):
    """Reports on which this coordinator may decide, the longest waiting first."""
    reports = (
        MonthlyReport.objects.reviewable_by(user)
        .select_related("mediator", "municipality")
        .annotate(
            submitted_at=Max("events__at", filter=Q(events__action=Action.SUBMIT))
        )
        .order_by("submitted_at", "pk")
    )
    return [
        Waiting(report, timezone.localdate(report.submitted_at or report.created_at))
        for report in reports
    ]


def unsent(user):
    """Approved reports that this coordinator has not sent, or whose mail was refused."""
    return (
        MonthlyReport.objects.deliverable_by(user)
        .filter(status=Status.APPROVED)
        .select_related("mediator", "municipality")
        .order_by("month", "pk")
    )


@dataclass(frozen=True)
class Cell:
    """What a reader may know of one month of one mediator."""

    month: date
    report: MonthlyReport | None
    is_late: bool
    state: State | None = None
    """How far a report is that the reader may not open."""


@dataclass(frozen=True)
class Late:
    """A report that should have been here, and until when."""

    mediator: User
    municipality: Municipality
    month: date
    due_on: date


@dataclass(frozen=True)
class MediatorRow:
    """One mediator in one municipality."""

    mediator: User
    municipality: Municipality
    cells: list[Cell]


def shown_months(last):
    """The months of one screen, the newest first."""
    return [months_earlier(last, count) for count in range(MONTHS_SHOWN)]


def mediator_rows(user, months):
    """Mediator × month as far as this reader may see; three queries, however many rows.

    Coordinators are also told what is late; a draft itself they do not see. Project
    staff and the lead mediator are told how far every report is.
    """
    reports = {
        (report.mediator, report.municipality, report.month): report
        for report in _with_return(
            MonthlyReport.objects.visible_to(user)
            .filter(month__in=months)
            .exclude(mediator=user)
        )
    }
    expected = _expected(user, months)
    known = _known_states(user, months)
    people = {(m, p) for m, p, _month in [*reports, *expected, *known]}
    return [
        MediatorRow(
            mediator,
            municipality,
            [
                _cell((mediator, municipality, month), reports, expected, known)
                for month in months
            ],
        )
        for mediator, municipality in sorted(
            people,
            key=lambda pair: (pair[1].label_lv, pair[0].last_name, str(pair[0].pk)),
        )
    ]


def late(user):
    """What a coordinator does not have although its day is over, the oldest first.

    Of the last two months: what is missing for longer stands in the table of all months.
    """
    this_month = timezone.localdate().replace(day=1)
    rows = mediator_rows(user, [months_earlier(this_month, n) for n in (1, 2)])
    found = [
        Late(
            row.mediator,
            row.municipality,
            cell.month,
            _due_on(cell.month, cell.report),
        )
        for row in rows
        for cell in row.cells
        if cell.is_late
    ]
    return sorted(found, key=lambda one: one.due_on)


def _cell(key, reports, expected, known):
    report, month = reports.get(key), key[2]
    is_open = report is None or report.status in WRITABLE
    is_late = (
        key in expected and is_open and timezone.localdate() > _due_on(month, report)
    )
    return Cell(month, report, is_late, known.get(key))


def _known_states(user, months):
    """(mediator, municipality, month) → how far the report is, for who may know of all."""
    if not user.has_role(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR):
        return {}
    found = {
        key: state
        for key, state in states(Municipality.objects.all(), months).items()
        if state is not NOT_EXPECTED and key[0] != user.pk
    }
    people = User.objects.in_bulk({mediator for mediator, _place, _month in found})
    places = Municipality.objects.in_bulk({place for _mediator, place, _month in found})
    return {
        (people[mediator], places[place], month): state
        for (mediator, place, month), state in found.items()
    }


def _expected(user, months):
    """(mediator, municipality, month) in which somebody is appointed where the user coordinates."""
    appointments = Appointment.objects.filter(
        role=Role.MEDIATOR, municipality__in=user.places_as(*COORDINATING)
    ).exclude(user=user)
    return {
        (row.user, row.municipality, month)
        for row in appointments.select_related("user", "municipality")
        for month in months
        if row.starts_on < months_earlier(month, -1)
        and (row.ends_on is None or row.ends_on >= month)
    }
