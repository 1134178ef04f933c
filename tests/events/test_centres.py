"""Resource centres and toy libraries: the list, their numbers, who keeps them."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from events.models import Centre
from municipalities.models import Vocabulary
from tests.factories import (
    CentreFactory,
    EventFactory,
    HeadcountFactory,
    TermFactory,
)


@pytest.fixture
def typed():
    return {
        "client_uuid": str(uuid.uuid4()),
        "name": "Rotaļlietu bibliotēka",
        "kind": "toy_library",
        "opened_on": "2026-01-05",
        "opening_times": "trešdienās 15.00–18.00",
    }


def test_a_centre_says_who_pays_for_its_upkeep(client, mediator, typed):
    term = TermFactory(
        vocabulary=Vocabulary.FUNDING_SOURCE,
        code="MUNICIPALITY",
        label_lv="Pašvaldības budžets",
    )
    client.force_login(mediator)

    for _press in range(2):
        answer = client.post(
            "/resursu-centri/jauns/", typed | {"funding": [term.pk]}, follow=True
        )

    assert Centre.objects.get().municipality == mediator.factory_municipality
    assert "Pašvaldības budžets" in answer.text


def test_staff_put_centres_of_any_municipality_on_the_list(
    client, project_staff, municipality, typed
):
    client.force_login(project_staff)

    client.post("/resursu-centri/jauns/", typed | {"municipality": municipality.pk})

    centre = Centre.objects.get()
    assert centre.municipality == municipality
    page = client.get(f"{centre.get_absolute_url()}labot/")
    assert page.status_code == 200


@pytest.mark.parametrize(
    "answers",
    [
        {"closed_on": "2025-12-31"},
        {"name": "ā" * 300},
        {"name": ""},
        {"opened_on": ""},
        {"opened_on": "1926-01-05"},
        {"kind": "castle"},
        {"funding": ["post.X"]},
    ],
)
def test_what_makes_no_sense_is_refused(client, mediator, typed, answers):
    client.force_login(mediator)

    answer = client.post("/resursu-centri/jauns/", typed | answers)

    assert answer.status_code == 422
    assert not Centre.objects.exists()


def test_visitors_of_a_centre_are_counted_by_its_openings(client, mediator):
    place = mediator.factory_municipality
    centre = CentreFactory(municipality=place)
    for count in (12, 9):
        HeadcountFactory(event__centre=centre, event__municipality=place, count=count)
    planned = timezone.localdate() + timedelta(days=3)
    EventFactory(centre=centre, municipality=place, held_on=planned)
    client.force_login(mediator)

    page = client.get("/resursu-centri/").text

    assert "21 apmeklējums" in page
    assert "2 nodarbības un pasākumi" in page


def test_a_closed_centre_takes_no_new_events_and_stays_on_the_list(client, mediator):
    centre = CentreFactory(
        municipality=mediator.factory_municipality, closed_on=date(2026, 1, 5)
    )
    client.force_login(mediator)

    assert centre.name in client.get("/resursu-centri/").text
    assert centre.name not in client.get("/pasakumi/jauns/").text
