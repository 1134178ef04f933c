"""What a phone keeps: what is needed without signal, and nothing more."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from agenda.nearest import A_KIND
from privacy.models import AuditEntry, Verb
from tests.factories import (
    CaseFactory,
    ConsentFactory,
    FamilyFactory,
    FamilyMemberFactory,
    InstitutionContactFactory,
    NextStepFactory,
    VisitFactory,
)

COPY = "/ierice/dati/"


@pytest.fixture
def family(mediator, municipality):
    family = FamilyFactory(
        municipality=municipality,
        mediator=mediator,
        label="Kārkliņu ģimene",
        phone="+371 20000001",
        address="Slepenā iela 5",
        note="Slepena piezīme",
        town_part="Slepenā puse",
    )
    FamilyMemberFactory(family=family, name="Slepenais Ričards")
    return family


@pytest.fixture
def fetch(client, mediator):
    client.force_login(mediator)

    def fetch(**headers):
        return client.get(COPY, HTTP_ACCEPT="application/json", **headers)

    return fetch


def test_it_holds_families_cases_steps_and_officials(
    fetch, family, mediator, municipality
):
    case = CaseFactory(family=family, mediator=mediator, title="Skolas kavējumi")
    contact = InstitutionContactFactory(
        institution__municipality=municipality, name="Inga Kalniņa"
    )
    step = NextStepFactory(
        mediator=mediator, municipality=municipality, family=family, text="Zvanīt"
    )
    VisitFactory(
        mediator=mediator, municipality=municipality, family=family, contact=contact
    )

    copy = fetch().json()

    [kept] = copy["families"]
    assert (kept["code"], kept["label"]) == (family.code, "Kārkliņu ģimene")
    assert kept["dueOn"] == step.due_on.isoformat()
    assert kept["timesThisMonth"] == 1
    assert [row["title"] for row in copy["cases"]] == [case.title]
    assert copy["people"][0]["name"] == "Inga Kalniņa"
    assert copy["people"][0]["isRecent"] is True
    assert "Zvanīt" in rows_of(copy)
    assert "Piekrišanas vēl nav" in rows_of(copy)
    assert "Inga Kalniņa" in "".join(copy["html"]["contacts"])


def test_it_holds_no_note_phone_address_or_member_of_a_family(
    fetch, family, mediator, municipality
):
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        note="Slepens stāsts",
    )

    text = fetch().content.decode()

    assert "Kārkliņu ģimene" in text
    assert "Slepen" not in text
    assert "20000001" not in text
    assert "csrf" not in text


def test_it_holds_nothing_of_other_peoples_families(fetch, family, outsider):
    text = fetch().content.decode()

    assert "Svešinieku" not in text
    assert outsider.factory_municipality.slug not in text


def test_a_family_that_took_its_consent_back_is_not_offered(fetch, family, mediator):
    CaseFactory(family=family, mediator=mediator)
    ConsentFactory(
        family=family,
        recorded_by=mediator,
        purpose="keep",
        withdrawn_on=timezone.localdate(),
    )

    copy = fetch().json()

    assert (copy["families"], copy["cases"]) == ([], [])


def test_it_holds_todays_entries_as_the_form_shows_them(
    fetch, family, mediator, municipality
):
    today = timezone.localdate()
    for day in (today, today - timedelta(days=1)):
        VisitFactory(
            mediator=mediator,
            municipality=municipality,
            visited_on=day,
            minutes=50,
            family=family,
        )

    logged = fetch().json()["html"]["logged"]

    assert logged.count("<li>") == 1
    assert f'data-code="{family.code}"' in logged


def test_an_unchanged_copy_is_not_sent_again_and_not_audited_again(fetch, family):
    first = fetch()

    again = fetch(HTTP_IF_NONE_MATCH=first["ETag"])

    assert (again.status_code, again.content) == (304, b"")
    assert AuditEntry.objects.filter(verb=Verb.LIST).count() == 1
    family.label = "Liepu ģimene"
    family.save()
    changed = fetch(HTTP_IF_NONE_MATCH=first["ETag"])
    assert changed.status_code == 200
    assert "Liepu ģimene" in changed.content.decode()


def test_a_closed_family_and_a_finished_step_leave_the_copy(
    fetch, family, mediator, municipality
):
    step = NextStepFactory(mediator=mediator, municipality=municipality, family=family)
    step.status = step.Status.DONE
    step.save()
    family.closed_on = timezone.localdate()
    family.save()

    copy = fetch().json()

    assert copy["families"] == []
    assert "uzdevums=" not in rows_of(copy)
    assert family.code not in rows_of(copy)


def rows_of(copy):
    """What Šodien shows on the phone to be done: next steps and reminders."""
    return "".join(row["html"] for row in copy["html"]["todo"])


def test_of_many_reminders_it_holds_the_earliest_and_of_families_all(
    fetch, mediator, municipality
):
    began = timezone.localdate() - timedelta(days=60)
    families = [
        FamilyFactory(
            municipality=municipality,
            mediator=mediator,
            started_on=began + timedelta(days=day),
        )
        for day in range(A_KIND + 2)
    ]

    copy = fetch().json()

    asked = [row["family"] for row in copy["html"]["todo"] if row["family"]]
    assert asked == [family.code for family in families[:-2]]
    assert "Vēl 2 atgādinājumi telefonā netiek glabāti." in copy["html"]["more"]
    assert "/sodien/?visas=1" in copy["html"]["more"]
    assert len(copy["families"]) == len(families)


@pytest.mark.parametrize("count", [1, 4])
def test_it_takes_the_same_queries_however_many_families_there_are(
    fetch, mediator, municipality, django_assert_num_queries, count
):
    for _ in range(count):
        family = FamilyFactory(municipality=municipality, mediator=mediator)
        case = CaseFactory(family=family, mediator=mediator)
        NextStepFactory(
            mediator=mediator, municipality=municipality, family=family, case=case
        )
        VisitFactory(
            mediator=mediator, municipality=municipality, family=family, case=case
        )

    fetch()
    with django_assert_num_queries(QUERIES):
        fetch()


QUERIES = 24


def test_who_is_signed_in_is_told_with_a_token_and_the_time(client, mediator):
    client.force_login(mediator)

    answer = client.get("/ierice/").json()

    assert answer["person"] == str(mediator.pk)
    assert answer["is_mediator"] is True
    assert len(answer["token"]) == 64
    assert abs(answer["now"] - timezone.now().timestamp()) < 60


def test_strangers_are_told_that_they_are_signed_out(client, db):
    for path in (COPY, "/ierice/"):
        response = client.get(path, HTTP_ACCEPT="application/json")
        assert (response.status_code, response.json()) == (
            401,
            {"problem": "signed_out"},
        )


def test_a_copy_says_whose_it_is(fetch, mediator, family):
    assert json.loads(fetch().content)["person"] == str(mediator.pk)
