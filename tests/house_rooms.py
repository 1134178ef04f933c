"""What stands in the rooms of the house beside families, cases and reports."""

from django.utils import timezone

from mediators.models import Appointment, Role
from reports.periods import Period
from reports.services import making
from stories.models import StoryEvent
from stories.workflow import Action
from tests.factories import (
    AnswerSheetFactory,
    BreachFactory,
    CentreFactory,
    EventFactory,
    EventInvitationFactory,
    FollowUpFactory,
    HandoutFactory,
    LeaderFactory,
    LegalHoldFactory,
    MaterialFactory,
    MediaItemFactory,
    ParticipantWordsFactory,
    QuestionnaireFactory,
    RecommendationFactory,
    RetentionRunFactory,
    StoryAgreementFactory,
    StoryFactory,
    StoryPhotoFactory,
    SubjectRequestFactory,
    SurveyLinkFactory,
    SurveyRoundFactory,
    UserFactory,
)


class Rooms:
    """Events, surveys, stories and requests about data; ``House`` calls these."""

    def gather(self, mediator):
        """An event of the mediator with everything that belongs to one."""
        mine = {"municipality": self.municipality, "mediator": mediator}
        self.centre = CentreFactory(municipality=self.municipality)
        self.event = EventFactory(
            centre=self.centre, outcome="Lasīt kopā.", results="Pirmā vieta.", **mine
        )
        self.leader = LeaderFactory(
            event=self.event, visit=None, name="Dace Paraudziņa", own_minutes=60
        )
        self.invited = EventInvitationFactory(event=self.event, contact=self.contact)
        self.testimonial = ParticipantWordsFactory(
            event=self.event, agreed_on=timezone.localdate(), mediator=mediator
        )

    def of_events(self, view):
        """Arguments of the pages about events and centres."""
        return {
            "centre-detail": {"pk": self.centre.pk},
            "centre-update": {"pk": self.centre.pk},
            "leader-delete": {"pk": self.leader.pk},
            "invitation-update": {"pk": self.invited.pk},
            "testimonial-withdraw": {"pk": self.testimonial.pk},
            "testimonial-delete": {"pk": self.testimonial.pk},
        }.get(view, {"code": self.event.code})

    def ask_the_staff(self, mediator):
        """A survey that runs, one that is over with enough answers, a recommendation."""
        self.survey_link = SurveyLinkFactory(
            municipality=self.municipality, secret=self.token
        )
        self.questionnaire = QuestionnaireFactory(version=2)
        over = SurveyLinkFactory(
            round=SurveyRoundFactory(over=True), municipality=self.municipality
        )
        said = {"q2": "yes", "q8": {"text": "Vairāk laika."}}
        sheets = [AnswerSheetFactory(link=over, said=said) for _number in range(5)]
        self.survey_over = over.round
        self.said = sheets[0].answers.get(question="q8")
        self.told = sheets[1].answers.get(question="q8")
        self.told.status, self.told.shown = "shown", self.told.text
        self.told.save()
        self.recommendation = RecommendationFactory()
        self.follow_up = FollowUpFactory(
            recommendation=self.recommendation,
            municipality=self.municipality,
            by=mediator,
        )

    def of_evaluation(self, view):
        """Arguments of the pages about surveys and recommendations."""
        link, over = {"pk": self.survey_link.pk}, {"pk": self.survey_over.pk}
        running = {"pk": self.survey_link.round_id}
        recommended = {"pk": self.recommendation.pk}
        return {
            "answer": {"token": self.token},
            "survey": running,
            "survey-update": running,
            "survey-announce": running,
            "words": over,
            "survey-link": link,
            "link-renew": link,
            "link-revoke": link,
            "partners": {"slug": self.municipality.slug},
            "questionnaire": {"version": self.questionnaire.version},
            "questionnaire-version": {"version": self.questionnaire.version},
            "moderate": {"pk": self.said.pk},
            "recommend": {"pk": self.told.pk},
            "recommendation-update": recommended,
            "recommendation-carry": recommended,
            "follow-up-create": recommended,
            "follow-up-update": {"pk": self.follow_up.pk},
        }.get(view, {})

    def tell(self, mediator, coordinator, letter):
        """A story at each stage, a publication, a material and copies of it."""
        facts = {"municipality": self.municipality, "mediator": mediator}
        self.idea = StoryFactory(family=self.family, **facts)
        self.edited = StoryFactory(status="editing", **facts)
        self.agreeing = StoryFactory(status="agreeing", **facts)
        StoryAgreementFactory(story=self.agreeing, recorded_by=mediator)
        StoryEvent.objects.create(
            story=self.agreeing, action=Action.PROPOSE, by=coordinator
        )
        self.published = StoryFactory(
            status="published", published=True, slug=f"stasts-{letter.lower()}", **facts
        )
        for story in (self.edited, self.published):
            StoryPhotoFactory(story=story)
        self.publication = MediaItemFactory(
            municipality=self.municipality, added_by=mediator
        )
        self.material = MaterialFactory(added_by=coordinator, pdf=b"%PDF-1.7 %%EOF")
        self.handout = HandoutFactory(
            material=self.material, municipality=self.municipality, by=mediator
        )

    def of_stories(self, view):
        """Arguments of the pages about stories, publicity and materials."""
        if view.startswith("public"):
            return {"slug": self.published.slug}
        if view in ("list", "create", "media", "media-create"):
            return {}
        if view in ("materials", "material-create"):
            return {}
        of = {
            "media": self.publication,
            "material": self.material,
            "handout": self.material if view == "handout-create" else self.handout,
            "delete": self.idea,
            "update": self.edited,
            "photo": self.edited,
            "picture": self.edited,
        }
        story = of.get(view.partition("-")[0], self.agreeing)
        return {"pk": story.pk}

    def ask_about_data(self):
        """Requests of the family, a run and a breach, as their pages need them."""
        officer = {
            "confirmed_by": UserFactory(),
            "confirmed_at": timezone.now(),
            "status": "confirmed",
        }
        self.asked = SubjectRequestFactory(family=self.family)
        self.copy = SubjectRequestFactory(family=self.family, **officer)
        self.to_correct = SubjectRequestFactory(
            family=self.family, kind="rectification", **officer
        )
        self.run, self.hold = RetentionRunFactory(), LegalHoldFactory()
        self.breach = BreachFactory()

    def of_data_protection(self, view):
        """Arguments of the pages about data protection."""
        return {
            "name-allow": {"pk": self.name_asked.pk},
            "name-revoke": {"pk": self.name_granted.pk},
            "factor-reset-confirm": {"pk": self.reset.pk},
            "request": {"code": self.asked.code},
            "restriction-lift": {"code": self.asked.code},
            "request-file": {"code": self.copy.code, "file_type": "json"},
            "request-corrected": {"code": self.to_correct.code},
            "run-confirm": {"pk": self.run.pk},
            "hold-lift": {"pk": self.hold.pk},
            "breach": {"code": self.breach.code},
        }.get(view, {})


def results_for_the_staff():
    """A file that waits for the first of them, who is of the cast, to fetch it."""
    working = Appointment.objects.filter(role=Role.PROJECT_STAFF)
    first = working.order_by("user_id").first()
    staff = first.user if first else UserFactory(role=Role.PROJECT_STAFF)
    export, _is_new = making.ask_for(
        Period.parse("2026-10"), "xlsx", by=staff, purpose="audit", recipient="Birojs"
    )
    making.make.func(str(export.pk))
    export.refresh_from_db()
    return export
