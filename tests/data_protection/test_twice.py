"""Pressed twice, or open in two windows: nothing is made twice, nothing is overwritten."""

from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from data_protection.models import Breach, LegalHold, SubjectRequest
from privacy.models import AuditEntry
from tests.factories import BreachFactory, FamilyFactory

TODAY = timezone.localdate().isoformat()
ROOM = "data_protection:"


@pytest.fixture(autouse=True)
def officer(client, data_protection_officer):
    client.force_login(data_protection_officer)


@pytest.mark.parametrize(
    ("model", "page", "answers", "another"),
    [
        (
            Breach,
            "breach-create",
            {"what": "Pazudis tālrunis", "discovered_at": f"{TODAY}T00:01"},
            {"what": "Pazudusi soma"},
        ),
        (
            SubjectRequest,
            "request-create",
            {"kind": "access", "received_on": TODAY, "identity": "known"},
            {"kind": "erasure"},
        ),
        (
            LegalHold,
            "hold-create",
            {"reason": "Tiesvedība", "starts_on": TODAY},
            {"reason": "Pārbaude"},
        ),
    ],
)
def test_pressed_twice_there_is_one_and_other_words_are_another(
    client, municipality, model, page, answers, another
):
    family = FamilyFactory(municipality=municipality)
    address = f"{reverse(ROOM + page)}?gimene={family.code}"
    key = client.get(address).context["form"]["client_uuid"].value()
    answers |= {"client_uuid": key}

    first = client.post(address, answers)
    again = client.post(address, answers)

    assert (first.status_code, first.url) == (302, again.url)
    assert model.objects.get().pk == UUID(key)
    made = AuditEntry.objects.filter(verb="create", object_id=key)
    assert made.count() == 1
    client.post(address, answers | another)
    assert model.objects.count() == 2


def test_of_two_windows_neither_overwrites_what_the_other_one_saved(client):
    breach = BreachFactory()
    address = breach.get_absolute_url()
    seen = client.get(address).context["form"]["seen"].value()
    answers = {"what": breach.what, "seen": seen}

    assert client.post(address, answers | {"measures": "Bloķēts"}).status_code == 302
    late = client.post(address, answers | {"measures": "Atrasts"})

    breach.refresh_from_db()
    assert (late.status_code, breach.measures) == (409, "Bloķēts")
    assert late.context["form"].overtaken == [("Kas darīts", "Bloķēts")]
    assert late.context["form"]["measures"].value() == "Atrasts"
    once_more = {"measures": "Atrasts", "seen": late.context["form"]["seen"].value()}
    assert client.post(address, answers | once_more).status_code == 302
    breach.refresh_from_db()
    assert breach.measures == "Atrasts"
