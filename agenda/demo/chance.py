"""Chance and time of the demo: both repeat exactly for the same seed and day."""

import random
from datetime import datetime, time, timedelta

from django.utils import timezone

from municipalities.working_days import last_day, working_days

MONTHS = 10


def dice(*parts):
    """A source of chance of its own for each thing, so that one does not shift another."""
    return random.Random("/".join(map(str, parts)))  # noqa: S311 -- repeatable, not secret


def _instant(day, hour, minute=0):
    zone = timezone.get_current_timezone()
    return datetime.combine(day, time(hour, minute), tzinfo=zone)


class Clock:
    """The months of the demo; ``until`` is its last day and lies in the current one."""

    def __init__(self, until, months=MONTHS):
        self.until = until
        self.months = [until.replace(day=1)]
        while len(self.months) < months:
            earlier = self.months[0] - timedelta(days=1)
            self.months.insert(0, earlier.replace(day=1))

    @property
    def first(self):
        return self.months[0]

    @property
    def current(self):
        return self.months[-1]

    @property
    def over(self):
        """The months whose reports are due."""
        return self.months[:-1]

    def days_of(self, month):
        """Days on which people worked; at the start of a month any day that has come."""
        last = min(last_day(month), self.until)
        days = (last - month).days + 1
        return working_days(month, last) or [
            month + timedelta(days=n) for n in range(days)
        ]

    def share_of(self, month):
        """How much of the month has passed, between 0 and 1."""
        return len(self.days_of(month)) / len(working_days(month, last_day(month)))

    def at(self, day, hour, minute=0):
        """An instant that is never later than the early morning of the last day."""
        return min(_instant(day, hour, minute), _instant(self.until, 6))

    def evening_before(self, minutes):
        """Some minutes before the last evening: what is decided is decided by then."""
        return _instant(self.ago(1), 20) - timedelta(minutes=minutes)

    def ago(self, days):
        return self.until - timedelta(days=days)
