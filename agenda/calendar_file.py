"""The month of a coordinator as a calendar file: when reports are due, when to meet about them.

Nobody plans the monthly meeting here (R194): its day is proposed, the last one of the days
that the review has, and the coordinator moves it where both have time.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.services.calendar import day_event, new_calendar
from interface.latvian import month_year_genitive
from mediators.models import Appointment, Role
from municipalities.models import Municipality
from municipalities.working_days import last_day
from reports.models import ReportMeeting
from reports.periods import months_earlier
from reports.working_days import report_due_on, review_due_on

MONTHS = 13
"""The month before, whose report may still be due, this one, and the eleven that follow."""


@dataclass(frozen=True)
class Dates:
    """The days of one month's report in one municipality."""

    place: Municipality
    month: date
    is_met: bool

    @property
    def due_on(self):
        return report_due_on(self.month)

    @property
    def meets_on(self):
        """By then a report that came in time is reviewed."""
        return review_due_on(self.due_on)

    @property
    def report(self):
        return _("%(month)s report, %(place)s") % {
            "month": capfirst(month_year_genitive(self.month)),
            "place": self.place,
        }


def calendar_file(places, today):
    """The bytes of the file: whole days from today on, without a name of anybody."""
    calendar = new_calendar()
    for dates in dates_of(places, today):
        key = f"{dates.month:%Y-%m}-{dates.place.slug}@tilts"
        if dates.due_on >= today:
            calendar.add_component(
                day_event(
                    f"report-{key}",
                    dates.due_on,
                    _("Due: %(report)s") % {"report": dates.report},
                    settings.SITE_URL + reverse("reports:list"),
                )
            )
        if dates.meets_on >= today and not dates.is_met:
            event = day_event(
                f"meeting-{key}",
                dates.meets_on,
                pgettext("calendar", "Monthly meeting: %(report)s")
                % {"report": dates.report},
                settings.SITE_URL + reverse("agenda:dashboard"),
            )
            event.add("status", "TENTATIVE")
            event.add(
                "description",
                _(
                    "The day is a proposal. Agree on it with the contact person of the "
                    "municipality and move it."
                ),
            )
            calendar.add_component(event)
    return calendar.to_ical()


def dates_of(places, today):
    """``Dates`` of each month in which somebody mediates in one of the places."""
    first = months_earlier(today.replace(day=1), 1)
    months = [months_earlier(first, -number) for number in range(MONTHS)]
    appointments = list(
        Appointment.objects.filter(role=Role.MEDIATOR, municipality__in=places)
        .between(months[0], last_day(months[-1]))
        .values_list("municipality", "starts_on", "ends_on")
    )
    met = set(
        ReportMeeting.objects.filter(
            report__municipality__in=places, report__month__gte=months[0]
        ).values_list("report__municipality", "report__month")
    )
    for place in places:
        for month in months:
            if any(
                of == place.pk
                and starts_on <= last_day(month)
                and (ends_on is None or ends_on >= month)
                for of, starts_on, ends_on in appointments
            ):
                yield Dates(place, month, (place.pk, month) in met)
