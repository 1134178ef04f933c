"""Where reports stand: late, expected, in time."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone

from reports.progress import EXPECTED, LATE, NOT_EXPECTED, progress, was_on_time
from reports.workflow import Action, Status
from tests.factories import AppointmentFactory, MonthlyReportFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


def submitted(report, day):
    report.events.create(
        action=Action.SUBMIT,
        by=report.mediator,
        at=timezone.make_aware(datetime.fromisoformat(f"{day}T12:00")),
    )
    return report


def states_of(municipality, months):
    [row] = progress([municipality], [date(2026, month, 1) for month in months]).rows
    return [cell.state for cell in row.cells]


@pytest.mark.parametrize(
    ("month", "day", "expected"),
    [
        # 5 September 2026 is a Saturday
        (date(2026, 8, 1), "2026-09-05", True),
        (date(2026, 8, 1), "2026-09-07", True),
        (date(2026, 8, 1), "2026-09-08", False),
        (date(2026, 8, 1), None, False),
        (date(2026, 11, 1), None, None),
    ],
)
def test_a_report_is_on_time_until_the_first_working_day_from_the_5th(
    month, day, expected
):
    at = day and timezone.make_aware(datetime.fromisoformat(f"{day}T12:00"))

    assert was_on_time(month, at) is expected


def test_a_missing_report_is_late_only_after_its_date(municipality, mediator):
    assert states_of(municipality, [10, 11]) == [LATE, EXPECTED]


def test_a_draft_is_as_missing_as_no_report(municipality, mediator):
    MonthlyReportFactory(
        municipality=municipality, mediator=mediator, month=date(2026, 10, 1)
    )

    assert states_of(municipality, [10]) == [LATE]


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.DRAFT])
def test_a_report_that_was_handed_in_shows_its_status(municipality, mediator, status):
    submitted(
        MonthlyReportFactory(
            municipality=municipality,
            mediator=mediator,
            month=date(2026, 9, 1),
            status=status,
        ),
        "2026-10-02",
    )

    [state] = states_of(municipality, [9])

    assert state.word == status.label
    assert state.colour in ("green", "blue", "amber")


def test_nothing_is_expected_of_months_without_an_appointment(municipality):
    AppointmentFactory(
        user=UserFactory(),
        municipality=municipality,
        starts_on=date(2026, 8, 31),
        ends_on=date(2026, 9, 1),
    )

    assert states_of(municipality, [7, 8, 9, 10]) == [
        NOT_EXPECTED,
        LATE,
        LATE,
        NOT_EXPECTED,
    ]


def test_reports_in_time_are_those_first_submitted_in_time(municipality, mediator):
    for month, days in [(7, ["2026-08-05"]), (8, ["2026-09-07", "2026-09-20"])]:
        report = MonthlyReportFactory(
            municipality=municipality,
            mediator=mediator,
            month=date(2026, month, 1),
            status=Status.SUBMITTED,
        )
        for day in days:
            submitted(report, day)

    found = progress([municipality], [date(2026, m, 1) for m in (7, 8, 9, 10, 11)])

    assert (found.on_time, found.due, found.late) == (2, 4, 2)
