"""What years leave in the house beside what an address leads to: each table, many states."""

from datetime import date, timedelta

from django.utils import timezone

from data_protection.models import AuditCheck, AuditLetter, Erasure
from families.models import FamilyAssignment
from mediators.models import (
    EthicsAcceptance,
    FundingShare,
    LanguageSkill,
)
from municipalities.models import Vocabulary
from reports.models import (
    AskEvent,
    ExportLog,
    Letter,
    ReportMeeting,
    ToldPart,
)
from tests.factories import (
    AdviceFactory,
    AskFactory,
    CaseEventFactory,
    CasePersonFactory,
    CityPlanFactory,
    CommunityIssueFactory,
    ConsentTextFactory,
    DelegationFactory,
    EducationRecordFactory,
    EthicsCodeFactory,
    EventFactory,
    ExportFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    FamilyNeedFactory,
    FundingLineFactory,
    GroupDecisionFactory,
    HandOverFactory,
    HeadcountFactory,
    IncidentFactory,
    InvitationFactory,
    InvolvementFactory,
    MembershipFactory,
    MunicipalityFactory,
    NextStepFactory,
    PartnerFactory,
    PremisesFactory,
    ReferralFactory,
    SafeguardingNoticeFactory,
    SparedWordFactory,
    StepMoveFactory,
    StoryFactory,
    SubstitutionFactory,
    SupervisionRequestFactory,
    SupportVisitFactory,
    TargetFactory,
    TermFactory,
    TrainingCourseFactory,
    VisitFactory,
    YearlyCountFactory,
)


def fill(house, coordinator, staff, officer):
    """A row in each table that the house leaves empty, and what is over or late."""
    today = timezone.localdate()
    _of_the_family(house, coordinator, today)
    _of_the_case(house, coordinator, today)
    _of_the_place(house, today)
    _of_people(house, coordinator, today)
    _of_reports(house, coordinator, staff)
    _of_data_protection(house, officer)


def _of_the_family(house, coordinator, today):
    family, mediator = house.family, house.mediator
    ConsentTextFactory()
    EducationRecordFactory(
        family=family, person_id=house.member.pk, by=mediator
    ).reasons.add(TermFactory(vocabulary=Vocabulary.ABSENCE_REASON, code="ILLNESS"))
    FamilyNeedFactory(family=family, by=mediator)
    SafeguardingNoticeFactory(by=mediator, family=family)
    SparedWordFactory(mediator=mediator)
    FamilyFactory(municipality=house.municipality, mediator=mediator, closed_on=today)
    long_ago = today - timedelta(days=60)
    of_place = {"municipality": house.municipality, "starts_on": long_ago}
    SubstitutionFactory(absent=mediator, **of_place)
    covered = SubstitutionFactory(substitute=mediator, municipality=house.municipality)
    FamilyAssignmentFactory(
        family=FamilyFactory(municipality=house.municipality, mediator=covered.absent),
        mediator=mediator,
        kind=FamilyAssignment.Kind.SUBSTITUTION,
        substitution=covered,
        starts_on=covered.starts_on,
        ends_on=covered.ends_on,
    )
    HandOverFactory(successor=mediator, municipality=house.municipality)


def _of_the_case(house, coordinator, today):
    case, mediator, place = house.case, house.mediator, house.municipality
    late = today - timedelta(days=40)
    CaseEventFactory(case=case)
    CasePersonFactory(case=case, person_id=house.member.pk)
    ReferralFactory(case=case, institution=house.contact.institution, sent_on=late)
    AdviceFactory(
        case=case, by=mediator, answer="Bāriņtiesā.", answered_by=coordinator,
        answered_at=timezone.now(),
    )  # fmt: skip
    AdviceFactory(case=case, by=mediator, asked="lead")
    IncidentFactory(
        mediator=mediator, municipality=place, reported_on=today, reported_to="police"
    )
    mine = {"mediator": mediator, "municipality": place}
    for facts in ({"due_on": late}, {"status": "done"}, {"due_on": today}):
        step = NextStepFactory(family=house.family, case=case, **mine, **facts)
        StepMoveFactory(step=step, by=mediator)
    VisitFactory(family=house.family, contact=house.contact, **mine)
    visit = VisitFactory(family=house.family, case=case, **mine)
    NextStepFactory(source=visit, family=house.family, **mine)
    InvolvementFactory(
        family=house.family,
        mediator=mediator,
        steps=[("informed", late), ("applied", today)],
    )
    CommunityIssueFactory(
        status="solved", decided_on=today, reaction="Salabots.", **mine
    )


def _of_the_place(house, today):
    of_place = {"municipality": house.municipality}
    bus = TermFactory(vocabulary=Vocabulary.TRANSPORT, code="PUBLIC")
    PremisesFactory(transport=bus, **of_place)
    FundingLineFactory(**of_place)
    MembershipFactory(**of_place)
    CityPlanFactory(**of_place)
    SupportVisitFactory(**of_place)
    SupportVisitFactory(kind="exchange", other_place=MunicipalityFactory(), **of_place)
    YearlyCountFactory(**of_place)
    PartnerFactory()
    GroupDecisionFactory(meeting=house.meeting)
    DelegationFactory(
        contact=house.contact, by=house.mediator, ends_on=today, **of_place
    )
    source = TermFactory(vocabulary=Vocabulary.FUNDING_SOURCE, code="STATE")
    house.centre.funding.add(source)
    house.event.institutions.add(house.contact.institution)
    house.event.co_organisers.add(house.contact.institution)
    HeadcountFactory(event=house.event)
    EventFactory(held_on=today + timedelta(days=7), **of_place)
    for status in ("written", "removed"):
        StoryFactory(mediator=house.mediator, status=status, **of_place)


def _of_people(house, coordinator, today):
    mediator = house.mediator
    # Of tomorrow: nobody has to accept it before going on
    code = EthicsCodeFactory(valid_from=today + timedelta(days=1))
    EthicsAcceptance.objects.create(user=mediator, code=code)
    FundingShare.objects.create(
        appointment=mediator.appointments.get(),
        source=TermFactory(vocabulary=Vocabulary.FUNDING_SOURCE, code="STATE"),
        percent=50,
    )
    LanguageSkill.objects.create(
        mediator=mediator,
        language=TermFactory(vocabulary=Vocabulary.LANGUAGE, code="ROMANI"),
        level=LanguageSkill.Level.FLUENT,
    )
    InvitationFactory(user=mediator)
    TrainingCourseFactory()
    SupervisionRequestFactory(mediator=mediator)


def _of_reports(house, coordinator, staff):
    ask = AskFactory(report=house.sent, status="in_work")
    AskEvent.objects.create(ask=ask, by=coordinator, status="in_work")
    ReportMeeting.objects.create(
        report=house.sent,
        held_on=timezone.localdate(),
        contact=house.delivery.recipient,
        by=coordinator,
    )
    TargetFactory()
    TargetFactory(municipality=house.municipality)
    house.api_token.municipalities.add(house.municipality)
    ToldPart.objects.create(code="2026-01", below=3, cells={})
    Letter.objects.create(to=coordinator, day=timezone.localdate())
    days = {"first": date(2026, 10, 1), "last": date(2026, 10, 31)}
    ExportLog.objects.create(by=staff, municipality=house.municipality, **days)
    ExportFactory(by=staff)


def _of_data_protection(house, officer):
    check = AuditCheck.objects.create()
    AuditLetter.objects.create(to=officer, check_told=check)
    Erasure.objects.create(
        family_id=house.family.pk, why=Erasure.Why.REQUEST, by=officer
    )
