"""The numbers of the results page against a recount."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine

from cases.models import Area, Outcome
from mediators.models import Role
from municipalities.models import Municipality
from reports.indicators import HEADLINE, Scope, compute, compute_by_mediator
from reports.reach import scope_of
from reports.results import results
from tests.factories import (
    CaseFactory,
    FamilyFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.third_quarter import (
    QUARTER,
    in_quarter,
    keep_log,
    recounted_families,
)

pytestmark = pytest.mark.django_db

OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 31))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def log(municipality):
    return keep_log(municipality)


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(15, "0.3"), (45, "0.8"), (75, "1.3"), (80, "1.3"), (3, "0.1")],
)
def test_half_of_a_tenth_of_an_hour_is_rounded_up_as_people_do(minutes, hours):
    VisitFactory(visited_on=date(2026, 10, 5), minutes=minutes)

    assert compute(OCTOBER)["hours"] == Decimal(hours)


def test_indicators_of_each_mediator_are_counted_apart(
    municipality, mediator, colleague
):
    for person, minutes in [(mediator, 30), (mediator, 60), (colleague, 45)]:
        VisitFactory(
            mediator=person,
            municipality=municipality,
            visited_on=date(2026, 10, 5),
            minutes=minutes,
        )

    table = compute_by_mediator(OCTOBER)

    assert {key: (cell["entries"], cell["hours"]) for key, cell in table.items()} == {
        (municipality.pk, mediator.pk): (2, Decimal("1.5")),
        (municipality.pk, colleague.pk): (1, Decimal("0.8")),
    }


def test_families_equal_a_recount(log):
    families = results(scope_of(QUARTER, Municipality.objects.all())).families

    assert [str(row.place) for row in families.rows] == ["Upesciema novads", "Vidmale"]
    for prefix, row in zip(["UPC", "VDM"], families.rows, strict=True):
        rows = in_quarter(prefix)
        assert row.values == [
            recounted_families(rows, month)
            for month in ("2026-07", "2026-08", "2026-09")
        ]
        assert row.different == recounted_families(rows)
    assert families.total.values == [2, 2, 1]
    assert families.total.different == recounted_families(in_quarter()) == 3


@pytest.mark.parametrize(
    ("first_entry", "begins"),
    [
        ("2025-12-31", "2026-06"),
        ("2026-01-31", "2026-01"),
        ("2026-04-01", "2026-04"),
        ("2026-08-01", "2026-06"),
    ],
)
def test_the_picture_shows_up_to_nine_months_that_end_with_the_period(
    log, first_entry, begins
):
    """``LOG`` itself begins in June."""
    VisitFactory(
        municipality=log["UPC"],
        family=log["UPC"].families.first(),
        visited_on=date.fromisoformat(first_entry),
    )

    families = results(scope_of(QUARTER, Municipality.objects.all())).families

    assert f"{families.trend[0]:%Y-%m}" == begins
    assert f"{families.trend[-1]:%Y-%m}" == "2026-09"
    assert families.rows[0].trend[-4:-2] == [1, 1]
    assert "<title>" in families.rows[0].chart


def test_headline_numbers_are_the_indicators(log):
    found = results(scope_of(QUARTER, Municipality.objects.all()))
    expected = compute(Scope(QUARTER.first, QUARTER.last), HEADLINE)

    assert {h.indicator.key: h.value for h in found.headline} == expected
    assert expected["entries"] == len(in_quarter())
    assert expected["hours"] == Decimal("5.3")  # 320 minutes
    [before] = next(h.earlier for h in found.headline if h.indicator.key == "entries")
    assert (before.period, before.value) == (QUARTER.before, 1)


def test_the_same_season_a_year_before_stands_beside_the_headline(log):
    VisitFactory(municipality=log["UPC"], visited_on=date(2025, 9, 30))
    VisitFactory(municipality=log["UPC"], visited_on=date(2025, 10, 1))

    found = results(scope_of(QUARTER, Municipality.objects.all()))

    entries = next(h for h in found.headline if h.indicator.key == "entries")
    assert [(then.period.code, then.value) for then in entries.earlier] == [
        ("2026-Q2", 1),
        ("2025-Q3", 1),
    ]


def test_entries_by_area_count_an_entry_in_each_of_its_areas(log):
    areas = results(scope_of(QUARTER, Municipality.objects.all())).areas

    assert [
        (row.area, row.total, [n for n, _level in row.cells]) for row in areas.rows
    ] == [
        (Area.EDUCATION, 4, [4, 0]),
        (Area.HOUSING, 4, [2, 2]),
        (Area.HEALTH, 1, [1, 0]),
        (Area.CULTURE, 1, [0, 1]),
    ]


@pytest.mark.parametrize(
    ("opened", "closed", "outcome", "counted_as"),
    [
        ("2026-01-05", None, "", "working"),
        ("2026-09-30", None, "", "working"),
        ("2026-01-05", "2026-07-01", Outcome.SOLVED, "solved"),
        ("2026-01-05", "2026-09-30", Outcome.HANDED_OVER, "handed_over"),
        ("2026-08-05", "2026-08-06", Outcome.STOPPED, "stopped"),
        ("2026-01-05", "2026-10-01", Outcome.SOLVED, "working"),
        ("2026-01-05", "2026-06-30", Outcome.SOLVED, None),
        ("2026-10-01", None, "", None),
    ],
)
def test_a_case_is_counted_as_it_stood_at_the_end_of_the_period(
    municipality, opened, closed, outcome, counted_as
):
    CaseFactory(
        family=FamilyFactory(municipality=municipality),
        opened_on=date.fromisoformat(opened),
        closed_on=closed and date.fromisoformat(closed),
        outcome=outcome,
        status="closed" if closed else "active",
    )

    total = results(scope_of(QUARTER, Municipality.objects.all())).cases.total

    counts = {
        key: getattr(total, key)
        for key in ("solved", "working", "handed_over", "stopped")
    }
    assert counts == dict.fromkeys(counts, 0) | ({counted_as: 1} if counted_as else {})
    values = compute(Scope(QUARTER.first, QUARTER.last))
    assert (total.solved, total.working) == (
        values["solved_cases"],
        values["open_cases"],
    )


def test_a_municipality_without_anybody_and_anything_is_left_out(log):
    MunicipalityFactory(label_lv="Nekurienes novads")

    found = results(scope_of(QUARTER, Municipality.objects.all()))

    assert "Nekurienes novads" not in map(str, found.places)
    assert found.mediators == 2


@pytest.mark.parametrize("count", [1, 3])
def test_results_take_a_constant_number_of_queries(django_assert_num_queries, count):
    for _number in range(count):
        place = MunicipalityFactory()
        mediator = UserFactory(role=Role.MEDIATOR, municipality=place)
        MonthlyReportFactory(
            municipality=place, mediator=mediator, month=date(2026, 8, 1)
        )
        for day in range(1, count + 1):
            VisitFactory(
                mediator=mediator,
                municipality=place,
                family=FamilyFactory(municipality=place),
                visited_on=date(2026, 8, day),
            )

    # places, merged ones, mediators, headline 3 + 3 + 3, families 4, areas, reports 3, cases
    with django_assert_num_queries(25):
        results(scope_of(QUARTER, Municipality.objects.all()))
