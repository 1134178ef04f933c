from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import CaseStatus, Outcome
from families.models import FamilyAssignment
from privacy.models import AuditEntry, Verb
from tests.factories import (
    CaseFactory,
    ConsentFactory,
    FamilyFactory,
    FamilyMemberFactory,
    FamilyNeedFactory,
    NextStepFactory,
    ResidenceFactory,
    VisitFactory,
)

SECRETS = {
    "phone": "20 000 010",
    "address": "Paraugu iela 3",
    "note": "Zvanīt pēc diviem",
}
NEED = {"need": "visit"}


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(
        municipality=municipality, mediator=mediator, label="Kārkliņu ģimene", **SECRETS
    )


@pytest.fixture
def page(client, mediator, family):
    client.force_login(mediator)
    return f"/gimenes/{family.code}/"


def recorded(verb):
    entries = AuditEntry.objects.filter(verb=verb).order_by("seq")
    return [(entry.object_id, entry.detail) for entry in entries]


def test_the_page_shows_steps_cases_and_entries_that_the_mediator_may_see(
    client, municipality, mediator, colleague, family, page
):
    case = CaseFactory(family=family, mediator=mediator, title="Skolas kavējumi")
    CaseFactory(
        family=family,
        mediator=mediator,
        title="Īres parāds",
        status=CaseStatus.CLOSED,
        outcome=Outcome.SOLVED,
        closed_on=timezone.localdate(),
    )
    for who, text in [(mediator, "Mans solis"), (colleague, "Kolēģes solis")]:
        NextStepFactory(
            mediator=who,
            municipality=municipality,
            family=family,
            case=case,
            text=text,
        )
    visit = VisitFactory(mediator=mediator, municipality=municipality, family=family)

    response = client.get(page)

    context = response.context
    assert [case.title for case in context["open_cases"]] == ["Skolas kavējumi"]
    assert [case.title for case in context["closed_cases"]] == ["Īres parāds"]
    assert [step.text for step in context["steps"]] == ["Mans solis"]
    assert list(context["visits"]) == [visit]
    assert f"/ieraksti/jauns/?gimene={family.code}" in response.content.decode()


def test_only_the_last_ten_entries_are_shown(
    client, municipality, mediator, family, page
):
    for days in range(12):
        VisitFactory(
            mediator=mediator,
            municipality=municipality,
            family=family,
            visited_on=timezone.localdate() - timedelta(days=days),
        )

    assert len(client.get(page).context["visits"]) == 10


def test_phone_address_and_note_are_covered(client, page):
    text = client.get(page).content.decode()

    assert [secret for secret in SECRETS.values() if secret in text] == []
    assert text.count("•••••••") == 3


def test_the_name_stands_on_the_page_but_not_in_its_title(client, family, page):
    text = client.get(page).content.decode()

    title = text.partition("<title>")[2].partition("</title>")[0]
    assert family.code in title
    assert "Kārkliņu" not in title
    assert "Kārkliņu ģimene</h1>" in text


@pytest.mark.parametrize("field", SECRETS)
def test_a_covered_value_is_shown_once_for_a_reason_that_is_recorded(
    client, family, page, field
):
    response = client.post(f"{page}paradit/{field}/", NEED)

    text = response.content.decode()
    assert [name for name, secret in SECRETS.items() if secret in text] == [field]
    assert response["Cache-Control"] == "no-store"
    assert recorded(Verb.REVEAL) == [
        (str(family.pk), {"fields": [field], "purpose": "visit"})
    ]
    assert SECRETS[field] not in client.get(page).content.decode()


@pytest.mark.parametrize("need", ["", "curiosity", "edit"])
def test_nothing_is_shown_without_a_reason(client, page, need):
    response = client.post(f"{page}paradit/phone/", {"need": need})

    assert response.status_code == 422
    assert SECRETS["phone"] not in response.content.decode()
    assert recorded(Verb.REVEAL) == []


def test_a_reason_is_asked_by_post_and_only_for_what_is_covered(client, page):
    assert client.get(f"{page}paradit/phone/").status_code == 405
    assert client.post(f"{page}paradit/label/", NEED).status_code == 404
    assert client.post(f"{page}paradit/municipality/", NEED).status_code == 404


@pytest.mark.parametrize(
    "action",
    [
        *("", "labot/", "piekrisana/", "cilveki/jauns/", "vajadzibas/"),
        *("dzivesvieta/", "skatijumi/"),
    ],
)
def test_reading_a_family_of_others_is_the_same_as_reading_nothing(
    client, family, outsider, colleague, action
):
    for stranger in (outsider, colleague):
        client.force_login(stranger)
        assert client.get(f"/gimenes/{family.code}/{action}").status_code == 404
        assert client.post(f"/gimenes/{family.code}/{action}").status_code in (404, 405)
    assert not AuditEntry.objects.exclude(verb=Verb.REFUSE).exists()


def test_access_ends_with_the_assignment(client, family, page):
    yesterday = timezone.localdate() - timedelta(days=1)
    FamilyAssignment.objects.update(ends_on=yesterday)

    assert client.get(page).status_code == 404


def test_opening_the_page_is_recorded(client, family, page):
    client.get(page)

    assert recorded(Verb.READ) == [(str(family.pk), {})]


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_takes_a_constant_number_of_queries(
    client, municipality, mediator, family, page, number, django_assert_num_queries
):
    for _ in range(number):
        case = CaseFactory(family=family, mediator=mediator)
        NextStepFactory(
            mediator=mediator, municipality=municipality, family=family, case=case
        )
        VisitFactory(mediator=mediator, municipality=municipality, family=family)
        ConsentFactory(family=family, recorded_by=mediator)
        FamilyMemberFactory(family=family)
        FamilyNeedFactory(family=family, by=mediator)
        ResidenceFactory(family=family, by=mediator)

    with django_assert_num_queries(18):
        client.get(page)


def facts(**changes):
    return {"label": "Ozolu ģimene", "adults": "1", "children": "0"} | changes


def test_editing_changes_what_was_typed_and_records_the_names_of_the_fields(
    client, family, page
):
    response = client.post(f"{page}labot/", facts(phone="+371 20 000 099"))

    family.refresh_from_db()
    assert response["Location"] == page
    assert (family.label, family.phone, family.address) == (
        "Ozolu ģimene",
        "+371 20 000 099",
        "",
    )
    assert recorded(Verb.UPDATE) == [
        (str(family.pk), {"fields": ["address", "label", "note", "phone"]})
    ]


def test_opening_the_form_counts_as_reading_what_is_covered(client, family, page):
    response = client.get(f"{page}labot/")

    assert SECRETS["phone"] in response.content.decode()
    assert recorded(Verb.REVEAL) == [
        (str(family.pk), {"fields": ["phone", "address", "note"], "purpose": "edit"})
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"label": ""}, "label"),
        ({"phone": "zvanīt vakarā"}, "phone"),
        ({"phone": "2" * 41}, "phone"),
        ({"address": "Iela 1, 320101-12345"}, "address"),
        ({"note": "x" * 2001}, "note"),
        ({"note": "\x00"}, "note"),
    ],
)
def test_what_cannot_be_kept_is_refused(client, family, page, changes, field):
    response = client.post(f"{page}labot/", facts(**changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    family.refresh_from_db()
    assert family.label == "Kārkliņu ģimene"
