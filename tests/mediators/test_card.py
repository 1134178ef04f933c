"""The public card: on when the mediator wants it, gone at once when she does not."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mediators.models import MediatorProfile, Role
from tests.factories import (
    MediatorProfileFactory,
    MunicipalityFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def card_of(mediator, **facts):
    return MediatorProfileFactory(
        mediator=mediator, card_slug="sanita-vitola", card_phone="20 000 000", **facts
    )


def test_there_is_no_card_until_the_mediator_switches_it_on(client, mediator):
    client.force_login(mediator)
    client.post("/mana-lapa/kartite/", {"card_phone": "20 000 000"})
    assert MediatorProfile.objects.get().card_slug == ""

    client.post(
        "/mana-lapa/kartite/",
        {"card_is_public": "on", "card_phone": "20 000 000", "card_hours": "P. 9–12"},
    )
    client.logout()

    response = client.get("/mediatori/sanita-vitola/")
    text = response.content.decode()
    assert "Sanita Vītola" in text
    assert 'href="tel:20000000"' in text
    assert "P. 9–12" in text
    assert str(mediator.factory_municipality) in text
    assert mediator.email not in text
    assert not response.cookies


def test_it_is_hidden_from_search_engines_unless_she_wants_it(client, mediator):
    card = card_of(mediator)

    hidden = client.get("/mediatori/sanita-vitola/")
    assert hidden["X-Robots-Tag"] == "noindex, nofollow"
    assert b'name="robots"' in hidden.content

    card.card_may_be_found = True
    card.save()
    found = client.get("/mediatori/sanita-vitola/")
    assert "X-Robots-Tag" not in found
    assert b'name="robots"' not in found.content


def switch_off(mediator):
    MediatorProfile.objects.update(card_is_public=False)


def end_the_appointment(mediator):
    mediator.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))


def close_the_account(mediator):
    mediator.is_active = False
    mediator.save()


def become_a_coordinator(mediator):
    mediator.appointments.update(role=Role.COORDINATOR)


@pytest.mark.parametrize(
    "what",
    [switch_off, end_the_appointment, close_the_account, become_a_coordinator],
)
def test_it_is_gone_at_once_like_an_address_that_never_was(client, mediator, what):
    card_of(mediator)
    assert client.get("/mediatori/sanita-vitola/").status_code == 200
    what(mediator)

    gone = client.get("/mediatori/sanita-vitola/")
    never = client.get("/mediatori/nav-tadas/")

    assert gone.status_code == never.status_code == 404
    assert gone.content == never.content


def test_namesakes_have_addresses_of_their_own(client, mediator):
    card_of(mediator)
    namesake = UserFactory(
        role=Role.MEDIATOR,
        first_name="Sanita",
        last_name="Vītola",
        municipality=MunicipalityFactory(),
    )
    client.force_login(namesake)

    client.post("/mana-lapa/kartite/", {"card_is_public": "on"})

    assert namesake.profile.card_slug == "sanita-vitola-2"
    client.post("/mana-lapa/kartite/", {})
    client.post("/mana-lapa/kartite/", {"card_is_public": "on"})
    namesake.profile.refresh_from_db()
    assert namesake.profile.card_slug == "sanita-vitola-2", "a printed address stays"


@pytest.mark.parametrize("wrong", [{"card_phone": "zvani"}, {"card_hours": "x" * 300}])
def test_a_wrong_answer_on_the_card_comes_back(client, mediator, wrong):
    client.force_login(mediator)

    response = client.post("/mana-lapa/kartite/", {"card_is_public": "on"} | wrong)

    assert response.status_code == 422
    assert not MediatorProfile.objects.exists()


def test_nobody_else_switches_it(client, mediator, coordinator):
    card_of(mediator, card_is_public=False)
    client.force_login(coordinator)

    assert (
        client.post("/mana-lapa/kartite/", {"card_is_public": "on"}).status_code == 404
    )
    client.post(f"/komanda/{mediator.pk}/dati/", {"card_is_public": "on"})
    assert not MediatorProfile.objects.get().card_is_public
    assert (
        reverse("card-settings")
        not in client.get(f"/komanda/{mediator.pk}/").content.decode()
    )
