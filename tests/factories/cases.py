"""Cases, log entries and next steps."""

import uuid
from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from cases.models import (
    Achievement,
    Advice,
    Agreement,
    Area,
    CalendarFeed,
    Case,
    CaseEvent,
    CasePerson,
    CaseShare,
    CaseStatus,
    ClosedMonth,
    CommunityIssue,
    Delegation,
    DeletedVisit,
    Incident,
    Involvement,
    InvolvementStep,
    IssueEvent,
    Kind,
    NextStep,
    Participant,
    Referral,
    Resource,
    StepMove,
    SubGoal,
    Visit,
    VisitArea,
    VisitFamily,
)
from mediators.models import (
    Role,
)
from municipalities.models import Vocabulary
from privacy.tokens import hash_of, new_token
from tests.factories.families import FamilyFactory
from tests.factories.people import UserFactory
from tests.factories.places import (
    InstitutionContactFactory,
    InstitutionFactory,
    MunicipalityFactory,
    TermFactory,
)


class CaseFactory(DjangoModelFactory):
    class Meta:
        model = Case

    family = factory.SubFactory(FamilyFactory)
    municipality = factory.SelfAttribute("family.municipality")
    mediator = factory.SubFactory(UserFactory)
    code = factory.LazyAttribute(lambda o: Case.next_code(o.municipality))
    title = "Skolas kavējumi"
    area = Area.EDUCATION


class CaseEventFactory(DjangoModelFactory):
    class Meta:
        model = CaseEvent

    case = factory.SubFactory(CaseFactory)
    by = factory.SelfAttribute("case.mediator")
    status = CaseStatus.NEW


class CasePersonFactory(DjangoModelFactory):
    """``CasePersonFactory(case=…, person_id=member.pk)``; nobody's id by default."""

    class Meta:
        model = CasePerson

    case = factory.SubFactory(CaseFactory)
    person_id = factory.LazyFunction(uuid.uuid4)


class AchievementFactory(DjangoModelFactory):
    """For the family as a whole; ``AchievementFactory(what__code="DOC_ISSUED")``."""

    class Meta:
        model = Achievement

    case = factory.SubFactory(CaseFactory)
    municipality = factory.SelfAttribute("case.municipality")
    mediator = factory.SelfAttribute("case.mediator")
    by = factory.SelfAttribute("mediator")
    what = factory.SubFactory(
        TermFactory,
        vocabulary=Vocabulary.ACHIEVEMENT,
        code="EDU_ENROLLED",
        label_lv=factory.SelfAttribute("code"),
        label_en=factory.SelfAttribute("code"),
    )


class InvolvementFactory(DjangoModelFactory):
    """Of the family as a whole, informed today; ``steps=[(step, day), …]`` for others."""

    class Meta:
        model = Involvement
        skip_postgeneration_save = True

    family = factory.SubFactory(FamilyFactory)
    programme = factory.SubFactory(
        TermFactory, vocabulary=Vocabulary.PROGRAMME, code="SKOLA_KOPIENA"
    )

    @factory.post_generation
    def mediator(self, create, mediator, **kwargs):
        self.factory_mediator = mediator or UserFactory()

    @factory.post_generation
    def steps(self, create, steps, **kwargs):
        for position, (step, day) in enumerate(
            steps or [("informed", timezone.localdate())]
        ):
            InvolvementStep.objects.create(
                involvement=self,
                municipality=self.family.municipality,
                mediator=self.factory_mediator,
                by=self.factory_mediator,
                position=position,
                step=step,
                stepped_on=day,
            )


class ParticipantFactory(DjangoModelFactory):
    """Ready to be handed over, with one answer declined."""

    class Meta:
        model = Participant

    number = factory.LazyAttribute(
        lambda o: Participant.next_number(o.involvement.family.municipality)
    )
    involvement = factory.SubFactory(InvolvementFactory)
    disability = "declined"
    ready_on = factory.LazyFunction(timezone.localdate)


class IncidentFactory(DjangoModelFactory):
    """At school, of nobody in particular and not reported."""

    class Meta:
        model = Incident

    municipality = factory.SubFactory(MunicipalityFactory)
    mediator = factory.SubFactory(UserFactory)
    kind = Incident.Kind.DISCRIMINATION
    place = Incident.Place.SCHOOL
    words = "Bērnu nesēdināja kopā ar citiem."
    happened_on = factory.LazyFunction(timezone.localdate)
    noted_on = factory.SelfAttribute("happened_on")
    report_noted_on = factory.SelfAttribute("reported_on")
    reported_on = None


class SubGoalFactory(DjangoModelFactory):
    class Meta:
        model = SubGoal

    case = factory.SubFactory(CaseFactory)
    position = 1
    text = "Dokumenti iesniegti"


class ReferralFactory(DjangoModelFactory):
    """Open, unless ``answer`` and ``answered_on`` are given."""

    class Meta:
        model = Referral

    case = factory.SubFactory(CaseFactory)
    institution = factory.LazyAttribute(
        lambda o: InstitutionFactory(municipality=o.case.municipality)
    )
    text = "Vieta bērnudārzā"
    sent_on = factory.LazyFunction(timezone.localdate)
    due_on = factory.LazyAttribute(lambda o: Referral.usually_due(o.sent_on))
    by = factory.SelfAttribute("case.mediator")


class CaseShareFactory(DjangoModelFactory):
    class Meta:
        model = CaseShare

    case = factory.SubFactory(CaseFactory)
    by = factory.SelfAttribute("case.mediator")
    reason = "Vajadzīgs pašvaldības lēmums"
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=30))


class VisitFactory(DjangoModelFactory):
    """``VisitFactory(family=…, areas=[…])``; several with ``families_named=[…]``."""

    class Meta:
        model = Visit
        skip_postgeneration_save = True

    mediator = factory.SubFactory(UserFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    client_uuid = factory.LazyFunction(uuid.uuid4)
    kind = Kind.HOME_VISIT
    visited_on = factory.LazyFunction(timezone.localdate)
    minutes = 30
    code = factory.LazyAttribute(
        lambda o: Visit.next_code(o.municipality, o.visited_on)
    )

    @factory.post_generation
    def family(self, create, family, **kwargs):
        if create and family:
            VisitFamily.objects.create(visit=self, family=family)

    @factory.post_generation
    def families_named(self, create, families, **kwargs):
        for family in families or []:
            VisitFamily.objects.create(visit=self, family=family)

    @factory.post_generation
    def areas(self, create, areas, **kwargs):
        for position, area in enumerate(areas or [Area.EDUCATION]):
            VisitArea.objects.create(visit=self, area=area, position=position)


class ClosedMonthFactory(DjangoModelFactory):
    class Meta:
        model = ClosedMonth


class NextStepFactory(DjangoModelFactory):
    class Meta:
        model = NextStep

    mediator = factory.SubFactory(UserFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    text = "Piezvanīt skolai"
    due_on = factory.LazyFunction(timezone.localdate)


class StepMoveFactory(DjangoModelFactory):
    """From the day before to the day for which the step is planned now."""

    class Meta:
        model = StepMove

    step = factory.SubFactory(NextStepFactory)
    by = factory.SelfAttribute("step.mediator")
    from_on = factory.LazyAttribute(lambda o: o.step.due_on - timedelta(days=1))
    to_on = factory.SelfAttribute("step.due_on")


class DeletedVisitFactory(DjangoModelFactory):
    class Meta:
        model = DeletedVisit

    client_uuid = factory.LazyFunction(uuid.uuid4)
    fingerprint = "0" * 64
    code = factory.Sequence("UPC-26-{:04}".format)


class CalendarFeedFactory(DjangoModelFactory):
    """``CalendarFeedFactory(token=…)`` opens with that secret."""

    class Meta:
        model = CalendarFeed

    class Params:
        token = factory.LazyFunction(new_token)

    mediator = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    token_sha256 = factory.LazyAttribute(lambda o: hash_of(o.token))


class CommunityIssueFactory(DjangoModelFactory):
    class Meta:
        model = CommunityIssue

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.LazyAttribute(lambda o: CommunityIssue.next_code(o.municipality))
    mediator = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    area = Area.EDUCATION
    text = "Autobuss uz skolu nekursē."
    institution = factory.SubFactory(
        InstitutionFactory, municipality=factory.SelfAttribute("..municipality")
    )


class IssueEventFactory(DjangoModelFactory):
    class Meta:
        model = IssueEvent

    issue = factory.SubFactory(CommunityIssueFactory)
    by = factory.SelfAttribute("issue.mediator")
    status = "reported"


class AdviceFactory(DjangoModelFactory):
    """Asked of the coordinator and still open."""

    class Meta:
        model = Advice

    case = factory.SubFactory(CaseFactory)
    by = factory.SelfAttribute("case.mediator")
    asked = "coordinator"
    question = "Kur vēl var prasīt?"


class DelegationFactory(DjangoModelFactory):
    class Meta:
        model = Delegation

    municipality = factory.SubFactory(MunicipalityFactory)
    contact = factory.SubFactory(
        InstitutionContactFactory,
        institution__municipality=factory.SelfAttribute("...municipality"),
    )
    area = Area.EDUCATION
    starts_on = date(2026, 1, 1)
    by = factory.SubFactory(UserFactory)


class AgreementFactory(DjangoModelFactory):
    class Meta:
        model = Agreement

    municipality = factory.SubFactory(MunicipalityFactory)
    institution = factory.SubFactory(
        InstitutionFactory, municipality=factory.SelfAttribute("..municipality")
    )
    content = "Skola zvana pēc trešās kavējuma dienas."
    by = factory.SubFactory(UserFactory)


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = Resource

    municipality = factory.SubFactory(MunicipalityFactory)
    kind = "room"
    name = "Bibliotēkas zāle"
    by = factory.SubFactory(UserFactory)
