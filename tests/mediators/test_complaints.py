"""Complaints about mediators: open to anybody, read by coordinators, by no mediator."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail, signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from mediators import complaints
from mediators.forms.complaints import SIGNED_FOR
from mediators.models import Complaint, Role
from municipalities.models import Vocabulary
from privacy.models import AuditEntry, Verb
from tests.factories import (
    AppointmentFactory,
    ComplaintFactory,
    TermFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

CODE = "AAAA-2222-BBBB"
WORDS = {
    "about": "Sanita no centra",
    "text": "Draudēja, ka atņems bērnus Ozolu ģimenei.",
    "reach": "+371 330 12345",
}


@pytest.fixture
def complain(client, municipality, mediator):
    def send(code=CODE, **changes):
        key = signing.dumps(code, salt=SIGNED_FOR)
        given = {"municipality": municipality.pk, "key": key, **WORDS}
        return client.post("/sudziba/", given | changes)

    return send


@pytest.fixture
def outcome(db):
    return TermFactory(
        vocabulary=Vocabulary.COMPLAINT_OUTCOME, code="TALKED", label_lv="Pārrunāts"
    )


def test_anybody_complains_without_an_account_or_a_name(
    complain, coordinator, run_tasks
):
    response = complain(reach="")
    run_tasks()

    complaint = Complaint.objects.get()
    assert response.url == f"/sudziba/{CODE}/"
    assert (complaint.about, complaint.reach) == (WORDS["about"], "")
    assert CODE not in str(vars(complaint))
    # The coordinator hears that one waits, and nothing of it
    [message] = mail.outbox
    assert message.to == [coordinator.email]
    assert message.body.split()
    assert "/sudzibas/" in message.body
    for word in ("Sanita", "Draudēja", "330", "Upesciem"):
        assert word not in message.subject + message.body
    entry = AuditEntry.objects.get(verb=Verb.CREATE, object_id=complaint.pk)
    assert (entry.actor, entry.detail) == (None, {"municipality": "UPC"})


def test_the_form_says_who_will_read_it_and_lists_no_mediator(
    client, municipality, mediator
):
    page = client.get("/sudziba/").content.decode()

    assert "lasīs" in page
    assert "koordinator" in page
    assert mediator.last_name not in page
    assert "2 gadus" in page


def test_a_double_click_makes_one_complaint_other_words_make_another(complain):
    first, again = complain(), complain()
    assert first.url == again.url
    assert Complaint.objects.count() == 1

    other = complain(text="Vēl kaut kas.")
    assert other.url != first.url
    assert Complaint.objects.count() == 2


def test_a_code_that_did_not_come_from_the_form_is_replaced(complain):
    assert complain(key="mans-kods").url not in ("/sudziba/mans-kods/", "/sudziba/")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": ""}, "Uzrakstiet, kas notika"),
        ({"text": "Kods 010190-12345"}, "personas kod"),
        ({"reach": "010190 12345"}, "personas kod"),
        ({"text": "x" * 4001}, "4000"),
    ],
)
def test_what_cannot_be_stored_is_said_and_nothing_is_lost(complain, changes, sentence):
    response = complain(**changes)
    page = response.content.decode()

    assert response.status_code == 422
    assert sentence in page
    assert WORDS["about"] in page
    assert not Complaint.objects.exists()


def test_codes_cannot_be_guessed_one_after_the_other(client, db):
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        answers = [client.get(f"/sudziba/S-{n:04}/").status_code for n in range(21)]

    assert answers == [404] * 20 + [429]


def test_after_five_in_an_hour_the_words_stay_in_the_form(complain):
    for number in range(5):
        assert complain(text=f"Reize {number}").status_code == 302

    response = complain()
    assert response.status_code == 429
    assert WORDS["text"] in response.content.decode()
    assert Complaint.objects.count() == 5


def test_the_code_shows_the_state_and_the_answer_and_nothing_else(
    client, municipality, coordinator, outcome
):
    complaint = ComplaintFactory(municipality=municipality, code=CODE, **WORDS)
    page = client.get(f"/sudziba/{CODE}/").content.decode()
    assert "Gaida atbildi" in page

    complaint.outcome, complaint.answer = outcome, "Runājām ar mediatori."
    complaints.close(complaint, by=coordinator)
    # However it was copied
    response = client.get(f"/sudziba/{CODE.lower().replace('-', '')}/")
    page = response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert "Pārrunāts" in page
    assert "Runājām ar mediatori." in page
    for hidden in (*WORDS.values(), coordinator.last_name, "Upesciem"):
        assert hidden not in page
    assert AuditEntry.objects.filter(verb=Verb.LINK_VIEW).count() == 2
    assert client.get("/sudziba/AAAA-2222-BBBC/").status_code == 404


def test_a_coordinator_reads_answers_and_closes(
    client, municipality, coordinator, outcome
):
    complaint = ComplaintFactory(municipality=municipality, **WORDS)
    client.force_login(coordinator)
    assert "1 sūdzība" in client.get("/parskats/").content.decode()
    assert client.get("/sudzibas/").status_code == 200
    url = f"/sudzibas/{complaint.pk}/"
    page = client.get(url).content.decode()
    assert all(word in page for word in WORDS.values())

    refused = client.post(url, {"outcome": outcome.pk, "answer": ""})
    assert refused.status_code == 422
    assert client.post(url, {"outcome": outcome.pk, "answer": "Runājām."}).url == (
        "/sudzibas/"
    )

    complaint.refresh_from_db()
    assert (complaint.closed_by, complaint.answer) == (coordinator, "Runājām.")
    about = AuditEntry.objects.filter(object_id=complaint.pk)
    assert list(about.values_list("verb", flat=True)) == [
        Verb.READ, Verb.READ, Verb.CLOSE,
    ]  # fmt: skip
    assert "sūdzība par" not in client.get("/parskats/").content.decode()


def test_of_two_answers_the_first_one_counts(municipality, coordinator, outcome):
    complaint = ComplaintFactory(municipality=municipality)
    late = Complaint.objects.get()
    complaint.outcome, complaint.answer = outcome, "Pirmā."
    late.outcome, late.answer = outcome, "Otrā."
    complaints.close(complaint, by=coordinator)

    with pytest.raises(complaints.AnsweredBefore):
        complaints.close(late, by=coordinator)
    assert Complaint.objects.get().answer == "Pirmā."


def test_a_coordinator_who_is_or_was_a_mediator_there_sees_none(
    municipality, coordinator, lead_mediator, project_staff
):
    ComplaintFactory(municipality=municipality)
    seen = Complaint.objects.visible_to

    assert seen(coordinator).count() == 1
    assert not seen(lead_mediator).exists()
    AppointmentFactory(
        user=coordinator,
        role=Role.MEDIATOR,
        municipality=municipality,
        ends_on=timezone.localdate().replace(year=2021),
    )
    # Nobody impartial coordinates any more, so those above read it
    assert not seen(coordinator).exists()
    assert seen(lead_mediator).count() == seen(project_staff).count() == 1


def test_a_lead_who_is_a_mediator_too_sees_none(municipality):
    ComplaintFactory(municipality=municipality)
    both = UserFactory(role=Role.LEAD_MEDIATOR)
    AppointmentFactory(user=both, role=Role.MEDIATOR)

    assert not Complaint.objects.visible_to(both).exists()


def test_a_complaint_is_closed_by_somebody_with_an_outcome(municipality):
    complaint = ComplaintFactory(municipality=municipality)

    with (
        pytest.raises(IntegrityError, match="closed_by_somebody"),
        transaction.atomic(),
    ):
        Complaint.objects.filter(pk=complaint.pk).update(closed_at=timezone.now())


def test_a_lead_who_coordinates_too_sees_those_of_the_own_place(
    municipality, coordinator, lead_mediator
):
    complaint = ComplaintFactory(municipality=municipality)
    assert not Complaint.objects.visible_to(lead_mediator).exists()

    AppointmentFactory(
        user=lead_mediator, role=Role.COORDINATOR, municipality=municipality
    )

    lead = type(lead_mediator).objects.get(pk=lead_mediator.pk)
    assert list(Complaint.objects.visible_to(lead)) == [complaint]
