"""The work of the regions side by side, and what their reports tell (R003)."""

import csv
import io
from datetime import UTC, date, datetime
from itertools import product

import pytest
import time_machine
from django.urls import reverse

from mediators.models import Role
from municipalities.models import Municipality
from reports.models import ReportSection
from reports.reach import scope_of
from reports.regions import regions
from reports.services.telling import tell_due
from tests.factories import (
    FamilyFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    RegionFactory,
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
def lead(client):
    user = UserFactory(role=Role.LEAD_MEDIATOR, language="en")
    client.force_login(user)
    return user


@pytest.fixture
def log(municipality):
    """The quarter's log, its second municipality in a region of its own."""
    places = keep_log(municipality)
    Municipality.objects.filter(pk=places["VDM"].pk).update(
        region=RegionFactory(label_lv="Austrumi", label_en="East", code="east")
    )
    places["VDM"].refresh_from_db()
    return places


def tell(place, month=date(2026, 8, 1), status="approved", **texts):
    report = MonthlyReportFactory(municipality=place, month=month, status=status)
    for key, text in texts.items():
        section = ReportSection.objects.get(report=report, key=key)
        section.text = text
        section.save()
    return report


def test_each_region_tells_what_was_done_there(log):
    places = Municipality.objects.all()

    found = regions(scope_of(QUARTER, places), list(places))

    east, other = sorted(found.rows, key=lambda row: row.region.code != "east")
    for row, prefix in ((east, "VDM"), (other, "UPC")):
        assert row.mediators == 1
        assert row.values[:2] == [
            recounted_families(in_quarter(prefix)),
            len(in_quarter(prefix)),
        ]


def test_regions_stand_in_the_order_of_the_alphabet(log):
    places = Municipality.objects.all()

    rows = regions(scope_of(QUARTER, places), list(places)).rows

    assert [str(row.region) for row in rows] == sorted(str(row.region) for row in rows)


@pytest.mark.parametrize(("beside", "told_of_both"), [(8, "16"), (2, "•")])
def test_the_file_of_the_regions_tells_families_where_each_municipality_is_told(
    client, log, municipality, beside, told_of_both
):
    client.force_login(UserFactory(role=Role.PROJECT_STAFF, language="en"))
    neighbour = MunicipalityFactory(region=municipality.region)
    for place, more in ((municipality, 6), (neighbour, beside)):
        mediator = UserFactory(role=Role.MEDIATOR, municipality=place)
        families = FamilyFactory.create_batch(more, municipality=place)
        for family, month in product(families, QUARTER.months):
            VisitFactory(
                mediator=mediator,
                municipality=place,
                family=family,
                visited_on=month,
            )
    tell_due()

    told = {row[0]: row[-1] for row in file_of(client, "families")}
    by_region = {row[0]: row[1:] for row in file_of(client, "regions")}

    assert by_region["East"] == ["1", told["Vidmale"], "3", "0"]
    entries = len(in_quarter("UPC")) + 3 * (6 + beside)
    assert by_region[str(municipality.region)] == ["3", told_of_both, str(entries), "0"]


def file_of(client, name):
    response = client.get(
        reverse("reports:results"), {"period": "2026-Q3", "csv": name}
    )
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    return rows[: rows.index([])]


def test_the_page_of_a_region_tells_successes_and_difficulties(client, lead, log):
    tell(
        log["VDM"],
        positive="Skola atvēra durvis.",
        hardest="UPC-009 trūkst transporta.",
    )
    tell(log["UPC"], positive="Citur.")

    response = client.get(
        reverse("reports:region", args=["east"]),
        {"first": "2026-07", "last": "2026-09"},
    )

    content = response.content.decode()
    assert "Skola atvēra durvis." in content
    assert "[code] trūkst transporta." in content
    assert "Citur." not in content


@pytest.mark.parametrize("status", ["draft", "submitted", "returned"])
def test_a_report_that_is_not_approved_tells_nothing_there(client, lead, log, status):
    tell(log["VDM"], status=status, positive="Vēl nav gatavs.")

    response = client.get(
        reverse("reports:region", args=["east"]),
        {"first": "2026-07", "last": "2026-09"},
    )

    assert list(response.context["page"]) == []


@pytest.mark.parametrize("query", [{}, {"first": "x"}, {"first": "2026-08"}])
def test_an_address_without_months_shows_the_present_quarter(client, lead, log, query):
    response = client.get(reverse("reports:region", args=["east"]), query)

    assert response.context["period"].code == "2026-Q4"


def test_a_long_list_has_pages_that_keep_the_months(
    client, lead, log, django_assert_max_num_queries
):
    for number in range(25):
        tell(log["VDM"], month=date(2024 + number // 12, 1 + number % 12, 1))
    address = reverse("reports:region", args=["east"])
    months = {"first": "2024-01", "last": "2026-12"}

    with django_assert_max_num_queries(20):
        first = client.get(address, months)
    second = client.get(address, months | {"page": "2"})

    assert len(first.context["page"]) == 20
    assert len(second.context["page"]) == 5
    assert "first=2024-01&amp;last=2026-12&amp;page=2" in first.content.decode()
