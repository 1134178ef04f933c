from datetime import date, timedelta

import pytest

from municipalities.working_days import (
    waited,
    waited_longer_than,
    working_days,
    working_days_after,
)


def test_week_ends_and_public_holidays_are_free():
    days = working_days(date(2026, 11, 16), date(2026, 11, 22))

    # The 18th is the day of the proclamation of Latvia
    assert [day.day for day in days] == [16, 17, 19, 20]


def test_days_are_counted_from_the_day_after():
    assert working_days_after(date(2026, 11, 12), 10) == date(2026, 11, 27)
    assert working_days_after(date(2026, 11, 14), 1) == date(2026, 11, 16)


@pytest.mark.parametrize(
    ("since", "days"),
    [
        (date(2026, 11, 20), 0),
        (date(2026, 11, 19), 1),
        (date(2026, 11, 16), 3),
        (date(2026, 11, 13), 4),
    ],
)
def test_nobody_waits_on_a_free_day(since, days):
    assert waited(since, date(2026, 11, 22)) == days


@pytest.mark.parametrize("today", [date(2026, 11, 19), date(2027, 1, 2)])
def test_the_limit_parts_those_who_waited_longer_from_the_others(today):
    limit = waited_longer_than(10, today)

    assert waited(limit, today) == 10
    assert waited(limit - timedelta(days=1), today) == 11
