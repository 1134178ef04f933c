"""Visits between municipalities, and of project management to them."""

import pytest
from django.utils import timezone

from mediators.models import Role
from municipalities.models import MunicipalVisit
from tests import cast
from tests.factories import (
    FamilyFactory,
    MunicipalityFactory,
    SupportVisitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def page(municipality, *rest):
    return "/".join(["/pasvaldibas", municipality.slug, *map(str, rest), ""])


def test_an_exchange_names_no_family_of_the_other_municipality_either(
    client, municipality, coordinator, outsider
):
    other = outsider.factory_municipality
    FamilyFactory(municipality=other, mediator=outsider, label="Kārkliņu ģimene")
    client.force_login(coordinator)

    response = client.post(
        page(municipality, "pieredzes-apmaina", "jauns"),
        {
            "held_on": str(TODAY()),
            "other_place": other.pk,
            "participants": "Ar Kārkliņiem",
            "purpose": "Grupas darbs",
        },
    )

    assert "Kārkliņiem" in str(response.context["form"].errors["participants"])


def test_an_exchange_is_seen_in_both_municipalities_and_changed_in_one(
    client, municipality, coordinator
):
    other = MunicipalityFactory()
    there = UserFactory(role=Role.COORDINATOR, municipality=other)
    visit = SupportVisitFactory(
        municipality=municipality,
        kind=MunicipalVisit.Kind.EXCHANGE,
        other_place=other,
        purpose="Kā strādā grupa",
    )
    pair = f"{municipality} – {other}"

    for who, place in ((coordinator, municipality), (there, other)):
        client.force_login(who)
        text = client.get(page(place)).content.decode()
        assert "Kā strādā grupa" in text
        assert pair in text
    assert client.get(page(other, "pieredzes-apmaina", visit.pk)).status_code == 404
    third = MunicipalityFactory()
    stranger = UserFactory(role=Role.COORDINATOR, municipality=third)
    client.force_login(stranger)
    assert "Kā strādā grupa" not in client.get(page(third)).content.decode()


def test_support_visits_are_written_by_project_management_alone(
    client, municipality, coordinator
):
    visit = SupportVisitFactory(municipality=municipality)
    answer = {"held_on": "2026-02-02", "participants": "A", "purpose": "B"}
    new = page(municipality, "atbalsta-vizites", "jauns")
    client.force_login(coordinator)

    assert "Vajadzīga telpa" in client.get(page(municipality)).content.decode()
    assert client.post(new, answer).status_code == 404
    own = page(municipality, "atbalsta-vizites", visit.pk)
    assert client.get(own).status_code == 404

    for who in ("project_staff", "lead_mediator"):
        client.force_login(cast.person(who))
        assert client.post(new, answer).status_code == 302
        assert client.get(own).status_code == 200
    assert MunicipalVisit.objects.count() == 3


def test_an_exchange_is_with_another_municipality(client, municipality, coordinator):
    other = MunicipalityFactory()
    client.force_login(coordinator)
    new = page(municipality, "pieredzes-apmaina", "jauns")
    answer = {"held_on": "2026-02-02", "participants": "A", "purpose": "B"}

    assert client.post(new, answer).status_code == 422
    assert (
        client.post(new, answer | {"other_place": municipality.pk}).status_code == 422
    )
    assert client.post(new, answer | {"other_place": other.pk}).status_code == 302
    visit = MunicipalVisit.objects.get()
    assert (visit.kind, visit.other_place) == ("exchange", other)


def test_a_row_opens_under_its_own_list_alone(client, municipality):
    visit = SupportVisitFactory(municipality=municipality)
    client.force_login(cast.person("project_staff"))

    assert (
        client.get(page(municipality, "pieredzes-apmaina", visit.pk)).status_code == 404
    )
