"""Lists of reports: a mediator's own months, and mediator by month for their readers."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Exists, Max, OuterRef, Q, Subquery
from django.utils import timezone

from cases.models import Visit
from mediators.models import COORDINATING, Appointment, Role, User
from municipalities.models import Municipality
from municipalities.working_days import last_day
from reports.models import MonthlyReport
from reports.periods import Period, months_earlier
from reports.progress import NOT_EXPECTED, State, since_the_first, states
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
        place = appointment.municipality
        # Whether a month has entries matters where it has no report alone
        months = [m for m in _months_of(appointment) if (place, m) not in rows]
        rows |= dict.fromkeys((place, m) for m in _wanted(appointment, months))
    return [
        OwnMonth(municipality, month, report)
        for (municipality, month), report in sorted(
            rows.items(), key=lambda row: (-row[0][1].toordinal(), row[0][0].pk)
        )
    ]


def _own_appointments(mediator):
    current = mediator.appointments.current().filter(role=Role.MEDIATOR)
    entries = Visit.objects.filter(
        mediator=OuterRef("user"), municipality=OuterRef("municipality")
    )
    first = entries.order_by("visited_on").values("visited_on")[:1]
    return current.select_related("municipality").annotate(first_entry=Subquery(first))


def _months_of(appointment):
    """From the first entry, or the last month, to this one."""
    this_month = timezone.localdate().replace(day=1)
    last_month = months_earlier(this_month, 1)
    first = min(appointment.first_entry or last_month, last_month)
    return Period.between(first.replace(day=1), this_month).months


def _wanted(appointment, months):
    """Those of some months that want a report: the last two, and others with entries.

    One look into the index for each of the others, instead of reading all entries.
    """
    this_month = timezone.localdate().replace(day=1)
    begins = appointment.starts_on.replace(day=1)
    months = [month for month in months if begins <= month <= this_month]
    older = [month for month in months if month < months_earlier(this_month, 1)]
    entries = Visit.objects.filter(
        mediator=appointment.user_id, municipality=appointment.municipality_id
    )
    looks = [
        Exists(entries.filter(visited_on__range=(month, last_day(month))))
        for month in older
    ]
    row = Appointment.objects.filter(pk=appointment.pk).values_list(*looks)
    found = dict(zip(older, row.get(), strict=True)) if older else {}
    return [month for month in months if found.get(month, True)]


def may_begin(mediator, municipality, month):
    """Whether a mediator may begin the report of that month: appointed, not to come."""
    return any(
        month in _wanted(appointment, [month])
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


def reports_waiting(user):
    """Reports on which this coordinator may decide, the longest waiting first."""
    return (
        MonthlyReport.objects.reviewable_by(user)
        .select_related("mediator", "municipality")
        .annotate(
            submitted_at=Max("events__at", filter=Q(events__action=Action.SUBMIT))
        )
        .order_by("submitted_at", "pk")
    )


def waiting(user):
    """All of them, with the day from which on they wait."""
    return as_waiting(reports_waiting(user))


def as_waiting(reports):
    """Of ``reports_waiting`` what a list says of each."""
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


class MediatorTable:
    """Mediator × month as far as this reader may see; as many queries however many rows.

    Coordinators are also told what is late; a draft itself they do not see. Project
    staff and the lead mediator are told how far every report is.
    """

    def __init__(self, user, months):
        self.user, self.months = user, months
        self._reports = _readable(user, months)

    @cached_property
    def _wanted(self):
        return since_the_first(self.months)

    @cached_property
    def _knows_all(self):
        return self.user.has_role(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR)

    @cached_property
    def desks(self):
        """Keys of mediator and municipality of all rows, by municipality and name.

        Nothing else is read of the whole country: keys and names of its mediators.
        """
        reports, appointed = self._reports, _appointed(self.user, self._wanted)
        if self._knows_all:
            months = MonthlyReport.objects.filter(month__in=self.months)
            handed_in = months.exclude(status=Status.DRAFT).exclude(mediator=self.user)
            reports = MonthlyReport.objects.filter(
                Q(pk__in=reports.values("pk")) | Q(pk__in=handed_in.values("pk"))
            )
            appointed = _mediating(self._wanted).exclude(user=self.user)
        of_place = ("municipality__label_lv", "municipality")
        rows = {
            *reports.order_by()
            .values_list(*of_place, "mediator__last_name", "mediator")
            .distinct(),
            *appointed.order_by()
            .values_list(*of_place, "user__last_name", "user")
            .distinct(),
        }
        rows = sorted(rows, key=lambda row: (row[0], row[2], str(row[3])))
        return [(mediator, place) for _label, place, _name, mediator in rows]

    def rows(self, desks):
        """The rows of some of its desks."""
        mediators = {mediator for mediator, _place in desks}
        reports = {
            (report.mediator_id, report.municipality_id, report.month): report
            for report in _with_return(self._reports.filter(mediator__in=mediators))
        }
        appointed = _appointed(self.user, self._wanted).filter(user__in=mediators)
        expected = _expected(appointed, self._wanted)
        known = self._known(mediators)
        people = User.objects.in_bulk(mediators)
        places = Municipality.objects.in_bulk({place for _mediator, place in desks})
        return [
            MediatorRow(
                people[mediator],
                places[place],
                [
                    _cell((mediator, place, month), reports, expected, known)
                    for month in self.months
                ],
            )
            for mediator, place in desks
        ]

    def _known(self, mediators):
        """(mediator, municipality, month) → how far the report is, for who may know of all."""
        if not self._knows_all:
            return {}
        found = states(mediators - {self.user.pk}, self.months).items()
        return {key: state for key, state in found if state is not NOT_EXPECTED}


def late(user):
    """What a coordinator does not have although its day is over, the oldest first.

    Of the last two months: what is missing for longer stands in the table of all months.
    """
    this_month = timezone.localdate().replace(day=1)
    months = since_the_first([months_earlier(this_month, n) for n in (1, 2)])
    here = _readable(user, months).filter(
        municipality__in=user.places_as(*COORDINATING)
    )
    reports = {
        (report.mediator_id, report.municipality_id, report.month): report
        for report in _with_return(here)
    }
    appointed = _appointed(user, months).select_related("user", "municipality")
    desks = {(row.user_id, row.municipality_id): row for row in appointed}
    found = []
    for key in _expected(appointed, months):
        mediator, place, month = key
        if _is_late(key, reports.get(key)):
            row = desks[mediator, place]
            due_on = _due_on(month, reports.get(key))
            found.append(Late(row.user, row.municipality, month, due_on))
    return sorted(
        found,
        key=lambda one: (
            one.due_on,
            one.municipality.label_lv,
            one.mediator.last_name,
            str(one.mediator.pk),
        ),
    )


def _readable(user, months):
    """Reports of others that a person may open."""
    reports = MonthlyReport.objects.visible_to(user).filter(month__in=months)
    return reports.exclude(mediator=user)


def _is_late(key, report):
    is_open = report is None or report.status in WRITABLE
    return is_open and timezone.localdate() > _due_on(key[2], report)


def _cell(key, reports, expected, known):
    report = reports.get(key)
    is_late = key in expected and _is_late(key, report)
    return Cell(key[2], report, is_late, known.get(key))


def _appointed(user, months):
    """Appointments of others in these months where the user coordinates."""
    here = _mediating(months).filter(municipality__in=user.places_as(*COORDINATING))
    return here.exclude(user=user)


def _mediating(months):
    """Appointments in force in some months."""
    mediators = Appointment.objects.filter(role=Role.MEDIATOR)
    if not months:
        return mediators.none()
    return mediators.between(min(months), last_day(max(months)))


def _expected(appointments, months):
    """(mediator, municipality, month) in which somebody is appointed."""
    return {
        (row.user_id, row.municipality_id, month)
        for row in appointments
        for month in months
        if row.starts_on < months_earlier(month, -1)
        and (row.ends_on is None or row.ends_on >= month)
    }
