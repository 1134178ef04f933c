"""A municipality that became part of another: its numbers stand under that one, and it is said."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from mediators.models import Role, User
from municipalities.models import Municipality
from reports.documents.municipality import summary
from reports.indicators import INDICATORS, Scope, compute, compute_by_place
from reports.reach import scope_of
from reports.results import results
from tests.factories import (
    AskFactory,
    CaseFactory,
    FamilyFactory,
    MonthlyReportFactory,
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


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def merged(municipality):
    """Vidmale became part of Upesciems on 1 September."""
    places = keep_log(municipality)
    old = places["VDM"]
    old.successor, old.valid_to = municipality, date(2026, 8, 31)
    old.save()
    return old


def read_in_english(client, role, **where):
    client.force_login(UserFactory(role=role, language="en", **where))


def test_a_table_tells_both_under_the_one_that_stands(merged, municipality):
    found = results(scope_of(QUARTER, Municipality.objects.all()))

    assert found.places == [municipality]
    [families] = found.families.rows
    assert families.different == recounted_families(in_quarter())
    assert found.families.total.different == families.different
    education = next(row for row in found.areas.rows if row.area == "education")
    assert [value for value, _level in education.cells] == [education.total]


def test_every_indicator_of_the_place_is_that_of_both(merged, municipality):
    CaseFactory(family=FamilyFactory(municipality=merged), opened_on=date(2026, 8, 3))

    table = compute_by_place(Scope(QUARTER.first, QUARTER.last))

    both = Scope(QUARTER.first, QUARTER.last, Municipality.objects.all())
    values = compute(both)
    assert table.keys() == {municipality.pk}
    assert table[municipality.pk] == {
        i.key: values[i.key] for i in INDICATORS if i.key in table[municipality.pk]
    }
    assert table[municipality.pk]["new_cases"] == 1


def test_a_family_with_which_both_worked_is_one(merged, municipality):
    moved = VisitFactory(
        mediator=User.objects.get(appointments__municipality=municipality),
        municipality=municipality,
        family=FamilyFactory(municipality=merged),
        visited_on=date(2026, 9, 10),
    )
    VisitFactory(
        municipality=merged,
        family=moved.families.get(),
        visited_on=date(2026, 8, 10),
    )

    found = results(scope_of(QUARTER, Municipality.objects.all()))

    expected = recounted_families(in_quarter()) + 1
    assert found.families.rows[0].different == expected


def test_the_page_says_whose_numbers_stand_where(client, merged, municipality):
    read_in_english(client, Role.PROJECT_STAFF)

    response = client.get(reverse("reports:results"), {"period": "2026-Q3"})

    assert "Vidmale is now part of" in response.content.decode()
    offered = response.context["form"].fields["municipality"].queryset
    assert merged not in offered
    assert municipality in offered


def test_its_reports_and_hours_keep_rows_of_their_own(client, merged, municipality):
    read_in_english(client, Role.PROJECT_STAFF)
    mediator = User.objects.get(appointments__municipality=merged)
    report = MonthlyReportFactory(
        mediator=mediator,
        municipality=merged,
        month=date(2026, 8, 1),
        status="approved",
    )
    AskFactory(report=report, code="VDM-L001")

    response = client.get(reverse("reports:results"), {"period": "2026-Q3"})

    found, more = response.context["results"], response.context["further"]
    assert merged in [row.place for row in found.reports.progress.rows]
    assert merged in [row.place for row in more.hours.rows]
    assert [row.total for row in more.asks.rows] == [1]


def test_who_coordinates_what_stands_sees_both(client, merged, municipality):
    read_in_english(client, Role.COORDINATOR, municipality=municipality)
    address = reverse("reports:results-municipality", args=[municipality.slug])

    response = client.get(address, {"period": "2026-Q3"})

    assert response.context["results"].headline[1].value == len(in_quarter())
    old = client.get(reverse("reports:results-municipality", args=[merged.slug]))
    assert old.headers["Location"] == address


def test_who_coordinated_what_is_gone_does_not_see_the_other(client, merged):
    read_in_english(client, Role.COORDINATOR, municipality=merged)

    old = client.get(
        reverse("reports:results-municipality", args=[merged.slug]), follow=True
    )

    assert old.status_code == 404


def test_the_summary_tells_both(merged, municipality):
    found = summary(municipality, QUARTER)

    values = {row.indicator.key: row.now.value for row in found.indicators}
    assert values["entries"] == len(in_quarter())
    assert sum(month.entries for month in found.months) == len(in_quarter())
