"""Working days of a month by the Latvian calendar, and what a contract asks of them."""

from calendar import monthrange
from datetime import date, timedelta
from decimal import Decimal

import holidays


def last_day(month):
    """The last day of the month in which a date lies."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def working_days(first, last):
    """Days from ``first`` to ``last``, both included, without week-ends and public holidays."""
    free = holidays.country_holidays("LV", years=range(first.year, last.year + 1))
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5 and day not in free]


def next_working_day(day: date) -> date:
    """The day itself, or the first working day after it."""
    while not working_days(day, day):
        day += timedelta(days=1)
    return day


def contracted_hours(appointments, month) -> Decimal:
    """Hours that these appointments ask for in a month (R241).

    An appointment that begins or ends in the month counts for its own days only.
    """
    first, last = month.replace(day=1), last_day(month)
    hours = Decimal(0)
    for appointment in appointments:
        begins = max(first, appointment.starts_on)
        ends = min(last, appointment.ends_on or last)
        if begins <= ends:
            hours += appointment.hours_per_day * len(working_days(begins, ends))
    return hours


def report_due_on(month) -> date:
    """The 5th of the next month, or the next working day after it."""
    return next_working_day(last_day(month) + timedelta(days=5))


def review_due_on(submitted_on) -> date:
    """Five working days after the report was handed in."""
    return _working_days_after(submitted_on, 5)


def answer_due_on(returned_on) -> date:
    """Three working days after the report was given back to the mediator."""
    return _working_days_after(returned_on, 3)


def _working_days_after(day, count):
    for _step in range(count):
        day = next_working_day(day + timedelta(days=1))
    return day
