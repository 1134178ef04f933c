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


def publish_survey(site):
    """The path of a survey that is open from yesterday on."""
    token, today = new_token(), timezone.localdate()
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


def send_report(report):
    """The path of a report that was mailed just now."""
    token = new_token()
    person, _new = ContactPerson.objects.get_or_create(
        municipality=report.municipality,
        email="kontaktpersona@tilts.example",
        defaults={"name": "Gundega Celma", "post": "sociālā dienesta vadītāja"},
    )
    Delivery.objects.create(
        version=freeze(report, by=report.mediator),
        recipient=person,
        requested_by=report.mediator,
        status=Delivery.Status.SENT,
        token_sha256=hash_of(token),
        sent_at=timezone.now(),
        expires_at=timezone.now() + Delivery.LINK_LASTS,
    )
    return f"/s/{token}/"


class PageBehindLink:
    """Nobody is signed in, and nothing but the token in the address opens it."""

    goal, growth, most_queries = 3, {1_000_000: 1.1}, None
    floor_is = "a bare Django page of the same bytes, for anybody"

    def __init__(self, site):
        self.path = self.publish(site)
        self.browser = Browser(site.application, {})
        page = "x" * len(self.browser.get(self.path))
        self.bare = bare.anybody(lambda request: HttpResponse(page))

    def run(self):
        self.browser.get(self.path)

    def run_floor(self):
        self.bare.get("/bare/")


class Survey(PageBehindLink):
    name = "questions of a survey, by its link"

    def publish(self, site):
        return publish_survey(site)


class LetterWithReport(PageBehindLink):
    name = "a report, by the link in a mail"

    def publish(self, site):
        return send_report(MonthlyReport.objects.filter(mediator=site.mediator)[0])
