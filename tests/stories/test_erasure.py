"""A family that is erased takes its stories along, unless it wanted them to stay."""

import pytest

from data_protection.services import erasure
from data_protection.services.subject_export import collect
from stories.models import Story, StoryPhoto
from tests.factories import StoryFactory, StoryPhotoFactory, SubjectRequestFactory


def erase(family):
    erasure.erase_family(family, why="request", by=None)


@pytest.mark.parametrize("status", ["idea", "written", "editing", "agreeing"])
def test_what_was_never_published_is_emptied(story_at, family, status):
    story = story_at(status)
    StoryPhotoFactory(story=story)

    erase(family)

    story = Story.objects.get(pk=story.pk)
    assert set(story.words().values()) <= {"", "[dzēsts]"}
    assert story.told == ""
    assert (story.family, story.case, story.slug) == (None, None, None)
    assert not StoryPhoto.objects.exists()


def test_a_published_story_is_gone_with_its_address_and_still_counted(
    client, story_at, family
):
    story = story_at("published")
    address = story.public_url

    erase(family)

    assert client.get(address).status_code == 404
    story = Story.objects.get(pk=story.pk)
    assert story.hard == ""
    assert story.published_on


def test_a_story_that_the_family_wanted_to_stay_leads_to_nobody(
    client, story_at, family
):
    story = story_at("published")
    StoryPhotoFactory(story=story)
    mark = story.mark_of_words()
    Story.objects.filter(pk=story.pk).update(mark=mark)
    story.agreements.update(stays_when_erased=True, mark=mark)
    hard = story.hard

    erase(family)

    story = Story.objects.get(pk=story.pk)
    assert story.hard == hard
    assert story.family is None
    assert story.agreements.get().who == "[dzēsts]"
    assert client.get(story.public_url).status_code == 200
    assert StoryPhoto.objects.get().description == "Skolas durvis no rīta"


def test_the_name_of_the_family_goes_from_stories_about_others(
    family, mediator, municipality
):
    other = StoryFactory(
        mediator=mediator,
        municipality=municipality,
        helped="Palīdzēja arī Kārkliņi no blakus mājas.",
    )

    erase(family)

    assert "Kārkliņi" not in Story.objects.get(pk=other.pk).helped


def test_the_copy_of_a_family_s_data_tells_its_stories(story_at, family):
    story_at("published")
    request = SubjectRequestFactory(family=family)

    [told] = collect(family, None, request)["stories"]

    assert told["status"]["code"] == "published"
    assert {part["text"] for part in told["words"]} >= {"Katru rītu uz skolu"}
    assert told["agreements"][0]["who"] == "mamma"
