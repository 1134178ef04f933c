from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import Case, CaseStatus, NextStep, Outcome
from cases.services import cases
from privacy.models import AuditEntry, Verb
from tests.factories import CaseFactory, FamilyFactory, NextStepFactory


@pytest.fixture
def case(municipality, mediator):
    return CaseFactory(
        family=FamilyFactory(municipality=municipality, mediator=mediator),
        mediator=mediator,
        opened_on=timezone.localdate() - timedelta(days=60),
    )


@pytest.fixture
def page(client, mediator, case):
    client.force_login(mediator)
    return f"/lietas/{case.code}/"


def verbs(case):
    entries = AuditEntry.objects.filter(object_id=str(case.pk)).order_by("seq")
    return [entry.verb for entry in entries]


def test_a_case_waits_and_goes_on(client, mediator, case, page):
    for status in ("waiting", "active", "active"):
        client.post(f"{page}statuss/", {"status": status})

    case.refresh_from_db()
    assert case.status == CaseStatus.ACTIVE
    assert [event.status for event in case.events.all()] == ["active", "waiting"]
    assert verbs(case) == [Verb.UPDATE, Verb.UPDATE]


@pytest.mark.parametrize("status", ["closed", "new", "", "nonsense"])
def test_other_statuses_are_not_set_by_hand(client, case, page, status):
    client.post(f"{page}statuss/", {"status": status})

    case.refresh_from_db()
    assert case.status == CaseStatus.NEW


def close(client, page, **answers):
    return client.post(f"{page}noslegt/", {"outcome": "solved"} | answers)


def test_closing_says_how_it_ended_and_what_helped(client, case, page):
    response = close(client, page, what_helped="Kopīga saruna skolā.")

    case.refresh_from_db()
    assert response["Location"] == page
    assert (case.status, case.outcome) == (CaseStatus.CLOSED, Outcome.SOLVED)
    assert (case.closed_on, case.what_helped) == (
        timezone.localdate(),
        "Kopīga saruna skolā.",
    )
    assert verbs(case) == [Verb.CLOSE]


@pytest.mark.parametrize(
    ("answer", "status"),
    [("drop", NextStep.Status.DROPPED), ("keep", NextStep.Status.OPEN)],
)
def test_open_steps_are_dropped_or_kept_as_the_person_says(
    client, municipality, mediator, colleague, case, page, answer, status
):
    own, other = (
        NextStepFactory(mediator=who, municipality=municipality, case=case)
        for who in (mediator, colleague)
    )

    assert close(client, page).status_code == 422
    close(client, page, steps=answer)

    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.status, other.status) == (status, NextStep.Status.OPEN)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"outcome": ""}, "outcome"),
        ({"outcome": "failed"}, "outcome"),
        ({"what_helped": "x" * 501}, "what_helped"),
        ({"what_helped": "Jānis 010190-12345"}, "what_helped"),
        ({"what_helped": "\x00"}, "what_helped"),
    ],
)
def test_a_wrong_answer_leaves_the_case_open(client, case, page, changes, field):
    response = close(client, page, **changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    case.refresh_from_db()
    assert case.status == CaseStatus.NEW


def test_a_case_does_not_end_before_it_began(client, case, page):
    tomorrow = timezone.localdate() + timedelta(days=1)
    Case.objects.filter(pk=case.pk).update(opened_on=tomorrow)

    response = close(client, page)

    assert response.status_code == 422
    assert response.context["form"].non_field_errors()


def test_closing_twice_closes_once(client, case, page):
    close(client, page)
    response = close(client, page, outcome="stopped")

    case.refresh_from_db()
    assert (response.status_code, case.outcome) == (302, Outcome.SOLVED)
    assert verbs(case) == [Verb.CLOSE]


def test_of_two_people_who_close_at_once_the_second_is_told(mediator, case):
    cases.close(case, by=mediator, outcome=Outcome.SOLVED)

    with pytest.raises(cases.StatusHasChanged):
        cases.close(case, by=mediator, outcome=Outcome.STOPPED)
    with pytest.raises(cases.StatusHasChanged):
        cases.set_status(case, CaseStatus.WAITING, by=mediator)


def test_a_reopened_case_keeps_how_it_ended_before(client, case, page):
    close(client, page, outcome="handed_over", what_helped="Saruna dienestā.")

    response = client.post(f"{page}atsakt/")

    case.refresh_from_db()
    assert response["Location"] == page
    assert (case.status, case.outcome, case.closed_on) == (CaseStatus.ACTIVE, "", None)
    assert case.what_helped == ""
    reopened, closed = case.events.all()
    assert (closed.outcome, closed.what_helped) == ("handed_over", "Saruna dienestā.")
    assert reopened.status == CaseStatus.ACTIVE
    assert "Saruna dienestā." in client.get(page).content.decode()
    assert verbs(case)[:2] == [Verb.CLOSE, Verb.REOPEN]


def test_an_open_case_is_not_reopened(client, case, page):
    client.post(f"{page}atsakt/")

    assert not case.events.exists()
    assert verbs(case) == []
