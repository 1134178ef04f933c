"""Work in the background whose worker was killed, taken back into the queue.

django-tasks-db notes that a task was begun and never asks again. So each worker says every
few seconds that it is still at its task, and gives back what another one left. By the clock
of the database: one whose own clock is wrong would take what others are at.
"""

import logging
import threading
from contextlib import contextmanager
from datetime import timedelta

from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.signals import task_started
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger("tilts.worker")

BEAT = 10
"""Seconds between two signs of life."""
DEAD_AFTER = timedelta(seconds=45)
"""Without a sign; twice as long as a worker waits for a locked SQLite."""
TRIES = 3
"""A task over which so many workers died is given up: it may be what killed them."""


@contextmanager
def watched(worker_id):
    """Signs of life of one worker, and an eye on the others, while it works."""

    def has_begun(**_told):
        with _another_time():
            say_alive(worker_id)

    over = threading.Event()
    beating = threading.Thread(target=_beat, args=(worker_id, over), daemon=True)
    take_back()
    beating.start()
    # django-tasks-db notes the beginning by the clock of the worker
    task_started.connect(has_begun)
    try:
        yield
    finally:
        task_started.disconnect(has_begun)
        over.set()
        beating.join(timeout=BEAT)


def _beat(worker_id, over):
    """In a thread with a connection of its own: the worker itself is at its task."""
    while not over.wait(BEAT):
        try:
            with _another_time():
                say_alive(worker_id)
                take_back()
        finally:
            connection.close()


@contextmanager
def _another_time():
    """The database is locked or away: the next beat comes soon."""
    try:
        yield
    except DatabaseError as problem:
        logger.warning("No sign of life: %s", type(problem).__name__)


def say_alive(worker_id):
    """The task that this worker is at counts as begun just now."""
    running = DBTaskResult.objects.running().values_list("pk", "worker_ids")
    mine = [pk for pk, workers in running if workers[-1:] == [worker_id]]
    DBTaskResult.objects.running().filter(pk__in=mine).update(started_at=Now())


@transaction.atomic
def take_back():
    """Queue again what a dead worker was at; returns how many. Whoever runs it a second
    time finds what the first has done: every task of ours may be run twice.
    """
    silent = DBTaskResult.objects.running().filter(started_at__lt=Now() - DEAD_AFTER)
    count = 0
    for left in silent.select_for_update(skip_locked=True):
        is_hopeless = len(left.worker_ids) >= TRIES
        left.status = TaskResultStatus.FAILED if is_hopeless else TaskResultStatus.READY
        left.finished_at = timezone.now() if is_hopeless else None
        left.save(update_fields=["status", "finished_at"])
        logger.warning("The worker of %s died", left.task_path)
        count += 1
    return count
