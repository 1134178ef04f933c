"""Every text that others than its writer read refuses what names a family."""

from io import BytesIO
from typing import NamedTuple

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from PIL import Image

from events.models import people
from privacy.models import AuditEntry
from tests.factories import (
    EventFactory,
    MaterialFactory,
    TermFactory,
)
from tests.factories.stories import WORDS

NAMED = "Kārkliņu mamma Jolanta"
LINK = "https://vestis.example/karklinu-gimene"


class Text(NamedTuple):
    """Where a text is typed, by whom, at which stage of the story."""

    address: str
    writer: str = "mediator"
    status: str = "agreeing"


STORY = Text("/stasti/{story}/labot/", "coordinator", "editing")
TEXTS = {
    **{("Story", name): STORY for name in WORDS},
    **{
        ("Story", name): STORY
        for name in ("effect", "municipality_did", "in_brief", "call")
    },
    ("StoryEvent", "comment"): Text("/stasti/{story}/solis/"),
    ("StoryAgreement", "who"): Text("/stasti/{story}/piekrisana/"),
    ("StoryPhoto", "description"): Text(
        "/stasti/{story}/foto/", "coordinator", "editing"
    ),
    ("MediaItem", "title"): Text("/publicitate/jauna/"),
    ("MediaItem", "medium"): Text("/publicitate/jauna/"),
    ("MediaItem", "link"): Text("/publicitate/jauna/"),
    ("Material", "title"): Text("/materiali/jauns/", "project_staff"),
    ("Material", "link"): Text("/materiali/jauns/", "project_staff"),
    ("Handout", "place"): Text("/materiali/{material}/izdalits/"),
    ("Testimonial", "text"): Text("/pasakumi/{event}/atsauksme/"),
    ("Testimonial", "author"): Text("/pasakumi/{event}/atsauksme/"),
}
MADE_HERE = {
    ("Story", "slug"),
    ("Story", "mark"),
    ("Story", "told"),
    ("Story", "approved_mark"),
    ("Story", "dignity_mark"),
    ("StoryAgreement", "mark"),
    ("StoryPhoto", "content"),
    ("StoryPhoto", "sha256"),
    ("Material", "sheet"),
}
"""Texts that nobody types."""


def test_no_text_of_these_rooms_is_forgotten_here():
    rooms = [*apps.get_app_config("stories").get_models(), people.Testimonial]
    texts = {
        (model.__name__, field.name)
        for model in rooms
        for field in model._meta.get_fields()
        if isinstance(field, (models.CharField, models.TextField)) and not field.choices
    }

    assert texts == set(TEXTS) | MADE_HERE


@pytest.fixture
def rows(municipality):
    return {
        "event": EventFactory(municipality=municipality).code,
        "material": MaterialFactory().pk,
    }


@pytest.fixture
def kind(db):
    return TermFactory(vocabulary="media_kind", code="PRINT_LOCAL")


def photo():
    file = BytesIO()
    Image.new("RGB", (40, 30)).save(file, "JPEG")
    return SimpleUploadedFile("foto.jpg", file.getvalue(), "image/jpeg")


def filled_in(model, story, municipality, kind):
    """What else the form asks for."""
    day = f"{story.worded_on}"
    return {
        "Story": WORDS | {"read_mark": story.mark},
        "StoryEvent": {"action": "object", "mark": story.mark},
        "StoryAgreement": {
            "mark": story.mark,
            "who": "mamma",
            "agreed_on": day,
            "manner": "read_aloud",
            "scope": "page",
        },
        "StoryPhoto": {"shows": "place", "description": "Durvis", "file": photo()},
        "MediaItem": {
            "title": "Ceļš uz skolu",
            "medium": "Vēstis",
            "kind": kind.pk,
            "published_on": day,
            "municipality": municipality.pk,
        },
        "Material": {
            "title": "Skola",
            "kind": "leaflet",
            "language": "lv",
            "target_group": "families",
            "link": "https://materiali.example/skola",
        },
        "Handout": {
            "copies": 20,
            "handed_on": day,
            "place": "",
            "municipality": municipality.pk,
        },
        "Testimonial": {"text": "Paldies.", "author": "", "agreed_on": day},
    }[model]


@pytest.mark.parametrize(
    ("model", "name"), list(TEXTS), ids=[".".join(key) for key in TEXTS]
)
def test_a_text_with_the_name_of_a_family_is_refused_and_kept_on_the_page(
    client, request, story_at, municipality, rows, kind, model, name
):
    text = TEXTS[model, name]
    writer = request.getfixturevalue(text.writer)
    story = story_at(text.status)
    address = text.address.format(story=story.pk, **rows)
    typed = filled_in(model, story, municipality, kind)
    named = LINK if name == "link" else NAMED
    client.force_login(writer)

    response = client.post(address, typed | {name: named})

    page = response.content.decode()
    assert response.status_code == 422
    assert named in page
    assert AuditEntry.objects.filter(verb="refuse").exists()
    story.refresh_from_db()
    assert (story.status, story.words()["title"]) == (text.status, WORDS["title"])


@pytest.mark.parametrize(
    ("model", "name"), list(TEXTS), ids=[".".join(key) for key in TEXTS]
)
def test_the_same_without_a_name_goes_through(
    client, request, story_at, municipality, rows, kind, model, name
):
    text = TEXTS[model, name]
    story = story_at(text.status)
    typed = filled_in(model, story, municipality, kind)
    plain = "https://vestis.example/cels" if name == "link" else "Mamma un skola"
    client.force_login(request.getfixturevalue(text.writer))

    response = client.post(
        text.address.format(story=story.pk, **rows), typed | {name: plain}
    )

    assert response.status_code == 302


def test_an_editor_is_not_told_which_word_is_a_name(client, coordinator, story_at):
    story = story_at("editing")
    client.force_login(coordinator)
    typed = WORDS | {"read_mark": story.mark, "quote": "Kārkliņi tagad zina."}

    page = client.post(f"/stasti/{story.pk}/labot/", typed).content.decode()

    assert "“Kārkliņi”" not in page
    assert "<mark>" not in page
