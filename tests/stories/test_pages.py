"""The pages of stories: written on a phone, edited at a desk, read by anybody."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from cases.models import CaseStatus, Outcome
from stories.models import Story, StoryAgreement, StoryPhoto
from stories.views import public
from tests.factories import CaseFactory, StoryPhotoFactory
from tests.factories.stories import WORDS

KEY = "0198f000-0000-7000-8000-00000000000a"
TYPED = WORDS | {
    "client_uuid": KEY,
    "effect": "",
    "municipality_did": "",
    "in_brief": "",
    "call": "",
    "family": "",
    "read_mark": "",
}


@pytest.fixture
def undrawn(monkeypatch):
    """The PDF holds what its page said before another process drew it."""
    monkeypatch.setattr(
        "privacy.paper.drawn",
        lambda draw, html, *rest, seconds: (b"%PDF" + html.encode(), 1),
    )


def image(size=(40, 30), kind="JPEG", **extra):
    file = BytesIO()
    Image.new("RGB", size, "#0E4F52").save(file, kind, **extra)
    return SimpleUploadedFile("foto.jpg", file.getvalue(), "image/jpeg")


# Writing


def test_the_mediator_writes_an_idea_once_however_often_the_button_is_pressed(
    client, mediator
):
    client.force_login(mediator)

    for _click in range(2):
        assert client.post("/stasti/jauns/", TYPED).status_code == 302

    story = Story.objects.get()
    assert story.mediator == mediator
    assert story.status == "idea"
    assert story.mark == story.mark_of_words()


def test_a_closed_case_fills_the_beginning_in(client, mediator, family):
    case = CaseFactory(
        family=family,
        mediator=mediator,
        title="Skolas kavējumi",
        status=CaseStatus.CLOSED,
        outcome=Outcome.SOLVED,
        opened_on="2026-09-01",
        closed_on="2026-10-01",
        what_helped="Vecāki paši zvana skolai.",
    )
    client.force_login(mediator)

    page = client.get("/stasti/jauns/", {"lieta": case.code}).content.decode()

    assert "Skolas kavējumi" in page
    assert "Vecāki paši zvana skolai." in page


def test_a_case_of_somebody_else_fills_nothing_in(client, outsider, family):
    case = CaseFactory(family=family, title="Skolas kavējumi")
    client.force_login(outsider)

    page = client.get("/stasti/jauns/", {"lieta": case.code}).content.decode()

    assert "Skolas kavējumi" not in page


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "x" * 300),
        ("title", ""),
        ("hard", "x" * 321),
        ("quote", "x\x00y"),
        ("done", "Personas kods 010190-12345"),
    ],
)
def test_what_cannot_be_stored_comes_back_with_everything_else(
    client, mediator, field, text
):
    client.force_login(mediator)

    response = client.post("/stasti/jauns/", TYPED | {field: text})

    assert response.status_code == 422
    assert WORDS["helped"] in response.content.decode()
    assert not Story.objects.exists()


def test_emoji_and_other_scripts_are_words_like_any_other(client, mediator):
    client.force_login(mediator)

    client.post("/stasti/jauns/", TYPED | {"title": "Skola 🎒 школа"})

    assert Story.objects.get().title == "Skola 🎒 школа"


def test_the_mediator_sees_which_words_tell_of_a_family(client, mediator, story_at):
    story = story_at("idea", hard="Kārkliņiem nebija, ar ko braukt.")
    client.force_login(mediator)

    page = client.get(f"/stasti/{story.pk}/labot/").content.decode()

    assert "<mark>Kārkliņiem</mark>" in page


def test_others_edit_without_seeing_which_family_it_is(
    client, coordinator, story_at, family
):
    story = story_at("editing")
    client.force_login(coordinator)

    for address in ("", "labot/"):
        page = client.get(f"/stasti/{story.pk}/{address}").content.decode()
        assert family.code not in page
        assert family.label not in page


def test_what_somebody_else_changed_meanwhile_is_not_written_over(
    client, coordinator, project_staff, story_at
):
    story = story_at("editing")
    client.force_login(coordinator)
    typed = TYPED | {"read_mark": story.mark, "title": "Otrā"}
    story.title = "Pirmā"
    story.rewrite(by=project_staff, read_mark=story.mark)

    response = client.post(f"/stasti/{story.pk}/labot/", typed)

    assert response.status_code == 422
    assert "Otrā" in response.content.decode()
    assert Story.objects.get().title == "Pirmā"


# What anybody reads


def test_a_published_story_is_read_without_an_account_or_a_cookie(
    client, story_at, family
):
    story = story_at("published")

    response = client.get(story.public_url)

    page = response.content.decode()
    assert response.status_code == 200
    assert not response.cookies
    assert response["Cache-Control"] == "no-cache"
    assert story.hard in page
    for secret in (family.code, family.label, story.mediator.last_name):
        assert secret not in page


def test_the_mediator_is_named_only_if_she_said_so(client, story_at):
    story = story_at("published", names_mediator=True)

    assert story.mediator.full_name in client.get(story.public_url).content.decode()


@pytest.mark.parametrize("end", ["remove", "withdraw"])
def test_a_story_that_was_taken_down_is_like_one_that_never_was(
    client, story_at, mediator, end
):
    story = story_at("published")
    StoryPhotoFactory(story=story)
    address = story.public_url
    if end == "remove":
        story.perform("remove", by=mediator)
    else:
        StoryAgreement.withdraw(story, by=mediator)

    never = client.get("/stasti/nekad-nebijis/")
    for rest in ("", "lapina.pdf", "attels.jpg"):
        gone = client.get(f"{address}{rest}")
        assert gone.status_code == 404
        assert gone.content == never.content


def test_strangers_see_what_is_published_and_nothing_else(client, story_at):
    public_one = story_at("published")
    hidden = story_at("agreeing", title="Vēl nav gatavs")

    page = client.get("/stasti/").content.decode()

    assert public_one.public_url in page
    assert hidden.title not in page


def test_an_agreement_taken_back_while_the_leaflet_is_drawn_stops_it(
    client, story_at, mediator, monkeypatch
):
    story = story_at("published")

    def draws_slowly(leaflet, size):
        StoryAgreement.withdraw(story, by=mediator)
        return public.PdfFailed

    monkeypatch.setattr(public, "leaflet_pdf", draws_slowly)

    assert client.get(f"{story.public_url}lapina.pdf").status_code == 404


def test_the_leaflet_holds_the_words_and_no_code(client, story_at, family, undrawn):
    story = story_at("published", call="Sociālais dienests, 20 000 000")

    response = client.get(f"{story.public_url}lapina.pdf", {"izmers": "a5"})

    page = response.content.decode()
    assert response["Content-Type"] == "application/pdf"
    assert "sheet--a5" in page
    assert story.quote in page
    assert "20 000 000" in page
    assert family.code not in page


def test_one_address_draws_no_more_than_ten_leaflets_a_minute(
    client, story_at, undrawn
):
    story = story_at("published")

    answers = [client.get(f"{story.public_url}lapina.pdf") for _n in range(11)]

    assert [answer.status_code for answer in answers[-2:]] == [200, 429]


# The photo


def send_photo(client, story, file, **changes):
    typed = {"file": file, "shows": "place", "description": "Skolas durvis"} | changes
    return client.post(f"/stasti/{story.pk}/foto/", typed)


def test_a_photo_is_drawn_anew_without_place_and_device(client, coordinator, story_at):
    story = story_at("editing")
    read_mark = story.mark
    exif = Image.Exif()
    exif[0x010F] = "SlepensTalrunis"
    client.force_login(coordinator)

    response = send_photo(client, story, image(exif=exif, comment=b"Upesciems"))

    assert response.status_code == 302
    kept = StoryPhoto.objects.get().jpeg
    assert b"SlepensTalrunis" not in kept
    assert b"Upesciems" not in kept
    assert not Image.open(BytesIO(kept)).getexif()
    assert Story.objects.get().mark != read_mark


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "a.svg"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.jpg"),
        (b"GIF89a" + b"\0" * 40, "a.gif"),
        (b"\xff\xd8\xff" + b"\0" * 200, "a.jpg"),
        (b"%PDF-1.4", "a.png"),
        (b"\0" * (5 * 1024 * 1024 + 1), "a.jpg"),
    ],
)
def test_what_is_no_photo_is_refused(client, coordinator, story_at, content, name):
    story = story_at("editing")
    client.force_login(coordinator)

    response = send_photo(client, story, SimpleUploadedFile(name, content))

    assert response.status_code == 422
    assert not StoryPhoto.objects.exists()


def test_a_photo_with_more_points_than_a_machine_should_unpack_is_refused(
    client, coordinator, story_at
):
    story = story_at("editing")
    client.force_login(coordinator)
    file = BytesIO()
    Image.new("1", (12000, 9000)).save(file, "PNG")

    response = send_photo(
        client, story, SimpleUploadedFile("liels.png", file.getvalue())
    )

    assert response.status_code == 422


def test_people_are_shown_only_if_they_signed_for_it(client, coordinator, story_at):
    story = story_at("editing")
    client.force_login(coordinator)

    assert send_photo(client, story, image(), shows="people").status_code == 422
    answer = send_photo(client, story, image(), shows="people", signed_on="2026-01-05")
    assert answer.status_code == 302


def test_a_photo_is_taken_away_again(client, coordinator, story_at):
    story = story_at("editing")
    StoryPhotoFactory(story=story)
    client.force_login(coordinator)

    client.post(f"/stasti/{story.pk}/foto/", {"remove": "1"})

    assert not StoryPhoto.objects.exists()


def test_while_names_are_hidden_a_case_fills_nothing_in(client, mediator, family):
    case = CaseFactory(family=family, mediator=mediator, title="Kārkliņu parāds")
    client.force_login(mediator)
    client.cookies["names"] = "hidden"

    page = client.get("/stasti/jauns/", {"lieta": case.code}).content.decode()

    assert "Kārkliņu parāds" not in page
