"""Tasks whose worker was killed come back; those of a living one are left alone."""

from datetime import timedelta

import pytest
from django.core.management import get_commands
from django.utils import timezone
from django_tasks import TaskResultStatus
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


def test_a_task_over_which_every_worker_dies_is_given_up(begun):
    begun(timedelta(hours=1), workers=("one", "two", "three"))

    abandoned.take_back()

    assert DBTaskResult.objects.get().status == TaskResultStatus.FAILED


def test_a_worker_that_begins_takes_back_what_was_left(begun, run_tasks):
    begun(timedelta(hours=1), workers=("one",))

    run_tasks()

    task = DBTaskResult.objects.get()
    assert task.status == TaskResultStatus.FAILED
    assert task.worker_ids[0] == "one"
    assert len(task.worker_ids) == 2
