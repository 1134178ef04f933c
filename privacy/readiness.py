"""Can this installation work? Database, migrations, disk, clock, worker and certificates."""

import logging
import shutil
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django_tasks_db.models import DBTaskResult

logger = logging.getLogger("tilts.readiness")

OK, WARN, FAIL = "ok", "warn", "fail"
WORST_FIRST = (FAIL, WARN, OK)
FREE_TO_BE_CALM, FREE_TO_WORK = 0.10, 0.02
"""Parts of the disk."""
RESERVE = 64 * 1024 * 1024
"""Bytes that entries leave free, so that signing in and reading, which are noted, go on."""
CLOCKS_MAY_DIFFER = timedelta(seconds=60)
WORKER_MAY_BE_LATE = timedelta(minutes=15)
CERTIFICATES_LAST_AT_LEAST = timedelta(days=14)
ASK_THE_TIME = {
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%fZ')",
    "postgresql": "SELECT clock_timestamp()",
}


def look():
    """What was found, by name. Without a database there is nothing more to ask."""
    found = {"disk": disk(), "certificates": certificates()}
    try:
        found |= {"clock": clock(), "migrations": migrations(), "worker": worker()}
        found["database"] = OK
    except DatabaseError:
        found["database"] = FAIL
    for name, state in found.items():
        if state != OK:
            logger.warning("not ready", extra={"facts": {"check": name, "is": state}})
    return found


def worst(found):
    return min(found.values(), key=WORST_FIRST.index)


def disk():
    """Of what is kept; ``manage.py doctor`` looks at temporary files and logs as well."""
    kept = (disk_of(settings.VAR_DIR), disk_of(settings.MEDIA_ROOT))
    return min(kept, key=WORST_FIRST.index)


def disk_of(path):
    usage = usage_of(path)
    free = usage.free / usage.total
    if free < FREE_TO_WORK:
        return FAIL
    return WARN if free < FREE_TO_BE_CALM else OK


def usage_of(path):
    """Total and free bytes where a path is, or will be when it is made."""
    path = Path(path).absolute()
    there = next(place for place in (path, *path.parents) if place.exists())
    return shutil.disk_usage(there)


def is_reserve_touched():
    """Whether another entry would take what reading needs. On a small disk the reserve
    is smaller: a part of it."""
    usage = usage_of(settings.VAR_DIR)
    return usage.free < min(RESERVE, usage.total * FREE_TO_WORK)


def certificates():
    """Between containers, of which each process reads its own: made anew in good time?"""
    if not settings.CERTIFICATES_DIR:
        return OK
    ends = [
        certificate.not_valid_after_utc
        for path in Path(settings.CERTIFICATES_DIR).glob("*/*.pem")
        for certificate in x509.load_pem_x509_certificates(path.read_bytes())
    ]
    last_day = timezone.now() + CERTIFICATES_LAST_AT_LEAST
    return OK if ends and min(ends) >= last_day else WARN


def clock():
    """Between this process and the database: links and sessions end by the clock."""
    with connection.cursor() as cursor:
        cursor.execute(ASK_THE_TIME[connection.vendor])
        told = cursor.fetchone()[0]
    told = parse_datetime(told) if isinstance(told, str) else told
    return OK if abs(timezone.now() - told) <= CLOCKS_MAY_DIFFER else FAIL


def migrations():
    executor = MigrationExecutor(connection)
    return FAIL if executor.migration_plan(executor.loader.graph.leaf_nodes()) else OK


def worker():
    """Work that should have been done a while ago tells that nobody does it, and so does
    work of which no worker has given a sign of life (``privacy/abandoned.py``)."""
    now = timezone.now()
    late = now - WORKER_MAY_BE_LATE
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=late)
    left = DBTaskResult.objects.running().filter(started_at__lt=late)
    is_late = waiting.exclude(run_after__range=(late, now)).exists()
    return WARN if is_late or left.exists() else OK
