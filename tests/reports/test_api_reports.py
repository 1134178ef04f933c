"""What programs read of reports: how many stand where, some municipalities at a time."""

import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mediators.models import Role
from reports.progress import progress
from reports.workflow import Status
from tests.factories import MonthlyReportFactory, UserFactory
from tests.reports.by_chance import log_by_chance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2027, 1, 15, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def many_things(db):
    return log_by_chance()


def test_reports_are_counted_by_month_municipality_and_state(read, municipality):
    for number, status in enumerate(Status):
        MonthlyReportFactory(
            municipality=municipality,
            mediator=UserFactory(role=Role.MEDIATOR, municipality=municipality),
            month=date(2026, 9, 1),
            status=status,
            desk=f"upc{number}",
        )

    answer = read("reports", period="2026-09")

    [row] = answer["rows"]
    [found] = [
        [str(row.cells[0].state.word) for row in progress([municipality], [m]).rows]
        for m in [date(2026, 9, 1)]
    ]
    states = {
        key: value
        for key, value in row.items()
        if key not in ("municipality", "month", "on_time")
    }
    assert (row["municipality"], row["month"]) == (municipality.slug, "2026-09")
    assert sum(states.values()) == len(found)
    assert {key for key, value in states.items() if value} >= {
        *("submitted", "returned", "approved", "sent", "received")
    }
    assert not any(desk in json.dumps(answer) for desk in ("upc0", "UPC"))


def test_pages_of_reports_hold_each_municipality_once(read, many_things):
    everything = read("reports", period="2026", limit=20)
    assert everything["next"] is None
    rows, after, pages = [], "", 0
    while after is not None:
        page = read("reports", period="2026", limit=2, after=after)
        rows, after, pages = rows + page["rows"], page["next"], pages + 1

    assert rows == everything["rows"]
    assert pages == (len(everything["municipalities"]) + 1) // 2 > 1


def test_a_page_of_reports_reads_those_of_its_municipalities_alone(
    read, many_things, monkeypatch
):
    asked = []
    monkeypatch.setattr(
        "reports.answers.progress",
        lambda places, months: asked.append(places) or progress(places, months),
    )

    first = read("reports", period="2026", limit=1)

    assert [place.slug for [place] in asked] == [first["next"]]
    assert {row["municipality"] for row in first["rows"]} == {first["next"]}


def test_pages_of_reports_ask_the_database_as_often_whatever_they_hold(
    read, many_things
):
    def queries(limit):
        with CaptureQueriesContext(connection) as asked:
            read("reports", period="2026", limit=limit)
        return len(asked)

    queries(1)
    assert queries(1) == queries(20)
