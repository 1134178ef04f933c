"""Requests about data, holds, breaches."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from data_protection.models import Breach, LegalHold, RetentionRun, SubjectRequest
from mediators.models import Role
from tests.factories.families import FamilyFactory
from tests.factories.people import UserFactory


class SubjectRequestFactory(DjangoModelFactory):
    """Taken down by an officer, unless ``created_by`` says otherwise."""

    class Meta:
        model = SubjectRequest

    code = factory.LazyFunction(SubjectRequest.next_code)
    kind = SubjectRequest.Kind.ACCESS
    family = factory.SubFactory(FamilyFactory)
    created_by = factory.SubFactory(UserFactory, role=Role.DATA_PROTECTION_OFFICER)
    is_from_officer = factory.LazyAttribute(
        lambda o: o.created_by.has_role(Role.DATA_PROTECTION_OFFICER)
    )


class LegalHoldFactory(DjangoModelFactory):
    class Meta:
        model = LegalHold

    reason = "Tiesvedība"
    by = factory.SubFactory(UserFactory, role=Role.DATA_PROTECTION_OFFICER)


class RetentionRunFactory(DjangoModelFactory):
    class Meta:
        model = RetentionRun

    ordered_by = factory.SubFactory(UserFactory, role=Role.DATA_PROTECTION_OFFICER)
    planned_as_of = factory.LazyFunction(timezone.now)


class BreachFactory(DjangoModelFactory):
    class Meta:
        model = Breach

    code = factory.LazyFunction(Breach.next_code)
    what = "Pazudis tālrunis"
    registered_by = factory.SubFactory(UserFactory, role=Role.DATA_PROTECTION_OFFICER)
