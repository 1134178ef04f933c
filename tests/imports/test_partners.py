"""Institutions and their people from a list, by whoever works in the municipality."""

import pytest

from imports.models import Import
from municipalities.models import Institution, InstitutionContact
from tests.factories import InstitutionContactFactory, InstitutionFactory, TermFactory
from tests.imports.lists import cells_blamed, text_of

HEADINGS = ("Nosaukums", "Veids", "Tālrunis", "E-pasts")


@pytest.fixture(autouse=True)
def school_type(db):
    return TermFactory(
        vocabulary="institution_type",
        code="SCHOOL",
        label_lv="Skola",
        label_en="School",
    )


@pytest.mark.parametrize("who", ["mediator", "coordinator"])
def test_institutions_come_to_the_municipality_of_who_brings_them(
    bring, confirm, municipality, school_type, who, request
):
    by = request.getfixturevalue(who)
    bring(
        HEADINGS,
        ("=1+1 skola", "skola", 67000000, "a@skola.example"),
        ("-Upes skola", "School", None, None),
        kind="institutions",
        by=by,
    )
    confirm(2)

    first, second = Institution.objects.order_by("-name")
    assert (first.name, first.phone, first.type) == (
        "=1+1 skola",
        "67000000",
        school_type,
    )
    assert (second.name, second.municipality) == ("-Upes skola", municipality)


def test_an_institution_that_is_there_is_left_out_and_one_alike_is_asked_about(
    bring, confirm, municipality
):
    InstitutionFactory(municipality=municipality, name="Upes pamatskola")
    InstitutionFactory(municipality=None, name="Valsts darba birojs")

    page = bring(
        HEADINGS,
        ("UPES PAMATSKOLA", "Skola", None, None),
        ("Valsts darba biroj", "Skola", None, None),
        ("Jaunā skola", "Skola", None, None),
        ("jauna skola", "Skola", None, None),
        kind="institutions",
    )

    assert "2 rindas jau ir sarakstā" in text_of(page)
    assert "1 rinda varbūt jau ir sarakstā" in text_of(page)
    confirm(1)
    assert Institution.objects.filter(municipality=municipality).count() == 2


def test_people_come_to_institutions_that_are_known(bring, confirm, municipality):
    school = InstitutionFactory(municipality=municipality, name="Upes pamatskola")
    InstitutionContactFactory(institution=school, name="Ilze Kalniņa")
    headings = ("Iestāde", "Vārds, uzvārds", "Amats", "Tālrunis")

    page = bring(headings, ("Nav tādas", "Anna", "", ""), kind="contacts")
    assert cells_blamed(page) == ["A2"]
    bring(
        headings,
        ("upes pamatskola", "Ilze Kalnina", "direktore", ""),
        ("Upes pamatskola", "Jānis Liepa", "pedagogs", "20 000 000"),
        kind="contacts",
    )
    confirm(1)

    person = InstitutionContact.objects.get(post="pedagogs")
    assert (person.name, person.institution) == ("Jānis Liepa", school)
    assert InstitutionContact.objects.count() == 2


def test_institutions_in_use_are_not_taken_out_again(bring, confirm, client):
    bring(HEADINGS, ("Upes skola", "Skola", None, None), kind="institutions")
    confirm(1)
    InstitutionContactFactory(institution=Institution.objects.get())

    page = client.post(f"/ielasit/{Import.objects.get().pk}/atcelt/", follow=True)

    assert "Upes skola" in text_of(page)
    assert Institution.objects.exists()


@pytest.mark.parametrize("who", ["administrator", "project_staff", "lead_mediator"])
def test_who_works_in_no_municipality_imports_nothing(client, who, request):
    client.force_login(request.getfixturevalue(who))

    for kind in ("institutions", "contacts", "families", "visits"):
        assert client.get(f"/ielasit/{kind}/").status_code == 404
