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
    return draft(mediator, asks=0)


def address(report, name="report", *args):
    return reverse(f"reports:{name}", args=[*report.url_args, *args])


def asks(*rows):
    """The body of the page of asks: dictionaries without their prefix."""
    return {
        f"asks-{number}-{name}": value
        for number, row in enumerate(rows)
        for name, value in row.items()
    }


def test_asks_are_written_changed_and_deleted_on_one_page(client, report):
    first = {"kind": "room", "text": "Telpa sarunām", "due_on": "2026-11-30"}
    second = {"kind": "hours", "text": "Vairāk stundu", "due_on": ""}

    client.post(address(report, "support"), asks(first, second))
    room, _hours = report.asks.all()
    client.post(
        address(report, "support"),
        asks(first | {"text": "Telpa otrdienās"}, second | {"DELETE": "on"}),
    )

    [ask] = report.asks.all()
    assert (ask.pk, ask.text, ask.due_on) == (
        room.pk,
        "Telpa otrdienās",
        date(2026, 11, 30),
    )


KEPT, NOT_KEPT = True, False


@pytest.mark.parametrize(
    ("wrong", "is_kept"),
    [
        ({"kind": "", "text": "Bez veida", "due_on": ""}, KEPT),
        ({"kind": "palace", "text": "Nezināms veids", "due_on": ""}, KEPT),
        ({"kind": "room", "text": "", "due_on": ""}, NOT_KEPT),
        ({"kind": "room", "text": "x" * 201, "due_on": ""}, KEPT),
        ({"kind": "room", "text": "x" * 1001, "due_on": ""}, NOT_KEPT),
        ({"kind": "room", "text": "Kods 010190-12345", "due_on": ""}, NOT_KEPT),
        ({"kind": "room", "text": "Vakar", "due_on": "2026-11-02"}, KEPT),
    ],
    ids=["no kind", "unknown kind", "no text", "long", "no end", "code", "past"],
)
def test_a_wrong_ask_keeps_no_other_from_being_saved(client, report, wrong, is_kept):
    right = {"kind": "transport", "text": "Transports uz Rīgu", "due_on": ""}

    response = client.post(address(report, "support"), asks(right, wrong))

    expected = ["Transports uz Rīgu", *([wrong["text"]] if is_kept else [])]
    assert response.status_code == 422
    assert wrong["text"] in response.content.decode()
    assert [ask.text for ask in report.asks.all()] == expected


def test_words_of_an_ask_are_not_given_up_by_emptying_the_field(client, report):
    ask = {"kind": "room", "text": "Telpa", "due_on": ""}
    client.post(address(report, "support"), asks(ask))

    emptied = client.post(address(report, "support"), asks(ask | {"text": ""}))

    assert emptied.status_code == 422
    assert report.asks.get().text == "Telpa"


def test_there_are_three_places_and_each_is_of_the_own_report(client, report, outsider):
    foreign = Ask.objects.create(
        report=MonthlyReportFactory(mediator=outsider), kind="room", text="Sveša"
    )
    row = {"id": str(foreign.pk), "kind": "room", "text": "Telpa", "due_on": ""}

    client.post(address(report, "support"), asks(row, row, row, row))

    foreign.refresh_from_db()
    assert foreign.text == "Sveša"
    assert report.asks.count() == 3


def test_an_ask_deleted_in_another_tab_is_asked_about_before_it_comes_back(
    client, report
):
    row = {"kind": "room", "text": "Telpa", "due_on": ""}
    client.post(address(report, "support"), asks(row))
    seen = client.get(address(report, "support")).context["asks"][0].mark
    report.asks.all().delete()
    row |= {"text": "No otras cilnes", "text_seen": seen}

    asked = client.post(address(report, "support"), asks(row))
    assert (asked.status_code, report.asks.count()) == (409, 0)
    assert "No otras cilnes" in asked.content.decode()

    row["text_seen"] = asked.context["asks"][0].mark
    client.post(address(report, "support"), asks(row))
    assert report.asks.get().text == "No otras cilnes"


def test_one_window_does_not_delete_what_another_has_changed(client, report):
    row = {"kind": "room", "text": "Telpa", "due_on": ""}
    client.post(address(report, "support"), asks(row))
    seen = client.get(address(report, "support")).context["asks"][0].mark
    client.post(address(report, "support"), asks(row | {"text": "Telpa otrdienās"}))

    row |= {"text_seen": seen, "DELETE": "on"}
    asked = client.post(address(report, "support"), asks(row))

    assert asked.status_code == 409
    assert report.asks.get().text == "Telpa otrdienās"
