import pytest
from django.test import RequestFactory
from django.utils import translation

from agenda.context_processors import frame
from agenda.navigation import PLACES, home_of
from mediators.models import Role
from reports.workflow import Status
from tests.factories import MonthlyReportFactory, UserFactory

# role: (top bar, bottom bar, behind "more")
EXPECTED = {
    Role.MEDIATOR: (
        "Today Families Contacts Report Cases Entries Help",
        "Today Families Log Report",
        (
            "Contacts Cases Entries Events Asks Community issues Advice Documents "
            "Stories Materials Programmes Discrimination Who covers for me? Supervision "
            "Recommendations My page Child in danger Help Settings"
        ),
    ),
    Role.COORDINATOR: (
        "Overview Reports Asks Contacts Surveys Help",
        "Overview Reports Asks",
        (
            "Contacts Events Surveys Recommendations Community issues Advice Documents "
            "Stories Materials Mediators Municipality Programmes Discrimination "
            "Substitution Names Complaints Help Settings"
        ),
    ),
    Role.DEPUTY_COORDINATOR: (
        "Overview Reports Asks Contacts Surveys Help",
        "Overview Reports Asks",
        (
            "Contacts Events Surveys Recommendations Community issues Advice Documents "
            "Stories Materials Mediators Municipality Programmes Discrimination "
            "Substitution Names Complaints Help Settings"
        ),
    ),
    Role.LEAD_MEDIATOR: (
        "Results Reports Help",
        "Results Reports",
        (
            "Events Recommendations Advice Community issues Documents Stories Materials "
            "Mediators Municipalities Programmes Requests about data Retention Names "
            "Complaints Help Settings"
        ),
    ),
    Role.PROJECT_STAFF: (
        "Results Reports Export Surveys Help",
        "Results Reports",
        (
            "Export Events Surveys Recommendations Community issues Documents Stories "
            "Materials Mediators Municipalities Programmes Complaints Help Settings"
        ),
    ),
    Role.ADMINISTRATOR: ("Administration Help", "Administration", "Help Settings"),
    Role.DATA_PROTECTION_OFFICER: (
        "Oversight Privacy Help",
        "Oversight Privacy",
        "Help Settings",
    ),
}


def frame_of(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return frame(request)["frame"]


def labels(links):
    return " ".join(str(link.label) for link in links)


def person(role, municipality):
    municipal = role in (Role.MEDIATOR, Role.COORDINATOR, Role.DEPUTY_COORDINATOR)
    return UserFactory(role=role, municipality=municipality if municipal else None)


def test_every_role_has_places():
    assert set(PLACES) == set(Role) == set(EXPECTED)


@pytest.mark.parametrize("role", Role)
def test_a_role_goes_to_its_places(role, municipality):
    shown = frame_of(person(role, municipality))

    with translation.override("en"):
        actual = (labels(shown.desktop), labels(shown.phone), labels(shown.more))
    assert actual == EXPECTED[role]


@pytest.mark.parametrize("role", Role)
def test_the_menu_of_the_account_has_what_the_top_bar_lacks(role, municipality):
    shown = frame_of(person(role, municipality))

    desktop, _phone, more = EXPECTED[role]
    own = more.removesuffix("Help Settings")
    for place in ("Contacts", "Cases", "Entries", "Surveys", "Export"):
        own = own.replace(f"{place} ", "") if place in desktop else own
    with translation.override("en"):
        assert labels(shown.account) == f"{own}Settings"


def test_visitors_have_no_places(client, db):
    response = client.get("/palidziba/")

    assert response.context["frame"].desktop == []
    assert response.context["frame"].phone == []


def test_who_has_two_roles_sees_the_places_of_both_once(mediator):
    mediator.appointments.create(role=Role.LEAD_MEDIATOR)

    shown = frame_of(mediator)

    names = [link.url for link in shown.desktop]
    assert len(names) == len(set(names))
    assert len(shown.phone) == 4


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/sodien/", [("Today", "page")]),
        ("/gimenes/UPC-009/", [("Families", "true")]),
        ("/ieraksti/", [("Entries", "page")]),
        ("/ieraksti/UPC-26-1042/", [("Entries", "true")]),
        ("/palidziba/", [("Help", "page")]),
        ("/", []),
    ],
)
def test_the_place_one_is_at_is_marked(mediator, path, current):
    shown = frame_of(mediator, path)

    with translation.override("en"):
        marked = [(str(x.label), x.current) for x in shown.desktop if x.current]
    assert marked == current


def test_a_place_behind_more_marks_the_button_more(mediator):
    assert frame_of(mediator, "/palidziba/").is_in_more
    assert not frame_of(mediator, "/sodien/").is_in_more


def test_the_number_beside_the_report_counts_what_waits_for_this_person(
    mediator, municipality
):
    MonthlyReportFactory(
        mediator=mediator, municipality=municipality, status=Status.RETURNED
    )

    assert [link.count for link in frame_of(mediator).phone] == [0, 0, 0, 1]


@pytest.mark.parametrize(
    ("role", "name"),
    [
        (Role.MEDIATOR, "agenda:today"),
        (Role.COORDINATOR, "agenda:dashboard"),
        (Role.DEPUTY_COORDINATOR, "agenda:dashboard"),
        (Role.LEAD_MEDIATOR, "reports:results"),
        (Role.PROJECT_STAFF, "reports:results"),
        (Role.ADMINISTRATOR, "admin:index"),
        (Role.DATA_PROTECTION_OFFICER, "data_protection:desk"),
    ],
)
def test_signing_in_leads_to_the_page_of_the_role(role, name):
    assert home_of({role}) == name


def test_a_person_without_a_role_is_led_to_help():
    assert home_of(frozenset()) == "help"
