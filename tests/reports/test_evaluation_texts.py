"""Which texts of approved reports can stand in the final evaluation."""

from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from openpyxl import load_workbook

from reports.documents import project
from reports.resources import WordsResource
from reports.services import review
from reports.snapshot import Snapshot
from tests.factories import MonthlyReportFactory
from tests.reports.workbooks import rows_of

pytestmark = pytest.mark.django_db

URL = "/dokumenti/projekts/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 16, 8, 15, tzinfo=UTC), tick=False):
        yield


class Reader:
    """Opens snapshots and remembers which."""

    def __init__(self, opened):
        self.opened = opened

    def from_json(self, text):
        self.opened.append(text)
        return Snapshot.from_json(text)


@pytest.fixture
def four_months(mediator, coordinator):
    """Approved reports of July to October, the one of September in two versions."""
    for month in (7, 8, 9, 10):
        report = MonthlyReportFactory(
            municipality=mediator.factory_municipality,
            mediator=mediator,
            month=date(2026, month, 1),
            sections=f"Teksts {month}",
        )
        review.submit(report, by=mediator)
        review.approve(report, by=coordinator)
        if month == 9:
            review.reopen(report, by=coordinator, reason="Trūkst skaitļu")
            for section in report.sections.all():
                section.text = "Teksts 9, labots"
                section.save()
            review.submit(report, by=mediator)
            review.approve(report, by=coordinator)


def test_of_many_reports_the_newest_are_opened_and_offered(
    client, four_months, project_staff, monkeypatch
):
    opened = []
    monkeypatch.setattr(project, "OFFERED", 2)
    monkeypatch.setattr(project, "READ", 3)
    monkeypatch.setattr(project, "Snapshot", Reader(opened))
    client.force_login(project_staff)

    response = client.get(URL)

    assert len(opened) == 3
    form = response.context["form"]
    [(_place, [field, *_others])] = form.text_groups
    offered = [label for value, label in field.field.choices if value != form.LEAVE_OUT]
    assert [text.rpartition(": ")[2] for text in offered] == [
        "Teksts 10",
        "Teksts 9, labots",
    ]
    assert (
        "jaunākie teksti, ne vairāk par 2; ir arī vecāki" in response.content.decode()
    )


def test_where_all_texts_are_offered_nothing_is_said_of_older_ones(
    client, four_months, project_staff
):
    client.force_login(project_staff)

    response = client.get(URL)

    [(_place, [field, *_others])] = response.context["form"].text_groups
    assert len(field.field.choices) == 4 + 1
    assert "ir arī vecāki" not in response.content.decode()


def test_the_reports_are_opened_once_for_a_document(
    client, four_months, project_staff, monkeypatch
):
    opened = []
    monkeypatch.setattr(project, "Snapshot", Reader(opened))

    client.force_login(project_staff)
    response = client.post(URL, {"period": "2026", "format": "xlsx"})

    assert len(opened) == 4
    rows = rows_of(load_workbook(BytesIO(response.content)), WordsResource)
    assert {row["words"] for row in rows} == {"Teksts 10"}
