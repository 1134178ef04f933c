"""Families, what they agreed to, and who may see them."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from cases.models import (
    Area,
)
from families.models import (
    Authority,
    ConflictOfInterest,
    Consent,
    ConsentText,
    EducationRecord,
    Family,
    FamilyAssignment,
    FamilyMember,
    FamilyNeed,
    HandOver,
    NameGrant,
    NeedLevel,
    Residence,
    ResidenceStatus,
    SafeguardingNotice,
    SparedWord,
    Substitution,
    YearlyCount,
)
from families.models.name_grant import LASTS
from mediators.models import (
    Role,
)
from municipalities.models import (
    Vocabulary,
)
from privacy.ids import uuid7
from tests.factories.people import UserFactory
from tests.factories.places import MunicipalityFactory, TermFactory


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


class EducationRecordFactory(DjangoModelFactory):
    """``EducationRecordFactory(family=…, person_id=…)``; somebody in class 1 to 3."""

    class Meta:
        model = EducationRecord

    family = factory.SubFactory(FamilyFactory)
    municipality = factory.SelfAttribute("family.municipality")
    person_id = factory.LazyFunction(uuid7)
    school_year = 2026
    level = factory.SubFactory(
        TermFactory, vocabulary=Vocabulary.EDU_LEVEL, code="BASIC_1_3"
    )
    by = factory.SubFactory(UserFactory)


class YearlyCountFactory(DjangoModelFactory):
    class Meta:
        model = YearlyCount

    municipality = factory.SubFactory(MunicipalityFactory)
    school_year = 2026
    source = "estimate"
    division = "all"
    number = 21
    by = factory.SubFactory(UserFactory)


class ResidenceFactory(DjangoModelFactory):
    """``ResidenceFactory(status="abroad")`` without a country."""

    class Meta:
        model = Residence

    family = factory.SubFactory(FamilyFactory)
    status = ResidenceStatus.LIVES_HERE
    by = factory.SubFactory(UserFactory)


class SparedWordFactory(DjangoModelFactory):
    class Meta:
        model = SparedWord

    mediator = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    mark = factory.Sequence("{:064x}".format)


class SafeguardingNoticeFactory(DjangoModelFactory):
    class Meta:
        model = SafeguardingNotice

    by = factory.SubFactory(UserFactory)
    told = Authority.ORPHANS_COURT
    told_at = factory.LazyFunction(timezone.now)


class ConflictOfInterestFactory(DjangoModelFactory):
    class Meta:
        model = ConflictOfInterest

    family = factory.SubFactory(FamilyFactory)
    mediator = factory.SubFactory(UserFactory, role=Role.MEDIATOR)
    kind = ConflictOfInterest.Kind.RELATIVE


class NameGrantFactory(DjangoModelFactory):
    """Asked for just now; ``NameGrantFactory(granted_by=user)`` runs for 24 hours."""

    class Meta:
        model = NameGrant

    class Params:
        granted_by = None

    family = factory.SubFactory(FamilyFactory)
    grantee = factory.SubFactory(UserFactory)
    reason = "Skola jautā, kurai ģimenei vajag palīdzību."
    decided_by = factory.SelfAttribute("granted_by")
    granted_at = factory.LazyAttribute(
        lambda o: timezone.now() if o.granted_by else None
    )
    ends_at = factory.LazyAttribute(lambda o: o.granted_at and o.granted_at + LASTS)
