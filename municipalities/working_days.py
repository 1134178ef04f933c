"""Working days by the Latvian calendar: what is due, and how long somebody has waited."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from functools import cache

import holidays
from django.utils import timezone

MORNING = time(8)


def last_day(month):
    """The last day of the month in which a date lies."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def next_month(month):
    """The first day of the month after that in which a date lies."""
    return last_day(month) + timedelta(days=1)


def working_days(first, last):
    """Days from ``first`` to ``last``, both included, without week-ends and public holidays."""
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [
        day for day in days if day.weekday() < 5 and day not in _free_days(day.year)
    ]


@cache
def _free_days(year):
    return frozenset(holidays.country_holidays("LV", years=year))


def is_working_day(day: date) -> bool:
    return bool(working_days(day, day))


def next_morning(moment):
    """Eight o'clock in Riga on the first working day after an instant's own day."""
    day = working_days_after(timezone.localdate(moment), 1)
    return timezone.make_aware(datetime.combine(day, MORNING))


def working_day_before(day: date) -> date:
    """The last working day before a day."""
    return working_days(day - timedelta(days=14), day - timedelta(days=1))[-1]


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def working_days_after(day, count) -> date:
    """The ``count``-th working day after a day."""
    for _step in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day


def waited(since, today) -> int:
    """How many working days have come since a day, today included."""
    return len(working_days(since + timedelta(days=1), today))


def waited_longer_than(count, today) -> date:
    """The day before which something has waited more than ``count`` working days."""
    weeks = timedelta(weeks=count // 5 + 4)  # room for week-ends and Christmas
    return working_days(today - weeks, today)[-count - 1]


def public_holidays(first, last):
    """``{day: name}`` of the public holidays, named in Latvian as the calendar does."""
    found = holidays.country_holidays(
        "LV", years=range(first.year, last.year + 1), language="lv"
    )
    return {day: name for day, name in found.items() if first <= day <= last}
