"""Every indicator equals an independent recount in plain SQL."""

from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import call_command

from municipalities.models import Municipality
from reports.indicators import (
    HEADLINE,
    INDICATORS,
    Scope,
    compute,
    compute_by_place,
    compute_by_place_and_month,
)
from tests.reports.by_chance import log_by_chance
from tests.reports.recounted import RECOUNT, recount


@pytest.fixture
def log(db):
    return log_by_chance()


def test_every_indicator_is_recounted_here():
    assert set(RECOUNT) == {indicator.key for indicator in INDICATORS}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 9, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 8, 1), date(2026, 12, 31)),
        (date(2026, 10, 5), date(2026, 10, 5)),
        (date(2030, 1, 1), date(2030, 1, 31)),
    ],
)
def test_indicators_equal_a_recount_in_sql(log, first, last):
    places, mediators = log
    for place in places:
        for mediator in mediators:
            scope = Scope(
                first, last, Municipality.objects.filter(pk=place.pk), mediator
            )

            assert compute(scope) == recount(mediator, place, first, last)


def test_by_place_says_the_same_as_place_by_place(log):
    places, _mediators = log
    first, last = date(2026, 9, 1), date(2026, 10, 31)

    table = compute_by_place(Scope(first, last))

    for place in places:
        alone = Scope(first, last, Municipality.objects.filter(pk=place.pk))
        none = dict.fromkeys(("survey_yes", "survey_some", "survey_no"), 0)
        assert none | table[place.pk] == compute(alone)


def test_by_place_and_month_says_the_same_as_month_by_month(log):
    places, _mediators = log
    months = {9: date(2026, 9, 30), 10: date(2026, 10, 31)}

    table = compute_by_place_and_month(
        Scope(date(2026, 9, 1), date(2026, 10, 31)), HEADLINE
    )

    for place in places:
        for number, last in months.items():
            first = date(2026, number, 1)
            alone = Scope(first, last, Municipality.objects.filter(pk=place.pk))
            assert table[place.pk, first] == compute(alone, HEADLINE)


def test_headline_numbers_are_declared_ones():
    assert [indicator.key for indicator in HEADLINE] == [
        "families",
        "entries",
        "hours",
        "solved_cases",
    ]
    assert len({indicator.code for indicator in INDICATORS}) == len(INDICATORS)


@pytest.mark.once
def test_the_document_tells_the_indicators_as_they_are_declared():
    told = StringIO()

    call_command("indicators", stdout=told)

    assert (settings.BASE_DIR / "docs/indicators.md").read_text() == told.getvalue()
