"""Matters of many families: told by a mediator, answered, counted, with nobody's name."""

import uuid
from datetime import date

import pytest
from django.utils import timezone

from cases.models import CommunityIssue
from mediators.models import Role
from reports.indicators import BY_KEY, Scope, compute
from tests.factories import (
    ClosedMonthFactory,
    CommunityIssueFactory,
    FamilyFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    MunicipalityFactory,
    UserFactory,
)

LIST = "/jautajumi/"


@pytest.fixture
def institution(municipality):
    return InstitutionFactory(municipality=municipality)


def answers(institution, **changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "text": "Bērni nevar nokļūt skolā: autobuss nekursē.",
        "area": "education",
        "to": f"i:{institution.pk}",
        "reported_on": f"{timezone.localdate()}",
    } | changes


@pytest.fixture
def own(client, mediator):
    client.force_login(mediator)
    return client


@pytest.mark.parametrize("day", ["1950-03-01", "2126-03-01"])
def test_a_day_of_another_century_is_refused(own, institution, day):
    response = own.post(f"{LIST}jauns/", answers(institution, reported_on=day))

    assert response.status_code == 422
    assert not CommunityIssue.objects.exists()


def test_a_mediator_writes_down_what_was_told_and_to_whom(own, mediator, municipality):
    contact = InstitutionContactFactory(institution__municipality=municipality)

    response = own.post(
        f"{LIST}jauns/", answers(contact.institution, to=f"c:{contact.pk}")
    )

    issue = CommunityIssue.objects.get()
    assert response["Location"] == issue.get_absolute_url()
    assert issue.code == f"{municipality.prefix}-J001"
    assert (issue.institution, issue.contact) == (contact.institution, contact)
    assert (issue.mediator, issue.status) == (mediator, "reported")
    assert [event.status for event in issue.events.all()] == ["reported"]


def test_a_double_click_makes_one(own, institution):
    sent = answers(institution)
    for _time in range(2):
        own.post(f"{LIST}jauns/", sent)

    assert CommunityIssue.objects.count() == 1


def test_the_name_of_a_family_does_not_go_in(own, institution, mediator, municipality):
    FamilyFactory(municipality=municipality, mediator=mediator, label="Kārkliņu ģimene")

    response = own.post(
        f"{LIST}jauns/", answers(institution, text="Kārkliņiem nav autobusa.")
    )

    assert response.status_code == 422
    assert "Kārkliņiem" in response.content.decode()
    assert not CommunityIssue.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"text": ""},
        {"text": "x" * 1001},
        {"area": "x"},
        {"to": ""},
        {"to": f"i:{uuid.uuid4()}"},
        {"reported_on": "2999-01-01"},
        {"reported_on": "vakar"},
    ],
)
def test_what_cannot_be_is_refused(own, institution, bad):
    assert own.post(f"{LIST}jauns/", answers(institution, **bad)).status_code == 422
    assert not CommunityIssue.objects.exists()


def test_what_nobody_has_answered_is_corrected_or_taken_back(
    own, institution, mediator, municipality
):
    issue = CommunityIssueFactory(
        mediator=mediator, municipality=municipality, text="Autobus nekursē."
    )
    address = f"{issue.get_absolute_url()}labot/"
    assert own.get(address).context["form"]["to"].value() == f"i:{issue.institution_id}"

    own.post(address, answers(institution, client_uuid="", text="Autobuss nekursē."))

    issue.refresh_from_db()
    assert (issue.text, issue.institution) == ("Autobuss nekursē.", institution)
    own.post(f"{issue.get_absolute_url()}dzest/")
    assert not CommunityIssue.objects.exists()


@pytest.mark.parametrize("page", ["labot/", "dzest/"])
def test_what_was_answered_stays(own, institution, mediator, municipality, page):
    issue = CommunityIssueFactory(
        mediator=mediator, municipality=municipality, status="answered"
    )

    address = f"{issue.get_absolute_url()}{page}"

    assert own.get(address).status_code == 404
    assert own.post(address, answers(institution)).status_code == 404


@pytest.mark.parametrize("page", ["labot/", "dzest/"])
def test_what_a_report_has_counted_stays(
    own, institution, mediator, municipality, page
):
    issue = CommunityIssueFactory(mediator=mediator, municipality=municipality)
    ClosedMonthFactory(
        mediator=mediator,
        municipality=municipality,
        month=issue.reported_on.replace(day=1),
    )

    response = own.post(f"{issue.get_absolute_url()}{page}", answers(institution))

    assert response["Location"] == issue.get_absolute_url()
    assert CommunityIssue.objects.get().text == issue.text


@pytest.mark.parametrize("status", ["answered", "declined"])
def test_an_answer_has_words(own, mediator, municipality, status):
    issue = CommunityIssueFactory(mediator=mediator, municipality=municipality)

    response = own.post(issue.get_absolute_url(), {"status": status, "reaction": ""})

    assert response.context["form"].errors == {"reaction": ["Ierakstiet, ko atbildēja"]}


def test_an_institution_of_another_municipality_cannot_be_chosen(own):
    elsewhere = InstitutionFactory(municipality=MunicipalityFactory())

    assert own.post(f"{LIST}jauns/", answers(elsewhere)).status_code == 422


def test_a_month_that_was_handed_in_takes_none(
    own, institution, mediator, municipality
):
    today = timezone.localdate()
    ClosedMonthFactory(
        mediator=mediator, municipality=municipality, month=today.replace(day=1)
    )

    assert own.post(f"{LIST}jauns/", answers(institution)).status_code == 422


@pytest.fixture
def coordinator(municipality):
    return UserFactory(role=Role.COORDINATOR, municipality=municipality)


@pytest.fixture
def issue(mediator, municipality):
    return CommunityIssueFactory(mediator=mediator, municipality=municipality)


def test_a_coordinator_answers_and_each_step_has_its_day(client, issue, coordinator):
    client.force_login(coordinator)
    page = issue.get_absolute_url()

    client.post(page, {"status": "answered", "reaction": "Meklējam autobusu."})
    client.post(page, {"status": "solved", "reaction": "Autobuss kursē."})

    issue.refresh_from_db()
    assert (issue.status, issue.decided_on) == ("solved", timezone.localdate())
    steps = [(event.status, event.words) for event in issue.events.all()]
    assert steps == [
        ("answered", "Meklējam autobusu."),
        ("solved", "Autobuss kursē."),
    ]


def test_an_issue_taken_up_again_is_not_decided(client, issue, coordinator):
    client.force_login(coordinator)
    page = issue.get_absolute_url()

    client.post(page, {"status": "declined", "reaction": ""})
    client.post(page, {"status": "answered", "reaction": ""})

    issue.refresh_from_db()
    assert issue.decided_on is None


def test_an_answer_that_names_a_family_is_refused(
    client, issue, coordinator, mediator, municipality
):
    FamilyFactory(municipality=municipality, mediator=mediator, label="Kārkliņu ģimene")
    client.force_login(coordinator)

    response = client.post(
        issue.get_absolute_url(),
        {"status": "solved", "reaction": "Palīdzējām Kārkliņiem."},
    )

    assert response.status_code == 422
    issue.refresh_from_db()
    assert issue.status == "reported"


def test_a_colleague_reads_and_does_not_answer(client, issue, municipality):
    client.force_login(UserFactory(role=Role.MEDIATOR, municipality=municipality))

    assert client.get(issue.get_absolute_url()).status_code == 200
    response = client.post(issue.get_absolute_url(), {"status": "solved"})
    assert response.status_code == 404


@pytest.mark.parametrize("role", [Role.PROJECT_STAFF, Role.LEAD_MEDIATOR])
def test_who_sees_all_places_reads_counts_and_no_words(client, issue, role):
    client.force_login(UserFactory(role=role))

    page = client.get(LIST).content.decode()

    assert str(issue.municipality) in page
    assert issue.text not in page
    assert client.get(issue.get_absolute_url()).status_code == 404


def test_the_lists_say_when_there_is_nothing(client, mediator):
    client.force_login(mediator)
    assert "Neviens jautājums nav atvērts" in client.get(LIST).content.decode()

    client.force_login(UserFactory(role=Role.PROJECT_STAFF))
    assert "Vēl nav neviena jautājuma" in client.get(LIST).content.decode()


def test_reported_and_solved_are_counted_by_their_own_days(issue):
    CommunityIssueFactory(
        municipality=issue.municipality,
        reported_on=date(2026, 1, 5),
        status="solved",
        decided_on=date(2026, 3, 2),
    )
    wanted = [BY_KEY["issues"], BY_KEY["solved_issues"]]

    january = compute(Scope(date(2026, 1, 1), date(2026, 1, 31)), wanted)
    march = compute(Scope(date(2026, 3, 1), date(2026, 3, 31)), wanted)

    assert january == {"issues": 1, "solved_issues": 0}
    assert march == {"issues": 0, "solved_issues": 1}


def test_counts_stand_below_each_other_on_a_phone(client, issue):
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    page = client.get(LIST).content.decode()

    assert "table--stacked" in page
    assert page.count("data-label=") == 5
