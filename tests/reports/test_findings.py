"""The sentence above a chart says what its numbers say."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import translation

from cases.models import Area
from municipalities.models import Municipality
from reports import findings
from reports.periods import Period
from reports.reach import scope_of
from reports.results import results
from tests.factories import FamilyFactory, VisitFactory


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({}, "Families by month"),
        ({"a": (3, 5)}, "The number of families grows"),
        ({"a": (3, 3)}, "The number of families stays the same"),
        ({"a": (3, 0)}, "The number of families falls"),
        (
            {"a": (1, 2), "b": (1, 3), "Vidmale": (5, 4)},
            "The number of families grows in 2 municipalities and falls in Vidmale",
        ),
        (
            {"a": (1, 2), "b": (3, 1), "c": (5, 4)},
            "The number of families grows in some municipalities and falls in others",
        ),
        (
            {"a": (1, 2), "b": (1, 1)},
            "The number of families grows in 1 municipality",
        ),
        (
            {"a": (2, 1), "b": (1, 0)},
            "The number of families falls in 2 municipalities",
        ),
    ],
)
def test_the_sentence_about_families_follows_the_numbers(rows, sentence):
    rows = [
        (Municipality(label_en=name, label_lv=name), *values)
        for name, values in rows.items()
    ]

    with translation.override("en"):
        assert findings.families(rows) == sentence


@pytest.mark.parametrize(
    ("values", "positions"),
    [
        ([], None),
        ([0, 0], None),
        ([3], None),
        ([0, 0, 3], None),
        ([3, 5], (0, 1)),
        ([0, 0, 3, 2], (2, 3)),
        ([3, 2, 0], (0, 2)),
    ],
)
def test_months_are_compared_from_the_first_that_had_any(values, positions):
    assert findings.compared(values) == positions


def test_a_month_that_waits_for_its_approval_is_not_compared():
    assert findings.compared([0, 3, 2, 0, 0], ends_with_work=True) == (1, 2)
    assert findings.compared([0, 3, 0, 0], ends_with_work=True) is None


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([], "Work by area"),
        ([("education", 5)], "Most of the work is in education"),
        (
            [("education", 5), ("housing", 2)],
            "Most of the work is in education",
        ),
        (
            [("education", 5), ("housing", 3)],
            "Most of the work is in education and in housing",
        ),
    ],
)
def test_the_sentence_about_areas_names_the_largest(rows, sentence):
    with translation.override("en"):
        assert findings.areas([(Area(area), n) for area, n in rows]) == sentence


@pytest.mark.parametrize(
    ("solved", "total", "sentence"),
    [
        (0, 0, "Cases by outcome"),
        (9, 10, "Solved cases: 9 of 10"),
        (8, 40, "Solved cases: 8 of 40"),
        (88, 183, "Almost half of the cases are solved"),
        (50, 100, "Half of the cases are solved"),
        (60, 100, "More than half of the cases are solved"),
        (70, 100, "More than two thirds of the cases are solved"),
    ],
)
def test_few_cases_are_counted_and_many_are_told_as_a_share(solved, total, sentence):
    with translation.override("en"):
        assert findings.cases(solved, total) == sentence


def test_every_area_can_stand_in_the_sentence():
    assert set(findings.AREA_IN) == set(Area)


@pytest.mark.django_db
def test_a_month_that_is_not_over_is_not_compared(municipality, mediator):
    families = FamilyFactory.create_batch(2, municipality=municipality)
    for month in (8, 9, 10):
        for family in families[: 1 if month < 10 else 2]:
            VisitFactory(
                mediator=mediator,
                municipality=municipality,
                family=family,
                visited_on=date(2026, month, 5),
            )
    VisitFactory(
        mediator=mediator, municipality=municipality, visited_on=date(2026, 11, 5)
    )

    november = time_machine.travel(datetime(2026, 11, 12, tzinfo=UTC), tick=False)
    with november, translation.override("en"):
        found = results(scope_of(Period.parse("2026"), Municipality.objects.all()))

    row = found.families.rows[0]
    assert row.trend[-4:] == [1, 1, 2, 0]
    assert row.compared == (len(row.trend) - 4, len(row.trend) - 2)
    assert re.findall(">([^<>]+)</text>", row.chart) == ["1", "Aug", "2", "Oct"]
    assert found.families.finding == "The number of families grows"


@pytest.mark.once
@pytest.mark.parametrize(
    ("days", "finding"),
    [
        (None, "Iestāžu atbildes"),
        (0, "Puse atbilžu atnāk tajā pašā dienā"),
        (1, "Puse atbilžu atnāk 1 darba dienas laikā"),
        (3.5, "Puse atbilžu atnāk 3,5 darba dienu laikā"),
        (11, "Puse atbilžu atnāk 11 darba dienu laikā"),
        (21, "Puse atbilžu atnāk 21 darba dienas laikā"),
    ],
)
def test_the_days_of_half_the_answers_are_told_in_latvian(days, finding):
    with translation.override("lv"):
        assert findings.answers(days) == finding


@pytest.mark.once
@pytest.mark.parametrize(
    ("about", "part", "whole", "finding"),
    [
        ("targets", 0, 0, "Gada mērķi"),
        ("targets", 0, 3, "Mērķi, kas pildās kā plānots: 0 no 3"),
        ("targets", 1, 1, "Mērķi, kas pildās kā plānots: 1 no 1"),
        ("asks", 0, 0, "Lūgumi pašvaldībām"),
        ("asks", 1, 21, "Izpildītie lūgumi pašvaldībām: 1 no 21"),
        ("hours", 0, 0, "Darba stundas un līgums"),
        ("hours", 0, 1, "Darba stundas: 0 no 1 pēc līguma"),
    ],
)
def test_findings_of_plans_stand_for_nought_and_one(about, part, whole, finding):
    with translation.override("lv"):
        assert getattr(findings, about)(part, whole) == finding
