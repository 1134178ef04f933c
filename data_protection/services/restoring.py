"""A restore turns back time: here the promises made since are kept all the same.

What the replaced database knows to be erased or ended is so again. Sessions, invitations
and what else waits for an answer by link end, whatever that database knew.
"""

import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, transaction
from django.db.models import Q
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


@dataclass(frozen=True)
class Known:
    """What a database knows that an older one may not."""

    head: str
    erasures: list
    ended: list
    """(model, which rows, what they became)."""


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
    known = known_here()
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


def known_here():
    """None where there are no tables yet, or none that can be read."""
    try:
        with transaction.atomic():
            return Known(
                _head(),
                list(Erasure.objects.values("family_id", "member_id", "why")),
                list(_ended()),
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
    now = timezone.now()
    for model, is_ended, field in (
        (User, Q(is_active=False), "is_active"),
        (CalendarFeed, Q(revoked_at__isnull=False), "revoked_at"),
        (ApiToken, Q(revoked_at__isnull=False), "revoked_at"),
        (NameGrant, Q(revoked_at__isnull=False), "revoked_at"),
        (Delivery, Q(expires_at__lte=now), "expires_at"),
    ):
        for pk, value in model.objects.filter(is_ended).values_list("pk", field):
            yield model, pk, {field: value}


def _keep_promises(manifest, known):
    head = _head()
    for model, pk, fields in known.ended if known else ():
        rows = model.objects.filter(pk=pk)
        # One that was only asked for then, and allowed and ended since
        (rows.exclude(granted_at=None) if model is NameGrant else rows).update(**fields)
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
