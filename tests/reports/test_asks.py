"""Asks to the municipality: three at most, none lost, none of somebody else."""

from datetime import date

import pytest
from django.urls import reverse

from reports.models import Ask
from tests.factories import MonthlyReportFactory
from tests.reports.october import draft, log_october


@pytest.fixture(autouse=True)
def november(time_machine):
    time_machine.move_to("2026-11-03 10:00 +0200")


@pytest.fixture
def report(client, mediator):
    log_october(mediator)
    client.force_login(mediator)
    return draft(mediator)


def address(report, name="report", *args):
    return reverse(f"reports:{name}", args=[*report.url_args, *args])


def asks(*rows, initial=0):
    """The body of the page of asks: dictionaries without their prefix."""
    body = {
        "asks-TOTAL_FORMS": "3",
        "asks-INITIAL_FORMS": str(initial),
        "asks-MIN_NUM_FORMS": "0",
        "asks-MAX_NUM_FORMS": "3",
    }
    for number, row in enumerate(rows):
        body |= {f"asks-{number}-{name}": value for name, value in row.items()}
    return body


def test_asks_are_written_changed_and_deleted_on_one_page(client, mediator):
    log_october(mediator)
    client.force_login(mediator)
    report = draft(mediator, asks=0)
    first = {"kind": "room", "text": "Telpa sarunām", "due_on": "2026-11-30"}
    second = {"kind": "hours", "text": "Vairāk stundu", "due_on": ""}

    client.post(address(report, "support"), asks(first, second))
    room, hours = report.asks.all()
    client.post(
        address(report, "support"),
        asks(
            first | {"id": str(room.pk), "text": "Telpa otrdienās"},
            second | {"id": str(hours.pk), "DELETE": "on"},
            initial=2,
        ),
    )

    [ask] = report.asks.all()
    assert (ask.pk, ask.text, ask.due_on) == (
        room.pk,
        "Telpa otrdienās",
        date(2026, 11, 30),
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "", "text": "Bez veida", "due_on": ""},
        {"kind": "palace", "text": "Nezināms veids", "due_on": ""},
        {"kind": "room", "text": "", "due_on": ""},
        {"kind": "room", "text": "x" * 201, "due_on": ""},
        {"kind": "room", "text": "Kods 010190-12345", "due_on": ""},
        {"kind": "room", "text": "Vakar", "due_on": "2026-11-02"},
    ],
    ids=["no kind", "unknown kind", "no text", "long", "personal code", "past"],
)
def test_one_wrong_ask_saves_none_and_loses_none(client, mediator, wrong):
    log_october(mediator)
    client.force_login(mediator)
    report = draft(mediator, asks=0)
    right = {"kind": "transport", "text": "Transports uz Rīgu", "due_on": ""}

    response = client.post(address(report, "support"), asks(right, wrong))

    assert response.status_code == 422
    assert "Transports uz Rīgu" in response.content.decode()
    assert not report.asks.exists()


def test_a_fourth_ask_is_refused(client, mediator):
    log_october(mediator)
    client.force_login(mediator)
    report = draft(mediator, asks=0)
    row = {"kind": "room", "text": "Telpa", "due_on": ""}
    body = asks(row, row, row, row) | {"asks-TOTAL_FORMS": "4"}

    assert client.post(address(report, "support"), body).status_code == 422
    assert not report.asks.exists()


def test_the_ask_of_somebody_else_is_not_changed_by_its_id(client, report, outsider):
    foreign = Ask.objects.create(
        report=MonthlyReportFactory(mediator=outsider), kind="room", text="Sveša"
    )
    row = {"id": str(foreign.pk), "kind": "room", "text": "Pārrakstīta", "due_on": ""}

    response = client.post(address(report, "support"), asks(row, initial=1))

    foreign.refresh_from_db()
    assert (response.status_code, foreign.text) == (422, "Sveša")
    assert "Pārrakstīta" in response.content.decode()
    assert report.asks.count() == 3


def test_an_ask_deleted_in_another_tab_does_not_come_back(client, report):
    ask = report.asks.first()
    row = {"id": str(ask.pk), "kind": "room", "text": "No otras cilnes", "due_on": ""}
    ask.delete()

    response = client.post(address(report, "support"), asks(row, initial=1))

    assert response.status_code == 422
    assert report.asks.count() == 2
