"""Queryset × role: how many rows of a full house each person gets.

The house holds two municipalities with everything in both, so that there is always
something that could leak. A model with a scope but without a row here fails.
"""

from datetime import date

import pytest
from django.apps import apps
from django.utils import timezone

from cases.models import (
    Achievement,
    CalendarFeed,
    Case,
    CaseEvent,
    CasePerson,
    CaseShare,
    DeletedVisit,
    NextStep,
    Referral,
    StepMove,
    SubGoal,
    Visit,
)
from data_protection.models import (
    AuditCheck,
    Breach,
    LegalHold,
    RetentionRun,
    SubjectRequest,
)
from families.models import (
    ConflictOfInterest,
    Consent,
    Family,
    FamilyMember,
    FamilyNeed,
    HandOver,
    NameGrant,
    Residence,
    SafeguardingNotice,
    SparedWord,
    Substitution,
)
from imports.models import Import
from mediators.models import (
    Appointment,
    Complaint,
    EmailChange,
    FactorReset,
    Role,
    SupervisionRequest,
    SupervisionSession,
    Supervisor,
)
from municipalities.models import (
    ContactPerson,
    Institution,
    InstitutionContact,
    Municipality,
)
from reports.models import Ask, Delivery, ExportLog, MonthlyReport, ReportVersion
from reports.workflow import Status
from tests import cast
from tests.factories import (
    AchievementFactory,
    AskFactory,
    BreachFactory,
    CalendarFeedFactory,
    CaseEventFactory,
    CaseFactory,
    CasePersonFactory,
    CaseShareFactory,
    ClosedMonthFactory,
    ComplaintFactory,
    ConflictOfInterestFactory,
    ConsentFactory,
    ContactPersonFactory,
    DeletedVisitFactory,
    EmailChangeFactory,
    FactorResetFactory,
    FamilyFactory,
    FamilyMemberFactory,
    FamilyNeedFactory,
    HandOverFactory,
    ImportFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    LegalHoldFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    NameGrantFactory,
    NextStepFactory,
    ReferralFactory,
    ResidenceFactory,
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
)

SCOPES = (
    "visible_to",
    "editable_by",
    "logged_by",
    "reviewable_by",
    "deliverable_by",
    "discussable_by",
    "waiting_for",
    "coordinated_by",
    "shared_with",
    "readable_by",
    "overseen_by",
    "confirmable_by",
    "handed_out_by",
    "to_correct_by",
    "assigned_to",
)
CAST = (
    "mediator",
    "colleague",
    "coordinator",
    "lead_mediator",
    "project_staff",
    "administrator",
    "data_protection_officer",
    "outsider",
)

#                                    med coll coord lead staff admin dpo outsider
EXPECTED = {
    (Municipality, "visible_to"):       (1, 1, 1, 2, 2, 2, 2, 1),
    (ContactPerson, "visible_to"):      (1, 1, 1, 2, 2, 2, 2, 1),
    (Appointment, "visible_to"):        (1, 1, 4, 0, 7, 0, 0, 1),
    (Supervisor, "visible_to"):         (2, 2, 0, 0, 0, 0, 0, 2),
    (EmailChange, "visible_to"):        (1, 0, 0, 0, 0, 0, 0, 1),
    (FactorReset, "visible_to"):        (1, 0, 0, 0, 0, 2, 2, 1),
    (FactorReset, "confirmable_by"):    (0, 0, 0, 0, 0, 2, 2, 0),
    (SupervisionRequest, "visible_to"): (1, 0, 0, 0, 0, 0, 0, 1),
    (SupervisionSession, "visible_to"): (1, 0, 0, 0, 0, 0, 0, 1),
    (Complaint, "visible_to"):          (0, 0, 1, 1, 1, 0, 0, 0),
    (Institution, "visible_to"):        (2, 2, 2, 3, 3, 3, 3, 2),
    (Institution, "editable_by"):       (1, 1, 1, 0, 0, 0, 0, 1),
    (InstitutionContact, "visible_to"): (1, 1, 1, 2, 2, 2, 2, 1),
    (InstitutionContact, "editable_by"): (1, 1, 1, 0, 0, 0, 0, 1),
    (AuditCheck, "visible_to"):         (0, 0, 0, 0, 0, 0, 1, 0),
    (Family, "visible_to"):             (1, 0, 0, 0, 0, 0, 0, 1),
    (Family, "overseen_by"):            (0, 0, 0, 0, 0, 0, 2, 0),
    (Family, "assigned_to"):            (1, 0, 0, 0, 0, 0, 0, 1),
    (Consent, "visible_to"):            (1, 0, 0, 0, 0, 0, 0, 1),
    (FamilyMember, "visible_to"):       (1, 0, 0, 0, 0, 0, 0, 1),
    (FamilyNeed, "visible_to"):         (1, 0, 0, 0, 0, 0, 0, 1),
    (Residence, "visible_to"):          (1, 0, 0, 0, 0, 0, 0, 1),
    (SafeguardingNotice, "visible_to"): (2, 0, 0, 0, 0, 0, 0, 2),
    (SparedWord, "visible_to"):         (1, 0, 0, 0, 0, 0, 0, 1),
    (NameGrant, "visible_to"):          (2, 0, 2, 0, 0, 0, 2, 0),
    (NameGrant, "waiting_for"):         (1, 0, 0, 0, 0, 0, 1, 0),
    (NameGrant, "editable_by"):         (1, 0, 1, 0, 0, 0, 1, 0),
    (NameGrant, "readable_by"):         (0, 0, 1, 0, 0, 0, 0, 0),
    (Substitution, "visible_to"):       (1, 0, 1, 0, 0, 0, 0, 1),
    (Substitution, "editable_by"):      (1, 0, 1, 0, 0, 0, 0, 1),
    (ConflictOfInterest, "visible_to"):  (1, 0, 1, 0, 0, 0, 0, 1),
    (ConflictOfInterest, "editable_by"): (1, 0, 0, 0, 0, 0, 0, 1),
    (ConflictOfInterest, "coordinated_by"): (0, 0, 1, 0, 0, 0, 0, 0),
    (HandOver, "visible_to"):           (1, 0, 1, 0, 0, 0, 0, 1),
    (HandOver, "editable_by"):          (1, 0, 1, 0, 0, 0, 0, 1),
    (Import, "visible_to"):             (1, 0, 0, 0, 0, 0, 0, 1),
    (CalendarFeed, "visible_to"):       (1, 0, 0, 0, 0, 0, 0, 1),
    (Case, "visible_to"):               (1, 0, 0, 0, 0, 0, 0, 1),
    (CaseEvent, "visible_to"):          (1, 0, 0, 0, 0, 0, 0, 1),
    (CasePerson, "visible_to"):         (1, 0, 0, 0, 0, 0, 0, 1),
    (Achievement, "visible_to"):        (2, 0, 0, 0, 0, 0, 0, 2),
    (Achievement, "editable_by"):       (1, 0, 0, 0, 0, 0, 0, 2),
    (SubGoal, "visible_to"):            (1, 0, 0, 0, 0, 0, 0, 1),
    (Referral, "visible_to"):           (1, 0, 0, 0, 0, 0, 0, 1),
    (Referral, "logged_by"):            (1, 0, 0, 0, 0, 0, 0, 1),
    (Referral, "coordinated_by"):       (0, 0, 1, 0, 0, 0, 0, 0),
    (CaseShare, "visible_to"):          (1, 0, 0, 0, 0, 0, 0, 1),
    (CaseShare, "shared_with"):         (0, 0, 1, 0, 0, 0, 0, 0),
    (NextStep, "visible_to"):           (1, 0, 0, 0, 0, 0, 0, 1),
    (NextStep, "logged_by"):            (1, 0, 0, 0, 0, 0, 0, 1),
    (NextStep, "coordinated_by"):       (0, 0, 1, 0, 0, 0, 0, 0),
    (StepMove, "visible_to"):           (1, 0, 0, 0, 0, 0, 0, 1),
    (Visit, "visible_to"):              (2, 0, 0, 0, 0, 0, 0, 1),
    (Visit, "coordinated_by"):          (0, 0, 2, 0, 0, 0, 0, 0),
    (Visit, "editable_by"):             (1, 0, 0, 0, 0, 0, 0, 1),
    (Visit, "logged_by"):               (2, 0, 0, 0, 0, 0, 0, 1),
    (DeletedVisit, "editable_by"):      (1, 0, 0, 0, 0, 0, 0, 1),
    (MonthlyReport, "visible_to"):      (6, 0, 5, 6, 3, 0, 0, 1),
    (MonthlyReport, "editable_by"):     (2, 0, 0, 0, 0, 0, 0, 0),
    (MonthlyReport, "reviewable_by"):   (0, 0, 1, 2, 0, 0, 0, 0),
    (MonthlyReport, "deliverable_by"):  (0, 0, 3, 0, 0, 0, 0, 0),
    (MonthlyReport, "discussable_by"):  (3, 0, 3, 0, 0, 0, 0, 0),
    (MonthlyReport, "waiting_for"):     (1, 0, 1, 2, 0, 0, 0, 0),
    (Ask, "editable_by"):               (0, 0, 1, 0, 0, 0, 0, 0),
    (Ask, "visible_to"):                (1, 0, 1, 2, 0, 0, 0, 1),
    (ReportVersion, "visible_to"):      (1, 0, 1, 1, 1, 0, 0, 0),
    (Delivery, "visible_to"):           (1, 0, 1, 1, 1, 0, 0, 0),
    (Delivery, "editable_by"):          (0, 0, 1, 0, 0, 0, 0, 0),
    (ExportLog, "visible_to"):          (0, 0, 1, 0, 2, 0, 0, 0),
    (SubjectRequest, "visible_to"):     (3, 0, 0, 6, 0, 0, 6, 3),
    (SubjectRequest, "confirmable_by"): (1, 0, 0, 2, 0, 0, 2, 1),
    (SubjectRequest, "handed_out_by"):  (1, 0, 0, 0, 0, 0, 2, 1),
    (SubjectRequest, "to_correct_by"):  (1, 0, 0, 0, 0, 0, 0, 1),
    (LegalHold, "visible_to"):          (0, 0, 0, 0, 0, 0, 2, 0),
    (RetentionRun, "visible_to"):       (0, 0, 0, 2, 0, 0, 2, 0),
    (RetentionRun, "confirmable_by"):   (0, 0, 0, 2, 0, 0, 2, 0),
    (Breach, "visible_to"):             (0, 0, 0, 0, 0, 0, 2, 0),
}  # fmt: skip


def furnish(municipality, mediator):
    """One of everything in a municipality; two entries, one of them in a closed month."""
    ContactPersonFactory(municipality=municipality)
    contact = InstitutionContactFactory(institution__municipality=municipality)
    family = FamilyFactory(municipality=municipality, mediator=mediator)
    ConsentFactory(family=family, recorded_by=mediator)
    ConflictOfInterestFactory(family=family, mediator=mediator)
    FamilyMemberFactory(family=family)
    FamilyNeedFactory(family=family, by=mediator)
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


@pytest.fixture(scope="module")
def people(made_once):
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


@pytest.mark.whole_table
@pytest.mark.parametrize(
    ("scope", "counts"),
    EXPECTED.items(),
    ids=lambda value: (
        f"{value[0].__name__}.{value[1]}" if isinstance(value[0], type) else ""
    ),
)
def test_each_person_gets_the_rows_of_the_table(db, people, scope, counts):
    model, method = scope

    found = tuple(
        getattr(model.objects, method)(people[name]).distinct().count() for name in CAST
    )

    assert found == counts


def test_every_scope_has_a_row_in_the_table():
    declared = {
        (model, scope)
        for model in apps.get_models()
        for scope in SCOPES
        if hasattr(getattr(model, "objects", None), scope)
    }

    assert declared == set(EXPECTED)
