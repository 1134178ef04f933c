"""Supervision: private to the mediator, one mail to the supervisor, no content."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from mediators import supervision
from mediators.models import SupervisionRequest, SupervisionSession
from privacy.models import AuditEntry, Verb
from tests.factories import (
    MunicipalityFactory,
    SupervisionRequestFactory,
    SupervisionSessionFactory,
    SupervisorFactory,
)

URL = "/supervizija/"
TODAY = timezone.localdate()
WISH = {"when": "next_week", "how": "call", "phone": "+371 330 00001"}


@pytest.fixture
def supervisor(municipality):
    return SupervisorFactory(name="Maija Paraudziņa", municipality=municipality)


@pytest.fixture
def ask(client, mediator, supervisor):
    client.force_login(mediator)

    def send(**changes):
        given = WISH | {"client_uuid": str(uuid.uuid4())}
        return client.post(URL, given | changes)

    return send


@pytest.fixture
def care(client, mediator):
    client.force_login(mediator)
    return lambda: client.get("/sodien/").content.decode()


def test_the_supervisor_gets_name_phone_and_wished_time_and_nothing_else(
    ask, supervisor, mediator, run_tasks
):
    response = ask()
    run_tasks()

    assert response.url == URL
    [message] = mail.outbox
    assert message.to == [supervisor.email]
    assert message.subject == "Supervīzijas pieteikums"
    assert message.body.split("\n\n", 1)[1].strip().splitlines() == [
        "Sanita Vītola piesaka supervīziju.",
        "Kad: nākamnedēļ",
        "Kā: pa tālruni",
        "Tālrunis: +371 330 00001",
    ]
    assert mediator.email not in str(message.message())
    assert SupervisionRequest.objects.get().status == "sent"
    assert AuditEntry.objects.get(verb=Verb.CREATE).actor == mediator.pk


def test_pressed_twice_one_mail_is_sent(ask, run_tasks):
    key = str(uuid.uuid4())
    for _press in range(2):
        ask(client_uuid=key)
    run_tasks()

    assert len(mail.outbox) == 1


def test_a_mail_that_cannot_be_sent_is_tried_again_and_then_the_page_says_so(
    client, ask, supervisor, mediator, settings
):
    ask()
    request = SupervisionRequest.objects.get()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    for _attempt in range(len(supervision.RETRIES)):
        supervision.send_request.func(str(request.pk))
        request.refresh_from_db()
        assert request.status == "queued"
    supervision.send_request.func(str(request.pk))

    request.refresh_from_db()
    assert request.status == "refused"
    page = client.get(URL).content.decode()
    assert f"Sazinieties: {supervisor.name}, {supervisor.phone}" in page


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"when": ""}, "when"),
        ({"how": "by pigeon"}, "how"),
        ({"phone": ""}, "phone"),
        ({"phone": "zvaniet"}, "phone"),
    ],
)
def test_a_missing_answer_is_asked_for_and_nothing_is_sent(ask, answers, field):
    response = ask(**answers)

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert not SupervisionRequest.objects.exists()


def test_where_there_are_several_supervisors_the_mediator_chooses(
    ask, supervisor, municipality
):
    national = SupervisorFactory(municipality=None)
    elsewhere = SupervisorFactory(municipality=MunicipalityFactory())
    gone = SupervisorFactory(municipality=municipality, is_active=False)

    assert ask().context["form"].errors.keys() == {"supervisor"}
    for other in (elsewhere, gone):
        assert ask(supervisor=other.pk).status_code == 422
    ask(supervisor=national.pk)

    assert SupervisionRequest.objects.get().supervisor == national


def test_without_a_supervisor_the_page_says_whom_to_ask(
    client, mediator, lead_mediator
):
    client.force_login(mediator)

    page = client.get(URL).content.decode()

    assert "Supervizors vēl nav norādīts" in page
    assert lead_mediator.full_name in page
    assert client.post(URL, WISH).status_code == 422
    assert not SupervisionRequest.objects.exists()


def test_without_a_lead_mediator_it_names_the_project_team(client, mediator):
    client.force_login(mediator)

    assert "Jautājiet projekta komandai" in client.get(URL).content.decode()


def test_a_session_is_noted_with_day_hours_supervisor_and_kind(
    client, ask, mediator, supervisor
):
    sent = {
        "client_uuid": str(uuid.uuid4()),
        "held_on": "2026-10-06",
        "hours": "1.5",
        "kind": "group",
    }
    for _press in range(2):
        client.post(f"{URL}jauna/", sent)

    session = SupervisionSession.objects.get()
    assert (session.mediator, session.supervisor) == (mediator, supervisor)
    assert (session.hours, session.kind) == (Decimal("1.5"), "group")
    page = client.get(URL).content.decode()
    assert "06.10.2026." in page
    assert "1,5 h" in page


@pytest.mark.parametrize("hours", ["", "0", "13", "daudz"])
def test_hours_that_make_no_sense_are_asked_again(client, ask, hours):
    sent = {"held_on": "2026-10-06", "hours": hours, "kind": "group"}

    response = client.post(f"{URL}jauna/", sent)

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"hours"}


@pytest.mark.parametrize("day", ["", "1926-10-06", "2926-10-06"])
def test_a_day_that_nobody_can_mean_is_asked_again(client, ask, day):
    sent = {"held_on": day, "hours": "1", "kind": "group"}

    response = client.post(f"{URL}jauna/", sent)

    assert response.context["form"].errors.keys() == {"held_on"}


def test_a_session_is_asked_about_once_before_it_is_taken_off(client, mediator):
    session = SupervisionSessionFactory(mediator=mediator, held_on=TODAY)
    url = f"{URL}{session.pk}/dzest/"
    client.force_login(mediator)

    assert f'href="{url}"' in client.get(URL).content.decode()
    asked = client.get(url).content.decode()

    assert session.supervisor.name in asked
    assert 'href="/supervizija/"' in asked
    assert SupervisionSession.objects.exists()


def test_a_session_is_taken_off_by_its_owner_alone(client, mediator, colleague):
    session = SupervisionSessionFactory(mediator=mediator)
    url = f"{URL}{session.pk}/dzest/"

    client.force_login(colleague)
    assert client.get(url).status_code == 404
    assert client.post(url).status_code == 404
    client.force_login(mediator)
    client.post(url)

    assert not SupervisionSession.objects.exists()
    assert AuditEntry.objects.get(verb=Verb.DELETE).object_id == str(session.pk)


def test_a_colleague_sees_nothing_of_it(client, mediator, colleague):
    SupervisionRequestFactory(mediator=mediator)
    SupervisionSessionFactory(mediator=mediator)
    client.force_login(colleague)

    context = client.get(URL).context

    assert context["wish"] is None
    assert not context["past"]


@pytest.mark.parametrize(
    ("days", "is_said"),
    [((), True), ((-93,), True), ((-92,), False), ((-93, 5), False)],
)
def test_the_card_says_when_there_was_none_for_three_months(
    care, mediator, days, is_said
):
    for day in days:
        SupervisionSessionFactory(mediator=mediator, held_on=TODAY + timedelta(day))

    page = care()

    assert "Smaga nedēļa?" in page
    assert ("Pēdējos 3 mēnešos" in page) is is_said


def test_a_newcomer_is_not_reminded(care, mediator):
    mediator.appointments.update(starts_on=TODAY - timedelta(days=30))

    assert "Pēdējos 3 mēnešos" not in care()


def test_the_card_names_the_next_one(care, mediator):
    for days in (40, 5, -5):
        SupervisionSessionFactory(mediator=mediator, held_on=TODAY + timedelta(days))

    assert "Nākamā supervīzija" in care()
    assert supervision.care_for(mediator, TODAY).next.held_on == TODAY + timedelta(5)


def test_supervisors_are_kept_in_the_administration(client, administrator, settings):
    client.force_login(administrator)

    response = client.post(
        "/parvaldiba/mediators/supervisor/add/",
        {"name": "Maija Paraudziņa", "email": "maija@example.test", "is_active": "on"},
    )

    assert response.status_code == 302
    assert (
        AuditEntry.objects.get(verb=Verb.CREATE).object_type == "mediators.supervisor"
    )
    page = client.get("/parvaldiba/").content.decode()
    assert "supervisionrequest" not in page
    assert "supervisionsession" not in page
