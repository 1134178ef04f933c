"""Surveys with answers, recommendations with what became of them."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from evaluation.models import (
    Answer,
    AnswerSheet,
    FollowUp,
    Questionnaire,
    Recommendation,
    SurveyLink,
    SurveyRound,
)
from evaluation.questions import first_version
from mediators.models import Role
from municipalities.models import Vocabulary
from privacy.tokens import hash_of, new_token
from tests.factories.people import UserFactory
from tests.factories.places import MunicipalityFactory, TermFactory


class QuestionnaireFactory(DjangoModelFactory):
    class Meta:
        model = Questionnaire
        django_get_or_create = ["version"]

    version = 1
    questions = factory.LazyFunction(first_version)


class SurveyRoundFactory(DjangoModelFactory):
    """Open since yesterday, for two weeks; ``over`` ended yesterday."""

    class Meta:
        model = SurveyRound

    class Params:
        over = factory.Trait(
            opens_on=factory.LazyFunction(
                lambda: timezone.localdate() - timedelta(days=15)
            ),
            closes_on=factory.LazyFunction(
                lambda: timezone.localdate() - timedelta(days=1)
            ),
        )

    questionnaire = factory.SubFactory(QuestionnaireFactory)
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=1))
    closes_on = factory.LazyAttribute(lambda o: o.opens_on + timedelta(days=14))
    announced_at = factory.LazyFunction(timezone.now)
    made_by = factory.SubFactory(UserFactory, role=Role.PROJECT_STAFF)


class SurveyLinkFactory(DjangoModelFactory):
    class Meta:
        model = SurveyLink

    round = factory.SubFactory(SurveyRoundFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    secret = factory.LazyFunction(new_token)
    token_sha256 = factory.LazyAttribute(lambda o: hash_of(o.secret))


class AnswerSheetFactory(DjangoModelFactory):
    """``said`` are answers by question: a code, a list of codes, or ``{"text": …}``."""

    class Meta:
        model = AnswerSheet
        skip_postgeneration_save = True

    link = factory.SubFactory(SurveyLinkFactory)
    form_sha256 = factory.LazyFunction(lambda: hash_of(new_token()))

    @factory.post_generation
    def said(sheet, create, answers, **kwargs):  # noqa: N805 -- the sheet that was made
        for question, said in (answers or {}).items():
            for value in said if isinstance(said, list) else [said]:
                text = value["text"] if isinstance(value, dict) else ""
                code = "" if isinstance(value, dict) else value
                Answer.objects.create(
                    sheet=sheet, question=question, value=code, text=text
                )


class RecommendationFactory(DjangoModelFactory):
    class Meta:
        model = Recommendation

    text = "Turpināt supervīzijas mediatoriem."
    heading = factory.SubFactory(
        TermFactory,
        vocabulary=Vocabulary.RECOMMENDATION_HEADING,
        code="MEDIATORS",
        label_lv="Romu mediatoru darbs",
        label_en="Work of Roma mediators",
    )
    addressee = factory.SubFactory(
        TermFactory,
        vocabulary=Vocabulary.ADDRESSEE,
        code="MUNICIPALITY",
        label_lv="Pašvaldība",
        label_en="Municipality",
    )
    source = "Platforma II, 2025"
    made_by = factory.SubFactory(UserFactory, role=Role.PROJECT_STAFF)


class FollowUpFactory(DjangoModelFactory):
    class Meta:
        model = FollowUp

    recommendation = factory.SubFactory(RecommendationFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    text = "Četras sesijas pusgadā."
    status = FollowUp.Status.GOES_ON
    noted_on = date(2026, 10, 5)
    by = factory.SubFactory(UserFactory, role=Role.PROJECT_STAFF)
