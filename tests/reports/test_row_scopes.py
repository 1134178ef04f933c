"""Which asks, answers, targets and mails a scope holds, told apart from almost the same."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from mediators.models import Role
from reports.models import (
    Ask,
    AskEvent,
    Delivery,
    Export,
    MonthlyReport,
    ReportVersion,
    Target,
)
from reports.workflow import Action
from tests.factories import (
    AskFactory,
    ContactPersonFactory,
    ExportFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    TargetFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 12, 12, 0, tzinfo=UTC)


@pytest.fixture
def reports(municipality, mediator):
    """July to October of one mediator, October last."""
    return [
        MonthlyReportFactory(
            municipality=municipality,
            mediator=mediator,
            month=date(2026, month, 1),
            status="approved",
        )
        for month in (7, 8, 9, 10)
    ]


def delivered(report, by):
    """A queued mail to a contact person, for a version of the report."""
    version = ReportVersion.objects.create(
        report=report,
        number=1,
        code=f"AAAA-20{report.month:%m}",
        snapshot="{}",
        approved_by=by,
    )
    return Delivery.objects.create(
        version=version,
        recipient=ContactPersonFactory(municipality=report.municipality),
        requested_by=by,
    )


def answered(ask, delivery, answer, at=NOON):
    return AskEvent.objects.create(ask=ask, delivery=delivery, answer=answer, at=at)


@pytest.fixture
def asks(reports):
    return [AskFactory(report=reports[0], code=f"UPC-L00{number}") for number in (1, 2)]


@pytest.fixture
def deliveries(reports, coordinator):
    return [delivered(report, coordinator) for report in reports[:2]]


def test_the_last_word_of_this_person_about_this_ask_is_told(asks, deliveries):
    first, second = deliveries
    answered(asks[0], first, "talk", NOON - timedelta(hours=2))
    answered(asks[0], first, "support", NOON)
    answered(asks[0], first, "cannot", NOON)
    answered(asks[0], first, "support", NOON - timedelta(hours=1))
    answered(asks[0], second, "talk", NOON + timedelta(hours=1))
    answered(asks[1], first, "talk", NOON + timedelta(hours=1))

    found = Ask.objects.with_answer_of(first).in_bulk()

    assert [found[ask.pk].given for ask in asks] == ["cannot", "talk"]


def test_the_last_answer_is_told_whatever_a_coordinator_did_since(
    asks, deliveries, coordinator
):
    first, second = deliveries
    answered(asks[0], first, "cannot", NOON - timedelta(hours=1))
    answered(asks[0], first, "support", NOON)
    answered(asks[0], second, "talk", NOON)
    answered(asks[0], first, "cannot", NOON - timedelta(hours=2))
    asks[0].events.create(
        by=coordinator, status=Ask.Status.IN_WORK, at=NOON + timedelta(hours=1)
    )

    found = Ask.objects.with_last_answer().in_bulk()

    assert [found[ask.pk].said for ask in asks] == ["talk", None]


def test_a_report_tells_earlier_asks_that_are_open_or_were_decided_since(reports):
    july, august, _september, october = reports
    told = [
        AskFactory(report=july, code="UPC-L003", position=1),
        AskFactory(
            report=july,
            code="UPC-L002",
            position=2,
            status=Ask.Status.FULFILLED,
            decided_on=date(2026, 10, 1),
        ),
        AskFactory(report=august, code="UPC-L001", position=1),
        AskFactory(report=august, code="UPC-L004", position=1),
    ]
    AskFactory(
        report=july,
        code="UPC-L005",
        status=Ask.Status.FULFILLED,
        decided_on=date(2026, 9, 30),
    )
    AskFactory(report=october, code="UPC-L006")

    assert list(Ask.objects.told_in(october)) == told


def test_targets_of_a_municipality_are_not_those_of_the_project(municipality):
    own = TargetFactory(municipality=municipality)
    whole = TargetFactory()
    TargetFactory(municipality=MunicipalityFactory())

    assert list(Target.objects.of(municipality)) == [own]
    assert list(Target.objects.of(None)) == [whole]


def test_a_mail_that_was_given_up_is_not_sent_again(deliveries):
    refused, waits = deliveries
    past = timezone.now() - timedelta(minutes=1)
    Delivery.objects.update(due_at=past)
    Delivery.objects.filter(pk=refused.pk).update(status=Delivery.Status.REFUSED)

    assert list(Delivery.objects.to_send()) == [waits]


def test_a_file_that_was_fetched_is_not_offered_any_more():
    failed = ExportFactory()
    ExportFactory(status=Export.Status.TAKEN, failure="", taken_at=timezone.now())

    assert list(Export.objects.shown()) == [failed]


def test_an_action_changes_the_report_it_is_done_to_and_no_other(municipality):
    mediators = [
        UserFactory(role=Role.MEDIATOR, municipality=municipality) for _ in range(2)
    ]
    mine, hers = (
        MonthlyReportFactory(municipality=municipality, mediator=who, status="sent")
        for who in mediators
    )

    mine.perform(Action.CONFIRM, by=None)

    states = dict(MonthlyReport.objects.values_list("pk", "status"))
    assert states == {mine.pk: "received", hers.pk: "sent"}
