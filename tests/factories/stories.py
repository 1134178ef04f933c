"""Stories, publicity and materials."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from mediators.models import Role
from municipalities.models import Vocabulary
from stories.models import (
    Handout,
    Material,
    MediaItem,
    Story,
    StoryAgreement,
    StoryPhoto,
)
from tests.factories.people import UserFactory
from tests.factories.places import MunicipalityFactory, TermFactory

WORDS = {
    "title": "Katru rītu uz skolu",
    "hard": "Zēns rītos negāja uz skolu, jo autobuss aizbrauca pirms gaismas.",
    "done": "Kopā ar mammu aizgājām uz skolu un visu izrunājām.",
    "helped": "Skola pārcēla pirmo stundu, pašvaldība mainīja autobusa laiku.",
    "changed": "Zēns nekavē, un mamma pati zvana skolai.",
    "quote": "Tagad es pati zinu, kam zvanīt.",
}


class StoryFactory(DjangoModelFactory):
    """An idea with all its words; ``status`` alone sets no agreement."""

    class Meta:
        model = Story

    municipality = factory.SubFactory(MunicipalityFactory)
    mediator = factory.LazyAttribute(
        lambda o: UserFactory(role=Role.MEDIATOR, municipality=o.municipality)
    )
    title = WORDS["title"]
    hard = WORDS["hard"]
    done = WORDS["done"]
    helped = WORDS["helped"]
    changed = WORDS["changed"]
    quote = WORDS["quote"]

    @factory.post_generation
    def seal(self, create, extracted, **kwargs):
        self.mark = self.mark_of_words()
        self.remember_as_told()

    class Params:
        published = factory.Trait(
            status="published",
            slug=factory.Sequence(lambda n: f"katru-ritu-uz-skolu-{n}"),
            published_on=date(2026, 10, 20),
        )

    @classmethod
    def _after_postgeneration(cls, instance, create, results=None):
        """What is published or being agreed on was looked through and approved."""
        if instance.status in ("agreeing", "published"):
            instance.dignity_mark = instance.mark
        if instance.status == "published":
            instance.approved_mark = instance.mark
        instance.save()
        if instance.status == "published":
            StoryAgreementFactory(story=instance)


class StoryAgreementFactory(DjangoModelFactory):
    class Meta:
        model = StoryAgreement

    story = factory.SubFactory(StoryFactory)
    who = "mamma"
    mark = factory.LazyAttribute(lambda o: o.story.mark)
    recorded_by = factory.LazyAttribute(lambda o: o.story.mediator)


class StoryPhotoFactory(DjangoModelFactory):
    class Meta:
        model = StoryPhoto

    story = factory.SubFactory(StoryFactory)
    shows = "place"
    description = "Skolas durvis no rīta"
    jpeg = b"\xff\xd8\xff\xe0"


class MediaItemFactory(DjangoModelFactory):
    class Meta:
        model = MediaItem

    published_on = date(2026, 10, 8)
    medium = "Upesciema Vēstis"
    kind = factory.SubFactory(
        TermFactory, vocabulary=Vocabulary.MEDIA_KIND, code="PRINT_LOCAL"
    )
    title = "Mediatore, kas zina ceļu uz skolu"
    municipality = factory.SubFactory(MunicipalityFactory)
    added_by = factory.SubFactory(UserFactory)


class MaterialFactory(DjangoModelFactory):
    class Meta:
        model = Material

    title = "Bērns iet skolā"
    kind = "leaflet"
    target_group = "families"
    link = "https://materiali.example/skola"
    added_by = factory.SubFactory(UserFactory)


class HandoutFactory(DjangoModelFactory):
    class Meta:
        model = Handout

    material = factory.SubFactory(MaterialFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    copies = 20
    by = factory.SubFactory(UserFactory)
