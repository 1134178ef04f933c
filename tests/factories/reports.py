"""Monthly reports."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from mediators.models import (
    Role,
)
from privacy.tokens import hash_of
from reports.models import (
    ApiScope,
    ApiToken,
    Ask,
    Export,
    FileType,
    MonthlyReport,
    ReportSection,
    Target,
)
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


class ExportFactory(DjangoModelFactory):
    """Given up, so that it needs no file; see ``tests/reports/test_exports.py`` for others."""

    class Meta:
        model = Export

    by = factory.SubFactory(UserFactory, role=Role.PROJECT_STAFF)
    first = date(2026, 10, 1)
    last = date(2026, 10, 31)
    file_type = FileType.EXCEL
    status = Export.Status.FAILED
    failure = Export.Failure.BROKEN


class TargetFactory(DjangoModelFactory):
    """The target of the whole project, unless a municipality is given."""

    class Meta:
        model = Target

    indicator = "families"
    year = 2026
    municipality = None
    value = 100


class ApiTokenFactory(DjangoModelFactory):
    """Of project staff, for all and everything; ``ApiTokenFactory(token=…)`` opens with it."""

    class Meta:
        model = ApiToken

    class Params:
        token = factory.Sequence(lambda n: f"tilts_{n:043}")

    owner = factory.SubFactory(UserFactory, role=Role.PROJECT_STAFF)
    name = "Darba grāmata"
    scopes = factory.LazyFunction(lambda: list(ApiScope.values))
    reaches_all = True
    token_sha256 = factory.LazyAttribute(lambda o: hash_of(o.token))
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=90))
