"""Tasks whose worker was killed come back; those of a living one are left alone."""

import logging
import threading
from datetime import timedelta
from functools import partial

import pytest
from django.core.management import get_commands
from django.db import DatabaseError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.signals import task_started
from django_tasks_db.models import DBTaskResult

from mediators.services import notices
from privacy import abandoned


@pytest.fixture
def begun(db):
    """A task that a worker has begun so long ago."""

    def begun(since, workers=("one",)):
        notices.send_notice.enqueue("nobody", "notice")
        task = DBTaskResult.objects.get()
        task.status, task.worker_ids = TaskResultStatus.RUNNING, list(workers)
        task.started_at = timezone.now() - since
        task.save()
        return task

    return begun


def test_the_worker_that_runs_is_the_one_that_takes_over():
    assert get_commands()["db_worker"] == "privacy"


def test_what_a_silent_worker_was_at_is_queued_again(begun):
    task = begun(abandoned.DEAD_AFTER + timedelta(seconds=1))

    assert abandoned.take_back() == 1

    assert list(DBTaskResult.objects.ready()) == [task]
    assert DBTaskResult.objects.get().finished_at is None


def test_it_is_told_what_its_worker_was_at(begun, caplog):
    begun(timedelta(hours=1))

    with caplog.at_level(logging.WARNING, "tilts.worker"):
        abandoned.take_back()

    words = "The worker of mediators.services.notices.send_notice died"
    assert ("tilts.worker", logging.WARNING, words) in caplog.record_tuples


def test_everything_that_was_left_comes_back_at_once(begun):
    begun(timedelta(hours=1))
    notices.send_notice.enqueue("nobody", "notice")
    left = timezone.now() - timedelta(hours=1)
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, worker_ids=["one"], started_at=left
    )

    assert abandoned.take_back() == 2


@pytest.mark.parametrize(("seconds", "count"), [(44, 0), (45.5, 1)])
def test_a_worker_is_silent_for_45_seconds_before_it_counts_as_dead(
    begun, time_machine, seconds, count
):
    time_machine.move_to(timezone.now(), tick=False)
    begun(timedelta(seconds=seconds))

    assert abandoned.take_back() == count


def test_what_was_begun_just_now_is_left_alone(begun):
    begun(timedelta(seconds=1))

    assert abandoned.take_back() == 0
    assert not DBTaskResult.objects.ready().exists()


def test_a_long_task_is_kept_by_the_signs_of_life_of_its_own_worker_alone(begun):
    begun(timedelta(hours=1))
    abandoned.say_alive("another")
    assert DBTaskResult.objects.get().started_at < timezone.now() - timedelta(minutes=1)

    abandoned.say_alive("one")

    assert abandoned.take_back() == 0
    assert DBTaskResult.objects.get().started_at > timezone.now() - timedelta(minutes=1)


def test_only_the_worker_that_has_a_task_now_keeps_it(begun):
    begun(timedelta(hours=1), workers=("one", "two"))
    abandoned.say_alive("one")
    assert DBTaskResult.objects.get().started_at < timezone.now() - timedelta(minutes=1)

    abandoned.say_alive("two")

    assert DBTaskResult.objects.get().started_at > timezone.now() - timedelta(minutes=1)


@pytest.mark.parametrize("hours", [2, -2])
def test_a_worker_whose_clock_is_wrong_takes_nothing_from_the_others(
    begun, time_machine, hours
):
    begun(timedelta(seconds=1))
    time_machine.move_to(timezone.now() + timedelta(hours=hours))

    assert abandoned.take_back() == 0


def test_the_sign_of_life_at_the_beginning_keeps_a_task_and_is_no_condition(
    begun, monkeypatch, caplog
):
    begins = partial(
        task_started.send, sender=None, task_result=begun(timedelta(0)).task_result
    )
    with abandoned.watched("one"):
        DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=2))
        begins()
        assert abandoned.take_back() == 0

        def locked(_worker):
            raise DatabaseError("locked by somebody")

        monkeypatch.setattr(abandoned, "say_alive", locked)
        with caplog.at_level(logging.WARNING, "tilts.worker"):
            begins()

    told = [one.getMessage() for one in caplog.records if one.name == "tilts.worker"]
    assert told == ["No sign of life: DatabaseError"]
    monkeypatch.undo()
    DBTaskResult.objects.update(started_at=timezone.now() - timedelta(hours=2))
    begins()
    assert abandoned.take_back() == 1, "A worker that is over gives no sign"


def test_signs_are_given_in_a_thread_of_their_own_until_the_work_is_over(
    monkeypatch, caplog
):
    """One that fails, because the database is locked, is followed by the next."""
    # So often that some may be lost before others take its task
    assert timedelta(seconds=4 * abandoned.BEAT) < abandoned.DEAD_AFTER
    signs, enough, looks = [], threading.Event(), []

    def say_alive(worker):
        signs.append((worker, threading.current_thread()))
        if len(signs) == 1:
            raise DatabaseError("locked by somebody")
        if len(signs) == 3:
            enough.set()

    monkeypatch.setattr(abandoned, "BEAT", 0.001)
    monkeypatch.setattr(abandoned, "say_alive", say_alive)
    monkeypatch.setattr(abandoned, "take_back", lambda: looks.append("looked"))

    with caplog.at_level(logging.WARNING, "tilts.worker"), abandoned.watched("one"):
        assert looks
        assert enough.wait(30)

    assert {worker for worker, _thread in signs} == {"one"}
    [thread] = {thread for _worker, thread in signs}
    assert thread is not threading.current_thread()
    # A worker that is told to end does not wait for it
    assert thread.daemon
    assert not thread.is_alive()
    assert caplog.messages == ["No sign of life: DatabaseError"]


def test_a_task_over_which_every_worker_dies_is_given_up(begun):
    begun(timedelta(hours=1), workers=("one", "two", "three"))

    abandoned.take_back()

    task = DBTaskResult.objects.get()
    assert task.status == TaskResultStatus.FAILED
    assert task.finished_at is not None


def test_a_worker_that_begins_takes_back_what_was_left(begun, run_tasks):
    begun(timedelta(hours=1), workers=("one",))

    run_tasks()

    task = DBTaskResult.objects.get()
    assert task.status == TaskResultStatus.FAILED
    assert task.worker_ids[0] == "one"
    assert len(task.worker_ids) == 2
