"""Accounts with their appointments, and supervision."""

from datetime import date, timedelta

import factory
from allauth.mfa.models import Authenticator
from django.utils import timezone
from factory.django import DjangoModelFactory

from mediators.factors import SealedFactors
from mediators.models import (
    MUNICIPAL,
    Appointment,
    Complaint,
    EmailChange,
    EthicsCode,
    FactorReset,
    Invitation,
    Role,
    SupervisionRequest,
    SupervisionSession,
    Supervisor,
    User,
)
from mediators.models.complaint import GROUPS, hash_of_code
from privacy.tokens import hash_of, new_code, new_token
from tests.factories.places import MunicipalityFactory

PASSWORD = "correct horse battery staple"


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


class EthicsCodeFactory(DjangoModelFactory):
    class Meta:
        model = EthicsCode

    version = factory.Sequence(lambda n: f"t{n}")
    valid_from = date(2020, 1, 1)
    text_lv = "Ievēro likumu prasības."
    text_en = "Obey the law."


class ComplaintFactory(DjangoModelFactory):
    """``ComplaintFactory(code="AAAA-2222-BBBB")``; the database keeps its hash."""

    class Meta:
        model = Complaint

    class Params:
        code = factory.LazyFunction(lambda: new_code(groups=GROUPS))

    municipality = factory.SubFactory(MunicipalityFactory)
    code_sha256 = factory.LazyAttribute(lambda o: hash_of_code(o.code))
    about = "Sanita"
    text = "Kliedza uz mani."


class InvitationFactory(DjangoModelFactory):
    """``token=`` is what stands in the mail; it opens for a day."""

    class Meta:
        model = Invitation

    class Params:
        token = factory.LazyFunction(new_token)

    user = factory.SubFactory(UserFactory, password=None)
    purpose = Invitation.Purpose.FIRST
    token_sha256 = factory.LazyAttribute(lambda o: hash_of(o.token))
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))


class AppFactory(DjangoModelFactory):
    """An app with codes; ``tests.mediators.codes`` says what it shows."""

    class Meta:
        model = Authenticator

    class Params:
        secret = "JBSWY3DPEHPK3PXP"

    user = factory.SubFactory(UserFactory)
    type = Authenticator.Type.TOTP
    data = factory.LazyAttribute(
        lambda o: {"secret": SealedFactors().encrypt(o.secret)}
    )


class EmailChangeFactory(DjangoModelFactory):
    """``token=`` stands in the mail to the new address, ``stop_token=`` in the other."""

    class Meta:
        model = EmailChange

    class Params:
        token = factory.LazyFunction(new_token)
        stop_token = factory.LazyFunction(new_token)

    user = factory.SubFactory(UserFactory)
    email = "jauna.adrese@example.test"
    token_sha256 = factory.LazyAttribute(lambda o: hash_of(o.token))
    stop_sha256 = factory.LazyAttribute(lambda o: hash_of(o.stop_token))
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=2))


class FactorResetFactory(DjangoModelFactory):
    class Meta:
        model = FactorReset

    user = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    asked_by = factory.SubFactory(UserFactory, role=Role.ADMINISTRATOR)
