"""Monthly reports."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from mediators.models import (
    Role,
)
from reports.models import Ask, MonthlyReport, ReportSection, Target
from reports.sections import BY_KEY, REVIEWED
from tests.factories.people import UserFactory
from tests.factories.places import MunicipalityFactory


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
    status = Ask.Status.NEW
    decided_on = factory.LazyAttribute(
        lambda o: None if o.status in Ask.OPEN else date(2026, 11, 12)
    )


class TargetFactory(DjangoModelFactory):
    """The target of the whole project, unless a municipality is given."""

    class Meta:
        model = Target

    indicator = "families"
    year = 2026
    municipality = None
    value = 100
