"""Pages that people without an account open from a mail, beside a bare page of the same bytes."""

from datetime import timedelta

from django.http import HttpResponse
from django.utils import timezone

from bench import bare
from bench.asking import Browser
from evaluation.models import Questionnaire, SurveyLink, SurveyRound
from evaluation.questions import first_version
from mediators.models import Role, User
from municipalities.models import ContactPerson
from privacy.tokens import hash_of, new_token
from reports.models import Delivery, MonthlyReport
from reports.services.delivery import freeze


class PageBehindLink:
    """Nobody is signed in, and nothing but the token in the address opens it."""

    goal, growth, most_queries = 3, 1.1, None
    floor_is = "a bare Django page of the same bytes, for anybody"

    def __init__(self, site):
        token = new_token()
        self.path = self.publish(site, token)
        self.browser = Browser(site.application, {})
        page = "x" * len(self.browser.get(self.path))
        self.bare = bare.anybody(lambda request: HttpResponse(page))

    def run(self):
        self.browser.get(self.path)

    def run_floor(self):
        self.bare.get("/bare/")


class Survey(PageBehindLink):
    name = "questions of a survey, by its link"

    def publish(self, site, token):
        today = timezone.localdate()
        staff = User.objects.filter(appointments__role=Role.PROJECT_STAFF)
        questions, _new = Questionnaire.objects.get_or_create(
            version=1, defaults={"questions": first_version()}
        )
        survey = SurveyRound.objects.create(
            questionnaire=questions,
            opens_on=today - timedelta(days=1),
            closes_on=today + timedelta(days=14),
            announced_at=timezone.now(),
            made_by=staff.order_by("email")[0],
        )
        SurveyLink.objects.create(
            round=survey,
            municipality=site.mediator.appointments.get().municipality,
            secret=token,
            token_sha256=hash_of(token),
        )
        return f"/a/{token}/"


class LetterWithReport(PageBehindLink):
    name = "a report, by the link in a mail"

    def publish(self, site, token):
        report = MonthlyReport.objects.filter(mediator=site.mediator)[0]
        version = freeze(report, by=site.mediator)
        person = ContactPerson.objects.create(
            municipality=report.municipality,
            name="Gundega Celma",
            post="sociālā dienesta vadītāja",
            email="kontaktpersona@tilts.example",
        )
        Delivery.objects.create(
            version=version,
            recipient=person,
            requested_by=site.mediator,
            status=Delivery.Status.SENT,
            token_sha256=hash_of(token),
            sent_at=timezone.now(),
            expires_at=timezone.now() + Delivery.LINK_LASTS,
        )
        return f"/s/{token}/"


PAGES_BEHIND_LINKS = (Survey, LetterWithReport)
