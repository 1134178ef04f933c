"""The steps of a story on its page: asked before, checked, told who is next."""

from datetime import timedelta

import pytest
from django.utils import timezone

from stories.differences import marked
from stories.models import Story
from stories.workflow import ActionNotAllowed
from tests.stories.test_pages import TYPED


def step(client, story, action, **more):
    return client.post(
        f"/stasti/{story.pk}/solis/", {"action": action, "mark": story.mark} | more
    )


def test_the_list_about_dignity_has_to_be_ticked_as_a_whole(
    client, coordinator, story_at
):
    story = story_at("editing")
    client.force_login(coordinator)

    response = step(client, story, "propose", dignity=["proud", "acts"])

    assert response.status_code == 422
    story.refresh_from_db()
    assert story.status == "editing"


def test_staff_publish_and_a_second_click_says_so_kindly(client, project_staff, agreed):
    client.force_login(project_staff)

    first, second = step(client, agreed, "publish"), step(client, agreed, "publish")

    assert first.status_code == second.status_code == 302
    assert agreed.is_public
    assert agreed.events.filter(action="publish").count() == 1


def test_a_step_back_asks_for_a_sentence(client, mediator, story_at):
    story = story_at("agreeing")
    client.force_login(mediator)

    for comment in ("", "  ", "x" * 501):
        assert step(client, story, "object", comment=comment).status_code == 422
    answer = step(client, story, "object", comment="Mamma to saka citādi.")

    assert answer.status_code == 302
    assert story.events.get().comment == "Mamma to saka citādi."


def folded(page, words):
    """Whether the button of these words stands in a fold."""
    before, found, _after = page.partition(words)
    return bool(found) and before.rfind("<details") > before.rfind("</details>")


def test_whatever_ends_a_public_page_says_first_what_happens(
    client, project_staff, story_at
):
    story = story_at("published")
    client.force_login(project_staff)

    page = client.get(f"/stasti/{story.pk}/").content.decode()

    for button in (
        'value="edit"',
        'value="remove"',
        f'action="/stasti/{story.pk}/atsaukt/"',
    ):
        assert page.count(button) == 1
        assert folded(page, button)


def test_a_mediator_deletes_an_idea_that_nobody_else_ever_saw(
    client, mediator, coordinator, story_at
):
    story = story_at("idea")
    client.force_login(coordinator)
    assert client.post(f"/stasti/{story.pk}/dzest/").status_code == 404
    client.force_login(mediator)

    assert client.post(f"/stasti/{story.pk}/dzest/").status_code == 302

    assert not Story.objects.exists()


@pytest.mark.parametrize("status", ["written", "agreeing", "published", "removed"])
def test_a_story_that_others_have_seen_is_not_deleted(
    client, mediator, story_at, status
):
    story = story_at(status)
    client.force_login(mediator)

    assert client.post(f"/stasti/{story.pk}/dzest/").status_code == 404


def test_an_idea_is_never_taken_down_where_others_would_read_its_names(
    story_at, mediator
):
    story = story_at("idea", hard="Kārkliņiem nebija, ar ko braukt.")

    with pytest.raises(ActionNotAllowed):
        story.perform("remove", by=mediator)


@pytest.mark.parametrize("action", ["publish", "approve", "hand_in", "dance"])
def test_a_step_that_is_not_offered_is_not_there(client, coordinator, agreed, action):
    client.force_login(coordinator)

    assert step(client, agreed, action).status_code in (400, 404)
    assert not agreed.is_public


def test_a_story_of_another_municipality_is_not_there(client, outsider, agreed):
    client.force_login(outsider)

    for address in ("", "labot/", "piekrisana/", "foto/", "lapina.pdf", "attels.jpg"):
        assert client.get(f"/stasti/{agreed.pk}/{address}").status_code == 404


def test_the_mediator_writes_the_agreement_down_on_the_phone(
    client, mediator, story_at
):
    story = story_at("agreeing")
    client.force_login(mediator)

    response = client.post(
        f"/stasti/{story.pk}/piekrisana/",
        {
            "mark": story.mark,
            "who": "mamma",
            "agreed_on": f"{story.worded_on}",
            "manner": "read_aloud",
            "scope": "page",
        },
    )

    assert response.status_code == 302
    assert story.agreement.who == "mamma"


@pytest.mark.parametrize("day", ["1990-01-01", "2099-01-01"])
def test_nobody_agrees_to_words_before_they_are_written_or_in_days_to_come(
    client, mediator, story_at, day
):
    story = story_at("agreeing")
    client.force_login(mediator)
    typed = {
        "mark": story.mark,
        "who": "mamma",
        "agreed_on": day,
        "manner": "read_aloud",
        "scope": "page",
    }

    response = client.post(f"/stasti/{story.pk}/piekrisana/", typed)

    assert response.status_code == 422
    assert story.agreement is None


def test_an_agreement_to_words_that_were_changed_later_is_not_taken(
    client, mediator, coordinator, story_at
):
    written = timezone.localdate() - timedelta(days=20)
    story = story_at("editing", worded_on=written)
    story.done += " Divreiz."
    story.rewrite(by=coordinator, read_mark=story.mark)
    Story.objects.filter(pk=story.pk).update(status="agreeing")
    client.force_login(mediator)
    typed = {
        "mark": story.mark,
        "who": "mamma",
        "agreed_on": f"{written}",
        "manner": "read_aloud",
        "scope": "page",
    }

    assert client.post(f"/stasti/{story.pk}/piekrisana/", typed).status_code == 422


def test_the_mediator_sees_which_words_were_changed_and_no_others(
    client, mediator, coordinator, story_at
):
    story = story_at("editing")
    story.changed = story.changed.replace("nekavē", "nāk laikā")
    story.rewrite(by=coordinator, read_mark=story.mark)
    Story.objects.filter(pk=story.pk).update(status="agreeing")
    client.force_login(mediator)

    page = client.get(f"/stasti/{story.pk}/").content.decode()

    assert "<del>nekavē,</del>" in page
    assert "<ins>nāk laikā,</ins>" in page


@pytest.mark.parametrize(
    ("old", "new"), [("", "a b"), ("a b", ""), ("a  b\nc", "a b\nd c"), ("x" * 9, "y")]
)
def test_the_pieces_of_two_texts_are_the_texts_again(old, new):
    pieces = marked(old, new)

    assert ["".join(word for word, _is_changed in side) for side in pieces] == [
        old,
        new,
    ]


def test_an_editor_is_told_who_reads_it_and_a_mediator_that_nobody_does(
    client, mediator, coordinator, story_at
):
    nobody = "neviens cits to nelasa"
    idea, edited = story_at("idea"), story_at("editing")

    client.force_login(mediator)
    assert nobody in client.get(f"/stasti/{idea.pk}/labot/").content.decode()
    client.force_login(coordinator)
    assert nobody not in client.get(f"/stasti/{edited.pk}/labot/").content.decode()


def test_a_browser_is_not_told_to_cut_a_long_title(client, mediator):
    client.force_login(mediator)

    assert "maxlength" not in client.get("/stasti/jauns/").content.decode()
    page = client.post("/stasti/jauns/", TYPED | {"title": "x" * 300}).content.decode()
    assert "x" * 300 in page
    assert "80" in page


def test_an_editor_is_told_which_leaflet_gets_small_letters_and_why(
    client, coordinator, mediator, story_at
):
    answers = dict.fromkeys(Story.PROMPTS, "gara pasaka " * 26)
    box = {"effect": "a" * 200, "municipality_did": "a" * 220, "in_brief": "a" * 200}
    long_one = story_at("editing", **answers, **box)
    client.force_login(coordinator)

    page = client.get(f"/stasti/{long_one.pk}/").content.decode()
    other = client.get(f"/stasti/{story_at('editing').pk}/").content.decode()

    assert "A5 lapiņa" in page
    assert "A4 lapiņa" not in page
    assert "A5 lapiņa" not in other
