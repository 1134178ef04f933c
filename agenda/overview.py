"""What a coordinator sees first: reports that wait, the month so far, open asks."""

from dataclasses import dataclass
from datetime import date, datetime

from allauth.usersessions.models import UserSession
from django.db.models import Count, F, Max, OuterRef, Subquery
from django.utils import timezone

from cases.models import NextStep, Visit
from evaluation.models import SurveyRound
from interface.latvian import latvian_order
from mediators.models import COORDINATING, Appointment, Role, User
from municipalities.models import Municipality
from municipalities.working_days import last_day
from reports.indicators import BY_KEY, Scope, compute_by_mediator
from reports.models import Ask, MonthlyReport, ReportMeeting
from reports.periods import months_earlier
from reports.progress import EXPECTED, progress, with_dates
from reports.workflow import FINAL, HANDED_IN
from reports.working_days import contracted_hours, report_due_on

COUNTED = tuple(BY_KEY[key] for key in ("entries", "families", "hours", "open_cases"))
ASKS_SHOWN = 10
REPORTS_SHOWN = 6
WAITING_SHOWN = 20


@dataclass(frozen=True)
class MediatorMonth:
    """The month so far of one mediator in one municipality: a help, not a judgement."""

    mediator: User
    municipality: Municipality
    values: dict
    contracted: object
    last_entry_on: date | None
    overdue_steps: int
    seen_at: datetime | None

    @property
    def was_seen_today(self):
        return timezone.localdate(self.seen_at) == timezone.localdate()


def mediator_months(places, today):
    """Everybody who mediates in these municipalities today, by name."""
    people = {}
    appointments = Appointment.objects.current(today).filter(
        role=Role.MEDIATOR, municipality__in=places
    )
    entries = Visit.objects.filter(
        mediator=OuterRef("user"), municipality=OuterRef("municipality")
    )
    # One look into the index for each desk, instead of reading all entries
    newest = entries.order_by("-visited_on").values("visited_on")[:1]
    appointments = appointments.annotate(last_entry_on=Subquery(newest))
    for appointment in appointments.select_related("user", "municipality"):
        key = (appointment.municipality, appointment.user)
        people.setdefault(key, []).append(appointment)
    scope = Scope(today.replace(day=1), last_day(today), municipalities=places)
    counted = compute_by_mediator(scope, COUNTED)
    overdue = _overdue_steps(places, today)
    seen = _seen(people)
    rows = [
        MediatorMonth(
            mediator,
            place,
            {i.key: i.value(0) for i in COUNTED}
            | counted.get((place.pk, mediator.pk), {}),
            contracted_hours(own, today),
            own[0].last_entry_on,
            overdue.get((place.pk, mediator.pk), 0),
            seen.get(mediator.pk) or mediator.last_login,
        )
        for (place, mediator), own in people.items()
    ]
    return sorted(
        rows,
        key=lambda row: (
            latvian_order(str(row.municipality)),
            latvian_order(row.mediator.last_name),
        ),
    )


def _overdue_steps(places, today):
    rows = (
        NextStep.objects.open()
        .filter(municipality__in=places, due_on__lt=today)
        .order_by()
        .values_list("municipality", "mediator")
        .annotate(n=Count("pk"))
    )
    return {(place, mediator): n for place, mediator, n in rows}


def _seen(people):
    """When a device of theirs last reached the server; of those who are signed in.

    Of the others the last signing in is known.
    """
    users = {mediator for _place, mediator in people}
    sessions = UserSession.objects.filter(user__in=users).order_by()
    return dict(sessions.values_list("user").annotate(at=Max("last_seen_at")))


def first_of(rows):
    """``(the first of what waits, how many more there are)``; counted where there are more."""
    found = list(rows[: WAITING_SHOWN + 1])
    if len(found) <= WAITING_SHOWN:
        return found, 0
    return found[:WAITING_SHOWN], rows.count() - WAITING_SHOWN


def open_asks(user, places):
    """Asks of reports that were handed in, as long as nobody has answered them."""
    return (
        Ask.objects.visible_to(user)
        .open()
        .filter(
            report__status__in=HANDED_IN,
            report__municipality__in=places,
        )
        .select_related("report__mediator", "report__municipality", "owner")
        .order_by("-report__month", F("due_on").asc(nulls_last=True), "position", "pk")
    )


def approved_reports(user, places):
    """The newest reports that were approved, with what the municipality did.

    ``met_on`` is the day on which the report was talked about there, or None.
    """
    met = ReportMeeting.objects.filter(report=OuterRef("pk")).order_by("-held_on")
    reports = MonthlyReport.objects.visible_to(user).filter(
        status__in=FINAL, municipality__in=places
    )
    newest = with_dates(reports).select_related("mediator", "municipality")
    newest = newest.annotate(met_on=Subquery(met.values("held_on")[:1]))
    return newest.order_by("-approved_at", "-month", "pk")[:REPORTS_SHOWN]


def next_due_on(places, today):
    """When the next report is to come: last month's as long as one may still come."""
    this_month = today.replace(day=1)
    last_month = months_earlier(this_month, 1)
    rows = progress(places, [last_month]).rows
    is_missing = any(cell.state is EXPECTED for row in rows for cell in row.cells)
    return report_due_on(last_month if is_missing else this_month)


def survey(user):
    """The survey of municipal staff that is next or goes on, else the last one; or None."""
    newest_first = list(SurveyRound.objects.visible_to(user))
    not_over = [one for one in newest_first if not one.is_closed]
    return next(iter([*not_over[::-1], *newest_first]), None)


def coordinated(user):
    """The municipalities that a person coordinates today."""
    return user.municipalities_as(*COORDINATING)
