"""What a signed-in person was refused is noted, and noting it cannot be abused."""

import uuid
from types import SimpleNamespace

import pytest
import time_machine
from django.db import transaction
from django.test import Client

from privacy import audit
from privacy.models import AuditEntry, Verb
from privacy.refusals import object_in, record_refusal
from tests.factories import FamilyFactory

pytestmark = pytest.mark.django_db


def refusals():
    rows = AuditEntry.objects.filter(verb=Verb.REFUSE)
    return [(row.actor, row.detail["view"], row.detail["object"]) for row in rows]


def test_a_family_of_somebody_else_and_one_that_never_was_leave_the_same(
    client, mediator, outsider
):
    family = FamilyFactory(mediator=outsider)
    client.force_login(mediator)

    theirs = client.get(f"/gimenes/{family.code}/")
    nobodys = client.get("/gimenes/UPC-999/")

    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content
    assert refusals() == [
        (mediator.pk, "families:detail", family.code),
        (mediator.pk, "families:detail", "UPC-999"),
    ]


def test_a_page_of_another_role_is_a_refusal_too(client, mediator):
    client.force_login(mediator)

    client.get("/rezultati/eksports/")
    client.get("/parvaldiba/")

    assert [view for _who, view, _object in refusals()] == [
        "reports:export",
        "admin:index",
    ]


def test_what_was_sent_is_refused_and_noted_although_its_transaction_is_over(
    client, mediator, outsider
):
    family = FamilyFactory(mediator=outsider)
    client.force_login(mediator)

    client.post(f"/gimenes/{family.code}/labot/", {"label": "Cita"})

    assert refusals() == [(mediator.pk, "families:update", family.code)]


def test_addresses_that_nobody_made_and_a_way_to_the_sign_in_page_leave_nothing(
    client, mediator
):
    client.get("/gimenes/UPC-999/")
    client.get("/stasti/tada-nav/")
    client.force_login(mediator)
    client.get("/tadas-lapas-nav/")
    client.put("/tadas-lapas-nav/")

    assert refusals() == []


def answers_noted():
    rows = AuditEntry.objects.filter(verb=Verb.REFUSE).order_by("seq")
    return [(row.actor, row.detail["view"], row.detail["status"]) for row in rows]


def test_a_form_without_its_token_is_noted(mediator):
    client = Client(enforce_csrf_checks=True)
    client.post("/sudziba/", {"text": "x"})
    client.force_login(mediator)
    client.post("/gimenes/jauna/", {"label": "Ozoli"})

    assert answers_noted() == [
        (None, "complain", 403),
        (mediator.pk, "families:create", 403),
    ]


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
def test_a_method_that_no_page_takes_is_noted(client, mediator, method):
    client.force_login(mediator)

    assert client.generic(method, "/gimenes/").status_code == 405
    assert answers_noted() == [(mediator.pk, "families:list", 405)]


def test_a_form_sent_where_none_is_taken_is_noted(client, mediator):
    client.force_login(mediator)

    assert client.post("/ieraksti/").status_code == 405
    assert answers_noted() == [(mediator.pk, "cases:visit-list", 405)]


def test_what_a_script_is_refused_after_the_session_ended_is_noted(client):
    client.get("/sesija/", headers={"Accept": "application/json"})

    assert answers_noted() == [(None, "session", 401)]


def test_a_program_without_a_valid_token_is_noted(client):
    client.get("/api/v1/indicators/")
    client.get("/api/v1/indicators/", headers={"Authorization": "Bearer wrong"})
    client.post("/api/v1/indicators/")

    assert answers_noted() == [
        (None, "reports:api-indicators", 401),
        (None, "reports:api-indicators", 405),
    ]


def test_a_link_that_opens_nothing_any_more_is_noted_without_its_secret(client):
    secret = "x" * 43
    client.get(f"/uzaicinajums/{secret}/", follow=True)

    assert answers_noted() == [(None, "invitation", 410)]
    assert not AuditEntry.objects.filter(detail__icontains=secret).exists()


def test_strangers_cannot_flood_the_chain_and_are_heard_again_an_hour_later(client):
    with time_machine.travel("2026-11-26 09:00:00+02:00", tick=False) as clock:
        for number in range(70):
            record_refusal(None, "reports:public", {"code": f"UPC-{number}"}, 405)
        assert len(refusals()) == 60
        clock.shift(3599)
        client.put("/readyz")
        assert len(refusals()) == 60
        clock.shift(1)
        client.put("/healthz")

    assert answers_noted()[-1] == (None, "healthz", 405)


def test_strangers_hide_nothing_that_a_person_was_refused(client, mediator):
    for number in range(60):
        record_refusal(None, "reports:public", {"code": f"UPC-{number}"}, 405)
    client.force_login(mediator)
    client.get("/gimenes/UPC-999/")

    assert answers_noted()[-1] == (mediator.pk, "families:detail", 404)


def test_the_same_address_is_noted_once_a_minute(client, mediator):
    client.force_login(mediator)
    with time_machine.travel("2026-11-26 09:00:00+02:00", tick=False) as clock:
        for seconds, noted in ((0, 1), (59, 1), (1, 2)):
            clock.shift(seconds)
            client.get("/gimenes/UPC-999/")
            assert len(refusals()) == noted


def test_the_same_address_is_noted_once_a_minute_of_strangers_too(client):
    with time_machine.travel("2026-11-26 09:00:00+02:00", tick=False) as clock:
        for seconds, noted in ((0, 1), (59, 1), (1, 2)):
            clock.shift(seconds)
            client.put("/healthz")
            assert len(refusals()) == noted


def test_whoever_tries_every_code_does_not_flood_the_chain(mediator):
    with time_machine.travel("2026-11-26 09:00:00+02:00", tick=False) as clock:
        for number in range(65):
            record_refusal(mediator, "families:detail", {"code": f"UPC-{number}"})
        assert len(refusals()) == 60
        clock.shift(60)
        record_refusal(mediator, "families:detail", {"code": "UPC-66"})

    assert len(refusals()) == 61


def test_what_is_noted_already_locks_nothing(mediator, django_assert_num_queries):
    record_refusal(mediator, "families:detail", {"code": "UPC-1"})

    with django_assert_num_queries(1):
        record_refusal(mediator, "families:detail", {"code": "UPC-1"})


def test_of_two_that_are_refused_at_once_the_later_sees_what_the_first_noted(
    mediator, monkeypatch
):
    def wait_for_the_other():
        monkeypatch.undo()
        record_refusal(mediator, "families:detail", {"code": "UPC-1"})
        return transaction.atomic()

    monkeypatch.setattr(
        "privacy.refusals.transaction", SimpleNamespace(atomic=wait_for_the_other)
    )
    record_refusal(mediator, "families:detail", {"code": "UPC-1"})

    assert len(refusals()) == 1


def test_what_else_happened_in_that_minute_hides_no_refusal(mediator, colleague):
    for _number in range(60):
        audit.record(mediator, Verb.LIST, type(mediator))
    record_refusal(colleague, "families:detail", {"code": "UPC-1"})

    record_refusal(mediator, "families:detail", {"code": "UPC-1"})

    assert refusals() == [
        (person.pk, "families:detail", "UPC-1") for person in (colleague, mediator)
    ]


@pytest.mark.once
@pytest.mark.parametrize("typed", ["KARLIS-BERZINS", "upc-001", "Ozoli", "UPC-1x", ""])
def test_words_in_an_address_are_not_kept(typed):
    assert object_in({"code": typed}) == ""


@pytest.mark.once
def test_codes_and_ids_are_kept():
    number = uuid.uuid4()

    assert object_in({"code": "UPC-L002"}) == "UPC-L002"
    assert object_in({"code": "UPC-26-0001"}) == "UPC-26-0001"
    assert object_in({"pk": number}) == str(number)
    assert object_in({"token": "UPC-001"}) == ""
