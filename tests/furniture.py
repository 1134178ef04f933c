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
    ApiTokenFactory,
    AskFactory,
    BreachFactory,
    CalendarFeedFactory,
    CaseEventFactory,
    CaseFactory,
    CasePersonFactory,
    CaseShareFactory,
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
    ExportFactory,
    FactorResetFactory,
    FamilyFactory,
    FamilyMemberFactory,
    FamilyNeedFactory,
    HandOverFactory,
    ImportFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    IssueEventFactory,
    LegalHoldFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    NameGrantFactory,
    NextStepFactory,
    ReferralFactory,
    ResidenceFactory,
    ResourceFactory,
    RetentionRunFactory,
    SafeguardingNoticeFactory,
    SparedWordFactory,
    StepMoveFactory,
    SubGoalFactory,
    SubjectRequestFactory,
    SubstitutionFactory,
    SupervisionRequestFactory,
    SupervisionSessionFactory,
    SupervisorFactory,
    UserFactory,
    VisitFactory,
    YearlyCountFactory,
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
    StepMoveFactory(step=step, by=mediator)
    DeletedVisitFactory(mediator=mediator)
    CalendarFeedFactory(mediator=mediator)
    ImportFactory(by=mediator, municipality=municipality)
    ComplaintFactory(municipality=municipality)
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
    SubjectRequestFactory(family=family)
    SubjectRequestFactory(family=family, **confirmed)
    SubjectRequestFactory(family=family, kind="rectification", **confirmed)
    LegalHoldFactory()
    RetentionRunFactory()
    BreachFactory()
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
