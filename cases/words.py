"""How near days are called: “since Tuesday”, “tomorrow 10.00”, “yesterday”."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from interface.latvian import (
    clock,
    month_genitive,
    near_date,
    weekday_locative,
)

DAYS_OF_A_WEEK = 7
SINCE_WEEKDAY = (
    gettext_lazy("since Monday"),
    gettext_lazy("since Tuesday"),
    gettext_lazy("since Wednesday"),
    gettext_lazy("since Thursday"),
    gettext_lazy("since Friday"),
    gettext_lazy("since Saturday"),
    gettext_lazy("since Sunday"),
)


def due(step, today=None, *, in_full=False):
    """When a next step is to be done, or since when it waits.

    Under a heading “Today” the hour says enough; elsewhere it needs the day (``in_full``).
    """
    days = (step.due_on - (today or timezone.localdate())).days
    if days < 0:
        return _since(step.due_on, -days)
    hour = clock(step.due_at) if step.due_at else ""
    if days == 0 and hour and not in_full:
        return hour
    return f"{_day_ahead(step.due_on, days)} {hour}".strip()


def _since(day, days):
    if days < DAYS_OF_A_WEEK:
        return str(SINCE_WEEKDAY[day.weekday()])
    return _("since %(day)d %(month)s") % {
        "day": day.day,
        "month": month_genitive(day),
    }


def _day_ahead(day, days):
    if days <= 1:
        return _("tomorrow") if days else _("today")
    return weekday_locative(day) if days < DAYS_OF_A_WEEK else near_date(day)


def past(day, today=None):
    """When something was: today, yesterday, or the date."""
    days = ((today or timezone.localdate()) - day).days
    if days == 0:
        return _("today")
    return _("yesterday") if days == 1 else near_date(day)
