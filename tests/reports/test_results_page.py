"""The results page: its filters, its files, who may see it."""

import csv
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation

from mediators.models import Role, User
from municipalities.models import Municipality
from privacy.models import AuditEntry, Verb
from reports.models import ExportLog
from reports.periods import Period
from reports.reach import scope_of
from reports.results import results
from reports.results_page import TOLD_ONCE
from reports.told import Told
from reports.views.results import IN_A_FILE_NAME
from tests.factories import (
    AppointmentFactory,
    CaseFactory,
    FamilyFactory,
    InstitutionContactFactory,
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


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def staff(client):
    """Project staff who is signed in and reads English, whatever is translated."""
    user = UserFactory(role=Role.PROJECT_STAFF, language="en")
    client.force_login(user)
    return user


@pytest.fixture
def log(municipality):
    return keep_log(municipality)


def test_the_page_says_what_the_values_say(client, staff, log):
    response = client.get(reverse("reports:results"), {"period": "2026-Q3"})

    content = response.content.decode()
    assert response.status_code == 200
    assert "Most of the work is in education and in housing" in content
    assert "Quarter 3 of 2026. Municipalities: 2. Mediators: 2." in content
    assert "12/11/2026 at 10:15" in content
    assert content.count("<h1") == 1


def test_one_municipality_is_chosen_in_the_address(client, staff, log):
    response = client.get(
        reverse("reports:results"), {"period": "2026-Q3", "municipality": "vidmale"}
    )

    found = response.context["results"]
    assert [str(place) for place in found.places] == ["Vidmale"]
    assert found.headline[1].value == len(in_quarter("VDM"))


def test_one_area_is_chosen_in_the_address(client, staff, log):
    response = client.get(
        reverse("reports:results"), {"period": "2026-Q3", "area": "housing"}
    )

    found = response.context["results"]
    about = [row for row in in_quarter() if "housing" in row[4]]
    assert found.headline[1].value == len(about)
    assert found.headline[0].value == recounted_families(about)
    assert [row.area for row in found.areas.rows] == ["housing"]
    assert "Area: Housing." in response.content.decode()


def test_of_one_area_no_table_about_families_leaves_the_team(client, staff, log):
    address = f"{reverse('reports:results')}?period=2026-Q3&area=housing"

    files = client.get(address).context["files"]

    assert {name for name in files if files[name]} == {"areas", "reports"}
    inside = ("families", "cases", "targets", "answers", "hours", "asks", "regions")
    for name in inside:
        assert client.get(f"{address}&csv={name}").status_code == 404


def test_approved_months_alone_are_chosen_in_the_address(client, staff, log):
    mediator = User.objects.get(appointments__municipality=log["UPC"])
    for month, status in (("07", "received"), ("08", "submitted")):
        MonthlyReportFactory(
            mediator=mediator,
            municipality=log["UPC"],
            month=date.fromisoformat(f"2026-{month}-01"),
            status=status,
        )

    response = client.get(
        reverse("reports:results"), {"period": "2026-Q3", "approved": "on"}
    )

    july = [row for row in in_quarter("UPC") if row[2].startswith("2026-07")]
    found = response.context["results"]
    assert found.headline[1].value == len(july)
    assert found.families.total.different == recounted_families(july)
    assert found.families.finding == "Families by month"
    hours = response.context["further"].hours
    assert {row.worked for row in hours.rows} == {Decimal("1.1")}  # 65 minutes
    page = response.content.decode()
    assert "Months with an approved report alone" in page
    assert "All cases, also of months whose reports are not approved" in page


@pytest.mark.parametrize("period", [["2026-Q3", ""], []])
def test_the_button_of_the_months_takes_them_for_the_period(client, staff, log, period):
    url, months = reverse("reports:results"), {"first": "2026-06", "last": "2026-07"}

    pressed = client.get(url, months | {"period": period})
    not_pressed = client.get(url, months | {"period": "2026-Q3"})

    assert pressed.context["results"].period.code == "2026-06/2026-07"
    assert not_pressed.context["results"].period.code == "2026-Q3"


def test_a_wrong_area_is_told(client, staff, log):
    response = client.get(reverse("reports:results"), {"area": "roof"})

    assert response.status_code == 422
    assert "Choose an area from the list" in response.content.decode()


def test_months_from_and_to_are_chosen_in_the_address(client, staff, log):
    response = client.get(
        reverse("reports:results"), {"first": "2026-06", "last": "2026-07"}
    )

    assert response.context["results"].period == Period.between(
        date(2026, 6, 1), date(2026, 7, 1)
    )


def test_without_a_choice_the_newest_quarter_with_entries_is_shown(client, staff, log):
    response = client.get(reverse("reports:results"))

    assert response.context["results"].period == Period.parse("2026-Q4")
    assert response.context["form"]["period"].value() == "2026-Q4"


@pytest.mark.parametrize(
    "query",
    [
        {"period": "2026-99"},
        {"period": "\x00"},
        {"first": "2026-Q1"},
        {"first": "x", "last": "2026-10"},
        {"municipality": "nav-tadas"},
        {"period": "2031-Q1"},
        {"first": "1900-01", "last": "2100-01"},
    ],
)
def test_a_wrong_filter_is_told_and_the_page_still_stands(client, staff, log, query):
    response = client.get(reverse("reports:results"), query)

    assert response.status_code == 422
    assert response.context["form"].errors
    assert response.context["results"].period.code <= "2026-Q4"
    assert (
        client.get(reverse("reports:results"), query | {"csv": "areas"}).status_code
        == 404
    )


@pytest.mark.parametrize("query", [{}, {"period": "2019"}])
def test_a_period_without_entries_says_so(client, staff, query):
    response = client.get(reverse("reports:results"), query)

    assert response.status_code == 200
    assert "Nothing was logged in this period" in response.content.decode()


def test_one_family_alone_makes_a_page(client, staff, municipality, mediator):
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=FamilyFactory(municipality=municipality),
        visited_on=date(2026, 10, 5),
    )

    response = client.get(reverse("reports:results"), {"period": "2026-10"})

    assert response.status_code == 200
    assert response.context["results"].families.total.different == 1


def test_nobody_is_named_on_the_page(client, staff, municipality, mediator):
    contact = InstitutionContactFactory(institution__municipality=municipality)
    family = FamilyFactory(
        municipality=municipality, label="Slepeno ģimene", phone="+371 20000001"
    )
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        contact=contact,
        institution=contact.institution,
        note="Slepena piezīme",
        visited_on=date(2026, 10, 5),
    )
    CaseFactory(family=family, mediator=mediator, title="Slepena lieta")
    MonthlyReportFactory(
        municipality=municipality, mediator=mediator, month=date(2026, 10, 1)
    )

    content = client.get(reverse("reports:results")).content.decode()

    for secret in ("Slepen", "20000001", contact.name, mediator.last_name):
        assert secret not in content
    assert municipality.label_en in content


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_a_constant_number_of_queries(
    client, staff, django_assert_num_queries, count
):
    first = date(2026, 10, 1)
    for _number in range(count):
        place = MunicipalityFactory()
        mediator = UserFactory(role=Role.MEDIATOR, municipality=place)
        VisitFactory(mediator=mediator, municipality=place, visited_on=first)

    # session, account, roles, days of the log, choices of the filter, whether the log is
    # large, targets, 23 + 5 of the results, 5 of the regions, map, survey, advice, 3 of the
    # audit, 3 of what waits, 3 counts in the menu, savepoint and its release
    with django_assert_num_queries(55):
        client.get(reverse("reports:results"))


# Who may see it


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.PROJECT_STAFF, 200),
        (Role.LEAD_MEDIATOR, 200),
        (Role.COORDINATOR, 404),
        (Role.DEPUTY_COORDINATOR, 404),
        (Role.MEDIATOR, 404),
        (Role.ADMINISTRATOR, 404),
        (Role.DATA_PROTECTION_OFFICER, 404),
    ],
)
def test_the_whole_project_is_for_its_staff_and_the_lead_mediator(client, role, status):
    client.force_login(UserFactory(role=role))

    assert client.get(reverse("reports:results")).status_code == status


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.DEPUTY_COORDINATOR])
def test_a_coordinator_sees_the_own_municipality_alone(client, log, role):
    client.force_login(UserFactory(role=role, municipality=log["UPC"]))

    own = client.get(reverse("reports:results-municipality", args=["upesciems"]))
    other = client.get(reverse("reports:results-municipality", args=["vidmale"]))

    assert (own.status_code, other.status_code) == (200, 404)
    assert [str(place) for place in own.context["results"].places] == [
        "Upesciema novads"
    ]


def test_mediating_somewhere_does_not_show_its_results(client, log):
    user = UserFactory(role=Role.MEDIATOR, municipality=log["VDM"])
    AppointmentFactory(user=user, role=Role.COORDINATOR, municipality=log["UPC"])
    client.force_login(user)

    url = reverse("reports:results-municipality", args=["vidmale"])

    assert client.get(url).status_code == 404


def test_a_coordinator_cannot_ask_for_another_municipality_in_the_address(client, log):
    client.force_login(UserFactory(role=Role.COORDINATOR, municipality=log["UPC"]))

    response = client.get(
        reverse("reports:results-municipality", args=["upesciems"]),
        {"municipality": "vidmale", "period": "2026-Q3"},
    )

    assert response.context["results"].headline[1].value == len(in_quarter("UPC"))


# CSV


def read_csv(response):
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(text.splitlines(), delimiter=";"))
    return rows[: rows.index([])]  # below stands of which moment it is


@pytest.mark.parametrize("name", ["targets", "families", "areas", "reports", "cases"])
def test_each_table_can_be_taken_out(client, staff, log, name):
    asked = {"period": "2026-Q3", "csv": name}
    response = client.get(reverse("reports:results"), asked)
    with translation.override("en"):
        found = results(scope_of(QUARTER, Municipality.objects.all()))
        told = [Told()] if name in TOLD_ONCE else []
        expected = [[str(cell) for cell in row] for row in found.tables[name](*told)]
    assert read_csv(response) == expected
    file = f"Tilts_{IN_A_FILE_NAME[name]}_2026-07_2026-09.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{file}"'


@pytest.mark.parametrize(
    "chosen",
    [
        {"period": "2026-Q4"},
        {"period": "2026-Q3", "municipality": "vidmale"},
        {"first": "2026-07", "last": "2026-08"},
    ],
)
@pytest.mark.parametrize("name", ["families", "cases", "targets", "answers", "regions"])
def test_tables_about_families_come_in_one_shape_alone(
    client, staff, log, chosen, name
):
    address = reverse("reports:results")

    assert client.get(address, chosen | {"csv": name}).status_code == 404
    assert not client.get(address, chosen).context["files"][name]
    assert client.get(address, chosen | {"csv": "areas"}).status_code == 200


def test_a_coordinator_takes_out_the_own_municipality(client, log):
    client.force_login(UserFactory(role=Role.COORDINATOR, municipality=log["VDM"]))
    address = reverse("reports:results-municipality", args=["vidmale"])

    response = client.get(address, {"period": "2026-Q3", "csv": "families"})

    assert response.status_code == 200


def test_hours_in_a_table_have_the_comma_that_excel_expects(client, staff, log):
    response = client.get(
        reverse("reports:results"), {"period": "2026-Q3", "csv": "hours"}
    )

    assert {row[2] for row in read_csv(response)[1:]} == {"2,5", "2,8"}


def test_what_the_table_was_narrowed_to_stands_in_the_audit(client, staff, log):
    chosen = {"area": "housing", "approved": "on", "csv": "areas"}
    client.get(reverse("reports:results"), {"period": "2026-Q3"} | chosen)

    detail = AuditEntry.objects.get(verb=Verb.EXPORT).detail
    assert (detail["area"], detail["approved_only"]) == ("housing", True)


def test_taking_a_table_out_is_logged_and_audited(client, staff, log):
    client.get(reverse("reports:results"), {"period": "2026-Q3", "csv": "families"})

    [export] = ExportLog.objects.all()
    assert (export.by, export.sheets, export.rows) == (staff, {"families": 3}, 3)
    assert export.period == QUARTER
    entry = AuditEntry.objects.get(verb=Verb.EXPORT)
    assert (entry.actor, entry.object_id) == (staff.pk, str(export.pk))


def test_a_name_that_looks_like_a_formula_stays_text_in_the_csv(client, staff):
    place = MunicipalityFactory(label_lv="=1+1", label_en="=1+1")
    UserFactory(role=Role.MEDIATOR, municipality=place)

    asked = {"period": "2026-Q3", "csv": "families"}
    response = client.get(reverse("reports:results"), asked)

    assert read_csv(response)[1][0] == "'=1+1"


def test_an_unknown_table_does_not_exist(client, staff):
    response = client.get(reverse("reports:results"), {"csv": "names"})

    assert response.status_code == 404
