"""A restore turns back time: here the promises made since are kept all the same.

What the replaced database knows to be erased or ended is so again. Sessions, invitations
and what else waits for an answer by link end, whatever that database knew.
"""

import json
import os
import tempfile
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import TextIO

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, transaction
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from cases.models import CalendarFeed
from data_protection.models import Erasure
from data_protection.services import erasure
from data_protection.services.alerts import tell_officers
from families.models import NameGrant
from mediators.models import EmailChange, FactorReset, Invitation, User
from privacy import audit, backup
from privacy.database_copy import RESTORED
from privacy.models import AuditEntry, AuditHead, Installation
from reports.models import ApiToken, Delivery

A_STATEMENT = 2000
"""Rows that are compared at once: of the links of ten years there are very many."""
REVOKED = "revoked_at", Q(revoked_at__isnull=False)
ENDING = {
    User: ("is_active", Q(is_active=False)),
    CalendarFeed: REVOKED,
    ApiToken: REVOKED,
    NameGrant: REVOKED,
    Delivery: ("expires_at", Q(expires_at__lte=Now())),
}
"""What ends for good, the field that says so, and how to tell that it has ended."""


@dataclass(frozen=True)
class Known:
    """What a database knows that an older one may not."""

    head: str
    erasures: list
    ended: TextIO
    """A line of JSON for each of ``ENDING``, which row, and what it became."""


@dataclass(frozen=True)
class Restored:
    """What came of it. Whether the replaced database went on from this backup: only then
    is its list of erasures the whole one."""

    manifest: dict
    is_sequel: bool
    replayed: erasure.Replayed


def restore(path, *, force=False):
    """Replace database and files, then erase and end again what was erased and ended.

    Until that is stored, the list of erasures lies beside the backup: killed in between,
    ``erase --replay`` takes it from there. Raises ``BackupRefused`` as the backup does.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as ended:
        return _restore(path, known_here(ended), force=force)


def _restore(path, known, *, force):
    listed = _place_beside(path)
    is_sequel = False

    def keep():
        nonlocal is_sequel
        is_sequel = known is not None and _goes_on_from_backup()
        if known and known.erasures:
            text = json.dumps({"erasures": known.erasures}, cls=DjangoJSONEncoder)
            listed.write_text(text)

    manifest = backup.restore(path, force=force, before=keep)
    with transaction.atomic():
        replayed = _keep_promises(manifest, known)
    listed.unlink(missing_ok=True)
    return Restored(manifest, is_sequel, replayed)


def _place_beside(path):
    is_writable = os.access(path.parent, os.W_OK)
    folder = path.parent if is_writable else Path(tempfile.gettempdir())
    return folder / f"{path.name}.erasures.json"


def known_here(ended):
    """None where there are no tables yet, or none that can be read.

    What has ended is written to the file ``ended``.
    """
    try:
        with transaction.atomic():
            for line in _ended():
                ended.write(f"{json.dumps(line, default=str)}\n")
            return Known(
                _head(),
                list(Erasure.objects.values("family_id", "member_id", "why")),
                ended,
            )
    except DatabaseError:
        return None


def _goes_on_from_backup():
    end = AuditHead.objects.using(RESTORED).get()
    return AuditEntry.objects.filter(hash=end.hash).exists()


def _head():
    head = audit.head()
    return f"{head.seq}:{head.hash}"


def _ended():
    for model, (field, is_ended) in ENDING.items():
        rows = model.objects.filter(is_ended).order_by("pk")
        for pk, value in rows.values_list("pk", field).iterator():
            yield model._meta.label_lower, pk, value


def _end_again(ended):
    """Rows that became something else since; nearly all links ended by themselves."""
    models = {model._meta.label_lower: model for model in ENDING}
    ended.seek(0)
    for label, lines in groupby(map(json.loads, ended), itemgetter(0)):
        while batch := {pk: value for _label, pk, value in islice(lines, A_STATEMENT)}:
            _end_rows(models[label], batch)


def _end_rows(model, became):
    name, _is_ended = ENDING[model]
    field = model._meta.get_field(name)
    rows = model.objects.filter(pk__in=became)
    if model is NameGrant:
        # One that was only asked for then, and allowed and ended since
        rows = rows.exclude(granted_at=None)
    changed = []
    for row in rows.only("pk", name):
        value = field.to_python(became[str(row.pk)])
        if getattr(row, name) != value:
            setattr(row, name, value)
            changed.append(row)
    model.objects.bulk_update(changed, [name])


def _keep_promises(manifest, known):
    head = _head()
    if known:
        _end_again(known.ended)
    _end_what_waits()
    replayed = erasure.replay(known.erasures if known else [])
    if replayed.codes:
        tell_officers("restore", len(replayed.codes))
    audit.record(
        None,
        audit.Verb.LOAD,
        Installation,
        backup=manifest["made_at"].replace("+00:00", "Z"),
        head=head,
        replaced=known.head if known else "",
        erased_again=len(replayed.codes),
    )
    return replayed


def _end_what_waits():
    """Whoever was signed in, or held a link that changes an account, begins anew."""
    now = timezone.now()
    Session.objects.all().delete()
    UserSession.objects.all().delete()
    EmailChange.objects.stop()
    FactorReset.objects.filter(done_at=None, stopped_at=None).update(stopped_at=now)
    Invitation.objects.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
