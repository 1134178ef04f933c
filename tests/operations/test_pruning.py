"""What the worker did is forgotten after a time, or its table would grow for ever."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mediators.services.notices import send_notice
from operations import figures
from operations.services import pruning
from tests.held_rows import held_rows

READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING
DONE, FAILED = TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED


def left(status, days, number=1):
    """Tasks that came to this so many days ago."""
    for _ in range(number):
        send_notice.enqueue("nobody", "notice")
    then = timezone.now() - timedelta(days=days)
    new = DBTaskResult.objects.filter(started_at=None)
    return new.update(
        status=status,
        enqueued_at=then,
        started_at=then,
        finished_at=then if status in (DONE, FAILED) else None,
    )


@pytest.mark.parametrize(
    ("status", "days", "stays"),
    [
        (DONE, 6.9, True),
        (DONE, 7.1, False),
        (FAILED, 29.9, True),
        (FAILED, 30.1, False),
        (READY, 400, True),
        (RUNNING, 400, True),
    ],
)
def test_what_is_done_is_kept_a_week_and_what_failed_a_month(db, status, days, stays):
    left(status, days)

    pruning.forget_some()

    assert DBTaskResult.objects.exists() is stays


def test_what_failed_within_the_week_that_the_page_tells_is_still_there(db):
    left(FAILED, 6.9)

    pruning.prune.call()

    assert figures.failed_by_kind() == [(send_notice.module_path, 1)]
    assert figures.WEEK < pruning.FAILED_KEPT


def test_years_of_it_go_some_rows_at_a_time(db, monkeypatch):
    monkeypatch.setattr(pruning, "A_STATEMENT", 10)
    left(DONE, 60, number=25)

    with held_rows() as held:
        pruning.prune.call()

    assert [one.task_path for one in DBTaskResult.objects.all()] == [
        pruning.prune.module_path
    ]
    assert held.most == 10, held.sql


def test_every_start_and_every_night_waits_for_the_next_night_once(db):
    call_command("schedule")
    call_command("schedule")
    pruning.prune.call()

    waiting = DBTaskResult.objects.get(task_path=pruning.prune.module_path)
    assert timezone.localtime(waiting.run_after).hour == pruning.NIGHT.hour
    assert timedelta(0) < waiting.run_after - timezone.now() <= timedelta(days=2)
