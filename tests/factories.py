"""Invented people and places for tests. Defaults make the smallest valid row."""

import uuid
from datetime import date, timedelta

import factory
from django.utils import timezone
from django.utils.http import int_to_base36
from factory.django import DjangoModelFactory

from cases.models import (
    Area,
    CalendarFeed,
    Case,
    CaseEvent,
    CaseShare,
    CaseStatus,
    ClosedMonth,
    Kind,
    NextStep,
    Referral,
    StepMove,
    SubGoal,
    Visit,
    VisitArea,
    VisitFamily,
)
from cases.models.calendar_feed import hash_of
from families.models import (
    Authority,
    Consent,
    ConsentText,
    Family,
    FamilyAssignment,
    FamilyMember,
    FamilyNeed,
    HandOver,
    NeedLevel,
    Residence,
    ResidenceStatus,
    SafeguardingNotice,
    Substitution,
)
from mediators.models import (
    MUNICIPAL,
    Appointment,
    Role,
    SupervisionRequest,
    SupervisionSession,
    Supervisor,
    User,
)
from municipalities.models import (
    ContactPerson,
    Institution,
    InstitutionContact,
    Municipality,
    Region,
    Term,
    Vocabulary,
)
from reports.models import Ask, MonthlyReport, ReportSection
from reports.sections import BY_KEY, REVIEWED

PASSWORD = "correct horse battery staple"


class RegionFactory(DjangoModelFactory):
    class Meta:
        model = Region
        django_get_or_create = ["code"]

    code = "vidzeme"
    label_lv = "Vidzeme"
    label_en = "Vidzeme"


class MunicipalityFactory(DjangoModelFactory):
    class Meta:
        model = Municipality

    atvk = factory.Sequence(lambda n: f"XX{n:07}")
    prefix = factory.Sequence(lambda n: f"T{int_to_base36(n).upper():0>3}")
    slug = factory.Sequence(lambda n: f"pasvaldiba-{n}")
    label_lv = factory.Sequence(lambda n: f"{n}. novads")
    label_en = factory.LazyAttribute(lambda o: o.label_lv)
    locative_lv = factory.LazyAttribute(lambda o: f"{o.label_lv}ā")
    full_name_lv = factory.LazyAttribute(lambda o: f"{o.label_lv} pašvaldība")
    region = factory.SubFactory(RegionFactory)


class UserFactory(DjangoModelFactory):
    """``UserFactory(role=…, municipality=…)`` gives an appointment that began in 2020."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"cilveks{n}@example.test")
    first_name = "Baiba"
    last_name = factory.Sequence(lambda n: f"Paraudziņa{n}")
    password = factory.django.Password(PASSWORD)
    welcomed_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def role(self, create, role, municipality=None, **kwargs):
        if create and role:
            AppointmentFactory(user=self, role=role, **kwargs)

    @classmethod
    def _create(cls, model_class, *args, municipality=None, **kwargs):
        user = super()._create(model_class, *args, **kwargs)
        user.factory_municipality = municipality
        return user


class AppointmentFactory(DjangoModelFactory):
    class Meta:
        model = Appointment

    user = factory.SubFactory(UserFactory)
    role = Role.MEDIATOR
    starts_on = date(2020, 1, 1)
    municipality = factory.Maybe(
        factory.LazyAttribute(lambda o: o.role in MUNICIPAL),
        yes_declaration=factory.LazyAttribute(
            lambda o: (
                getattr(o.user, "factory_municipality", None) or MunicipalityFactory()
            )
        ),
        no_declaration=None,
    )


class SupervisorFactory(DjangoModelFactory):
    class Meta:
        model = Supervisor

    name = "Maija Paraudziņa"
    email = factory.Sequence(lambda n: f"supervizore{n}@example.test")
    phone = "+371 330 00000"


class SupervisionRequestFactory(DjangoModelFactory):
    class Meta:
        model = SupervisionRequest

    mediator = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    supervisor = factory.SubFactory(SupervisorFactory)
    when = SupervisionRequest.When.SOON
    how = SupervisionRequest.How.CALL
    phone = "+371 330 00001"


class SupervisionSessionFactory(DjangoModelFactory):
    class Meta:
        model = SupervisionSession

    mediator = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    supervisor = factory.SubFactory(SupervisorFactory)
    held_on = factory.LazyFunction(timezone.localdate)


class ContactPersonFactory(DjangoModelFactory):
    class Meta:
        model = ContactPerson

    municipality = factory.SubFactory(MunicipalityFactory)
    name = "Andris Paraugs"
    post = "domes priekšsēdētāja vietnieks"
    email = factory.Sequence(lambda n: f"kontakts{n}@example.test")
    starts_on = date(2020, 1, 1)


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term
        django_get_or_create = ["vocabulary", "code"]

    vocabulary = Vocabulary.INSTITUTION_TYPE
    code = "SCHOOL"
    label_lv = "Pamatskola"
    label_en = "Basic school"


class InstitutionFactory(DjangoModelFactory):
    class Meta:
        model = Institution

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"{n}. pamatskola")


class InstitutionContactFactory(DjangoModelFactory):
    class Meta:
        model = InstitutionContact

    institution = factory.SubFactory(InstitutionFactory)
    name = "Inga Paraudziņa"
    post = "sociālā pedagoģe"


class FamilyFactory(DjangoModelFactory):
    """``FamilyFactory(mediator=user)`` assigns the family to that mediator."""

    class Meta:
        model = Family
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    code = factory.LazyAttribute(lambda o: Family.next_code(o.municipality))
    label = "Paraugu ģimene"

    @factory.post_generation
    def mediator(self, create, mediator, **kwargs):
        if create and mediator:
            FamilyAssignmentFactory(family=self, mediator=mediator)


class FamilyAssignmentFactory(DjangoModelFactory):
    class Meta:
        model = FamilyAssignment

    family = factory.SubFactory(FamilyFactory)
    mediator = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    starts_on = date(2020, 1, 1)


def _mediator_in(municipality):
    return UserFactory(role=Role.MEDIATOR, municipality=municipality)


class SubstitutionFactory(DjangoModelFactory):
    """From today for a week; ``substitutions.arrange`` lets the substitute see families."""

    class Meta:
        model = Substitution

    absent = factory.LazyAttribute(lambda o: _mediator_in(o.municipality))
    substitute = factory.LazyAttribute(lambda o: _mediator_in(o.municipality))
    municipality = factory.SubFactory(MunicipalityFactory)
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyAttribute(lambda o: o.starts_on + timedelta(days=7))
    reason = Substitution.Reason.HOLIDAY
    made_by = factory.SelfAttribute("absent")


class HandOverFactory(DjangoModelFactory):
    """Planned for today; ``hand_overs.hand_over`` gives the families away."""

    class Meta:
        model = HandOver

    mediator = factory.LazyAttribute(lambda o: _mediator_in(o.municipality))
    successor = factory.LazyAttribute(lambda o: _mediator_in(o.municipality))
    municipality = factory.SubFactory(MunicipalityFactory)
    last_day = factory.LazyFunction(timezone.localdate)
    made_by = factory.SelfAttribute("mediator")


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    family = factory.SubFactory(FamilyFactory)
    purpose = Consent.Purpose.KEEP
    given_on = date(2020, 1, 1)
    recorded_by = factory.SubFactory(UserFactory)


class ConsentTextFactory(DjangoModelFactory):
    class Meta:
        model = ConsentText

    version = factory.Sequence(lambda n: f"{n}")
    valid_from = date(2020, 1, 1)
    text_lv = "Es pierakstu, ko apsolīju."


class FamilyMemberFactory(DjangoModelFactory):
    """``FamilyMemberFactory(relation__code="GRANDMOTHER")``; a child by default."""

    class Meta:
        model = FamilyMember

    family = factory.SubFactory(FamilyFactory)
    name = "Rūdis"
    relation = factory.SubFactory(
        TermFactory,
        vocabulary=Vocabulary.FAMILY_RELATION,
        code="CHILD",
        label_lv=factory.SelfAttribute("code"),
        label_en=factory.SelfAttribute("code"),
    )


class FamilyNeedFactory(DjangoModelFactory):
    class Meta:
        model = FamilyNeed

    family = factory.SubFactory(FamilyFactory)
    area = Area.HOUSING
    level = NeedLevel.PRESENT
    by = factory.SubFactory(UserFactory)


class ResidenceFactory(DjangoModelFactory):
    """``ResidenceFactory(status="abroad")`` without a country."""

    class Meta:
        model = Residence

    family = factory.SubFactory(FamilyFactory)
    status = ResidenceStatus.LIVES_HERE
    by = factory.SubFactory(UserFactory)


class SafeguardingNoticeFactory(DjangoModelFactory):
    class Meta:
        model = SafeguardingNotice

    by = factory.SubFactory(UserFactory)
    told = Authority.ORPHANS_COURT
    told_at = factory.LazyFunction(timezone.now)


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


class CalendarFeedFactory(DjangoModelFactory):
    """``CalendarFeedFactory(token=…)`` opens with that secret."""

    class Meta:
        model = CalendarFeed

    class Params:
        token = factory.LazyFunction(CalendarFeed.new_token)

    mediator = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    token_sha256 = factory.LazyAttribute(lambda o: hash_of(o.token))


class MonthlyReportFactory(DjangoModelFactory):
    """A draft with empty sections; ``sections="text"`` fills the narrative ones."""

    class Meta:
        model = MonthlyReport
        skip_postgeneration_save = True

    municipality = factory.SubFactory(MunicipalityFactory)
    mediator = factory.LazyAttribute(
        lambda o: UserFactory(role=Role.MEDIATOR, municipality=o.municipality)
    )
    month = date(2026, 10, 1)
    desk = factory.LazyAttribute(lambda o: MonthlyReport._next_desk(o.municipality))
    figures = factory.LazyAttribute(
        lambda o: None if o.status in ("draft", "returned") else {}
    )
    status = "draft"

    @factory.post_generation
    def sections(self, create, text, **kwargs):
        for key, _title in REVIEWED:
            ReportSection.objects.create(
                report=self, key=key, text=(text or "") if key in BY_KEY else ""
            )


class AskFactory(DjangoModelFactory):
    class Meta:
        model = Ask

    report = factory.SubFactory(MonthlyReportFactory)
    kind = Ask.Kind.ROOM
    text = "Telpa sarunām ar ģimenēm divas reizes nedēļā"
