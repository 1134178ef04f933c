"""Dates of the employer, languages, and what a public card may say."""

from datetime import date

import pytest

from mediators.models import LanguageSkill, MediatorProfile, Training, TrainingNeed
from municipalities.models import Vocabulary
from tests.factories import FamilyFactory, MediatorProfileFactory, TermFactory

pytestmark = pytest.mark.django_db


def page(mediator, *rest):
    return "/".join(["/komanda", str(mediator.pk), *map(str, rest), ""])


def test_languages_are_told_with_their_level_and_taken_back(client, mediator):
    romani = TermFactory(vocabulary=Vocabulary.LANGUAGE, code="ROM", label_lv="romu")
    client.force_login(mediator)

    client.post(page(mediator, "dati"), {"language-ROM": "good"})

    assert mediator.languages.get().language == romani
    assert "romu" in client.get(page(mediator)).content.decode()
    client.post(page(mediator, "dati"), {"language-ROM": "fluent"})
    assert mediator.languages.get().level == "fluent"
    client.post(page(mediator, "dati"), {"language-ROM": ""})
    assert not LanguageSkill.objects.exists()


def test_the_dates_of_the_employer_are_set_by_the_coordinator_alone(
    client, mediator, coordinator
):
    MediatorProfileFactory(mediator=mediator, ready_on=date(2026, 1, 5))
    told = {
        "ready_on": "2026-02-02",
        "record_checked_on": "2026-01-02",
        "record_check_until": "2027-01-02",
    }
    client.force_login(mediator)

    form = client.get(page(mediator, "dati")).context["form"]
    assert not told.keys() & form.fields.keys()
    client.post(page(mediator, "dati"), told)
    facts = MediatorProfile.objects.get()
    assert (facts.ready_on, facts.record_checked_on) == (date(2026, 1, 5), None)

    client.force_login(coordinator)
    client.post(page(mediator, "dati"), told)
    facts.refresh_from_db()
    assert facts.ready_on == date(2026, 2, 2)
    assert facts.record_checked_on == date(2026, 1, 2)
    client.force_login(mediator)
    assert "02.01.2026." in client.get(page(mediator)).content.decode()


def test_the_public_card_names_no_family(client, mediator):
    FamilyFactory(
        municipality=mediator.factory_municipality,
        mediator=mediator,
        label="Kārkliņu ģimene",
    )
    client.force_login(mediator)

    response = client.post(
        "/mana-lapa/kartite/", {"card_is_public": "on", "card_hours": "Pie Kārkliņiem"}
    )

    assert "card_hours" in response.context["form"].errors
    assert not MediatorProfile.objects.exists()


def test_no_column_says_where_somebody_is_from():
    columns = {
        field.name
        for model in (MediatorProfile, LanguageSkill, Training, TrainingNeed)
        for field in model._meta.get_fields()
    }

    assert not {name for name in columns if "ethnic" in name or "nation" in name}
    assert "native" not in LanguageSkill.Level.values


@pytest.mark.parametrize(
    "wrong",
    [
        {"record_checked_on": "2100-01-01"},
        {"record_checked_on": "2026-02-01", "record_check_until": "2026-01-01"},
        {"ready_on": "x"},
        {"ready_on": "1926-01-01"},
        {"ready_on": "2100-01-01"},
        {"language-ROM": "native"},
    ],
)
def test_facts_that_cannot_be_right_come_back(client, mediator, coordinator, wrong):
    TermFactory(vocabulary=Vocabulary.LANGUAGE, code="ROM")
    client.force_login(coordinator)

    assert client.post(page(mediator, "dati"), wrong).status_code == 422
