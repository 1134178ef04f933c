import uuid

import pytest
from django.urls import reverse

from families.models import Consent, Family, FamilyAssignment
from families.services.families import similar_families
from privacy.models import AuditEntry, Verb
from tests.factories import AppointmentFactory, FamilyFactory, MunicipalityFactory

URL = "/gimenes/jauna/"


def answers(**changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "label": "Kārkliņu ģimene",
        "town_part": "Pārupe",
        "adults": "2",
        "children": "3",
        "told": "agreed",
    } | changes


def test_four_answers_make_a_family_with_a_code_and_its_consents(client, mediator):
    client.force_login(mediator)

    response = client.post(URL, answers())

    family = Family.objects.get()
    assert response["Location"] == family.get_absolute_url() == "/gimenes/UPC-001/"
    assert (family.label, family.town_part) == ("Kārkliņu ģimene", "Pārupe")
    assert (family.adults, family.children) == (2, 3)
    assignment = family.assignments.get()
    assert assignment.mediator == mediator
    assert assignment.kind == FamilyAssignment.Kind.OWN
    assert {consent.purpose for consent in family.consents.all()} == {
        "informed",
        "keep",
    }
    assert all(consent.recorded_by == mediator for consent in family.consents.all())
    created, consent = AuditEntry.objects.order_by("seq")[:2]
    assert (created.verb, created.detail) == (Verb.CREATE, {"code": "UPC-001"})
    assert (consent.verb, consent.detail["purposes"]) == (
        Verb.CONSENT,
        ["informed", "keep"],
    )


def test_a_family_added_in_the_middle_of_an_entry_leads_back_to_it(client, mediator):
    client.force_login(mediator)
    entry = str(uuid.uuid4())

    back = client.post(f"{URL}?ieraksts={entry}", answers())
    astray = client.post(f"{URL}?ieraksts=https://x.example", answers(label="Liepas"))

    assert back["Location"] == (
        f"/ieraksti/jauns/?tiesi=1&ieraksts={entry}&gimene=UPC-001"
    )
    assert astray["Location"] == "/gimenes/UPC-002/"


@pytest.mark.parametrize(
    ("told", "purposes"), [("thinking", ["informed"]), ("later", [])]
)
def test_what_the_family_answered_is_kept_as_it_was(client, mediator, told, purposes):
    client.force_login(mediator)

    client.post(URL, answers(told=told, language="rom", manner="signed"))

    rows = Consent.objects.values_list("purpose", "language", "manner")
    assert list(rows) == [(purpose, "rom", "signed") for purpose in purposes]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label": ""}, "label"),
        ({"label": " \t"}, "label"),
        ({"label": "x" * 301}, "label"),
        ({"label": "Kārkl\x00iņi"}, "label"),
        ({"label": "Jānis 010190-12345"}, "label"),
        ({"town_part": "x" * 10_000}, "town_part"),
        ({"adults": ""}, "adults"),
        ({"adults": "-1"}, "adults"),
        ({"children": "31"}, "children"),
        ({"children": "pieci"}, "children"),
        ({"adults": "0", "children": "0"}, "adults"),
        ({"told": ""}, "told"),
        ({"told": "perhaps"}, "told"),
        ({"language": "xx"}, "language"),
        ({"client_uuid": "1"}, "client_uuid"),
    ],
)
def test_a_wrong_answer_is_refused_and_everything_stays_in_the_form(
    client, mediator, changes, field
):
    client.force_login(mediator)

    response = client.post(URL, answers(**{"town_part": "Centrs"} | changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Family.objects.exists()
    if "town_part" not in changes:
        assert 'value="Centrs"' in response.content.decode()


def test_a_name_of_300_characters_and_emoji_are_fine(client, mediator):
    client.force_login(mediator)

    client.post(URL, answers(label="Ž🏠" * 150))

    assert Family.objects.get().label == "Ž🏠" * 150


def test_a_double_click_makes_one_family(client, mediator):
    client.force_login(mediator)
    same = answers()

    first, second = client.post(URL, same), client.post(URL, same)

    assert first["Location"] == second["Location"]
    assert Family.objects.count() == Consent.objects.count() - 1 == 1


def test_another_family_under_the_same_number_is_kept_as_well(client, mediator):
    client.force_login(mediator)
    first = answers()
    client.post(URL, first)

    client.post(URL, first | {"label": "Pavisam citi"})

    assert {family.label for family in Family.objects.all()} == {
        "Kārkliņu ģimene",
        "Pavisam citi",
    }


def test_the_number_of_somebody_elses_family_changes_nothing_of_it(
    client, mediator, outsider
):
    theirs = Family.objects.get()
    client.force_login(mediator)

    client.post(URL, answers(client_uuid=str(theirs.pk)))

    theirs.refresh_from_db()
    assert theirs.label == "Svešinieku ģimene"
    assert Family.objects.count() == 2


def test_a_similar_family_is_shown_once_and_the_person_decides(
    client, municipality, mediator
):
    known = FamilyFactory(
        municipality=municipality, mediator=mediator, label="Karklini no Pārupes"
    )
    client.force_login(mediator)

    response = client.post(URL, answers())
    page = response.content.decode()
    assert response.status_code == 422
    assert known.get_absolute_url() in page
    assert 'name="confirm_duplicate"' in page
    assert 'value="Kārkliņu ģimene"' in page

    response = client.post(URL, answers(confirm_duplicate="1"))
    assert response.status_code == 302
    assert Family.objects.count() == 2


def test_families_of_others_give_no_hint(client, mediator, outsider):
    client.force_login(mediator)

    response = client.post(URL, answers(label="Svešinieki"))

    assert response.status_code == 302


@pytest.mark.parametrize(
    ("label", "is_similar"),
    [
        ("Kārkliņi", True),
        ("KARKLINU", True),
        ("Anna Kārkliņa", True),
        ("Ozolu ģimene", False),
        ("Kārlis", False),
        ("ģimene", False),
    ],
)
def test_names_are_alike_whatever_their_ending(label, is_similar):
    known = Family(label="Kārkliņu ģimene")

    assert similar_families(label, [known]) == ([known] if is_similar else [])


def test_who_works_in_two_municipalities_says_in_which(client, mediator):
    second = AppointmentFactory(user=mediator, municipality=MunicipalityFactory())
    elsewhere = MunicipalityFactory()
    client.force_login(mediator)

    def post(**changes):
        return client.post(URL, answers(**changes))

    assert post().status_code == 422
    assert post(municipality=elsewhere.pk).status_code == 422
    assert post(municipality=second.municipality.pk).status_code == 302
    assert Family.objects.get().municipality == second.municipality


def test_the_form_asks_nothing_about_the_municipality_when_there_is_one(
    client, mediator
):
    client.force_login(mediator)

    page = client.get(reverse("families:create"))

    assert "municipality" not in page.context["form"].fields
