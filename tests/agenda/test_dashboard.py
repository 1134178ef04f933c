"""The coordinator's overview: what waits, the month so far, asks, receipts."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mediators.models import Role
from municipalities.models import Municipality
from reports.indicators import Scope, compute
from reports.models import Ask
from reports.workflow import Action, Status
from tests.factories import (
    AppointmentFactory,
    AskFactory,
    CaseFactory,
    CaseShareFactory,
    FamilyFactory,
    InstitutionFactory,
    MonthlyReportFactory,
    MunicipalityFactory,
    UserFactory,
    VisitFactory,
)
from tests.fetched import fetched

pytestmark = pytest.mark.django_db

NOVEMBER = Scope(date(2026, 11, 1), date(2026, 11, 30))
OCTOBER = date(2026, 10, 1)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


def text_of(response):
    return " ".join(response.content.decode().split())


def happened(report, action, day):
    at = timezone.make_aware(datetime.fromisoformat(f"{day}T12:00"))
    report.events.create(action=action, by=report.mediator, at=at)
    return report


def submitted(day="2026-11-09", **kwargs):
    report = MonthlyReportFactory(status=Status.SUBMITTED, **kwargs)
    return happened(report, Action.SUBMIT, day)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (role, 200 if role in (Role.COORDINATOR, Role.DEPUTY_COORDINATOR) else 404)
        for role in Role
    ],
)
def test_the_overview_is_for_coordinators_and_their_deputies(client, role, status):
    client.force_login(UserFactory(role=role))

    assert client.get(reverse("agenda:dashboard")).status_code == status


def test_reports_wait_in_the_order_of_their_submission(
    overview, municipality, mediator, colleague
):
    newer = submitted("2026-11-11", municipality=municipality, mediator=mediator)
    older = submitted("2026-11-09", municipality=municipality, mediator=colleague)
    submitted(municipality=MunicipalityFactory())
    MonthlyReportFactory(
        municipality=municipality, mediator=mediator, month=date(2026, 9, 1)
    )

    response = overview()

    assert [row.report for row in response.context["waiting"]] == [older, newer]
    content = text_of(response)
    assert "waits for 3 days" in content
    assert "waits for 1 day " in content
    assert reverse("reports:review", args=older.url_args) in content


def test_a_report_of_today_does_not_wait_for_days(overview, municipality, mediator):
    submitted("2026-11-12", municipality=municipality, mediator=mediator)

    assert "handed in today" in text_of(overview())


def test_an_approved_report_waits_until_it_is_sent(
    overview, coordinator, municipality, mediator
):
    unsent = MonthlyReportFactory(
        municipality=municipality,
        mediator=mediator,
        month=OCTOBER,
        status=Status.APPROVED,
    )
    MonthlyReportFactory(
        municipality=municipality,
        mediator=mediator,
        month=date(2026, 9, 1),
        status=Status.SENT,
    )
    MonthlyReportFactory(
        municipality=municipality, mediator=coordinator, status=Status.APPROVED
    )
    MonthlyReportFactory(municipality=MunicipalityFactory(), status=Status.APPROVED)

    response = overview()

    assert response.context["unsent"] == [unsent]
    assert response.context["waiting_count"] == 1
    content = text_of(response)
    waiting = content[content.index('id="waiting"') : content.index('id="asks"')]
    assert "Approved, not sent yet" in waiting
    assert reverse("reports:review", args=unsent.url_args) in waiting
    assert "Nothing is waiting" not in waiting


@pytest.mark.parametrize(
    ("day", "handed_in", "due"),
    [
        # Last month's report may still come until the 5th
        ("2026-11-03", False, "5\N{NO-BREAK SPACE}November"),
        ("2026-11-03", True, "7\N{NO-BREAK SPACE}December"),
        ("2026-11-12", True, "7\N{NO-BREAK SPACE}December"),
    ],
)
def test_when_nothing_waits_the_next_date_is_told(
    overview, municipality, mediator, day, handed_in, due
):
    mediator.appointments.update(starts_on=OCTOBER)
    if handed_in:
        MonthlyReportFactory(
            municipality=municipality,
            mediator=mediator,
            month=OCTOBER,
            status=Status.SENT,
        )

    with time_machine.travel(f"{day}T08:00+02:00", tick=False):
        response = overview()

    assert (
        f"Nothing is waiting. The next report is expected by {due}."
        in response.content.decode()
    )


def test_a_report_that_is_late_waits_too(overview, mediator):
    mediator.appointments.update(starts_on=OCTOBER)

    text = text_of(overview())

    assert "October 2026, Sanita Vītola" in text
    assert "was due by 5 November" in text
    assert "Nothing is waiting" not in text


def test_the_month_of_each_mediator_equals_the_indicators(
    overview, municipality, mediator, colleague
):
    family = FamilyFactory(municipality=municipality)
    for day, minutes in [(2, 45), (10, 30), (10, 60)]:
        VisitFactory(
            mediator=mediator,
            municipality=municipality,
            family=family,
            visited_on=date(2026, 11, day),
            minutes=minutes,
        )
    VisitFactory(
        mediator=colleague, municipality=municipality, visited_on=date(2026, 10, 20)
    )
    CaseFactory(family=family, mediator=mediator, opened_on=date(2026, 10, 1))
    UserFactory(role=Role.MEDIATOR, municipality=MunicipalityFactory())

    rows = {row.mediator: row for row in overview().context["rows"]}

    assert set(rows) == {mediator, colleague}
    place = Municipality.objects.filter(pk=municipality.pk)
    for person, row in rows.items():
        scope = Scope(NOVEMBER.first, NOVEMBER.last, place, person)
        expected = compute(scope)
        assert row.values == {key: expected[key] for key in row.values}
    assert rows[mediator].values == {
        "entries": 3,
        "families": 1,
        "hours": Decimal("2.3"),
        "open_cases": 1,
    }
    assert rows[mediator].last_entry_on == date(2026, 11, 10)
    assert rows[colleague].last_entry_on == date(2026, 10, 20)
    # 20 working days of 4 hours: 18 November is a public holiday
    assert rows[mediator].contracted == 80


def test_a_mediator_whose_appointment_ended_is_no_longer_shown(overview, municipality):
    gone = UserFactory(role=Role.MEDIATOR, municipality=municipality)
    gone.appointments.update(ends_on=date(2026, 11, 11))

    assert overview().context["rows"] == []


def test_asks_are_shown_once_their_report_is_handed_in(
    overview, municipality, mediator
):
    school = InstitutionFactory(municipality=municipality, name="Upesciema pamatskola")
    shown = {}
    for number, status in enumerate(Status, start=1):
        report = MonthlyReportFactory(
            municipality=municipality,
            mediator=mediator,
            month=date(2026, number, 1),
            status=status,
        )
        shown[status] = AskFactory(
            report=report, due_on=date(2026, 11, number), owner=school
        )
    AskFactory(report=shown[Status.SENT].report, status=Ask.Status.FULFILLED)
    AskFactory(
        report=MonthlyReportFactory(
            municipality=MunicipalityFactory(), status=Status.SUBMITTED
        )
    )

    response = overview()

    assert {ask.pk for ask in response.context["asks"]} == {
        shown[status].pk
        for status in (
            Status.SUBMITTED,
            Status.APPROVED,
            Status.SENT,
            Status.RECEIVED,
        )
    }
    content = text_of(response)
    assert "Telpa sarunām ar ģimenēm" in content
    assert "Upesciema pamatskola" in content
    assert "Overdue" in content


def test_only_the_newest_asks_are_shown(overview, municipality, mediator):
    for month in range(1, 7):
        report = MonthlyReportFactory(
            municipality=municipality,
            mediator=mediator,
            month=date(2026, month, 1),
            status=Status.APPROVED,
        )
        for position in range(2):
            AskFactory(report=report, position=position)

    with fetched(Ask) as asks:
        response = overview()

    assert len(response.context["asks"]) == len(asks) == 10
    assert "The newest 10 of 12 are shown." in text_of(response)


def test_the_last_entry_is_told_without_reading_the_log(
    overview, municipality, mediator
):
    for day in range(1, 10):
        VisitFactory(
            mediator=mediator, municipality=municipality, visited_on=date(2026, 3, day)
        )
    VisitFactory(mediator=mediator, visited_on=date(2026, 4, 1))

    with CaptureQueriesContext(connection) as queries:
        [row] = overview().context["rows"]

    assert row.last_entry_on == date(2026, 3, 9)
    assert not any('MAX("cases_visit"' in query["sql"] for query in queries)


def test_receipts_are_shown_with_their_dates(overview, municipality, mediator):
    steps = [Action.APPROVE, Action.SEND, Action.CONFIRM]
    statuses = [Status.APPROVED, Status.SENT, Status.RECEIVED]
    for number, status in enumerate(statuses, start=1):
        report = MonthlyReportFactory(
            municipality=municipality,
            mediator=mediator,
            month=date(2026, 7 + number, 1),
            status=status,
        )
        for action in steps[:number]:
            happened(report, action, f"2026-11-0{number + 1}")

    response = overview()

    assert [report.status for report in response.context["reports"]] == statuses[::-1]
    content = response.content.decode()
    assert "Receipt confirmed on 4\N{NO-BREAK SPACE}November" in content
    assert "Sent on 3\N{NO-BREAK SPACE}November, not confirmed yet" in content
    assert "Approved, not sent yet" in content


def test_somebody_who_also_mediates_elsewhere_sees_the_coordinated_place_alone(
    client, municipality
):
    elsewhere = MunicipalityFactory()
    user = UserFactory(role=Role.COORDINATOR, municipality=municipality, language="en")
    AppointmentFactory(user=user, role=Role.MEDIATOR, municipality=elsewhere)
    AskFactory(
        report=MonthlyReportFactory(
            municipality=elsewhere, mediator=user, status=Status.SUBMITTED
        )
    )
    client.force_login(user)

    response = client.get(reverse("agenda:dashboard"))

    assert response.context["asks"] == []
    assert response.context["rows"] == []


def test_no_family_is_named(overview, municipality, mediator):
    family = FamilyFactory(
        municipality=municipality, mediator=mediator, label="Kārkliņu ģimene"
    )
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        note="Slepena piezīme",
    )

    content = text_of(overview())

    assert "Kārkliņ" not in content
    assert "Slepena" not in content


@pytest.mark.parametrize("count", [1, 3])
def test_the_overview_takes_a_constant_number_of_queries(
    overview, municipality, django_assert_num_queries, count
):
    for _number in range(count):
        mediator = UserFactory(role=Role.MEDIATOR, municipality=municipality)
        VisitFactory(mediator=mediator, municipality=municipality)
        for month, status in [(8, Status.RECEIVED), (9, Status.SUBMITTED)]:
            report = submitted(
                municipality=municipality, mediator=mediator, month=date(2026, month, 1)
            )
            AskFactory(
                report=report, owner=InstitutionFactory(municipality=municipality)
            )
            type(report).objects.filter(pk=report.pk).update(status=status)

    # session, account, roles, code of ethics, 2 of asks, waiting, unsent, complaints, 2 of what
    # is late, 3 of the date that comes next, mediators with their last entries, 3 of the
    # indicators, overdue steps, seen, 6 of the audit, count in the menu, approved reports, late
    # referrals, shared cases, 2 of what is to be renewed, surveys, savepoint and its release
    with django_assert_num_queries(37):
        overview()


def test_shared_cases_lead_to_their_pages(overview, municipality, mediator):
    family = FamilyFactory(municipality=municipality, label="Kārkliņu ģimene")
    case = CaseFactory(family=family, mediator=mediator)
    CaseShareFactory(case=case)
    CaseShareFactory()
    CaseFactory(family=family, mediator=mediator, title="Cita lieta")

    text = text_of(overview())

    assert f'href="/lietas/{case.code}/kopigota/"' in text
    assert text.count("/kopigota/") == 1
    assert "Kārkliņu" not in text
    assert "Cita lieta" not in text
