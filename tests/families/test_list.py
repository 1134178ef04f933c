import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from families.models import Family
from privacy.models import AuditEntry, Verb
from tests.factories import (
    ConsentFactory,
    FamilyFactory,
    NextStepFactory,
    VisitFactory,
)

URL = "/gimenes/"


@pytest.fixture
def kept(municipality, mediator):
    """Makes a family of the mediator whose data may be kept."""

    def make(label, **fields):
        family = FamilyFactory(
            municipality=municipality, mediator=mediator, label=label, **fields
        )
        ConsentFactory(family=family, recorded_by=mediator)
        return family

    return make


def labels(response):
    return [family.label for family in response.context["page"]]


def test_the_family_met_last_comes_first_and_closed_ones_come_last(
    client, municipality, mediator, kept
):
    today = timezone.localdate()
    kept("Nekad")
    for label, days in [("Sen", 20), ("Vakar", 1), ("Noslēgta", 0)]:
        family = kept(label)
        VisitFactory(
            mediator=mediator,
            municipality=municipality,
            family=family,
            visited_on=today - timedelta(days=days),
        )
    Family.objects.filter(pk=family.pk).update(closed_on=today)
    client.force_login(mediator)

    assert labels(client.get(URL)) == ["Vakar", "Sen", "Nekad", "Noslēgta"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("karklinu", ["Kārkliņu ģimene"]),
        ("Карклиню", ["Kārkliņu ģimene"]),
        ("002", ["Šķūņu ģimene"]),
        ("mezaparks", ["Šķūņu ģimene"]),
        ("gimene", ["Kārkliņu ģimene", "Šķūņu ģimene"]),
        ("neviena", []),
        ("\x00", ["Kārkliņu ģimene", "Šķūņu ģimene"]),
    ],
)
def test_a_family_is_found_however_it_is_typed(client, mediator, kept, query, found):
    kept("Kārkliņu ģimene")
    kept("Šķūņu ģimene", town_part="Mežaparks")
    client.force_login(mediator)

    assert labels(client.post(URL, {"q": query}, follow=True)) == found


def test_a_typing_error_and_the_words_in_any_order_find_the_family(
    client, mediator, kept
):
    kept("Kārkliņu ģimene", town_part="Mežaparks")
    client.force_login(mediator)

    assert labels(client.post(URL, {"q": "mezapakrs karkl"}, follow=True)) == [
        "Kārkliņu ģimene"
    ]


def test_what_fits_best_comes_first_then_what_is_due_then_the_family_met_last(
    client, municipality, mediator, colleague, kept
):
    today = timezone.localdate()
    for label, days in [("Jaunozolu", 0), ("Ozolu senā", 20), ("Ozolu vakar", 1)]:
        VisitFactory(
            mediator=mediator,
            municipality=municipality,
            family=kept(label),
            visited_on=today - timedelta(days=days),
        )
    for label, who, day in [
        ("Ozolu kavētā", mediator, today - timedelta(days=3)),
        ("Ozolu kolēģes", colleague, today),
        ("Ozolu rītdienas", mediator, today + timedelta(days=1)),
        ("Ozolu āra", mediator, today + timedelta(days=9)),
    ]:
        NextStepFactory(
            mediator=who, municipality=municipality, family=kept(label), due_on=day
        )
    client.force_login(mediator)

    assert labels(client.post(URL, {"q": "ozolu"}, follow=True)) == [
        *("Ozolu kavētā", "Ozolu vakar", "Ozolu senā", "Ozolu āra"),
        *("Ozolu kolēģes", "Ozolu rītdienas", "Jaunozolu"),
    ]


def test_a_row_shows_the_next_step_and_a_missing_consent(
    client, municipality, mediator, colleague, kept
):
    family = kept("Ozolu ģimene")
    for who, text in [(colleague, "Kolēģes solis"), (mediator, "Aiziet uz skolu")]:
        NextStepFactory(
            mediator=who, municipality=municipality, family=family, text=text
        )
    FamilyFactory(municipality=municipality, mediator=mediator, label="Bez piekrišanas")
    client.force_login(mediator)

    page = client.get(URL).content.decode()

    assert "Aiziet uz skolu" in page
    assert "Kolēģes solis" not in page
    assert page.count("tag--amber") == 1


def test_a_newcomer_is_told_to_add_the_first_family(client, mediator):
    client.force_login(mediator)

    page = client.get(URL).content.decode()

    assert 'class="empty"' in page
    assert reverse("families:create") in page


def test_opening_the_list_is_recorded_without_names(client, mediator, kept):
    kept("Kārkliņu ģimene")
    client.force_login(mediator)

    client.post(URL, {"q": "karklinu"}, follow=True)

    entry = AuditEntry.objects.get(verb=Verb.LIST)
    assert (entry.object_type, entry.actor, entry.detail) == (
        "families.family",
        mediator.pk,
        {"count": 1, "filters": ["q"]},
    )


def test_families_of_others_are_not_on_the_list(client, mediator, outsider, kept):
    kept("Kārkliņu ģimene")
    client.force_login(mediator)

    assert labels(client.get(URL)) == ["Kārkliņu ģimene"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_a_constant_number_of_queries(
    client, municipality, mediator, kept, number, django_assert_num_queries
):
    for _ in range(number):
        family = kept("Kārkliņu ģimene")
        NextStepFactory(mediator=mediator, municipality=municipality, family=family)
        VisitFactory(mediator=mediator, municipality=municipality, family=family)
    client.force_login(mediator)

    # session, account, roles, code of ethics, families, those whose data are only stored,
    # steps, the audit entry (4), reports (2)
    with django_assert_num_queries(12):
        client.get(URL)


def test_long_lists_come_in_pages_that_keep_the_search(client, mediator, municipality):
    for _ in range(51):
        FamilyFactory(municipality=municipality, mediator=mediator)
    client.force_login(mediator)

    page = client.post(URL, {"q": "paraugu"}, follow=True).content.decode()

    assert "?meklets=1&amp;page=2" in page
    second = client.get(URL, {"meklets": 1, "page": 2})
    assert len(labels(second)) == 1
    assert 'value="paraugu"' in second.content.decode()


def test_the_word_that_was_searched_stands_in_no_address(client, mediator, kept):
    kept("Kārkliņu ģimene")
    client.force_login(mediator)

    answer = client.post(URL, {"q": "karklinu"})

    assert (answer.status_code, answer.url) == (302, f"{URL}?meklets=1")
    page = client.get(answer.url).content.decode()
    assert 'method="post"' in page.partition('role="search"')[0].rpartition("<form")[2]
    assert not re.findall(r'(?:href|action)="[^"]*karklinu', page)
    assert client.post(URL, {"q": " "}).url == URL


def test_results_can_be_gone_back_to_until_something_else_is_searched(
    client, mediator, kept
):
    family = kept("Kārkliņu ģimene")
    kept("Šķūņu ģimene")
    client.force_login(mediator)
    results = client.post(URL, {"q": "karklinu"}).url
    client.get(family.get_absolute_url())

    assert labels(client.get(results)) == ["Kārkliņu ģimene"]
    assert len(labels(client.get(URL))) == 2
    assert len(labels(client.get(URL, {"q": "karklinu"}))) == 2
    client.post("/kontakti/", {"q": "skola"})
    assert labels(client.get(results)) == ["Kārkliņu ģimene"]


def test_a_search_needs_the_token_of_its_form(mediator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mediator)

    assert client.post(URL, {"q": "karklinu"}).status_code == 403


def test_families_to_ask_for_consent_are_a_list_of_their_own(
    client, mediator, municipality
):
    today = timezone.localdate()
    yesterday, soon, later = (today + timedelta(days=days) for days in (-1, 30, 31))
    took_back = {"withdrawn_on": today}
    for label, consents in {
        "Nekad": [],
        "Beigusies": [{"valid_until": yesterday}],
        "Drīz beidzas": [{"valid_until": soon}],
        "Vēlāk": [{"valid_until": later}],
        "Uz visiem laikiem": [{}],
        "Atjaunota": [{"valid_until": yesterday}, {"given_on": yesterday}],
        "Atsaukta": [took_back],
        "Beigusies un atsaukta": [{"valid_until": yesterday}, took_back],
    }.items():
        family = FamilyFactory(
            municipality=municipality, mediator=mediator, label=label
        )
        for number, fields in enumerate(consents):
            given = {"given_on": today - timedelta(days=9 - number)} | fields
            ConsentFactory(family=family, recorded_by=mediator, **given)
    FamilyFactory(
        municipality=municipality, mediator=mediator, label="Slēgta", closed_on=today
    )
    client.force_login(mediator)

    asked = client.get(URL, {"piekrisana": "jaludz"})

    assert set(labels(asked)) == {"Nekad", "Beigusies", "Drīz beidzas"}
    reminded = [
        row.reminder.family.label
        for name in ("late", "now", "soon")
        for row in client.get("/sodien/?visas=1").context[name].rows
        if row.reminder and row.reminder.family
    ]
    assert sorted(reminded) == sorted(labels(asked))
    assert AuditEntry.objects.filter(
        verb=Verb.LIST, detail={"count": 3, "filters": ["piekrisana"]}
    ).exists()


def test_where_no_family_is_to_be_asked_the_list_says_so(client, mediator, kept):
    kept("Bērziņi")
    client.force_login(mediator)

    assert "nevienai ģimenei" in client.get(URL + "?piekrisana=jaludz").content.decode()
