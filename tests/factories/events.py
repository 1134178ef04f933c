"""Resource centres, events, counts of participants, what belongs to an event."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from cases.models import Kind
from events.models import Centre, Event, Headcount, Invitation, Leader, Testimonial
from municipalities.models import Vocabulary
from tests.factories.cases import VisitFactory
from tests.factories.places import (
    InstitutionContactFactory,
    MunicipalityFactory,
    TermFactory,
)


class CentreFactory(DjangoModelFactory):
    class Meta:
        model = Centre

    municipality = factory.SubFactory(MunicipalityFactory)
    name = factory.Sequence(lambda n: f"{n}. resursu centrs")
    opened_on = date(2020, 9, 1)


class EventTypeFactory(TermFactory):
    vocabulary = Vocabulary.EVENT_TYPE
    code = "SESSION"
    label_lv = "Nodarbība"
    label_en = "Session"


class CategoryFactory(TermFactory):
    vocabulary = Vocabulary.PARTICIPANT_CATEGORY
    code = "CHILDREN"
    label_lv = "Bērni (līdz 13 gadiem)"
    label_en = "Children (under 13)"


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    title = "Mājas darbu pēcpusdiena"
    kind = factory.SubFactory(EventTypeFactory)
    municipality = factory.SubFactory(MunicipalityFactory)
    held_on = factory.LazyFunction(timezone.localdate)
    code = factory.LazyAttribute(lambda o: Event.next_code(o.held_on))


class HeadcountFactory(DjangoModelFactory):
    class Meta:
        model = Headcount

    event = factory.SubFactory(EventFactory)
    category = factory.SubFactory(CategoryFactory)
    count = 8


class LeaderFactory(DjangoModelFactory):
    class Meta:
        model = Leader

    event = factory.SubFactory(EventFactory)
    visit = factory.SubFactory(VisitFactory, kind=Kind.GROUP)


class EventInvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    event = factory.SubFactory(EventFactory)
    contact = factory.SubFactory(InstitutionContactFactory)


class ParticipantWordsFactory(DjangoModelFactory):
    class Meta:
        model = Testimonial

    event = factory.SubFactory(EventFactory)
    municipality = factory.SelfAttribute("event.municipality")
    text = "Te var droši pajautāt."
