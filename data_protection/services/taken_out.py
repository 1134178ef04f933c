"""Files that left the system, as the audit tells of them: results, documents, copies.

Backups are not among them: the server makes them each night, encrypted, for itself.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from data_protection.models import SubjectRequest
from mediators.models import User
from municipalities.models import Municipality
from privacy.audit import Verb
from privacy.models import AuditEntry
from reports.models import ExportLog
from reports.periods import Period

RESULTS = ExportLog._meta.label_lower
COPY = SubjectRequest._meta.label_lower
REGISTER = Q(object_type=AuditEntry._meta.label_lower, detail__document="register")


@dataclass(frozen=True)
class TakenOut:
    """One file. ``why`` is empty, ``period`` and ``rows`` are None, where there is none."""

    at: datetime
    by: User | None
    by_command: bool
    what: str
    why: str = ""
    period: Period | None = None
    municipality: Municipality | None = None
    rows: int | None = None


def entries():
    """The newest first."""
    kinds = Q(object_type__in=(RESULTS, COPY)) | REGISTER
    return AuditEntry.objects.filter(kinds, verb=Verb.EXPORT).order_by("-seq")


def in_words(found, *, by):
    """Rows for the entries of one page; what they are about is fetched at once."""
    found = list(found)
    people = User.objects.in_bulk({entry.actor for entry in found})
    logs = _about(
        found, ExportLog.objects.visible_to(by).select_related("municipality")
    )
    asked = _about(found, SubjectRequest.objects.visible_to(by))
    return [
        TakenOut(
            at=entry.at,
            by=people.get(entry.actor),
            by_command=entry.actor is None or entry.detail.get("by") == "command",
            **_facts(entry, logs.get(entry.object_id), asked.get(entry.object_id)),
        )
        for entry in found
    ]


def _about(found, rows):
    """``{id as the audit keeps it: row}``"""
    label = rows.model._meta.label_lower
    ids = [entry.object_id for entry in found if entry.object_type == label]
    return {str(row.pk): row for row in rows.filter(pk__in=ids)}


def _facts(entry, log, asked):
    if entry.object_type == COPY:
        return _of_copy(entry, asked)
    if entry.object_type == RESULTS:
        return _of_results(log)
    return {"what": _("Register of processing") + ", PDF"}


def _of_copy(entry, asked):
    what = _("Copy of the data of a family or person, %(type)s")
    facts = {"what": what % {"type": entry.detail["format"].upper()}}
    if asked:
        why = _("%(kind)s. For the person who asked, %(code)s")
        facts["why"] = why % {"kind": asked.get_kind_display(), "code": asked.code}
    return facts


def _of_results(log):
    """A log that was kept long enough is gone; the audit still tells that it was."""
    if log is None:
        return {"what": str(ExportLog._meta.verbose_name)}
    names = ("what", "why", "period", "municipality", "rows")
    return {name: getattr(log, name) for name in names}
