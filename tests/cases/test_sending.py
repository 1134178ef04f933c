"""Entries from a phone's outbox: exactly once, or with the reason why not."""

import uuid
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from cases.models import Visit
from mediators.models import Appointment
from municipalities.models import Vocabulary
from tests.cases.answers import answers
from tests.cases.rules import CASES, pairs_of
from tests.factories import (
    ClosedMonthFactory,
    FamilyFactory,
    InstitutionContactFactory,
    TermFactory,
    VisitFactory,
)

SEND = "/ieraksti/sutit/"


@pytest.fixture
def send(client, mediator):
    """Send an entry as the phone of the mediator does."""
    client.force_login(mediator)

    def send(data=None, person=mediator, **changes):
        data = answers(**changes) if data is None else data
        return client.post(
            SEND, data | {"person": str(person.pk)}, HTTP_ACCEPT="application/json"
        )

    return send


def test_an_entry_is_stored_and_its_number_repeated(send):
    data = answers(minutes="45")

    response = send(data)

    visit = Visit.objects.get()
    assert response.status_code == 201
    assert response.json() == {
        "number": data["client_uuid"],
        "code": visit.code,
        "minutes": 45,
    }


def test_the_same_entry_again_is_answered_and_not_stored_again(send):
    data = answers()
    first = send(data).json()

    again = send(data)

    assert (again.status_code, again.json()) == (200, first)
    assert Visit.objects.count() == 1


def test_it_is_the_same_entry_even_if_everything_around_it_has_changed_since(
    send, mediator, municipality
):
    family = FamilyFactory(municipality=municipality, mediator=mediator)
    contact = InstitutionContactFactory(institution__municipality=municipality)
    data = answers(family=family.code, contact=str(contact.pk), kind="accompaniment")
    first = send(data).json()
    ClosedMonthFactory(
        mediator=mediator,
        municipality=municipality,
        month=timezone.localdate().replace(day=1),
    )
    family.assignments.all().delete()
    contact.is_active = False
    contact.save()

    again = send(data)

    assert (again.status_code, again.json()) == (200, first)


def test_an_entry_that_was_deleted_since_does_not_come_back(send, client):
    data = answers()
    code = send(data).json()["code"]
    client.post(f"/ieraksti/{code}/dzest/")

    again = send(data)

    assert again.status_code == 200
    assert again.json()["is_deleted"] is True
    assert not Visit.objects.exists()


def test_other_words_under_the_same_number_are_a_conflict_that_shows_what_is_stored(
    send,
):
    data = answers(minutes="45", note="Pirmais stāsts")
    send(data)

    response = send(data | {"minutes": "15", "note": "Otrais stāsts"})

    assert response.status_code == 409
    assert "Pirmais stāsts" in response.json()["stored"]
    assert Visit.objects.get().minutes == 45


def test_other_words_are_a_conflict_even_if_they_could_not_be_stored(send):
    data = answers()
    send(data)

    assert send(data | {"minutes": ""}).status_code == 409


def test_the_number_of_another_persons_entry_shows_nothing_of_it(send, outsider):
    foreign = VisitFactory(
        mediator=outsider, municipality=outsider.factory_municipality, note="Svešs"
    )

    response = send(client_uuid=str(foreign.client_uuid))

    assert response.status_code == 409
    assert response.json()["stored"] == ""


def test_what_has_to_be_corrected_is_said_in_the_order_of_the_questions(send):
    response = send(family=None, minutes=None)

    assert response.status_code == 422
    assert response.json()["errors"] == [
        {
            "field": "family",
            "code": "required",
            "message": "Izvēlieties ģimeni vai „Bez ģimenes”",
        },
        {
            "field": "minutes",
            "code": "required",
            "message": "Norādiet, cik ilgi tas bija",
        },
    ]


def test_a_lookalike_is_asked_about_and_stored_when_it_is_meant(send):
    send(answers())
    other = answers()

    asked = send(other)
    stored = send(other | {"confirm_duplicate": "on"})

    assert [error["code"] for error in asked.json()["errors"]] == ["duplicate"]
    assert stored.status_code == 201


def test_an_entry_written_by_somebody_else_is_refused_and_not_stored(send, colleague):
    response = send(person=colleague)

    assert (response.status_code, response.json()["problem"]) == (403, "person")
    assert not Visit.objects.exists()


def test_nobody_is_told_so_instead_of_being_led_to_the_form_for_signing_in(client, db):
    response = client.post(SEND, answers(), HTTP_ACCEPT="application/json")

    assert (response.status_code, response.json()) == (401, {"problem": "signed_out"})


def test_an_entry_without_a_readable_number_is_refused(send):
    response = send(client_uuid="1; DROP TABLE")

    assert response.status_code == 422
    assert response.json()["number"] == ""


def test_sixty_days_late_is_not_too_late(send, mediator):
    Appointment.objects.filter(user=mediator).update(starts_on="2026-01-01")
    day = timezone.localdate() - timedelta(days=60)

    assert send(visited_on=day.isoformat()).status_code == 201


def test_entries_arrive_in_any_order(send):
    numbers = [str(uuid.uuid4()) for _ in range(3)]
    kinds = ["call", "home_visit", "office_talk"]
    sent = [
        answers(client_uuid=number, kind=kind)
        for number, kind in zip(numbers, kinds, strict=True)
    ]

    for data in [*reversed(sent), *sent]:
        assert send(data).status_code in (200, 201)

    assert Visit.objects.count() == 3


@pytest.mark.parametrize(
    ("changes", "expected"),
    [pytest.param(*case[1:], id=case[0]) for case in CASES["cases"]],
)
def test_the_server_judges_as_the_phone_does(
    send, mediator, municipality, changes, expected
):
    Appointment.objects.filter(user=mediator).update(starts_on="2026-01-01")
    FamilyFactory(code="UPC-001", municipality=municipality, mediator=mediator)
    ClosedMonthFactory(
        mediator=mediator, municipality=municipality, month=date(2026, 10, 1)
    )
    for code in ("PRIVATE", "NONE"):
        TermFactory(vocabulary=Vocabulary.TRANSPORT, code=code)
    data = {"client_uuid": str(uuid.uuid4())}
    for name, value in pairs_of(changes):
        data.setdefault(name, []).append(value)

    with time_machine.travel(f"{CASES['today']}T10:00+02:00", tick=False):
        response = send(data)

    errors = response.json().get("errors", [])
    assert [[error["field"], error["code"]] for error in errors] == expected
