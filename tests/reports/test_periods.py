"""Years, quarters, months and what lies between them."""

from datetime import date

import pytest
from django.utils import translation

from reports.periods import NotAPeriod, Period


@pytest.mark.parametrize(
    ("code", "first", "last", "label"),
    [
        ("2026-10", "2026-10-01", "2026-10-31", "October\N{NO-BREAK SPACE}2026"),
        ("2026-Q3", "2026-07-01", "2026-09-30", "Quarter 3 of 2026"),
        ("2024-02", "2024-02-01", "2024-02-29", "February\N{NO-BREAK SPACE}2024"),
        ("2026", "2026-01-01", "2026-12-31", "Year 2026"),
    ],
)
def test_a_period_is_read_from_the_address_and_back(code, first, last, label):
    period = Period.parse(code)

    assert (period.first.isoformat(), period.last.isoformat()) == (first, last)
    assert period.code == code
    with translation.override("en"):
        assert period.label == label


@pytest.mark.parametrize(
    "code", ["", "26", "2026-13", "2026-00", "2026-Q5", "2026-1", "abc", "2026-10-05"]
)
def test_other_texts_are_no_period(code):
    with pytest.raises(NotAPeriod):
        Period.parse(code)


def test_a_year_that_no_address_names_is_put_beside_the_one_after_it():
    before = Period.parse("2000").before

    assert before == Period.of_year(1999)
    assert before.code == "1999"
    assert Period.parse("2000-Q1").before == Period.quarter_of(before.last)


def test_the_period_before_has_as_many_months():
    assert Period.parse("2026-Q1").before == Period.parse("2025-Q4")
    assert Period.parse("2026").before == Period.parse("2025")
    stretch = Period.between(date(2026, 5, 1), date(2026, 2, 1))
    assert stretch.before == Period.between(date(2025, 10, 1), date(2026, 1, 1))
    with translation.override("en"):
        assert stretch.label == "February–May 2026"
