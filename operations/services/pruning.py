"""Each night what the worker did long ago is forgotten: nobody asks for it again.

Every mail and PDF leaves a row, and the worker looks through the rows every few seconds.
``prune_db_task_results`` deletes all of them by one statement; for years of them that
would keep everybody else waiting on SQLite.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from reports.services.letters import queue_once
from reports.services.telling import NIGHT

DONE_KEPT = timedelta(days=7)
FAILED_KEPT = timedelta(days=30)
"""The page “Sistēma” and ``doctor`` tell what failed within a week."""
A_STATEMENT = 1000


@transaction.atomic
def wait_to_prune():
    """See to it that the next night is waited for, once; called at every start."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    queue_once(prune, timezone.make_aware(datetime.combine(tomorrow, NIGHT)))


@task()
def prune():
    """Forget what is done; the waiting for the next night comes first."""
    wait_to_prune()
    while forget_some():
        pass


def forget_some():
    """Delete so many rows of what was done long ago; how many they were."""
    now = timezone.now()
    old = DBTaskResult.objects.filter(
        Q(status=TaskResultStatus.SUCCESSFUL, finished_at__lt=now - DONE_KEPT)
        | Q(status=TaskResultStatus.FAILED, finished_at__lt=now - FAILED_KEPT)
    )
    some = list(old.order_by().values_list("pk", flat=True)[:A_STATEMENT])
    DBTaskResult.objects.filter(pk__in=some).delete()
    return len(some)
