"""Shares and medians equal an independent recount in plain SQL, and are told with care."""

from datetime import date, timedelta
from decimal import Decimal
from statistics import median

import pytest
from django.db import connection

from cases.models import CaseStatus, Outcome
from mediators.models import Role
from municipalities.models import Municipality
from reports.documents.municipality import summary
from reports.indicators import (
    BY_KEY,
    Scope,
    compute,
    compute_by_place,
    compute_by_place_and_month,
)
from reports.measures import (
    MEASURES,
    TOLD_MEASURES,
    measured,
    measured_by_place,
    measured_by_place_and_month,
    median_of,
)
from reports.periods import Period
from reports.reach import scope_of
from reports.resources import IndicatorResource
from reports.results import results
from reports.results_page import ResultsPage
from reports.services.telling import tell_due
from reports.small_numbers import Shown
from reports.told import Told
from tests.factories import (
    CaseFactory,
    FamilyFactory,
    InstitutionFactory,
    SupervisionSessionFactory,
    TrainingFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.by_chance import log_by_chance
from tests.reports.workbooks import rows_of, workbook

pytestmark = pytest.mark.django_db

QUARTER, YEAR = Period.parse("2026-Q3"), Period.parse("2026")
SHARE = TOLD_MEASURES[0]
DAYS = {
    "sqlite": "julianday(c.closed_on) - julianday(c.opened_on)",
    "postgresql": "c.closed_on - c.opened_on",
}
MEDIAN = """
    SELECT AVG(days) FROM (
      SELECT {days} AS days, ROW_NUMBER() OVER (ORDER BY {days}) AS nth,
             COUNT(*) OVER () AS n
      FROM cases_case c JOIN municipalities_municipality m ON m.id = c.municipality_id
      WHERE m.prefix LIKE %(prefix)s AND c.closed_on BETWEEN %(first)s AND %(last)s
    ) AS closed WHERE nth * 2 BETWEEN n AND n + 2
"""
COORDINATED = """
    SELECT SUM(was), COUNT(*) FROM (
      SELECT MAX(CASE WHEN v.is_coordinated THEN 1 ELSE 0 END) AS was
      FROM cases_visit v JOIN municipalities_municipality m ON m.id = v.municipality_id
      WHERE v.case_id IS NOT NULL AND m.prefix LIKE %(prefix)s
        AND v.visited_on BETWEEN %(first)s AND %(last)s
      GROUP BY v.case_id
    ) AS cases
"""


def recounted(prefix, first, last):
    """Median days and share by SQL that knows nothing of the declarations."""
    about = {"prefix": prefix, "first": first, "last": last}
    with connection.cursor() as cursor:
        cursor.execute(MEDIAN.format(days=DAYS[connection.vendor]), about)
        [days] = cursor.fetchone()
        cursor.execute(COORDINATED, about)
        part, whole = cursor.fetchone()
    return {
        "closing_days": None if days is None else float(days),
        "coordinated_share": int(part * 100 / whole + 0.5) if whole else None,
    }


def of_sql(values):
    days = values.get("closing_days")
    return {
        "closing_days": None if days is None else float(days),
        "coordinated_share": values.get("coordinated_share"),
    }


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 9, 1), date(2026, 9, 30)),
        (date(2026, 8, 1), date(2026, 12, 31)),
        (date(2030, 1, 1), date(2030, 1, 31)),
    ],
)
def test_share_and_median_equal_a_recount_in_sql(first, last):
    places, _mediators = log_by_chance()
    scope = Scope(first, last)
    values, table = compute(scope), compute_by_place(scope)

    assert of_sql(measured(scope, values)) == recounted("%", first, last)
    found = measured_by_place(scope, table)
    for place in places:
        assert of_sql(found.get(place.pk, {})) == recounted(place.prefix, first, last)


def test_each_month_has_its_own_share_and_median():
    places, _mediators = log_by_chance()
    scope = Scope(date(2026, 9, 1), date(2026, 10, 31))

    found = measured_by_place_and_month(scope, compute_by_place_and_month(scope))

    for place in places:
        for first, last in (
            (date(2026, 9, 1), date(2026, 9, 30)),
            (date(2026, 10, 1), date(2026, 10, 31)),
        ):
            expected = recounted(place.prefix, first, last)
            assert of_sql(found[place.pk, first]) == expected


@pytest.mark.parametrize(
    "numbers", [[], [3], [3, 4], [2, 2, 9, 9], [1, 1, 7], [0, 5, 6, 8], list(range(99))]
)
def test_the_median_of_counts_is_that_of_the_numbers(numbers):
    counts = {number: numbers.count(number) for number in numbers}

    assert median_of(counts) == (median(numbers) if numbers else None)


def test_codes_and_keys_are_those_of_nothing_else():
    assert not {one.code for one in MEASURES} & {i.code for i in BY_KEY.values()}
    assert not {one.key for one in MEASURES} & set(BY_KEY)


def test_supervision_is_told_of_the_whole_project_alone(municipality):
    for _number in range(3):
        SupervisionSessionFactory(
            mediator=UserFactory(role=Role.MEDIATOR, municipality=municipality),
            held_on=date(2026, 9, 5),
            hours=Decimal("1.5"),
        )

    def hours(**narrowed):
        scope = scope_of(YEAR, narrowed.pop("places", None), **narrowed)
        return measured(scope, {})["supervision_hours"]

    assert hours() == Decimal("4.5")
    assert hours(places=Municipality.objects.all()) is None
    assert hours(area="education") is None
    assert hours(approved_only=True) is None
    assert "supervision_hours" not in measured_by_place(scope_of(YEAR, None), {})
    hours_of_book = [
        (row["municipality"], row["value"])
        for row in rows_of(workbook(YEAR), IndicatorResource)
        if row["code"] == "I22S"
    ]
    assert hours_of_book == [(None, 4.5)]


def cases_of(municipality, mediator, *, coordinated, others):
    institution = InstitutionFactory(municipality=municipality)
    for number in range(coordinated + others):
        case = CaseFactory(
            family=FamilyFactory(municipality=municipality),
            mediator=mediator,
            opened_on=date(2026, 7, 1),
            closed_on=date(2026, 7, 1) + timedelta(days=number),
            status=CaseStatus.CLOSED,
            outcome=Outcome.values[number % 3],
        )
        VisitFactory(
            mediator=mediator,
            municipality=municipality,
            family=case.family,
            case=case,
            visited_on=date(2026, 7, 10),
            institution=institution,
            is_coordinated=number < coordinated,
        )


@pytest.mark.parametrize(
    ("coordinated", "others", "told"),
    [(6, 6, "50"), (6, 0, "100"), (0, 6, "0"), (6, 2, "•"), (2, 6, "•"), (0, 0, "–")],
)
def test_others_are_told_a_share_where_they_are_told_both_of_its_parts(
    municipality, mediator, coordinated, others, told
):
    cases_of(municipality, mediator, coordinated=coordinated, others=others)
    tell_due()

    found = summary(municipality, QUARTER).indicators

    [share] = [row for row in found if row.indicator is SHARE]
    assert str(share.now) == told
    assert not {row.indicator.key for row in found} & {
        *("closing_days", "stopped_cases", "handed_over_cases", "supervision_hours")
    }


def test_a_share_of_no_cases_is_an_empty_cell():
    assert SHARE.told(lambda _indicator: Shown(0)).cell is None


def test_the_page_and_the_workbook_tell_the_same(municipality, mediator):
    cases_of(municipality, mediator, coordinated=4, others=2)

    [row] = results(scope_of(QUARTER, Municipality.objects.all())).cases.rows
    rows = {
        row["code"]: row["value"]
        for row in rows_of(workbook(QUARTER), IndicatorResource)
        if row["municipality"] == municipality.label_lv and row["month"] is None
    }

    assert (row.days, row.coordinated, row.logged) == (Decimal("2.5"), 4, 6)
    assert (rows["I25M"], rows["I26S"], rows["I26U"]) == (2.5, 67, 2)
    assert (rows["I25"], rows["I25H"], rows["I25S"]) == (2, 2, 2)
    page = ResultsPage.of(QUARTER).counted()
    assert "67\u00a0%" in page.panels
    assert "2,5" in page.panels


def test_colleagues_and_single_municipalities_are_not_told_of_supervision(municipality):
    for _number in range(3):
        SupervisionSessionFactory(
            mediator=UserFactory(role=Role.MEDIATOR, municipality=municipality),
            held_on=date(2026, 9, 5),
        )
    VisitFactory(municipality=municipality, visited_on=date(2026, 9, 5))

    def says(**asked):
        return "Supervīzijas stundas" in ResultsPage.of(YEAR, **asked).counted().panels

    assert says()
    assert not says(is_in_charge=False)
    assert not says(place=municipality)
    assert not says(area="education")


def test_training_is_told_on_the_page_of_all_work(municipality):
    mediator = UserFactory(role=Role.MEDIATOR, municipality=municipality)
    TrainingFactory(
        mediator=mediator,
        starts_on=date(2026, 9, 5),
        ends_on=date(2026, 9, 6),
        hours=12,
        certificate_number="A-1",
    )
    VisitFactory(municipality=municipality, visited_on=date(2026, 9, 5))

    def says(**asked):
        panels = ResultsPage.of(QUARTER, **asked).counted().panels
        return "Mācību stundas: 12, apliecības: 1." in panels

    assert says()
    assert not says(area="education")
    assert not says(approved_only=True)


def test_what_stays_in_the_team_stands_in_no_file_of_the_page(
    municipality, mediator, settings
):
    settings.SMALL_NUMBERS_BELOW = 1
    cases_of(municipality, mediator, coordinated=4, others=2)

    [head, line, total] = results(
        scope_of(QUARTER, Municipality.objects.all())
    ).cases.table(Told())

    assert line[1:] == total[1:] == [2, 0, 67]
    assert len(head) == 4
