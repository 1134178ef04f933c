"""The register of publicity: filtered, counted, and its links never fetched."""

import pytest

from stories.models import MediaItem
from tests.factories import MediaItemFactory, MunicipalityFactory, TermFactory


@pytest.fixture
def kind(db):
    return TermFactory(vocabulary="media_kind", code="RADIO", label_lv="Radio")


@pytest.fixture
def typed(kind):
    return {
        "client_uuid": "0198f000-0000-7000-8000-00000000000b",
        "title": "Saruna par skolu",
        "medium": "Radio Upes",
        "kind": kind.pk,
        "published_on": "2026-10-08",
        "link": "",
        "is_positive": "on",
    }


def test_a_mediator_adds_what_came_out_in_her_municipality(
    client, mediator, municipality, typed
):
    client.force_login(mediator)

    for _click in range(2):
        client.post("/publicitate/jauna/", typed)

    item = MediaItem.objects.get()
    assert item.municipality == municipality
    assert item.is_positive
    assert item.added_by == mediator


@pytest.mark.parametrize(
    "link",
    [
        "javascript:alert(1)",
        "http://zinas.example/1",
        "data:text/html,<b>",
        "https://",
        "https://zinas.example/ javascript:",
    ],
)
def test_a_link_is_https_or_it_is_none(client, mediator, typed, link):
    client.force_login(mediator)

    response = client.post("/publicitate/jauna/", typed | {"link": link})

    assert response.status_code == 422
    assert not MediaItem.objects.exists()


def test_what_is_wrong_with_a_link_is_said_once(client, mediator, typed):
    client.force_login(mediator)

    answer = client.post("/publicitate/jauna/", typed | {"link": "ftp:// nekas"})

    assert len(answer.context["form"].errors["link"]) == 1


def test_staff_keep_what_is_about_the_whole_country(client, project_staff, typed):
    client.force_login(project_staff)

    client.post("/publicitate/jauna/", typed | {"municipality": ""})

    assert MediaItem.objects.get().municipality is None


def test_the_list_is_narrowed_and_says_how_many_speak_well(
    client, coordinator, municipality, kind
):
    MediaItemFactory(municipality=municipality, title="Labā ziņa")
    MediaItemFactory(municipality=municipality, title="Sliktā ziņa", is_positive=False)
    MediaItemFactory(municipality=municipality, title="Radio ziņa", kind=kind)
    MediaItemFactory(municipality=MunicipalityFactory(), title="Citur")
    client.force_login(coordinator)

    page = client.get("/publicitate/", {"positive": "on", "kind": kind.pk})

    text = page.content.decode()
    assert "Radio ziņa" in text
    for other in ("Labā ziņa", "Sliktā ziņa", "Citur"):
        assert other not in text
    assert page.context["counts"] == {"all": 1, "positive": 1}


@pytest.mark.parametrize(
    "query", [{"first": "vakar"}, {"kind": "x"}, {"municipality": "-1"}, {"page": "x"}]
)
def test_a_filter_that_makes_no_sense_narrows_nothing(
    client, coordinator, municipality, query
):
    MediaItemFactory(municipality=municipality, title="Labā ziņa")
    client.force_login(coordinator)

    assert "Labā ziņa" in client.get("/publicitate/", query).content.decode()


@pytest.mark.parametrize("address", ["/publicitate/", "/materiali/"])
@pytest.mark.parametrize(
    ("query", "field", "said"),
    [
        ({"first": "vakar"}, "first", "Uzrakstiet dienu"),
        (
            {"first": "2030-01-01", "last": "2000-01-01"},
            "last",
            "Pēdējā diena ir pirms pirmās dienas.",
        ),
    ],
)
def test_days_that_make_no_sense_are_said(
    client, coordinator, address, query, field, said
):
    client.force_login(coordinator)

    response = client.get(address, query)

    assert response.status_code == 422
    assert said in response.context["form"].errors[field][0]
    assert said in response.content.decode()


def test_a_mediator_corrects_her_own_entries_alone(client, mediator, municipality):
    own = MediaItemFactory(municipality=municipality, added_by=mediator)
    other = MediaItemFactory(municipality=municipality)
    client.force_login(mediator)

    assert client.get(f"/publicitate/{own.pk}/").status_code == 200
    assert client.get(f"/publicitate/{other.pk}/").status_code == 404
    assert client.post(f"/publicitate/{own.pk}/dzest/").status_code == 302
    assert set(MediaItem.objects.all()) == {other}
