"""Contact persons by area and where they lack, agreements, resources of a municipality."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from agenda.nearest import on_page
from agenda.reminders import reminders
from cases.models import Agreement, Delegation, Resource
from mediators.models import Role
from municipalities.areas import DELEGATED_AREAS
from tests.factories import (
    AgreementFactory,
    DelegationFactory,
    FamilyFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    MunicipalityFactory,
    ResourceFactory,
    UserFactory,
    VisitFactory,
)

AREAS, RESOURCES = "/kontakti/jomas/", "/resursi/"


@pytest.fixture
def own(client, mediator):
    client.force_login(mediator)
    return client


@pytest.fixture
def contact(municipality):
    return InstitutionContactFactory(institution__municipality=municipality)


def delegation(person, **changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "area": "education",
        "contact": str(person.pk),
        "starts_on": f"{timezone.localdate()}",
        "ends_on": "",
    } | changes


def test_each_area_has_its_own_contact_person(own, contact, municipality):
    own.post(f"{AREAS}jauna/", delegation(contact))

    row = Delegation.objects.get()
    assert (row.municipality, row.area, row.contact) == (
        municipality,
        "education",
        contact,
    )
    [(place, missing)] = own.get(AREAS).context["gaps"]
    assert place == municipality
    assert "education" not in missing
    assert len(missing) == len(DELEGATED_AREAS) - 1


def test_what_can_be_delegated_is_what_can_be_missing(own):
    [(_place, missing)] = own.get(AREAS).context["gaps"]
    offered = own.get(f"{AREAS}jauna/").context["form"].fields["area"].choices

    assert {"children", "safety", "discrimination", "mobility"} <= set(missing)
    assert [area for area, _label in offered] == missing


@pytest.mark.parametrize("why", ["ended", "gone", "closed"])
def test_an_area_whose_person_is_gone_is_a_gap(own, contact, municipality, why):
    row = DelegationFactory(municipality=municipality, contact=contact)
    if why == "ended":
        row.starts_on = row.ends_on = date(2026, 1, 1)
        row.save()
    elif why == "gone":
        contact.is_active = False
        contact.save()
    else:
        contact.institution.is_active = False
        contact.institution.save()

    [(_place, missing)] = own.get(AREAS).context["gaps"]

    assert "education" in missing


def test_a_person_is_delegated_for_an_area_once(own, contact):
    sent = delegation(contact)
    for _time in range(2):
        own.post(f"{AREAS}jauna/", sent)
    response = own.post(f"{AREAS}jauna/", delegation(contact))

    assert response.status_code == 422
    assert Delegation.objects.count() == 1


@pytest.mark.parametrize(
    "bad",
    [
        {"area": "x"},
        {"contact": f"{uuid.uuid4()}"},
        {"starts_on": "vakar"},
        {"ends_on": "2020-01-01"},
    ],
)
def test_what_cannot_be_is_refused(own, contact, bad):
    assert own.post(f"{AREAS}jauna/", delegation(contact, **bad)).status_code == 422
    assert not Delegation.objects.exists()


def test_an_official_of_another_municipality_cannot_be_delegated(own):
    elsewhere = InstitutionContactFactory(
        institution__municipality=MunicipalityFactory()
    )

    assert own.post(f"{AREAS}jauna/", delegation(elsewhere)).status_code == 422


def test_a_delegation_ends_and_stays_in_the_past(own, contact, municipality):
    row = DelegationFactory(municipality=municipality, contact=contact)

    own.post(f"{AREAS}{row.pk}/beigt/")

    row.refresh_from_db()
    assert row.ends_on == timezone.localdate()


@pytest.mark.parametrize("role", [Role.PROJECT_STAFF, Role.LEAD_MEDIATOR])
def test_who_sees_all_places_reads_the_gaps_and_no_official(
    client, contact, municipality, mediator, role
):
    DelegationFactory(municipality=municipality, contact=contact)
    client.force_login(UserFactory(role=role))

    response = client.get(AREAS)

    assert [place for place, _missing in response.context["gaps"]] == [municipality]
    assert contact.name not in response.content.decode()


def agreement(**changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "content": "Skola zvana mediatorei trešajā kavējuma dienā.",
        "contact": "",
        "agreed_on": f"{timezone.localdate()}",
        "due_on": "",
        "status": "in_force",
    } | changes


def test_an_agreement_makes_a_partner_of_an_institution(own, contact):
    page = f"/iestades/{contact.institution_id}/"
    assert "Iespējams partneris" in own.get(page).content.decode()

    own.post(f"{page}vienosanas/", agreement(contact=str(contact.pk)))

    row = Agreement.objects.get()
    assert (row.institution, row.contact) == (contact.institution, contact)
    assert "Sadarbojas" in own.get(page).content.decode()
    own.post(row.get_absolute_url(), agreement(status="ended"))
    row.refresh_from_db()
    assert row.status == "ended"


def test_a_contact_in_the_log_says_since_when(own, contact, mediator, municipality):
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        institution=contact.institution,
        visited_on=date(2026, 10, 5),
    )

    page = own.get(f"/iestades/{contact.institution_id}/").content.decode()

    assert "saziņā kopš" in page


def test_an_agreement_of_another_municipality_stays_there(own):
    national = InstitutionFactory(municipality=None)
    theirs = AgreementFactory(institution=national, municipality=MunicipalityFactory())

    assert own.get(theirs.get_absolute_url()).status_code == 404
    page = own.get(f"/iestades/{national.pk}/vienosanas/")
    assert theirs.content not in page.content.decode()
    assert "Sadarbojas" not in own.get(f"/iestades/{national.pk}/").content.decode()


@pytest.mark.parametrize(
    "bad", [{"content": ""}, {"due_on": "2020-01-01"}, {"status": "x"}]
)
def test_an_agreement_that_cannot_be_is_refused(own, contact, bad):
    page = f"/iestades/{contact.institution_id}/vienosanas/"

    assert own.post(page, agreement(**bad)).status_code == 422
    assert not Agreement.objects.exists()


def test_words_of_an_agreement_and_of_a_resource_name_no_family(
    own, contact, mediator, municipality
):
    FamilyFactory(municipality=municipality, mediator=mediator, label="Kārkliņu ģimene")

    for page, answers in (
        (
            f"/iestades/{contact.institution_id}/vienosanas/",
            agreement(content="Palīdzēs Kārkliņiem."),
        ),
        (f"{RESOURCES}jauns/", resource(what="Kārkliņiem der.")),
    ):
        assert own.post(page, answers).status_code == 422
    assert not Agreement.objects.exists()
    assert not Resource.objects.exists()


def test_a_partner_not_heard_of_for_three_months_is_called(
    mediator, municipality, contact
):
    today = timezone.localdate()
    AgreementFactory(
        institution=contact.institution,
        municipality=municipality,
        agreed_on=today - timedelta(days=200),
    )

    def asked():
        kinds = reminders(mediator, today, [], on_page(1))
        return [reminder.title for kind in kinds for reminder in kind.rows]

    assert asked() == [contact.institution.name]

    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        institution=contact.institution,
        visited_on=today - timedelta(days=10),
    )

    assert asked() == []


def resource(**changes):
    return {
        "client_uuid": str(uuid.uuid4()),
        "kind": "room",
        "name": "Bibliotēkas zāle",
        "what": "Telpa sarunām",
        "for_whom": "Visiem",
        "reach": "20 000 000",
        "valid_until": "",
    } | changes


def test_a_resource_is_added_found_and_corrected(own):
    sent = resource()
    for _time in range(2):
        own.post(f"{RESOURCES}jauns/", sent)
    row = Resource.objects.get()

    own.post(row.get_absolute_url(), resource(name="Lielā zāle"))

    assert (
        "Lielā zāle"
        in own.post(RESOURCES, {"q": "liela"}, follow=True).content.decode()
    )
    assert "Lielā zāle" in own.get(f"{RESOURCES}?veids=room").content.decode()
    assert "Nekas neatbilst" in own.get(f"{RESOURCES}?veids=ngo").content.decode()
    assert own.get(f"{RESOURCES}?veids=x").status_code == 200


def test_what_is_over_is_folded_away(own, municipality):
    row = ResourceFactory(municipality=municipality, valid_until=date(2026, 1, 1))

    context = own.get(RESOURCES).context

    assert list(context["page"]) == []
    assert list(context["over"]) == [row]


def test_resources_of_others_are_not_there(own):
    theirs = ResourceFactory(municipality=MunicipalityFactory())

    assert own.get(theirs.get_absolute_url()).status_code == 404
    assert "Sarakstā vēl nekā nav" in own.get(RESOURCES).content.decode()


@pytest.mark.parametrize("bad", [{"kind": ""}, {"name": ""}, {"name": "x" * 300}])
def test_a_resource_that_cannot_be_is_refused(own, bad):
    assert own.post(f"{RESOURCES}jauns/", resource(**bad)).status_code == 422


def test_contact_persons_to_come_and_of_before_stand_below_by_area(own, municipality):
    today = timezone.localdate()
    coming = DelegationFactory(
        municipality=municipality, starts_on=today + timedelta(days=30)
    )
    past = DelegationFactory(
        municipality=municipality, area="health", ends_on=today - timedelta(days=1)
    )
    DelegationFactory(starts_on=today + timedelta(days=30))

    page = own.get(AREAS)

    context = page.context
    assert context["areas"] == []
    assert context["coming"] == [("Izglītība", [coming])]
    assert context["past"] == [("Veselība", [past])]
    words = page.content.decode()
    assert words.index("Jomas bez kontaktpersonas") < words.index(coming.contact.name)


def test_staff_read_the_resources_of_all_places_and_change_none(client, db):
    rows = [ResourceFactory(name=name) for name in ("Mammu rīts", "Lasītava")]
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    page = client.get(RESOURCES)

    words = page.content.decode()
    assert all(row.name in words for row in rows)
    assert all(str(row.municipality) in words for row in rows)
    assert "/resursi/jauns/" not in words
    assert rows[0].get_absolute_url() not in words
    assert client.get(rows[0].get_absolute_url()).status_code == 404
    assert f'href="{RESOURCES}"' in client.get("/padomi/").content.decode()
