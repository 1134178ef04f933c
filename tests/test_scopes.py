"""Queryset × role: how many rows of a full house each person gets.

The house holds two municipalities with everything in both, so that there is always
something that could leak. A model with a scope but without a row here fails.
"""

import pytest
from django.apps import apps

from cases.models import (
    Achievement,
    Advice,
    Agreement,
    CalendarFeed,
    Case,
    CaseEvent,
    CasePerson,
    CaseShare,
    CommunityIssue,
    Delegation,
    DeletedVisit,
    Incident,
    Involvement,
    InvolvementStep,
    IssueEvent,
    NextStep,
    Participant,
    Referral,
    Resource,
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
from evaluation.models import (
    Answer,
    FollowUp,
    Questionnaire,
    Recommendation,
    SurveyLink,
    SurveyRound,
)
from events import models as events
from families.models import (
    ConflictOfInterest,
    Consent,
    EducationRecord,
    Family,
    FamilyMember,
    FamilyNeed,
    HandOver,
    NameGrant,
    Residence,
    SafeguardingNotice,
    SparedWord,
    Substitution,
    YearlyCount,
)
from imports.models import Import
from mediators.models import (
    MUNICIPAL,
    Appointment,
    Complaint,
    EmailChange,
    FactorReset,
    MediatorProfile,
    Role,
    SupervisionRequest,
    SupervisionSession,
    Supervisor,
    Training,
    TrainingNeed,
    User,
)
from municipalities.models import (
    CityPlan,
    ContactPerson,
    FundingLine,
    GroupDecision,
    GroupMeeting,
    GroupMember,
    Institution,
    InstitutionContact,
    Membership,
    Municipality,
    MunicipalVisit,
    Premises,
    Region,
)
from reports.models import (
    ApiToken,
    Ask,
    Delivery,
    Export,
    ExportLog,
    MonthlyReport,
    ReportVersion,
)
from stories.models import Handout, Material, MediaItem, Story
from tests import cast
from tests.factories import (
    AppointmentFactory,
    MunicipalityFactory,
)
from tests.furniture import full_house

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
    "answerable_by",
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
    (Region, "visible_to"):             (1, 1, 1, 1, 1, 1, 1, 1),
    (ContactPerson, "visible_to"):      (1, 1, 1, 2, 2, 2, 2, 1),
    (Appointment, "visible_to"):        (1, 1, 4, 0, 7, 0, 0, 1),
    (Appointment, "readable_by"):       (1, 1, 4, 7, 7, 0, 0, 1),
    (Training, "visible_to"):           (1, 0, 1, 2, 2, 0, 0, 1),
    (Training, "editable_by"):          (1, 0, 1, 0, 0, 0, 0, 1),
    (TrainingNeed, "visible_to"):       (1, 0, 1, 2, 2, 0, 0, 1),
    (TrainingNeed, "editable_by"):      (1, 0, 1, 2, 2, 0, 0, 1),
    (MediatorProfile, "visible_to"):    (1, 0, 1, 2, 2, 0, 0, 1),
    (MediatorProfile, "editable_by"):   (1, 0, 1, 0, 0, 0, 0, 1),
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
    (CityPlan, "visible_to"):           (0, 0, 1, 2, 2, 0, 0, 0),
    (CityPlan, "editable_by"):          (0, 0, 1, 0, 0, 0, 0, 0),
    (FundingLine, "visible_to"):        (0, 0, 1, 2, 2, 0, 0, 0),
    (FundingLine, "editable_by"):       (0, 0, 1, 0, 0, 0, 0, 0),
    (GroupDecision, "visible_to"):      (0, 0, 1, 2, 2, 0, 0, 0),
    (GroupDecision, "editable_by"):     (0, 0, 1, 0, 0, 0, 0, 0),
    (GroupMeeting, "visible_to"):       (0, 0, 1, 2, 2, 0, 0, 0),
    (GroupMeeting, "editable_by"):      (0, 0, 1, 0, 0, 0, 0, 0),
    (GroupMember, "visible_to"):        (0, 0, 1, 2, 2, 0, 0, 0),
    (GroupMember, "editable_by"):       (0, 0, 1, 0, 0, 0, 0, 0),
    (Membership, "visible_to"):         (0, 0, 1, 2, 2, 0, 0, 0),
    (Membership, "editable_by"):        (0, 0, 1, 0, 0, 0, 0, 0),
    (MunicipalVisit, "visible_to"):     (0, 0, 1, 2, 2, 0, 0, 0),
    (MunicipalVisit, "editable_by"):    (0, 0, 0, 2, 2, 0, 0, 0),
    (Premises, "visible_to"):           (0, 0, 1, 2, 2, 0, 0, 0),
    (Premises, "editable_by"):          (0, 0, 1, 0, 0, 0, 0, 0),
    (AuditCheck, "visible_to"):         (0, 0, 0, 0, 0, 0, 1, 0),
    (Family, "visible_to"):             (1, 0, 0, 0, 0, 0, 0, 1),
    (Family, "overseen_by"):            (0, 0, 0, 0, 0, 0, 2, 0),
    (Family, "assigned_to"):            (1, 0, 0, 0, 0, 0, 0, 1),
    (Consent, "visible_to"):            (1, 0, 0, 0, 0, 0, 0, 1),
    (FamilyMember, "visible_to"):       (1, 0, 0, 0, 0, 0, 0, 1),
    (FamilyNeed, "visible_to"):         (1, 0, 0, 0, 0, 0, 0, 1),
    (EducationRecord, "visible_to"):    (1, 0, 0, 0, 0, 0, 0, 1),
    (YearlyCount, "visible_to"):        (0, 0, 1, 2, 2, 0, 0, 0),
    (YearlyCount, "editable_by"):       (0, 0, 1, 0, 2, 0, 0, 0),
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
    (events.Centre, "visible_to"):      (1, 1, 1, 2, 2, 0, 0, 1),
    (events.Centre, "editable_by"):     (1, 1, 1, 0, 0, 0, 0, 1),
    (events.Event, "visible_to"):       (3, 3, 3, 5, 5, 0, 0, 3),
    (events.Event, "editable_by"):      (1, 0, 2, 0, 1, 0, 0, 1),
    (events.Leader, "visible_to"):      (1, 1, 1, 2, 2, 0, 0, 1),
    (events.Leader, "editable_by"):     (1, 0, 1, 0, 0, 0, 0, 1),
    (events.Invitation, "visible_to"):  (1, 1, 1, 2, 2, 0, 0, 1),
    (events.Invitation, "editable_by"): (1, 0, 1, 0, 0, 0, 0, 1),
    (events.Testimonial, "visible_to"): (1, 1, 1, 2, 2, 0, 0, 1),
    (events.Testimonial, "editable_by"):(1, 0, 1, 0, 0, 0, 0, 1),
    (Questionnaire, "visible_to"):      (0, 0, 1, 0, 1, 0, 0, 0),
    (Questionnaire, "editable_by"):     (0, 0, 0, 0, 1, 0, 0, 0),
    (SurveyRound, "visible_to"):        (0, 0, 2, 0, 4, 0, 0, 0),
    (SurveyRound, "editable_by"):       (0, 0, 0, 0, 4, 0, 0, 0),
    (SurveyLink, "visible_to"):         (0, 0, 2, 0, 4, 0, 0, 0),
    (Answer, "visible_to"):             (0, 0, 0, 0, 2, 0, 0, 0),
    (Recommendation, "visible_to"):     (2, 2, 2, 2, 2, 0, 0, 2),
    (Recommendation, "editable_by"):    (0, 0, 0, 0, 2, 0, 0, 0),
    (FollowUp, "visible_to"):           (1, 1, 1, 2, 2, 0, 0, 1),
    (FollowUp, "editable_by"):          (1, 0, 1, 0, 2, 0, 0, 1),
    (CalendarFeed, "visible_to"):       (1, 0, 0, 0, 0, 0, 0, 1),
    (Case, "visible_to"):               (1, 0, 0, 0, 0, 0, 0, 1),
    (CaseEvent, "visible_to"):          (1, 0, 0, 0, 0, 0, 0, 1),
    (CasePerson, "visible_to"):         (1, 0, 0, 0, 0, 0, 0, 1),
    (Achievement, "visible_to"):        (2, 0, 0, 0, 0, 0, 0, 2),
    (Achievement, "editable_by"):       (1, 0, 0, 0, 0, 0, 0, 2),
    (Incident, "visible_to"):           (2, 0, 0, 0, 0, 0, 0, 2),
    (Incident, "editable_by"):          (2, 0, 0, 0, 0, 0, 0, 2),
    (Incident, "readable_by"):          (2, 0, 2, 0, 0, 0, 0, 2),
    (Involvement, "visible_to"):        (2, 0, 0, 0, 0, 0, 0, 2),
    (InvolvementStep, "visible_to"):    (3, 0, 0, 0, 0, 0, 0, 3),
    (InvolvementStep, "editable_by"):   (1, 0, 0, 0, 0, 0, 0, 3),
    (InvolvementStep, "readable_by"):   (3, 0, 3, 6, 6, 0, 0, 3),
    (Participant, "visible_to"):        (1, 0, 0, 0, 0, 0, 0, 1),
    (Participant, "readable_by"):       (0, 0, 0, 0, 2, 0, 0, 0),
    (Advice, "visible_to"):             (1, 0, 1, 2, 0, 0, 0, 1),
    (Advice, "answerable_by"):          (0, 0, 1, 2, 0, 0, 0, 0),
    (CommunityIssue, "visible_to"):     (1, 1, 1, 0, 0, 0, 0, 1),
    (CommunityIssue, "editable_by"):    (1, 0, 1, 0, 0, 0, 0, 1),
    (IssueEvent, "visible_to"):         (1, 1, 1, 0, 0, 0, 0, 1),
    (Delegation, "visible_to"):         (1, 1, 1, 0, 0, 0, 0, 1),
    (Agreement, "visible_to"):          (1, 1, 1, 0, 0, 0, 0, 1),
    (Resource, "visible_to"):           (1, 1, 1, 0, 0, 0, 0, 1),
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
    (Export, "visible_to"):             (0, 0, 0, 0, 1, 0, 0, 0),
    (ExportLog, "visible_to"):          (0, 0, 1, 0, 2, 0, 0, 0),
    (ApiToken, "visible_to"):           (0, 0, 0, 0, 1, 0, 0, 0),
    (Story, "visible_to"):              (5, 0, 4, 8, 8, 0, 0, 5),
    (Story, "editable_by"):             (1, 0, 1, 0, 2, 0, 0, 1),
    (Story, "readable_by"):             (2, 2, 2, 2, 2, 2, 2, 2),
    (Story, "waiting_for"):             (1, 0, 1, 0, 0, 0, 0, 1),
    (MediaItem, "visible_to"):          (1, 1, 1, 2, 2, 0, 0, 1),
    (MediaItem, "editable_by"):         (1, 0, 1, 0, 2, 0, 0, 1),
    (Material, "visible_to"):           (2, 2, 2, 2, 2, 0, 0, 2),
    (Material, "editable_by"):          (0, 0, 0, 0, 2, 0, 0, 0),
    (Handout, "visible_to"):            (1, 1, 1, 2, 2, 0, 0, 1),
    (Handout, "editable_by"):           (1, 0, 0, 0, 0, 0, 0, 1),
    (SubjectRequest, "visible_to"):     (3, 0, 0, 6, 0, 0, 6, 3),
    (SubjectRequest, "confirmable_by"): (1, 0, 0, 2, 0, 0, 2, 1),
    (SubjectRequest, "handed_out_by"):  (1, 0, 0, 0, 0, 0, 2, 1),
    (SubjectRequest, "to_correct_by"):  (1, 0, 0, 0, 0, 0, 0, 1),
    (LegalHold, "visible_to"):          (0, 0, 0, 0, 0, 0, 2, 0),
    (RetentionRun, "visible_to"):       (0, 0, 0, 2, 0, 0, 2, 0),
    (RetentionRun, "confirmable_by"):   (0, 0, 0, 2, 0, 0, 2, 0),
    (Breach, "visible_to"):             (0, 0, 0, 0, 0, 0, 2, 0),
}  # fmt: skip


@pytest.fixture(scope="module")
def people(made_once):
    return full_house()


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


def rows_of(user):
    """Keys of everything the scopes give somebody, by scope."""
    return {
        (model, method): set(
            getattr(model.objects, method)(user).values_list("pk", flat=True)
        )
        for model, method in EXPECTED
    }


OF_THE_PERSON = {
    (Appointment, "readable_by"),
    (Appointment, "visible_to"),
    (CalendarFeed, "visible_to"),
    (DeletedVisit, "editable_by"),
    (EmailChange, "visible_to"),
    (ExportLog, "visible_to"),
    (FactorReset, "visible_to"),
    (NameGrant, "editable_by"),
    (NameGrant, "visible_to"),
    (SafeguardingNotice, "visible_to"),
    (Handout, "editable_by"),
    (SparedWord, "visible_to"),
    (SupervisionRequest, "visible_to"),
    (SupervisionSession, "visible_to"),
    *(
        (model, name)
        for model in (Training, TrainingNeed, MediatorProfile)
        for name in ("visible_to", "editable_by")
    ),
}
"""What somebody did and asked for; it stays theirs wherever they work."""
OF_EVERYBODY = {
    (events.Event, "visible_to"),
    (Questionnaire, "visible_to"),
    (Recommendation, "visible_to"),
    (Institution, "visible_to"),
    (Municipality, "visible_to"),
    (Region, "visible_to"),
    (Material, "visible_to"),
    (Story, "readable_by"),
    (Supervisor, "visible_to"),
}
"""Institutions, supervisors and events of the whole country, the new municipality."""
OTHER_ROLES = [it for it in Role if it is not Role.MEDIATOR]


@pytest.mark.parametrize("role", OTHER_ROLES)
def test_a_second_role_takes_nothing_away(db, people, role):
    mediator = people["mediator"]
    before = rows_of(mediator)

    place = people["outsider"].factory_municipality if role in MUNICIPAL else None
    AppointmentFactory(user=mediator, role=role, municipality=place)

    after = rows_of(User.objects.get(pk=mediator.pk))
    assert all(rows <= after[scope] for scope, rows in before.items())
    assert after != before


@pytest.mark.parametrize("name", ["mediator", "coordinator"])
def test_who_works_there_no_longer_gets_nothing_of_it(db, people, name):
    user = people[name]
    elsewhere = MunicipalityFactory()
    Appointment.objects.filter(user=user).delete()
    AppointmentFactory(
        user=user, role=cast.PEOPLE[name]["role"], municipality=elsewhere
    )

    kept = {scope for scope, rows in rows_of(user).items() if rows}

    assert kept <= OF_THE_PERSON | OF_EVERYBODY
