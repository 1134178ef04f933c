"""The check before handing in, and handing in."""

import pytest
from django.urls import reverse

from cases.models import ClosedMonth
from mediators.models import Role, User
from reports.announcements import hand_in_label, handed_in
from reports.models import MonthlyReport
from reports.workflow import Status
from tests.factories import MonthlyReportFactory, UserFactory
from tests.reports.october import draft, log_october


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-03 10:00 +0200")


@pytest.fixture
def report(client, mediator):
    log_october(mediator)
    client.force_login(mediator)
    return draft(mediator)


def address(report, name="report", *args):
    return reverse(f"reports:{name}", args=[*report.url_args, *args])


def hand_in(client, report, **more):
    return client.post(address(report, "action"), {"action": "submit"} | more)


def test_handing_in_leads_back_to_the_report(client, report):
    response = hand_in(client, report)

    report.refresh_from_db()
    assert response.url == report.get_absolute_url()
    assert report.status == Status.SUBMITTED


def test_pressing_twice_hands_in_once(client, report):
    hand_in(client, report)
    second = hand_in(client, report)

    assert (second.status_code, second.url) == (302, report.get_absolute_url())
    assert report.events.count() == 1


def test_the_check_page_names_what_is_missing_and_what_is_named(client, mediator):
    log_october(mediator)
    client.force_login(mediator)
    report = draft(mediator, plans="", hardest="Kārkliņu ģimenei ir parāds.")

    context = client.get(address(report, "check")).context
    refused = hand_in(client, report)

    assert [section.key for section in context["missing"]] == ["plans"]
    [named] = context["hits"]
    assert (named.section.key, named.hit.code, named.hit.found) == (
        "hardest",
        "UPC-001",
        "Kārkliņu",
    )
    assert refused.status_code == 422
    assert not report.events.exists()


def test_an_empty_month_is_handed_in_after_a_question(client, mediator):
    client.force_login(mediator)
    report = MonthlyReportFactory(
        mediator=mediator, municipality=mediator.factory_municipality
    )

    asked = hand_in(client, report)
    report.refresh_from_db()
    assert (asked.status_code, report.status) == (422, Status.DRAFT)
    assert asked.context["form"].errors["is_empty"]

    hand_in(client, report, is_empty="on")
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_a_month_that_still_runs_is_handed_in_after_a_question(
    client, report, time_machine
):
    time_machine.move_to(f"{report.month:%Y-%m}-28 12:00 +0000")

    asked = hand_in(client, report)
    report.refresh_from_db()
    assert (asked.status_code, report.status) == (422, Status.DRAFT)
    assert asked.context["form"].errors["is_early"]

    hand_in(client, report, is_early="on")
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


@pytest.mark.parametrize("action", ["approve", "return", "send", "confirm", "", "\0"])
def test_a_mediator_does_nothing_but_hand_in(client, report, action):
    response = client.post(address(report, "action"), {"action": action})

    report.refresh_from_db()
    assert response.status_code in (409, 422)
    assert report.status == Status.DRAFT


@pytest.mark.parametrize("form", User.AddressForm)
def test_the_button_speaks_of_the_coordinator(form):
    person = UserFactory.build(address_form=form)

    assert str(hand_in_label(person)) != ""


def test_the_sentence_names_the_coordinator_and_the_day(report, coordinator):
    sentence = handed_in(report)

    assert "Ilze Kronberga" in sentence
    # Five working days after the 3rd.
    assert "10." in sentence


def test_several_coordinators_are_not_named(report, municipality):
    for _number in range(2):
        UserFactory(role=Role.COORDINATOR, municipality=municipality)

    assert "Paraudziņa" not in handed_in(report)


def test_handing_in_closes_the_month_for_entries(client, report):
    hand_in(client, report)

    assert ClosedMonth.objects.count() == 1
    assert MonthlyReport.objects.get().figures["values"]["entries"] == 5
