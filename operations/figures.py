"""Numbers about the running system, without anybody's data in them."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Min
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from privacy import readiness
from privacy.mails import MailGivenUp
from reports.models import Delivery, ReportVersion

UNFINISHED = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
WEEK = timedelta(days=7)
GIVEN_UP = f"{MailGivenUp.__module__}.{MailGivenUp.__qualname__}"


def last_backup():
    """When the newest backup in ``BACKUPS_DIR`` was finished, or None.

    A backup appears under its name when it is complete, so a broken one does not count.
    """
    try:
        times = [
            path.stat().st_mtime
            for path in Path(settings.BACKUPS_DIR).iterdir()
            if path.suffix == ".age" and not path.name.startswith(".")
        ]
    except OSError:
        return None
    return datetime.fromtimestamp(max(times), UTC) if times else None


def failed_tasks():
    """What the worker gave up within a week, mails among it."""
    since = timezone.now() - WEEK
    return DBTaskResult.objects.failed().filter(finished_at__gte=since)


def failed_by_kind():
    """Pairs of a task and how often it failed within a week, the most frequent first."""
    rows = failed_tasks().values_list("task_path").annotate(count=Count("pk"))
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def failed_mails():
    """Given up within a week: refused by a mail server or never taken by one."""
    since = timezone.now() - WEEK
    letters = failed_tasks().filter(exception_class_path=GIVEN_UP).count()
    reports = Delivery.objects.filter(status=Delivery.Status.REFUSED, due_at__gte=since)
    return letters + reports.count()


def waiting_pdfs():
    """Approved reports without a PDF: still tried, and given up."""
    without = ReportVersion.objects.filter(pdf="")
    given_up = without.filter(pdf_attempts__gte=ReportVersion.PDF_ATTEMPTS).count()
    return without.count() - given_up, given_up


def numbers():
    """All of them by name; ages in seconds, sizes in bytes, None for what is not known."""
    now = timezone.now()
    statuses = DBTaskResult.objects.filter(status__in=UNFINISHED).values_list("status")
    by_status = Counter(dict(statuses.annotate(count=Count("pk")).order_by()))
    due = DBTaskResult.objects.ready()
    oldest = due.aggregate(at=Min("enqueued_at"))["at"]
    backup = last_backup()
    pdfs, lost_pdfs = waiting_pdfs()
    usage = readiness.usage_of(settings.VAR_DIR)
    return {
        "tasks_due": due.count(),
        "tasks_planned": by_status[TaskResultStatus.READY] - due.count(),
        "tasks_running": by_status[TaskResultStatus.RUNNING],
        "tasks_failed": failed_tasks().count(),
        "oldest_task_seconds": (now - oldest).total_seconds() if oldest else 0,
        "mails_failed": failed_mails(),
        "pdfs_waiting": pdfs,
        "pdfs_given_up": lost_pdfs,
        "backup_age_seconds": (now - backup).total_seconds() if backup else None,
        "disk_free_bytes": usage.free,
        "disk_total_bytes": usage.total,
    }
