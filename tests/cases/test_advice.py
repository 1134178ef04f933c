"""Advice: asked in codes, answered once, with the days that it took; nobody reads a name."""

import uuid
from datetime import UTC, date, datetime

import pytest
import time_machine

from cases.models import Advice, CaseStatus, Outcome
from data_protection.services.erasure import erase_family
from families.models import Family
from mediators.models import Role
from reports.letters import sentences
from tests.factories import (
    AdviceFactory,
    CaseFactory,
    ConsentFactory,
    FamilyFactory,
    FamilyMemberFactory,
    MunicipalityFactory,
    UserFactory,
)


@pytest.fixture
def family(municipality, mediator):
    family = FamilyFactory(
        municipality=municipality, mediator=mediator, label="Kārkliņu ģimene"
    )
    ConsentFactory(family=family)
    return family


@pytest.fixture
def case(family, mediator):
    return CaseFactory(family=family, mediator=mediator, title="Kārkliņu dzīvoklis")


@pytest.fixture
def colleague(municipality):
    return UserFactory(role=Role.MEDIATOR, municipality=MunicipalityFactory())


@pytest.fixture
def coordinator(municipality):
    return UserFactory(role=Role.COORDINATOR, municipality=municipality)


@pytest.fixture
def lead():
    return UserFactory(role=Role.LEAD_MEDIATOR)


@pytest.fixture
def staff():
    return UserFactory(role=Role.PROJECT_STAFF)


@pytest.fixture
def page(client, mediator, case):
    client.force_login(mediator)
    return f"/lietas/{case.code}/padoms/"


def answers(whom="coordinator", **changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "whom": str(getattr(whom, "pk", whom)),
        "question": "Kur vēl var prasīt dzīvokli?",
    } | changes


def test_a_question_is_about_a_case_and_to_somebody(client, page, case, colleague):
    for whom in ("coordinator", "lead", "expert", colleague):
        assert client.post(page, answers(whom))["Location"] == case.get_absolute_url()

    assert set(Advice.objects.values_list("asked", "to")) == {
        ("coordinator", None),
        ("lead", None),
        ("expert", None),
        ("mediator", colleague.pk),
    }


def test_a_double_click_asks_once(client, page):
    sent = answers()
    for _time in range(2):
        client.post(page, sent)

    assert Advice.objects.count() == 1


def test_a_question_names_nobody(client, page):
    response = client.post(page, answers(question="Ko darīt ar Kārkliņiem?"))

    assert response.status_code == 422
    assert not Advice.objects.exists()


@pytest.mark.parametrize(
    "bad", [{"whom": ""}, {"question": ""}, {"question": "x" * 1001}]
)
def test_what_cannot_be_is_refused(client, page, bad):
    assert client.post(page, answers(**bad)).status_code == 422
    assert not Advice.objects.exists()


def test_a_mediator_whose_work_has_ended_is_not_asked(client, page, colleague):
    colleague.appointments.update(ends_on=date(2026, 1, 1))

    assert client.post(page, answers(colleague)).status_code == 422


def test_of_a_closed_case_nothing_is_asked(client, page, case):
    case.status, case.outcome = CaseStatus.CLOSED, Outcome.SOLVED
    case.closed_on = case.opened_on
    case.save()

    for response in (client.get(page), client.post(page, answers())):
        assert response["Location"] == case.get_absolute_url()
    assert not Advice.objects.exists()


def test_of_a_family_that_takes_its_consent_back_nothing_is_told(client, page, family):
    family.consents.update(withdrawn_on=date(2026, 1, 1))

    assert client.post(page, answers()).status_code == 422
    assert client.get(page).status_code == 302


@pytest.mark.parametrize(
    ("asked", "reader", "status"),
    [
        ("coordinator", "coordinator", 200),
        ("coordinator", "colleague", 404),
        ("coordinator", "lead", 200),
        ("lead", "lead", 200),
        ("lead", "coordinator", 404),
        ("mediator", "colleague", 200),
        ("mediator", "coordinator", 404),
        ("mediator", "lead", 200),
        ("mediator", "mediator", 200),
        ("expert", "staff", 200),
        ("expert", "coordinator", 404),
        ("lead", "staff", 404),
    ],
)
def test_who_reads_a_question_reads_codes(
    client, request, case, colleague, asked, reader, status
):
    to = colleague if asked == "mediator" else None
    advice = AdviceFactory(case=case, asked=asked, to=to)
    client.force_login(request.getfixturevalue(reader))

    response = client.get(advice.get_absolute_url())

    assert response.status_code == status
    text = response.content.decode()
    assert "Kārkliņu" not in text
    assert (advice.question in text) == (status == 200)


def test_who_coordinates_next_answers_what_the_predecessor_left(
    client, case, coordinator, municipality
):
    advice = AdviceFactory(case=case)
    coordinator.appointments.update(ends_on=date(2026, 1, 1))
    successor = UserFactory(role=Role.COORDINATOR, municipality=municipality)

    for person, status in ((coordinator, 404), (successor, 200)):
        client.force_login(person)
        assert client.get(advice.get_absolute_url()).status_code == status


def test_a_colleague_whose_work_has_ended_reads_nothing_and_the_lead_answers(
    client, case, colleague, lead
):
    advice = AdviceFactory(case=case, asked="mediator", to=colleague)
    colleague.appointments.update(ends_on=date(2026, 1, 1))
    client.force_login(colleague)
    assert client.get(advice.get_absolute_url()).status_code == 404

    client.force_login(lead)
    client.post(advice.get_absolute_url(), {"answer": "Prasiet sociālajam dienestam."})

    advice.refresh_from_db()
    assert advice.answered_by == lead


def test_the_answer_says_how_many_working_days_it_took(
    client, case, coordinator, mediator
):
    # From Friday morning to Monday evening
    with time_machine.travel(datetime(2026, 11, 13, 8, tzinfo=UTC), tick=False):
        advice = AdviceFactory(case=case)
    with time_machine.travel(datetime(2026, 11, 16, 16, tzinfo=UTC), tick=False):
        client.force_login(coordinator)
        client.post(advice.get_absolute_url(), {"answer": "Prasiet dienestam."})
        client.force_login(mediator)
        text = client.get(advice.get_absolute_url()).content.decode()

    advice.refresh_from_db()
    assert advice.days == 1
    assert "Prasiet dienestam." in text
    assert "pēc 1 darba dienas" in text


def test_the_first_answer_stays(client, case, coordinator, lead):
    advice = AdviceFactory(case=case)
    for person, words in ((coordinator, "Pirmā."), (lead, "Otrā.")):
        client.force_login(person)
        client.post(advice.get_absolute_url(), {"answer": words})

    advice.refresh_from_db()
    assert (advice.answer, advice.answered_by) == ("Pirmā.", coordinator)


def test_nobody_answers_the_own_question(client, case, mediator):
    advice = AdviceFactory(case=case, by=mediator)
    client.force_login(mediator)

    response = client.post(advice.get_absolute_url(), {"answer": "Nezinu."})

    assert response.status_code == 404


def test_an_answer_that_names_a_family_is_refused(client, case, coordinator, mediator):
    advice = AdviceFactory(case=case, by=mediator)
    client.force_login(coordinator)

    response = client.post(
        advice.get_absolute_url(), {"answer": "Kārkliņiem jāiet uz dienestu."}
    )

    assert response.status_code == 422
    advice.refresh_from_db()
    assert advice.is_open


def test_open_questions_stand_in_a_list_the_oldest_first(client, case, lead):
    older, newer = (AdviceFactory(case=case, asked="lead") for _time in range(2))
    client.force_login(lead)

    assert client.get("/padomi/").context["waiting"] == [older, newer]


def test_the_lead_mediator_sees_apart_what_waits_for_somebody_else(
    client, case, lead, colleague
):
    to_coordinator = AdviceFactory(case=case)
    to_colleague = AdviceFactory(case=case, asked="mediator", to=colleague)
    client.force_login(lead)

    before = client.get("/padomi/").context
    colleague.appointments.update(ends_on=date(2026, 1, 1))
    after = client.get("/padomi/").context

    assert (before["waiting"], list(before["others"])) == (
        [],
        [to_coordinator, to_colleague],
    )
    assert (after["waiting"], list(after["others"])) == (
        [to_colleague],
        [to_coordinator],
    )


def test_of_two_families_with_one_name_that_of_the_case_is_meant(
    client, page, case, family, municipality, mediator
):
    FamilyFactory(code="AAA-001", municipality=municipality, mediator=mediator)
    for one in (family, Family.objects.get(code="AAA-001")):
        FamilyMemberFactory(family=one, name="Eižens")

    response = client.post(page, answers(question="Ko darīt Eiženam?"))

    [error] = response.context["form"].errors["question"]
    assert f"ģimene {family.code}" in error
    assert "AAA-001" not in error


def test_an_empty_list_says_so(db, client, lead):
    client.force_login(lead)

    assert (
        "Neviens jautājums negaida jūsu padomu"
        in client.get("/padomi/").content.decode()
    )


def test_the_morning_letter_tells_that_a_question_waits_and_not_what_it_says(
    case, lead, mediator
):
    with time_machine.travel(datetime(2026, 11, 12, 8, tzinfo=UTC), tick=False):
        advice = AdviceFactory(case=case, by=mediator, asked="lead")

    [told] = sentences(lead, date(2026, 11, 13))

    assert "1" in told
    assert advice.question not in told
    assert case.code not in told
    assert sentences(lead, date(2026, 11, 17)) == [], "once, and each Monday"
    assert len(sentences(lead, date(2026, 11, 23))) == 1


def test_words_about_an_erased_family_go_and_the_days_stay(case, coordinator):
    advice = AdviceFactory(
        case=case,
        answer="Prasiet.",
        answered_by=coordinator,
        answered_at=datetime(2026, 11, 16, 16, tzinfo=UTC),
    )

    erase_family(case.family, why="request", by=coordinator)

    advice.refresh_from_db()
    assert (advice.question, advice.answer) == ("[dzēsts]", "")
    assert not advice.is_open


def test_whom_one_may_ask_says_who_is_a_mentor_and_where(client, page, colleague):
    place = colleague.appointments.get().municipality
    words = " ".join(client.get(page).content.decode().split())

    assert f"Mentore: {colleague.full_name}, {place}" in words


def test_what_waits_for_a_mediator_is_found_without_walking_through_cases(mediator):
    assert "cases_case" not in str(Advice.objects.waiting_for(mediator).query)
