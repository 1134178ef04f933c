"""What may be on the list already is shown before it is added again."""

import uuid

import pytest

from mediators.models import Role
from municipalities.models import Institution
from tests.factories import (
    AppointmentFactory,
    InstitutionContactFactory,
    InstitutionFactory,
)
from tests.municipalities.answers import institution

NEW = "/iestades/jauna/"


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Upesciema pamtskola"},
        {"phone": "20000001"},
        {"phone": "00371 2000 0001"},
        {"email": "SKOLA@example.test"},
    ],
)
def test_an_institution_that_may_be_known_is_asked_about(
    client, mediator, school, changes
):
    client.force_login(mediator)
    asked = institution(**changes)

    response = client.post(NEW, asked)

    assert response.status_code == 422
    assert response.context["form"].similar == [school]
    assert f'href="/iestades/{school.pk}/"' in response.content.decode()
    assert Institution.objects.count() == 1

    client.post(NEW, asked | {"confirm_duplicate": "1"})

    assert Institution.objects.count() == 2


def test_an_institution_of_the_same_name_is_named_and_not_added(
    client, mediator, school
):
    client.force_login(mediator)
    asked = institution(name="UPESCIEMA  pamatskola", confirm_duplicate="1")

    response = client.post(NEW, asked)

    page = response.content.decode()
    assert f'href="/iestades/{school.pk}/"' in page
    assert 'name="confirm_duplicate"' not in page
    assert Institution.objects.count() == 1


def test_another_school_of_the_place_is_no_duplicate(client, mediator, municipality):
    InstitutionFactory(municipality=municipality, name="Upesciema 1. pamatskola")
    client.force_login(mediator)

    client.post(NEW, institution(name="Upesciema 2. pamatskola"))

    assert Institution.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Kalnina Inga"},
        {"name": "Inga Kalniņš"},
        {"phone": "+371 20000003"},
        {"email": "Inga@Example.test"},
    ],
)
def test_a_person_who_may_be_known_is_asked_about(client, mediator, teacher, changes):
    library = InstitutionFactory(municipality=teacher.institution.municipality)
    client.force_login(mediator)
    url = f"/iestades/{library.pk}/cilveks/"
    asked = {"client_uuid": str(uuid.uuid4()), "name": "Māra Šķūne"} | changes

    response = client.post(url, asked)

    assert response.status_code == 422
    assert response.context["form"].similar == [teacher]
    page = response.content.decode()
    assert "sociālā pedagoģe, Upesciema pamatskola" in page
    assert f'value="{asked["name"]}"' in page
    assert not library.contacts.exists()

    client.post(url, asked | {"confirm_duplicate": "1"})

    assert library.contacts.count() == 1


def test_people_of_other_municipalities_are_not_shown_as_duplicates(
    client, mediator, school
):
    AppointmentFactory(user=mediator, role=Role.LEAD_MEDIATOR)
    InstitutionContactFactory(name="Māra Šķūne")
    client.force_login(mediator)

    client.post(f"/iestades/{school.pk}/cilveks/", {"name": "Māra Šķūne"})

    assert school.contacts.count() == 1


def test_a_person_of_a_national_institution_is_asked_about(client, mediator, school):
    InstitutionContactFactory(institution__municipality=None, name="Māra Šķūne")
    client.force_login(mediator)

    response = client.post(f"/iestades/{school.pk}/cilveks/", {"name": "Māra Šķūne"})

    assert response.status_code == 422


def test_correcting_a_person_asks_nothing(client, mediator, school, teacher):
    other = InstitutionContactFactory(institution=school, name="Anna Ozola")
    client.force_login(mediator)

    client.post(f"/kontakti/{other.pk}/labot/", {"name": "Inga Kalniņa"})

    other.refresh_from_db()
    assert other.name == "Inga Kalniņa"
