"""What coordinators write is kept, printed and read by many: no family is named in it."""

import pytest
from django.urls import reverse

from privacy.models import AuditEntry, Verb
from reports.models import Ask, Comment, ReportMeeting
from reports.services import review
from tests.reports.october import log_october, submitted

SAID = "Kārkliņu ģimenei palīdzēsim, tālrunis 26123456."


@pytest.fixture
def report(client, mediator, coordinator):
    log_october(mediator)
    client.force_login(coordinator)
    return submitted(mediator)


@pytest.fixture
def approved_report(report, coordinator):
    review.approve(report, by=coordinator)
    return report


def address(report, name, *args):
    return reverse(f"reports:{name}", args=[*report.url_args, *args])


def refused(response):
    """The sentences of a page that was not accepted."""
    assert response.status_code == 422
    assert AuditEntry.objects.filter(verb=Verb.REFUSE).exists()
    return response.content.decode()


def test_a_note_is_refused_without_saying_whose_name_it_is(client, report, mediator):
    page = refused(client.post(address(report, "note"), {"coordinator_note": SAID}))

    report.refresh_from_db()
    assert report.coordinator_note == ""
    assert SAID in page
    assert "var norādīt, par kuru ģimeni ir runa" in page
    family = mediator.family_assignments.first().family
    assert family.code not in page.partition("var norādīt")[2][:80]


def test_a_comment_is_refused(client, report):
    data = {"section": "hardest", "text": SAID}

    refused(client.post(address(report, "comment"), data))

    assert not Comment.objects.exists()


def test_a_reason_to_open_again_is_refused(client, approved_report):
    refused(client.post(address(approved_report, "reopen"), {"reason": SAID}))

    approved_report.refresh_from_db()
    assert approved_report.is_final


def test_the_outcome_of_an_ask_is_refused(client, approved_report):
    ask = approved_report.asks.first()
    data = {"status": Ask.Status.FULFILLED, "outcome": SAID}

    refused(client.post(reverse("reports:ask", args=[ask.code]), data))

    ask.refresh_from_db()
    assert ask.outcome == ""


def test_what_was_agreed_at_a_meeting_is_refused(client, approved_report):
    data = {"held_on": "2026-11-20", "post": "Vietnieks", "agreed": SAID}

    refused(client.post(address(approved_report, "meeting"), data))

    assert not ReportMeeting.objects.exists()


def test_words_without_names_pass(client, report):
    client.post(
        address(report, "note"), {"coordinator_note": "Divām ģimenēm palīdzēsim."}
    )

    report.refresh_from_db()
    assert report.coordinator_note == "Divām ģimenēm palīdzēsim."
