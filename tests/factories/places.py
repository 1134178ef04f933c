"""Municipalities, institutions and their people."""

from datetime import date

import factory
from django.utils.http import int_to_base36
from factory.django import DjangoModelFactory

from municipalities.models import (
    ContactPerson,
    Institution,
    InstitutionContact,
    Municipality,
    Region,
    Term,
    Vocabulary,
)


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
