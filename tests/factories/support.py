"""What a municipality gives, its group, visits to it; mediators as people."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from mediators.models import (
    MediatorProfile,
    Role,
    Training,
    TrainingCourse,
    TrainingNeed,
)
from municipalities.models import (
    CityPlan,
    FundingLine,
    GroupDecision,
    GroupMeeting,
    GroupMember,
    Membership,
    MunicipalVisit,
    Partner,
    Premises,
    Vocabulary,
)
from tests.factories.people import UserFactory
from tests.factories.places import (
    InstitutionContactFactory,
    MunicipalityFactory,
    TermFactory,
)


def term(vocabulary, code="OTHER"):
    return factory.LazyFunction(
        lambda: TermFactory(
            vocabulary=vocabulary, code=code, label_lv=code.lower(), label_en=code
        )
    )


class PremisesFactory(DjangoModelFactory):
    class Meta:
        model = Premises

    municipality = factory.SubFactory(MunicipalityFactory)
    room = term(Vocabulary.ROOM_STATUS, "SHARED")
    address = "Skolas iela 4, 12. kabinets"


class FundingLineFactory(DjangoModelFactory):
    class Meta:
        model = FundingLine

    municipality = factory.SubFactory(MunicipalityFactory)
    source = term(Vocabulary.FUNDING_SOURCE, "MUNICIPALITY")
    percent = 50


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    municipality = factory.SubFactory(MunicipalityFactory)
    organisation = "Pilsētu un reģionu alianse"


class CityPlanFactory(DjangoModelFactory):
    class Meta:
        model = CityPlan

    municipality = factory.SubFactory(MunicipalityFactory)
    title = "Integrācijas plāns"


class GroupMemberFactory(DjangoModelFactory):
    class Meta:
        model = GroupMember

    municipality = factory.SubFactory(MunicipalityFactory)
    contact = factory.LazyAttribute(
        lambda o: InstitutionContactFactory(institution__municipality=o.municipality)
    )


class GroupMeetingFactory(DjangoModelFactory):
    class Meta:
        model = GroupMeeting

    municipality = factory.SubFactory(MunicipalityFactory)
    held_on = factory.LazyFunction(timezone.localdate)
    minutes = "Pārrunāta skolēnu ēdināšana."


class GroupDecisionFactory(DjangoModelFactory):
    class Meta:
        model = GroupDecision

    meeting = factory.SubFactory(GroupMeetingFactory)
    text = "Pagarināt autobusa maršrutu."


class SupportVisitFactory(DjangoModelFactory):
    class Meta:
        model = MunicipalVisit

    municipality = factory.SubFactory(MunicipalityFactory)
    kind = MunicipalVisit.Kind.SUPPORT
    participants = "Projekta vadītāja"
    purpose = "Atbalsts mediatorei"
    conclusions = "Vajadzīga telpa sarunām."


class PartnerFactory(DjangoModelFactory):
    class Meta:
        model = Partner

    name = "Paraugu biedrība"
    role = Partner.Role.ASSOCIATED


class MediatorProfileFactory(DjangoModelFactory):
    """``card_slug=`` alone makes the card public."""

    class Meta:
        model = MediatorProfile

    mediator = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    card_is_public = factory.LazyAttribute(lambda o: bool(o.card_slug))
    card_slug = ""


class TrainingCourseFactory(DjangoModelFactory):
    class Meta:
        model = TrainingCourse

    title = factory.Sequence(lambda n: f"Kurss {n}")
    topic = term(Vocabulary.TRAINING_TOPIC, "CONFLICT")
    provider = "Pārvaldes skola"
    hours = 16


class TrainingFactory(DjangoModelFactory):
    class Meta:
        model = Training

    mediator = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    municipality = factory.LazyAttribute(
        lambda o: o.mediator.appointments.get().municipality
    )
    title = "Konfliktu risināšana"
    topic = term(Vocabulary.TRAINING_TOPIC, "CONFLICT")
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.SelfAttribute("starts_on")
    hours = 8


class TrainingNeedFactory(DjangoModelFactory):
    class Meta:
        model = TrainingNeed

    mediator = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    topic = term(Vocabulary.TRAINING_TOPIC, "DIGITAL")
    wish = "Gribu labāk rakstīt atskaites."
