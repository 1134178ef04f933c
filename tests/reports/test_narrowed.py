"""The same numbers of approved months alone, of one area of work, of a region."""

from datetime import date

import pytest
from django.db import connection

from municipalities.models import Municipality
from reports.indicators import (
    BY_KEY,
    HEADLINE,
    INDICATORS,
    Scope,
    compute,
    compute_by_region,
)
from tests.factories import (
    FamilyFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    RegionFactory,
    VisitFactory,
)
from tests.reports.by_chance import log_by_chance
from tests.reports.recounted import recount


@pytest.fixture
def log(db):
    return log_by_chance()


TOLD_BY_NO_REPORT = (
    *("open_cases", "events", "attendances", "participants", "represented"),
)
"""A stock, and events: as they stand, whether a month is approved or not."""


@pytest.mark.parametrize("status", ["approved", "sent", "received"])
def test_approved_months_alone_are_the_months_whose_report_is_approved(log, status):
    places, mediators = log
    september, october = date(2026, 9, 1), date(2026, 10, 1)
    for place in places:
        for mediator in mediators:
            report = {"mediator": mediator, "municipality": place}
            MonthlyReportFactory(month=september, status=status, **report)
            MonthlyReportFactory(month=october, status="submitted", **report)
    first, last = september, date(2026, 10, 31)

    for place in places:
        for mediator in mediators:
            here = Municipality.objects.filter(pk=place.pk)
            found = compute(Scope(first, last, here, mediator, approved_only=True))
            whole = recount(mediator, place, first, last)

            assert found == recount(mediator, place, first, date(2026, 9, 30)) | {
                key: whole[key] for key in TOLD_BY_NO_REPORT
            }


OF_AREA = {
    "families": """
        SELECT COUNT(DISTINCT vf.family_id) FROM cases_visit v
        JOIN cases_visitfamily vf ON vf.visit_id = v.id
        JOIN cases_visitarea va ON va.visit_id = v.id
        WHERE va.area = %(area)s AND v.visited_on BETWEEN %(first)s AND %(last)s""",
    "entries": """
        SELECT COUNT(*) FROM cases_visit v JOIN cases_visitarea va ON va.visit_id = v.id
        WHERE va.area = %(area)s AND v.visited_on BETWEEN %(first)s AND %(last)s""",
    "new_cases": """
        SELECT COUNT(*) FROM cases_case
        WHERE area = %(area)s AND opened_on BETWEEN %(first)s AND %(last)s""",
    "open_cases": """
        SELECT COUNT(*) FROM cases_case WHERE area = %(area)s AND opened_on <= %(last)s
        AND (closed_on IS NULL OR closed_on > %(last)s)""",
    "documents": """
        SELECT COUNT(*) FROM cases_achievement a
        JOIN cases_case c ON c.id = a.case_id JOIN municipalities_term t ON t.id = a.what_id
        WHERE c.area = %(area)s AND t.code = 'DOC_ISSUED'
        AND a.achieved_on BETWEEN %(first)s AND %(last)s""",
}


@pytest.mark.parametrize("area", ["education", "housing", "documents"])
def test_one_area_of_work_equals_a_recount_in_sql(log, area):
    about = {"area": area, "first": date(2026, 9, 1), "last": date(2026, 10, 31)}
    scope = Scope(about["first"], about["last"], area=area)
    chosen = [indicator for indicator in INDICATORS if indicator.key in OF_AREA]
    with connection.cursor() as cursor:
        expected = {
            key: cursor.execute(sql, about) and cursor.fetchone()[0]
            for key, sql in OF_AREA.items()
        }

    assert compute(scope, chosen) == expected


def test_what_is_about_no_area_is_not_told_of_one():
    scope = Scope(date(2026, 9, 1), date(2026, 10, 31), area="education")

    with pytest.raises(ValueError, match="no area"):
        compute(scope, [BY_KEY["new_families"]])


def test_a_region_counts_a_family_of_two_municipalities_once(log):
    places, _mediators = log
    alone = MunicipalityFactory(region=RegionFactory(code="east"))
    family = FamilyFactory(municipality=alone)
    Municipality.objects.filter(pk__in=[p.pk for p in places]).update(
        region=places[0].region
    )
    VisitFactory(municipality=alone, family=family, visited_on=date(2026, 9, 5))
    scope = Scope(date(2026, 9, 1), date(2026, 10, 31))

    table = compute_by_region(scope, HEADLINE)

    assert table.keys() == {places[0].region_id, alone.region_id}
    assert table[alone.region_id]["families"] == 1
    both = Municipality.objects.filter(pk__in=[place.pk for place in places])
    assert table[places[0].region_id] == compute(
        Scope(scope.first, scope.last, both), HEADLINE
    )
