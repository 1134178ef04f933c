"""What is due by the Latvian calendar, and what a contract asks of a month."""

from datetime import date, timedelta
from decimal import Decimal

from municipalities.working_days import (
    last_day,
    next_working_day,
    working_days,
    working_days_after,
)

REVIEW_DAYS = 5
ANSWER_DAYS = 3


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
    return working_days_after(submitted_on, REVIEW_DAYS)


def answer_due_on(returned_on) -> date:
    """Three working days after the report was given back to the mediator."""
    return working_days_after(returned_on, ANSWER_DAYS)
