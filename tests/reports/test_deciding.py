"""Returning and approving: who may, once, and what the other is told."""

import pytest
from django.urls import reverse

from mediators.models import Role
from reports.models import Comment
from reports.services import review
from reports.workflow import Action, Status
from tests.factories import (
    AppointmentFactory,
    UserFactory,
)
from tests.reports.october import log_october, submitted


@pytest.fixture
def report(client, mediator, coordinator):
    """Submitted; the coordinator is signed in."""
    log_october(mediator)
    client.force_login(coordinator)
    return submitted(mediator)


def address(report, name="review", *args):
    return reverse(f"reports:{name}", args=[*report.url_args, *args])


def decide(client, report, action, **more):
    return client.post(address(report, "action"), {"action": action} | more)


def ask_about(report, author, section="hardest", **kwargs):
    return Comment.objects.create(
        report=report, section=section, author=author, text="Kad tas bija?", **kwargs
    )


def test_returning_without_a_comment_is_refused(client, report):
    response = decide(client, report, "return")

    report.refresh_from_db()
    assert (response.status_code, report.status) == (422, Status.SUBMITTED)
    assert response.context["form"].non_field_errors()


def test_returning_with_a_comment_leads_to_the_list(client, report, coordinator):
    ask_about(report, coordinator)

    response = decide(client, report, "return")

    report.refresh_from_db()
    assert (response.url, report.status) == (reverse("reports:list"), Status.RETURNED)


def test_approving_closes_the_report(client, report):
    response = decide(client, report, "approve")

    report.refresh_from_db()
    assert (response.url, report.status) == (address(report), Status.APPROVED)
    page = client.get(address(report)).content.decode()
    assert report.versions.get().code in page
    assert address(report, "action") not in page


@pytest.mark.parametrize("told", [None, 0, 1, 3])
def test_open_comments_are_asked_about_before_approving(
    client, report, coordinator, told
):
    ask_about(report, coordinator)
    ask_about(report, coordinator, section="support")

    response = decide(
        client, report, "approve", **({} if told is None else {"open_comments": told})
    )

    report.refresh_from_db()
    assert (response.status_code, report.status) == (422, Status.SUBMITTED)
    assert response.context["open_count"] == 2


def test_who_was_told_of_the_open_comments_may_approve(client, report, coordinator):
    ask_about(report, coordinator)

    decide(client, report, "approve", open_comments=1)

    report.refresh_from_db()
    assert report.status == Status.APPROVED


def test_pressing_approve_twice_approves_once(client, report):
    decide(client, report, "approve")
    second = decide(client, report, "approve")

    assert (second.status_code, second.url) == (302, address(report))
    assert report.events.filter(action=Action.APPROVE).count() == 1
    assert report.versions.count() == 1


@pytest.mark.parametrize("action", ["approve", "return"])
def test_who_comes_second_is_told_who_was_first(
    client, report, municipality, coordinator, action
):
    review.approve(report, by=coordinator)
    deputy = UserFactory(role=Role.DEPUTY_COORDINATOR, municipality=municipality)
    client.force_login(deputy)

    response = decide(client, report, action)

    assert response.status_code == 409
    assert "Ilze Kronberga" in response.content.decode()
    assert report.events.count() == 2


def test_an_own_report_is_approved_by_nobody_who_wrote_it(
    client, report, mediator, municipality
):
    AppointmentFactory(user=mediator, role=Role.COORDINATOR, municipality=municipality)
    client.force_login(mediator)

    response = decide(client, report, "approve")

    report.refresh_from_db()
    assert (response.status_code, report.status) == (422, Status.SUBMITTED)
    for name in ("review", "approve"):
        assert client.get(address(report, name)).status_code == 404
    for name in ("comment", "note", "owners"):
        assert client.post(address(report, name), {}).status_code == 404
    assert client.post(address(report, "section-accept", "plans")).status_code == 404


@pytest.mark.parametrize("who", ["colleague", "lead_mediator", "project_staff"])
def test_others_do_not_decide(client, report, request, who):
    client.force_login(request.getfixturevalue(who))

    for action in ("approve", "return"):
        assert decide(client, report, action).status_code in (404, 422)
    for name in ("comment", "note", "owners"):
        assert client.post(address(report, name), {}).status_code == 404
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


def test_a_coordinator_of_another_place_finds_nothing(client, report, outsider):
    stranger = UserFactory(
        role=Role.COORDINATOR, municipality=outsider.factory_municipality
    )
    client.force_login(stranger)

    for name in ("review", "approve", "history"):
        assert client.get(address(report, name)).status_code == 404
    assert decide(client, report, "approve").status_code == 404
