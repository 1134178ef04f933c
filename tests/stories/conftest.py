"""A family that agreed to a story, and its story at each stage."""

import pytest

from families.models import Consent
from tests.factories import (
    ConsentFactory,
    FamilyFactory,
    StoryAgreementFactory,
    StoryFactory,
)


@pytest.fixture
def family(municipality, mediator):
    family = FamilyFactory(
        municipality=municipality, mediator=mediator, label="Kārkliņu ģimene"
    )
    for purpose in (Consent.Purpose.KEEP, Consent.Purpose.STORY):
        ConsentFactory(family=family, purpose=purpose, recorded_by=mediator)
    return family


@pytest.fixture
def story_at(municipality, mediator, family):
    """``story_at("editing")``: told of the family, with its words at that stage."""

    def make(status="idea", **facts):
        if status == "published":
            facts.setdefault("published", True)
        facts = {"family": family, "mediator": mediator} | facts
        return StoryFactory(municipality=municipality, status=status, **facts)

    return make


@pytest.fixture
def agreed(story_at, mediator):
    """Everything is there; only the staff have to publish."""
    story = story_at("agreeing")
    story.approve(by=mediator, read_mark=story.mark, names_mediator=False)
    StoryAgreementFactory(story=story, recorded_by=mediator)
    return story
