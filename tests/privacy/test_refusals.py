"""What a signed-in person was refused is noted, and noting it cannot be abused."""

import uuid

import pytest
import time_machine

from privacy import audit
from privacy.models import AuditEntry, Verb
from privacy.refusals import object_in, record_refusal
from tests.factories import FamilyFactory


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


def test_strangers_and_addresses_that_nobody_made_leave_nothing(client, mediator):
    client.get("/gimenes/UPC-999/")
    client.force_login(mediator)
    client.get("/tadas-lapas-nav/")

    assert refusals() == []


def test_the_same_address_is_noted_once_a_minute(client, mediator):
    client.force_login(mediator)
    with time_machine.travel("2026-11-26 09:00:00+02:00", tick=False) as clock:
        for _ in range(3):
            client.get("/gimenes/UPC-999/")
        assert len(refusals()) == 1
        clock.shift(61)
        client.get("/gimenes/UPC-999/")

    assert len(refusals()) == 2


def test_whoever_tries_every_code_does_not_flood_the_chain(mediator):
    with time_machine.travel("2026-11-26 09:00:00+02:00", tick=False):
        for number in range(65):
            record_refusal(mediator, "families:detail", {"code": f"UPC-{number}"})

    assert len(refusals()) == 60


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
