"""Files of results, made in the background and fetched once.

The worker holds a lease on the row while it makes the file, and begins anew where
another one died. The file is sealed, its key stands in the row, and both end when it
was fetched or after a day.
"""

import errno
import logging
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django_tasks import task
from msoffcrypto import OfficeFile
from msoffcrypto.format.ooxml import OOXMLFile

from privacy import audit, sealed_files
from privacy.mails import try_to_send
from privacy.moment import beside
from reports.emails import export_mail
from reports.models import Export
from reports.services.export import fill, log_export

logger = logging.getLogger(__name__)

TOLD_AFTER = timedelta(minutes=1)
"""Who has fetched the file by then was there, and needs no mail."""
NOTED_EVERY = 10_000
"""Rows between two notes of the progress."""
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class LeaseLost(Exception):
    """Another worker makes the file by now."""


def ask_for(
    period, file_type, *, by, purpose, recipient, approved_only=True, password=""
):
    """Queue an export; ``(export, True)``, or the one that is being made and False."""
    try:
        with transaction.atomic():
            export = Export.objects.create(
                by=by,
                first=period.first,
                last=period.last,
                purpose=purpose,
                recipient=recipient,
                approved_only=approved_only,
                file_type=file_type,
                has_password=bool(password),
                password=password,
            )
            make.enqueue(str(export.pk))
            audit.record(
                by,
                audit.Verb.CREATE,
                export,
                first=period.first,
                last=period.last,
                approved_only=approved_only,
                file_type=str(file_type),
                purpose=str(purpose),
            )
    except IntegrityError:
        waiting = Export.objects.being_made().filter(by=by).first()
        if waiting is None:
            raise
        return waiting, False
    return export, True


@task()
def make(export_id):
    """Make the file, unless it is made already or somebody else is at it."""
    export = Export.objects.select_related("by").filter(pk=export_id).first()
    if export and export.is_being_made and _claim(export):
        for died in range(1, export.attempts):
            sealed_files.forget(sealed_files.name_of(export, died))
        _make(export)


@transaction.atomic
def _claim(export):
    """Take the lease. Whoever has it, another attempt waits for its end."""
    if export.attempts >= Export.ATTEMPTS and export.due_at <= timezone.now():
        _end(export, Export.Failure.BROKEN)
        return False
    claimed = (
        Export.objects.to_make()
        .filter(pk=export.pk)
        .update(
            status=Export.Status.MAKING,
            attempts=F("attempts") + 1,
            due_at=timezone.now() + Export.LEASE,
            rows_done=0,
        )
    )
    export.refresh_from_db()
    if export.is_being_made:
        make.using(run_after=export.due_at).enqueue(str(export.pk))
    return bool(claimed)


def _make(export):
    try:
        with sealed_files.scratch() as file, sealed_files.scratch() as locked:
            with beside() as alias:
                rows = _fill(file, export, alias)
            if export.has_password:
                lock(file, locked, export.password)
            name = sealed_files.name_of(export, export.attempts)
            key = sealed_files.keep(locked if export.has_password else file, name)
    except OSError as failure:
        logger.exception("The export %s could not be made", export.pk)
        is_full = failure.errno in FULL
        reason = Export.Failure.DISK_FULL if is_full else Export.Failure.BROKEN
        _end(export, reason)
    except LeaseLost:
        logger.warning("The export %s is made by another worker", export.pk)
    else:
        _ready(export, rows, name, key)


def _fill(file, export, alias):
    noted = 0

    def told(done, of):
        nonlocal noted
        if done - noted < NOTED_EVERY:
            return
        noted = done
        lasts = {"rows_done": done, "rows_counted": of}
        if not _held(export, alias).update(
            due_at=timezone.now() + Export.LEASE, **lasts
        ):
            raise LeaseLost

    return fill(
        file,
        export.period,
        by=export.by,
        approved_only=export.approved_only,
        file_type=export.file_type,
        told=told,
    )


def _held(export, alias="default"):
    """The row, as long as this attempt is the one that makes the file."""
    return Export.objects.using(alias).filter(
        pk=export.pk, status=Export.Status.MAKING, attempts=export.attempts
    )


def lock(file, locked, password):
    """Encrypt a workbook as Excel does, and see that the password opens it."""
    file.seek(0)
    OOXMLFile(file).encrypt(password, locked)
    OfficeFile(locked).load_key(password=password, verify_password=True)


@transaction.atomic
def _ready(export, rows, name, key):
    now = timezone.now()
    current = _held(export).select_for_update().first()
    if current is None:
        sealed_files.forget(name)
        return
    current.status = Export.Status.READY
    current.sheets, current.file, current.opens_with = rows, name, key
    current.rows_done = current.rows_counted = sum(rows.values())
    current.password, current.ready_at = "", now
    current.save()
    tell.using(run_after=now + TOLD_AFTER).enqueue(str(export.pk))
    expire.using(run_after=now + Export.KEPT_FOR).enqueue(str(export.pk))


@transaction.atomic
def _end(export, failure):
    """It is given up; the page says why."""
    _held(export).update(status=Export.Status.FAILED, failure=failure, password="")
    tell.using(run_after=timezone.now() + TOLD_AFTER).enqueue(str(export.pk))


@task()
def tell(export_id, attempt=0):
    """Write to whoever still waits: neither months nor numbers, only where to look."""
    export = Export.objects.select_related("by").filter(pk=export_id).first()
    if export and export.status in (Export.Status.READY, Export.Status.FAILED):
        try_to_send(export_mail(export), tell, export_id, attempt=attempt)


@task()
@transaction.atomic
def expire(export_id):
    """Nobody fetched it: the file goes, and its key before it."""
    export = Export.objects.filter(pk=export_id).first()
    if export and _taken_over(export, Export.Status.EXPIRED):
        audit.record(None, audit.Verb.DELETE, export)


def take(export, *, by):
    """The open file, once, and noted; None when it was fetched before or has ended.

    The stored file is deleted when the transaction that notes it is through.
    """
    try:
        return _take(export, by) if export.is_ready else None
    except FileNotFoundError:
        # Restored from a backup, which holds no such file
        _taken_over(export, Export.Status.EXPIRED)
        return None


@transaction.atomic
def _take(export, by):
    name, key = export.file, export.opens_with
    if not _taken_over(export, Export.Status.TAKEN):
        return None
    log_export(
        export.period,
        by=by,
        rows=export.sheets,
        file_type=export.file_type,
        purpose=export.purpose,
        recipient=export.recipient,
        has_password=export.has_password,
        approved_only=export.approved_only,
    )
    return sealed_files.fetch(name, key)


def _taken_over(export, status):
    """End a file that was ready; of two who want to, one does."""
    ended = Export.objects.filter(pk=export.pk, status=Export.Status.READY).update(
        status=status, taken_at=timezone.now(), file="", opens_with=""
    )
    if ended:
        transaction.on_commit(lambda: sealed_files.forget(export.file))
    return ended
