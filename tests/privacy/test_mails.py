"""A mail that nobody waits for is tried again, later each time, and not for ever."""

import logging
from datetime import UTC, datetime, timedelta
from smtplib import SMTPException
from traceback import format_exception
from types import SimpleNamespace

import pytest

from privacy.mails import MailGivenUp, try_to_send

NOON = datetime(2026, 11, 12, 12, tzinfo=UTC)


class Task:
    """Notes for when it was put off and with what."""

    module_path = "mediators.services.notices.send"

    def __init__(self):
        self.put_off = []

    def using(self, *, run_after):
        self.run_after = run_after
        return self

    def enqueue(self, *arguments, attempt):
        self.put_off.append((self.run_after - NOON, arguments, attempt))


@pytest.fixture(autouse=True)
def noon(time_machine):
    time_machine.move_to(NOON, tick=False)


def mail(error=None):
    def send():
        if error:
            raise error

    return SimpleNamespace(send=send)


def test_what_was_handed_over_is_not_tried_again():
    task = Task()

    assert try_to_send(mail(), task, "pk", attempt=0) is True
    assert task.put_off == []


@pytest.mark.parametrize(("attempt", "minutes"), [(0, 2), (1, 15), (2, 120)])
@pytest.mark.parametrize("error", [SMTPException("anna@example.test"), OSError()])
def test_what_failed_waits_longer_each_time(caplog, attempt, minutes, error):
    task = Task()
    with caplog.at_level(logging.WARNING, "privacy.mails"):
        assert try_to_send(mail(error), task, "pk", attempt=attempt) is False

    assert task.put_off == [(timedelta(minutes=minutes), ("pk",), attempt + 1)]
    [record] = caplog.records
    assert record.name == "privacy.mails"
    assert (
        record.getMessage()
        == f"The mail of {task.module_path} failed: {type(error).__name__}"
    )


@pytest.mark.parametrize("attempt", [3, 4])
def test_what_failed_for_the_last_time_ends_as_a_failed_task_without_an_address(
    attempt,
):
    task = Task()

    with pytest.raises(MailGivenUp) as given_up:
        try_to_send(
            mail(SMTPException("anna@example.test")), task, "pk", attempt=attempt
        )

    assert task.put_off == []
    told = "".join(format_exception(given_up.value))
    assert "anna@example.test" not in told
