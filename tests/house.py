"""The mediator's things, by the names of the arguments in the addresses."""

from datetime import date, timedelta
from hashlib import sha256

from django.core.files.base import ContentFile
from django.urls import get_resolver
from django.utils import timezone

from cases.models import CaseStatus, Outcome
from cases.services import deletion
from families.models import Consent
from reports.models import Comment, Delivery, MonthlyReport
from reports.sections import BY_KEY
from reports.services import review
from tests.factories import (
    COLUMNS,
    AchievementFactory,
    AdviceFactory,
    AgreementFactory,
    ApiTokenFactory,
    AskFactory,
    CalendarFeedFactory,
    CaseFactory,
    CaseShareFactory,
    CommunityIssueFactory,
    ComplaintFactory,
    ConflictOfInterestFactory,
    ConsentFactory,
    ContactPersonFactory,
    DelegationFactory,
    EmailChangeFactory,
    FactorResetFactory,
    FamilyFactory,
    FamilyMemberFactory,
    GroupMeetingFactory,
    GroupMemberFactory,
    HandOverFactory,
    ImportFactory,
    IncidentFactory,
    InstitutionContactFactory,
    InvolvementFactory,
    IssueEventFactory,
    MediatorProfileFactory,
    MonthlyReportFactory,
    NameGrantFactory,
    NextStepFactory,
    ParticipantFactory,
    ReferralFactory,
    ResidenceFactory,
    ResourceFactory,
    SubGoalFactory,
    SubstitutionFactory,
    SupervisionSessionFactory,
    TrainingFactory,
    TrainingNeedFactory,
    VisitFactory,
)
from tests.house_rooms import Rooms, results_for_the_staff


class House(Rooms):
    """The mediator's things, by the names of the arguments in the addresses."""

    def __init__(self, municipality, mediator, coordinator, *, letter="T"):
        """A second house in one database needs secrets of another letter."""
        self.municipality = municipality
        self.desk = MonthlyReport._next_desk(municipality)
        self.token = letter.lower() * 43
        self.complaint_code = f"{letter * 4}-2222-BBBB"
        self.family = FamilyFactory(
            municipality=municipality, mediator=mediator, phone="20 000 000"
        )
        ConsentFactory(family=self.family, recorded_by=mediator)
        self.member = FamilyMemberFactory(family=self.family)
        self.residence = ResidenceFactory(family=self.family, by=mediator)
        self.conflict = ConflictOfInterestFactory(family=self.family, mediator=mediator)
        self.name_asked = NameGrantFactory(family=self.family, grantee=coordinator)
        self.name_granted = NameGrantFactory(
            family=self.family, grantee=coordinator, granted_by=mediator
        )
        self.substitution = SubstitutionFactory(
            absent=mediator, municipality=municipality
        )
        self.plan = HandOverFactory(mediator=mediator, municipality=municipality)
        self.case = CaseFactory(family=self.family, mediator=mediator)
        SubGoalFactory(case=self.case)
        self.achievement = AchievementFactory(case=self.case)
        self.incident = IncidentFactory(
            family=self.family, mediator=mediator, municipality=municipality
        )
        self.way = InvolvementFactory(family=self.family, mediator=mediator)
        self.participant = ParticipantFactory(
            involvement=InvolvementFactory(
                family=self.family,
                mediator=mediator,
                steps=[("accepted", timezone.localdate())],
            )
        )
        self.advice = AdviceFactory(case=self.case, by=mediator)
        self.issue = CommunityIssueFactory(municipality=municipality, mediator=mediator)
        IssueEventFactory(issue=self.issue, words="Meklējam.")
        self.referral = ReferralFactory(case=self.case)
        self.shared_case = CaseShareFactory(
            case=CaseFactory(family=self.family, mediator=mediator)
        ).case
        self.closed_case = CaseFactory(
            family=self.family,
            mediator=mediator,
            status=CaseStatus.CLOSED,
            outcome=Outcome.SOLVED,
            closed_on=timezone.localdate(),
        )
        self.step = NextStepFactory(mediator=mediator, municipality=municipality)
        CalendarFeedFactory(mediator=mediator, token=self.token)
        self.complaint = ComplaintFactory(
            municipality=municipality, code=self.complaint_code
        )
        self.reset = FactorResetFactory(user=mediator)
        EmailChangeFactory(user=mediator)
        self.api_token = ApiTokenFactory(token=f"tilts_{self.token}")
        self.supervision = SupervisionSessionFactory(mediator=mediator)
        self.mediator = mediator
        self.training = TrainingFactory(mediator=mediator, municipality=municipality)
        TrainingNeedFactory(mediator=mediator)
        self.card = f"kartite-{letter.lower()}"
        MediatorProfileFactory(mediator=mediator, card_slug=self.card)
        self.contact = InstitutionContactFactory(institution__municipality=municipality)
        GroupMemberFactory(municipality=municipality, contact=self.contact)
        self.meeting = GroupMeetingFactory(municipality=municipality)
        self.meeting.present.add(self.contact)
        of_place = {"municipality": municipality, "by": mediator}
        self.delegation = DelegationFactory(contact=self.contact, **of_place)
        self.agreement = AgreementFactory(
            institution=self.contact.institution, **of_place
        )
        self.resource = ResourceFactory(**of_place)
        self.visit = VisitFactory(
            mediator=mediator, municipality=municipality, family=self.family
        )
        self.gather(mediator)
        self.deleted = deletion.delete_visit(
            VisitFactory(mediator=mediator, municipality=municipality), by=mediator
        )
        mine = {"by": mediator, "municipality": municipality}
        self.brought = ImportFactory(**mine)
        self.listed = ImportFactory(columns=COLUMNS, **mine)
        self.imported = ImportFactory(
            content="", confirmed_at=timezone.now(), count=1, **mine
        )
        self.file_of_results = results_for_the_staff()
        self.ask_the_staff(mediator)
        recipient = ContactPersonFactory(municipality=municipality)
        self.returned = self.handed_in(mediator, month=7)
        self.ask(self.returned, coordinator)
        review.return_for_correction(self.returned, by=coordinator)
        self.submitted = self.handed_in(mediator, month=8)
        self.comment = self.ask(self.submitted, coordinator)
        self.ask_about_data()
        self.tell(mediator, coordinator, letter)
        self.sent = self.handed_in(mediator, month=9)
        AskFactory(report=self.sent)
        version = review.approve(self.sent, by=coordinator)
        self.wish = self.sent.asks.get()
        version.pdf.save("atskaite.pdf", ContentFile(b"%PDF"), save=False)
        version.pdf_sha256 = sha256(b"%PDF").hexdigest()
        version.save()
        self.version = version
        self.delivery = Delivery.objects.create(
            version=version,
            recipient=recipient,
            requested_by=coordinator,
            status=Delivery.Status.SENT,
            token_sha256=sha256(self.token.encode()).hexdigest(),
            sent_at=timezone.now() - Delivery.AGAIN_AFTER,
            expires_at=timezone.now() + timedelta(days=1),
        )

    def handed_in(self, mediator, *, month):
        report = MonthlyReportFactory(
            municipality=self.municipality,
            mediator=mediator,
            month=date(2026, month, 1),
            desk=self.desk,
            sections="Divas ģimenes.",
        )
        review.submit(report, by=mediator)
        return report

    def ask(self, report, coordinator):
        return Comment.objects.create(
            report=report, section="hardest", author=coordinator, text="Kad?"
        )

    def arguments(self, name):
        """Keyword arguments of an address, so that they lead to the mediator's things."""
        report = {"desk": self.desk, "month": self.report_for(name).month}
        return {
            "families:reveal": {"code": self.family.code, "field": "phone"},
            "families:consent-withdraw": {
                "code": self.family.code,
                "purpose": Consent.Purpose.KEEP,
            },
            "cases:visit-restore": {"code": self.deleted.code},
            "agenda:welcome": {"number": 1},
            "privacy-version": {"number": 1},
            "invitation-open": {"token": self.token},
            "email-open": {"token": self.token},
            "session-end": {"pk": 1},
            "mfa_remove_webauthn": {"pk": 1},
            "words": {"language": "lv", "version": "1"},
            "offline:page": {"name": "ierakstit"},
            "families:member-update": self.of_member(),
            "families:member-left": self.of_member(),
            "families:residence-delete": {
                "code": self.family.code,
                "pk": self.residence.pk,
            },
            "families:member-education": self.of_member(),
            "reports:education": {"slug": self.municipality.slug},
            "cases:case-goal": {"code": self.case.code, "position": 1},
            "cases:achievement-create": {"code": self.case.code},
            "cases:achievement-delete": {"pk": self.achievement.pk},
            "cases:document-create": {"code": self.case.code},
            "cases:incident-update": {"pk": self.incident.pk},
            "cases:incident-delete": {"pk": self.incident.pk},
            "cases:participant": {"pk": self.participant.involvement_id},
            "cases:participant-delete": {"pk": self.participant.involvement_id},
            "cases:involvement-create": {"code": self.family.code},
            "cases:involvement-step": {"pk": self.way.pk},
            "cases:involvement-step-delete": {"pk": self.way.last.pk},
            "cases:delegation-end": {"pk": self.delegation.pk},
            "cases:agreement-create": {"pk": self.contact.institution.pk},
            "cases:agreement": {"pk": self.agreement.pk},
            "cases:resource": {"pk": self.resource.pk},
            "cases:advice-create": {"code": self.case.code},
            "cases:advice": {"pk": self.advice.pk},
            "cases:issue": {"code": self.issue.code},
            "cases:issue-update": {"code": self.issue.code},
            "cases:issue-delete": {"code": self.issue.code},
            "cases:referral-create": {"code": self.case.code},
            "cases:referral-answer": {"pk": self.referral.pk},
            "cases:share-create": {"code": self.case.code},
            "cases:share-stop": {"code": self.shared_case.code},
            "cases:shared-case": {"code": self.shared_case.code},
            "families:reassign": {"pk": self.conflict.pk},
            "families:name-allow": {"pk": self.name_asked.pk},
            "families:name-decline": {"pk": self.name_asked.pk},
            "families:name-revoke": {"pk": self.name_granted.pk},
            "families:name-give-back": {"pk": self.name_granted.pk},
            "complaint-state": {"code": self.complaint_code},
            "complaint": {"pk": self.complaint.pk},
            "families:substitution-end": {"pk": self.substitution.pk},
            "families:hand-over": {"pk": self.plan.pk},
            "families:hand-over-take-back": {"pk": self.plan.pk},
            "cases:case-reopen": {"code": self.closed_case.code},
            "cases:calendar-feed": {"token": self.token},
            "supervision-delete": {"pk": self.supervision.pk},
            "card": {"slug": self.card},
            "person": {"pk": self.mediator.pk},
            "person-facts": {"pk": self.mediator.pk},
            "training-create": {"pk": self.mediator.pk, "kind": "macibas"},
            "training-update": self.of_training(),
            "training-delete": self.of_training(),
            "municipalities:contact-update": {"pk": self.contact.pk},
            "municipalities:place": {"slug": self.municipality.slug},
            "municipalities:row-create": {
                "slug": self.municipality.slug,
                "kind": "sanaksmes",
            },
            "municipalities:row-update": self.of_meeting(),
            "municipalities:row-delete": self.of_meeting(),
            "imports:create": {"kind": "families"},
            "imports:template": {"kind": "families", "file_type": "xlsx"},
            "imports:columns": {"pk": self.brought.pk},
            "imports:detail": {"pk": self.listed.pk},
            "imports:confirm": {"pk": self.listed.pk},
            "imports:undo": {"pk": self.imported.pk},
            "reports:start": {
                "prefix": self.desk,
                "month": timezone.localdate().replace(day=1),
            },
            "reports:section": report | {"part": BY_KEY["hardest"]},
            "reports:plan-line": report | {"number": 1},
            "reports:section-accept": report | {"key": "hardest"},
            "reports:comment-update": report | {"pk": self.comment.pk},
            "reports:comment-delete": report | {"pk": self.comment.pk},
            "reports:pdf-version": report | {"number": 1},
            "reports:answer": {"token": self.token, "code": self.wish.code},
            "reports:ask": {"code": self.wish.code},
            "reports:public": {"token": self.token},
            "reports:revoke": report | {"pk": self.delivery.pk},
            "reports:public-pdf": {"token": self.token},
            "reports:acknowledge": {"token": self.token},
            "reports:verify-code": {"code": self.version.code},
            "reports:region": {"code": self.municipality.region.code},
            "reports:api-token-end": {"pk": self.api_token.pk},
            "reports:api-unknown": {"rest": "v1/families/"},
            "reports:export-fetch": {"pk": self.file_of_results.pk},
            "reports:results-municipality": {"slug": self.municipality.slug},
            "reports:targets-municipality": {"slug": self.municipality.slug},
            "reports:survey-csv": {"pk": self.survey_over.pk, "code": "q2"},
        }.get(name) or self.plain_arguments(name, report)

    def of_training(self):
        return {
            "pk": self.mediator.pk,
            "kind": "macibas",
            "row": self.training.pk,
        }

    def of_meeting(self):
        return {
            "slug": self.municipality.slug,
            "kind": "sanaksmes",
            "pk": self.meeting.pk,
        }

    def of_member(self):
        return {"code": self.family.code, "pk": self.member.pk}

    def plain_arguments(self, name, report):
        """Arguments that follow from the kind of thing in the address."""
        app, _, view = name.partition(":")
        if app == "events" and view not in WITHOUT_OBJECT:
            return self.of_events(view)
        if app == "data_protection":
            return self.of_data_protection(view)
        if app == "evaluation":
            return self.of_evaluation(view)
        if app == "stories":
            return self.of_stories(view)
        if app == "reports" and view not in WITHOUT_OBJECT:
            return report
        if view.startswith("visit-") and view not in WITHOUT_OBJECT:
            return {"code": self.visit.code}
        if view.startswith("case-") and view not in WITHOUT_OBJECT:
            return {"code": self.case.code}
        if app == "families" and view not in WITHOUT_OBJECT:
            return {"code": self.family.code}
        if view.startswith("step-") and view not in WITHOUT_OBJECT:
            return {"pk": self.step.pk}
        if app == "municipalities" and view not in WITHOUT_OBJECT:
            return {"pk": self.contact.institution.pk}
        return {}

    def report_for(self, name):
        """The report in the state in which a page has something to do."""
        if name.removeprefix("reports:") in ON_SENT:
            return self.sent
        if name in ON_SUBMITTED:
            return self.submitted
        return self.returned


ON_SENT = ("meeting", "pdf", "pdf-version", "reopen", "revoke", "send")
WITHOUT_OBJECT = (
    "list", "create", "step-create", "visit-list", "visit-create", "visit-send",
    "case-list", "case-create", "substitutions", "hand-over-create", "safeguarding",
    "safeguarding-send", "name-request", "name-grants", "contact-list",
    "institution-create", "places", "results", "export", "export-progress", "targets", "api-tokens",
    "api-indicators", "api-results", "api-targets", "api-reports", "api-openapi",
    "verify", "verify-file", "asks", "documents", "document-work-time",
    "document-events", "document-framework", "document-institution", "document-municipality",
    "document-project", "series-create", "centre-list", "centre-create",
    "document-framework", "document-institution", "document-municipality",
    "document-project", "recommendations-csv",
    "document-framework", "document-hand-over", "document-institution", "document-municipality",
    "document-framework", "document-participants", "document-institution", "document-municipality",
    "document-project",
    "document-project", "document-education",
)  # fmt: skip
ON_SUBMITTED = tuple(
    f"reports:{view}"
    for view in (
        "review", "approve", "take-over", "owners", "note", "section-accept",
        "comment", "comment-update", "comment-delete",
    )
)  # fmt: skip


def every_pattern():
    """``(name, pattern)`` of all addresses but Django's own administration."""

    def walk(resolver, namespace=""):
        for pattern in resolver.url_patterns:
            if hasattr(pattern, "url_patterns"):
                if pattern.namespace != "admin":
                    yield from walk(pattern, pattern.namespace or namespace)
            else:
                name = f"{namespace}:{pattern.name}" if namespace else pattern.name
                yield name, pattern

    return walk(get_resolver())


def every_address():
    return {name for name, _pattern in every_pattern()}
