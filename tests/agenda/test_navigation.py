import re
from itertools import groupby
from operator import attrgetter

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from agenda.context_processors import frame
from agenda.navigation import ADVICE, PLACES, Link, home_of
from mediators.models import Role
from reports.workflow import Status
from tests.factories import MonthlyReportFactory, UserFactory

COORDINATING = (
    "Overview Reports Asks Contacts Surveys Mediators Advice Help",
    "Overview Reports Asks",
    {
        "": "Contacts Surveys",
        "community": (
            "Events Recommendations Community issues Programmes Discrimination"
        ),
        "materials": "Documents Stories Materials",
        "team": "Mediators Municipality Advice Substitution Complaints",
        "data": "Names",
    },
)

# role: (top bar, bottom bar, behind "more" by group)
EXPECTED = {
    Role.MEDIATOR: (
        "Today Families Contacts Report Cases Entries Help",
        "Today Families Log Report",
        {
            "": "Contacts Cases Entries Child in danger",
            "community": (
                "Events Recommendations Community issues Programmes Discrimination Asks"
            ),
            "materials": "Documents Stories Materials",
            "own": "My page Advice Who covers for me? Supervision",
        },
    ),
    Role.COORDINATOR: COORDINATING,
    Role.DEPUTY_COORDINATOR: COORDINATING,
    Role.LEAD_MEDIATOR: (
        "Results Reports Stories Mediators Municipalities Advice Help",
        "Results Reports",
        {
            "community": "Events Recommendations Community issues Programmes",
            "materials": "Documents Stories Materials",
            "team": "Mediators Municipalities Advice Complaints",
            "data": "Requests about data Retention Names",
        },
    ),
    Role.PROJECT_STAFF: (
        "Results Reports Export Surveys Stories Municipalities Advice Help",
        "Results Reports",
        {
            "": "Export Surveys",
            "community": "Events Recommendations Community issues Programmes",
            "materials": "Documents Stories Materials",
            "team": "Mediators Municipalities Advice Complaints",
        },
    ),
    Role.ADMINISTRATOR: ("Administration System Help", "Administration System", {}),
    Role.DATA_PROTECTION_OFFICER: ("Oversight Privacy Help", "Oversight Privacy", {}),
}


def frame_of(user, path="/"):
    request = RequestFactory().get(path)
    request.user = user
    return frame(request)["frame"]


def labels(links):
    return " ".join(str(link.label) for link in links)


def by_group(links):
    """The places of a menu before its last two, which everybody has."""
    *own, a_help, settings = links
    assert [str(a_help.label), str(settings.label)] == ["Help", "Settings"]
    return {
        str(group): labels(of_group)
        for group, of_group in groupby(own, attrgetter("group"))
    }


def person(role, municipality):
    municipal = role in (Role.MEDIATOR, Role.COORDINATOR, Role.DEPUTY_COORDINATOR)
    return UserFactory(role=role, municipality=municipality if municipal else None)


def test_every_role_has_places():
    assert set(PLACES) == set(Role) == set(EXPECTED)


@pytest.mark.parametrize("role", Role)
def test_a_role_goes_to_its_places(role, municipality):
    shown = frame_of(person(role, municipality))

    with translation.override("en"):
        actual = (labels(shown.desktop), labels(shown.phone), by_group(shown.more))
    assert actual == EXPECTED[role]


@pytest.mark.parametrize("role", Role)
def test_the_menu_of_the_account_has_what_the_top_bar_lacks(role, municipality):
    shown = frame_of(person(role, municipality))

    lacking = [
        link for link in shown.more if link not in shown.desktop and not link.raised
    ]
    assert shown.account == lacking


@pytest.mark.parametrize("role", Role)
def test_a_closed_menu_fits_on_a_phone(role, municipality):
    more = frame_of(person(role, municipality)).more

    alone = [link for link in more if not link.group]
    assert len(alone) + len({link.group for link in more if link.group}) <= 9


def test_a_group_of_one_place_is_not_folded(client, coordinator):
    client.force_login(coordinator)

    page = client.get("/parskats/").content.decode()

    menu = page[page.index('class="bottom"') :]
    folded = re.findall(r'<details class="menu__group">\s*<summary>([^<]+)', menu)
    assert folded == ["Kopiena", "Materiāli un stāsti", "Komanda"]
    assert "Vārdi</a>" in menu


def test_the_group_that_one_is_in_is_open(client, mediator):
    client.force_login(mediator)

    page = client.get("/pasakumi/").content.decode()

    assert page.count('<details class="menu__group" open>') == 2


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


def test_a_line_of_the_menu_that_was_kept_follows_the_link_and_the_language():
    def line(current, count):
        link = Link(ADVICE.label, "/x/", ADVICE.icon, current, False, count, "", "")
        return Template("{% menu_line link %}").render(Context({"link": link}))

    with translation.override("lv"):
        assert "Padomi" in line("", 0)
    with translation.override("en"):
        assert "Advice" in line("", 0)
        assert "aria-current" not in line("", 0)
        assert 'aria-current="page"' in line("page", 0)
        assert "waiting: </span>2</span>" in line("", 2)
        assert "waiting: </span>3</span>" in line("", 3)
