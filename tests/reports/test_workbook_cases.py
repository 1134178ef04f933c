"""The sheet of cases: as they stood, and which of them the indicators count."""

from datetime import date

import pytest

from cases.models import Outcome
from reports.periods import Period
from reports.resources import CaseResource, IndicatorResource, VisitResource
from reports.workflow import Status
from tests.factories import (
    CaseFactory,
    FamilyFactory,
    MonthlyReportFactory,
    VisitFactory,
)
from tests.reports.workbooks import rows_of, workbook

pytestmark = pytest.mark.django_db

OCTOBER = Period.parse("2026-10")


def test_a_case_closed_later_is_shown_as_it_stood_at_the_end(municipality, mediator):
    case = CaseFactory(
        family=FamilyFactory(municipality=municipality),
        opened_on=date(2026, 9, 14),
        closed_on=date(2026, 11, 3),
        status="closed",
        outcome=Outcome.SOLVED,
    )
    for day, minutes in [("2026-09-20", 60), ("2026-10-01", 45), ("2026-10-31", 30)]:
        VisitFactory(
            mediator=mediator,
            municipality=municipality,
            case=case,
            visited_on=date.fromisoformat(day),
            minutes=minutes,
        )

    [then] = rows_of(workbook(OCTOBER), CaseResource)
    [later] = rows_of(workbook(Period.parse("2026-11")), CaseResource)

    assert (then["closed_on"], then["outcome"]) == (None, None)
    assert (then["visit_count"], then["hours"]) == (2, 1.25)
    assert later["closed_on"].date() == date(2026, 11, 3)
    assert later["outcome"] is not None
    assert then["status"] != later["status"]
    assert (later["visit_count"], later["hours"]) == (0, 0)


@pytest.mark.parametrize("approved_only", [True, False])
def test_a_pivot_over_the_cases_gives_the_indicators_and_the_visits(
    municipality, mediator, approved_only
):
    MonthlyReportFactory(
        municipality=municipality,
        mediator=mediator,
        month=date(2026, 9, 1),
        status=Status.APPROVED,
    )
    told, untold = date(2026, 9, 20), date(2026, 10, 20)
    solved = {"status": "closed", "outcome": Outcome.SOLVED}
    for days in [
        {"opened_on": told},
        {"opened_on": untold},
        {"opened_on": told, "closed_on": told, **solved},
        {"opened_on": told, "closed_on": untold, **solved},
        # Over before the period, and yet somebody came back to it
        {"opened_on": date(2026, 7, 1), "closed_on": date(2026, 8, 1), **solved},
    ]:
        family = FamilyFactory(municipality=municipality)
        case = CaseFactory(family=family, mediator=mediator, **days)
        for day, minutes in [(told, 20), (untold, 30), (untold, 40)]:
            VisitFactory(
                mediator=mediator,
                municipality=municipality,
                case=case,
                visited_on=day,
                minutes=minutes,
            )

    book = workbook(
        Period.between(date(2026, 9, 1), date(2026, 10, 1)), approved_only=approved_only
    )
    cases, visits = rows_of(book, CaseResource), rows_of(book, VisitResource)
    indicators = {
        row["code"]: row["value"]
        for row in rows_of(book, IndicatorResource)
        if row["municipality"] is None
    }

    def how_many(column):
        return len([case for case in cases if case[column] == "Jā"])

    assert how_many("counted_as_opened") == indicators["I03"] == 4 - approved_only
    assert how_many("counted_as_solved") == indicators["I25"] == 2 - approved_only
    assert sum(case["visit_count"] for case in cases) == len(visits)
    assert len(visits) == (5 if approved_only else 15)
    minutes = sum(visit["minutes"] for visit in visits)
    assert round(60 * sum(case["hours"] for case in cases)) == minutes


def test_a_case_tells_after_how_many_days_help_began(municipality, mediator):
    def case(opened_on, *days):
        case = CaseFactory(
            family=FamilyFactory(municipality=municipality), opened_on=opened_on
        )
        for day in days:
            VisitFactory(
                mediator=mediator,
                municipality=municipality,
                case=case,
                visited_on=day,
            )

    september = date(2026, 9, 14)
    case(september, date(2026, 10, 2), date(2026, 9, 17))
    case(september, date(2026, 9, 10))
    case(september)
    case(september, date(2026, 11, 2))

    rows = rows_of(workbook(OCTOBER), CaseResource)

    assert [row["days_to_help"] for row in rows] == [3, 0, None, None]
