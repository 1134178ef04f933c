"""Two municipalities with one of everything in both: always something that could leak."""

from datetime import date

from django.utils import timezone

from data_protection.models import (
    AuditCheck,
)
from families.models import (
    Family,
)
from mediators.models import (
    Role,
)
from reports.models import Delivery, ExportLog, ReportVersion
from reports.workflow import Status
from tests import cast
from tests.factories import (
    AchievementFactory,
    AdviceFactory,
    AgreementFactory,
    AnswerSheetFactory,
    ApiTokenFactory,
    AskFactory,
    BreachFactory,
    CalendarFeedFactory,
    CaseEventFactory,
    CaseFactory,
    CasePersonFactory,
    CaseShareFactory,
    CentreFactory,
    CityPlanFactory,
    ClosedMonthFactory,
    CommunityIssueFactory,
    ComplaintFactory,
    ConflictOfInterestFactory,
    ConsentFactory,
    ContactPersonFactory,
    DelegationFactory,
    DeletedVisitFactory,
    EducationRecordFactory,
    EmailChangeFactory,
    EventFactory,
    EventInvitationFactory,
    ExportFactory,
    FactorResetFactory,
    FamilyFactory,
    FamilyMemberFactory,
    FamilyNeedFactory,
    FollowUpFactory,
    FundingLineFactory,
    GroupDecisionFactory,
    GroupMemberFactory,
    HandoutFactory,
    HandOverFactory,
    ImportFactory,
    IncidentFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    InvolvementFactory,
    IssueEventFactory,
    LeaderFactory,
    LegalHoldFactory,
    MaterialFactory,
    MediaItemFactory,
    MediatorProfileFactory,
    MembershipFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    NameGrantFactory,
    NextStepFactory,
    ParticipantFactory,
    ParticipantWordsFactory,
    PremisesFactory,
    ReferralFactory,
    ResidenceFactory,
    ResourceFactory,
    RetentionRunFactory,
    SafeguardingNoticeFactory,
    SparedWordFactory,
    StepMoveFactory,
    StoryFactory,
    SubGoalFactory,
    SubjectRequestFactory,
    SubstitutionFactory,
    SupervisionRequestFactory,
    SupervisionSessionFactory,
    SupervisorFactory,
    SupportVisitFactory,
    SurveyLinkFactory,
    SurveyRoundFactory,
    TrainingFactory,
    TrainingNeedFactory,
    UserFactory,
    VisitFactory,
    YearlyCountFactory,
)

OF_A_PLACE = (
    PremisesFactory,
    FundingLineFactory,
    MembershipFactory,
    CityPlanFactory,
    SupportVisitFactory,
)


def furnish(municipality, mediator):
    """One of everything in a municipality; two entries, one of them in a closed month."""
    ContactPersonFactory(municipality=municipality)
    contact = InstitutionContactFactory(institution__municipality=municipality)
    family = FamilyFactory(municipality=municipality, mediator=mediator)
    ConsentFactory(family=family, recorded_by=mediator)
    ConflictOfInterestFactory(family=family, mediator=mediator)
    FamilyMemberFactory(family=family)
    FamilyNeedFactory(family=family, by=mediator)
    EducationRecordFactory(family=family, by=mediator)
    YearlyCountFactory(municipality=municipality)
    ResidenceFactory(family=family, by=mediator)
    SafeguardingNoticeFactory(by=mediator, family=family)
    SafeguardingNoticeFactory(by=mediator)
    SparedWordFactory(mediator=mediator)
    case = CaseFactory(family=family, mediator=mediator)
    CaseEventFactory(case=case)
    SubGoalFactory(case=case)
    CasePersonFactory(case=case)
    for day in (date(2026, 9, 3), date(2026, 11, 3)):
        AchievementFactory(case=case, achieved_on=day)
    ParticipantFactory(
        involvement=InvolvementFactory(
            family=family, mediator=mediator, steps=[("accepted", date(2026, 9, 4))]
        )
    )
    for named in (family, None):
        IncidentFactory(mediator=mediator, municipality=municipality, family=named)
    InvolvementFactory(
        family=family,
        mediator=mediator,
        steps=[("informed", date(2026, 9, 3)), ("applied", date(2026, 11, 3))],
    )
    AdviceFactory(case=case, by=mediator)
    of_place = {"municipality": municipality, "by": mediator}
    DelegationFactory(contact=contact, **of_place)
    AgreementFactory(institution=contact.institution, **of_place)
    ResourceFactory(**of_place)
    IssueEventFactory(
        issue=CommunityIssueFactory(
            municipality=municipality,
            mediator=mediator,
            institution=contact.institution,
        )
    )
    ReferralFactory(case=case, institution=contact.institution)
    CaseShareFactory(case=case)
    step = NextStepFactory(
        mediator=mediator, municipality=municipality, family=family, case=case
    )
    for model in (SubstitutionFactory, HandOverFactory):
        leaving = "absent" if model is SubstitutionFactory else "mediator"
        model(municipality=municipality, **{leaving: mediator})
    CentreFactory(municipality=municipality)
    event = EventFactory(municipality=municipality, mediator=mediator)
    EventInvitationFactory(event=event, contact=contact)
    LeaderFactory(event=event, visit=None, name="Dace", own_minutes=60)
    ParticipantWordsFactory(event=event, mediator=mediator)
    EventFactory(municipality=municipality)
    StepMoveFactory(step=step, by=mediator)
    DeletedVisitFactory(mediator=mediator)
    CalendarFeedFactory(mediator=mediator)
    ImportFactory(by=mediator, municipality=municipality)
    ComplaintFactory(municipality=municipality)
    for factory in OF_A_PLACE:
        factory(municipality=municipality)
    TrainingFactory(mediator=mediator, municipality=municipality)
    TrainingNeedFactory(mediator=mediator)
    MediatorProfileFactory(mediator=mediator)
    GroupMemberFactory(municipality=municipality, contact=contact)
    GroupDecisionFactory(meeting__municipality=municipality)
    EmailChangeFactory(user=mediator)
    FactorResetFactory(user=mediator)
    supervisor = SupervisorFactory(municipality=municipality)
    SupervisionRequestFactory(mediator=mediator, supervisor=supervisor)
    SupervisionSessionFactory(mediator=mediator, supervisor=supervisor)
    confirmed = {
        "confirmed_by": UserFactory(),
        "confirmed_at": timezone.now(),
        "status": "confirmed",
    }
    told = {"municipality": municipality, "mediator": mediator}
    for status in ("idea", "written", "editing", "agreeing"):
        StoryFactory(status=status, **told)
    StoryFactory(status="published", published=True, **told)
    MediaItemFactory(municipality=municipality, added_by=mediator)
    HandoutFactory(
        material=MaterialFactory(title=f"Lapa {municipality}"),
        municipality=municipality,
        by=mediator,
    )
    SubjectRequestFactory(family=family)
    SubjectRequestFactory(family=family, **confirmed)
    SubjectRequestFactory(family=family, kind="rectification", **confirmed)
    LegalHoldFactory()
    RetentionRunFactory()
    BreachFactory()
    for is_over in (False, True):
        link = SurveyLinkFactory(
            municipality=municipality, round=SurveyRoundFactory(over=is_over)
        )
        AnswerSheetFactory(link=link, said={"q2": "yes", "q8": {"text": "Laiks."}})
    FollowUpFactory(municipality=municipality, by=mediator)
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        contact=contact,
        visited_on=date(2026, 11, 3),
    )


def full_house():
    """The cast in a full house, and in a second municipality the same furniture."""
    municipality = cast.upesciems()
    everybody = cast.everybody(municipality)
    mediator = everybody["mediator"]
    furnish(municipality, mediator)
    [family] = Family.objects.visible_to(mediator)
    for granted_by in (None, mediator):
        NameGrantFactory(
            family=family, grantee=everybody["coordinator"], granted_by=granted_by
        )
    for name in ("coordinator", "project_staff"):
        ExportLog.objects.create(
            by=everybody[name], first=date(2026, 10, 1), last=date(2026, 10, 31)
        )
        ExportFactory(by=everybody[name])
    ApiTokenFactory(owner=everybody["project_staff"])
    VisitFactory(
        mediator=mediator, municipality=municipality, visited_on=date(2026, 9, 3)
    )
    ClosedMonthFactory(
        mediator=mediator, municipality=municipality, month=date(2026, 9, 1)
    )
    for number, status in enumerate(Status, start=1):
        report = MonthlyReportFactory(
            municipality=municipality,
            mediator=mediator,
            month=date(2026, number, 1),
            status=status,
        )
        if status is Status.SUBMITTED:
            AskFactory(report=report, code="UPC-G900")
        if status is Status.SENT:
            _deliver(report, by=everybody["coordinator"])

    elsewhere = MunicipalityFactory()
    outsider = UserFactory(role=Role.MEDIATOR, municipality=elsewhere)
    furnish(elsewhere, outsider)
    AskFactory(
        report=MonthlyReportFactory(
            municipality=elsewhere, mediator=outsider, status=Status.SUBMITTED
        ),
        code="ELS-G900",
    )
    InstitutionFactory(municipality=None, name="Nodarbinātības aģentūra")
    SupervisorFactory(municipality=None)
    EventFactory(municipality=None)
    AuditCheck.objects.create()
    return everybody | {"outsider": outsider}


def _deliver(report, *, by):
    version = ReportVersion.objects.create(
        report=report, number=1, code="AAAA-2222", snapshot="{}", approved_by=by
    )
    Delivery.objects.create(
        version=version,
        recipient=report.municipality.contact_people.get(),
        requested_by=by,
    )
