"""What a report knows of itself: its month, its desk, those before it."""

from datetime import date

import pytest

from reports.models import MonthlyReport
from tests.factories import MonthlyReportFactory, MunicipalityFactory

MONTH = date(2026, 10, 1)


def test_beginning_a_month_twice_gives_one_report(municipality, mediator):
    first = MonthlyReport.open_for(mediator, municipality, date(2026, 10, 17))
    second = MonthlyReport.open_for(mediator, municipality, MONTH)

    assert first == second
    assert (first.month, first.desk, first.sections.count()) == (MONTH, "upc", 7)


def test_two_mediators_of_a_municipality_have_different_desks(
    municipality, mediator, colleague
):
    reports = [
        MonthlyReport.open_for(person, municipality, month)
        for person in (mediator, colleague)
        for month in (MONTH, date(2026, 11, 1))
    ]

    assert [report.desk for report in reports] == ["upc", "upc", "upc-2", "upc-2"]


def test_who_mediates_in_two_places_reports_to_each_of_them(municipality, mediator):
    elsewhere = MunicipalityFactory()

    first, second = (
        MonthlyReport.open_for(mediator, place, MONTH)
        for place in (municipality, elsewhere)
    )

    assert (first.municipality, first.desk) == (municipality, "upc")
    assert (second.municipality, second.desk) == (elsewhere, elsewhere.prefix.lower())


@pytest.mark.parametrize(
    ("month", "before"),
    [(MONTH, date(2026, 9, 1)), (date(2026, 1, 1), date(2025, 12, 1))],
)
def test_figures_are_compared_with_the_month_before(month, before):
    assert MonthlyReport(month=month).month_before == before


def test_earlier_reports_are_those_of_the_same_desk(municipality, mediator, colleague):
    def of(month, person=mediator, place=municipality):
        return MonthlyReportFactory(
            mediator=person, municipality=place, month=date(2026, month, 1)
        )

    report = of(10)
    august, september = of(8), of(9)
    of(9, person=colleague)
    of(9, place=MunicipalityFactory())
    of(11)

    assert list(report.earlier()) == [september, august]
