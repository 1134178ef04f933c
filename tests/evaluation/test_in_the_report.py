"""The month's report tells which recommendations the mediator carried out (R201)."""

from datetime import date

import pytest

from reports.services.review import figures_for
from reports.snapshot import Snapshot, take
from tests.factories import FollowUpFactory, MonthlyReportFactory

pytestmark = pytest.mark.django_db


def told(report):
    snapshot = take(report, figures_for(report))
    assert Snapshot.from_json(snapshot.as_json()) == snapshot
    return [row.text for row in snapshot.carried_out]


def test_follow_ups_of_the_month_that_the_mediator_wrote_stand_in_her_report():
    report = MonthlyReportFactory(month=date(2026, 10, 1))
    mine = {"municipality": report.municipality, "by": report.mediator}
    FollowUpFactory(**mine, noted_on=date(2026, 10, 31), text="Reizi mēnesī.")
    FollowUpFactory(**mine, noted_on=date(2026, 11, 1), text="Vēlāk.")
    FollowUpFactory(
        municipality=report.municipality, noted_on=date(2026, 10, 5), text="Cits."
    )
    FollowUpFactory(by=report.mediator, noted_on=date(2026, 10, 5), text="Citur.")

    assert told(report) == ["Reizi mēnesī."]


def test_a_report_without_any_has_no_such_heading():
    assert told(MonthlyReportFactory(month=date(2026, 10, 1))) == []
