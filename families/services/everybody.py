"""Words that belong to no municipality, held against the families of all mediators.

In a small project that is done at once. In a large one it takes minutes, so the worker
looks, and what it found is kept (``LookedThrough``). Whoever was written down since then is
looked for while somebody waits; where that would be too many, the worker looks anew.
"""

from datetime import timedelta
from functools import cached_property
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from families.models import Family, FamilyAssignment, FamilyMember, LookedThrough
from families.services.names import TextCheck, checks_at
from mediators.models import Appointment, Role
from privacy import audit
from privacy.models import OF_NAMES, AuditEntry
from privacy.moment import NotWrittenDown, is_read_alone
from privacy.name_check import ReadText, StillLooking

LARGE = 3000
"""Families from which on nobody waits: to hold a text against each takes 1 ms."""
CHANGES = 200
"""Changes of families that are looked at while somebody waits."""
A_LOOK = 100
"""Texts that are looked through at once; whoever asks meanwhile comes after them."""
LEASE = timedelta(minutes=30)
"""So long a look is expected to take; then it may be asked for once more."""
KEPT = timedelta(days=2)
A_STATEMENT = 500
"""Texts that are asked for in one transaction."""
KNOWN = ("key", "spans", "seq")


class Piece(NamedTuple):
    """What names somebody's family, and where it stands."""

    start: int
    end: int
    found: str


def checks_of_everybody(texts=()):
    """What has ``hits`` of a text, of the families of every mediator who ever worked.

    Of a large project it is one, whose ``hits`` may raise ``StillLooking``; it reads
    what is known of ``texts`` at once, and asks for the rest.
    """
    if is_large():
        return [FoundByWorker(texts)]
    return checks_at(_desks())


def is_large():
    return Family.objects.not_erased()[:LARGE].count() >= LARGE


def _desks(**which):
    """The first appointment of each mediator."""
    appointments = Appointment.objects.filter(role=Role.MEDIATOR, **which)
    first = {}
    for one in appointments.select_related("user", "municipality"):
        first.setdefault(one.user_id, one)
    return list(first.values())


class FoundByWorker:
    """What the worker found in texts, and what has been written down since."""

    def __init__(self, texts=()):
        self._known, self._since = {}, {}
        self._read(texts)

    def hits(self, text):
        """Pieces in the order of the text; ``StillLooking`` while that is not known."""
        if not text.strip():
            return []
        key = LookedThrough.key_of(text)
        if key not in self._known:
            self._read([text])
        if self._known[key] is None:
            raise StillLooking
        spans, since = self._known[key]
        read = ReadText(text)
        new = [hit for check in self._checks_since(since) for hit in check.hits(read)]
        spans = _joined([*spans, *((hit.start, hit.end) for hit in new)])
        return [Piece(start, end, text[start:end]) for start, end in spans]

    def _read(self, texts):
        """Learn what is known of the texts, and ask for those of which it is too little."""
        texts = _by_key(texts)
        if not texts:
            return
        rows = LookedThrough.objects.done().filter(key__in=texts, seq__gte=self._floor)
        found = {key: (spans, seq) for key, spans, seq in rows.values_list(*KNOWN)}
        # One set of checks for all of them: some are held against more than they missed
        since = min((seq for _spans, seq in found.values()), default=0)
        for key in texts:
            self._known[key] = (found[key][0], since) if key in found else None
        ask([text for key, text in texts.items() if key not in found])

    @cached_property
    def _changes(self):
        """The newest ``(seq, table, id)`` of families and people, one more than may be."""
        rows = AuditEntry.objects.filter(OF_NAMES).order_by("-seq")
        return list(rows.values_list("seq", "object_type", "object_id")[: CHANGES + 1])

    @property
    def _floor(self):
        """What was looked through before this entry has missed too much."""
        return self._changes[-1][0] if len(self._changes) > CHANGES else 0

    def _checks_since(self, seq):
        if seq not in self._since:
            self._since[seq] = _checks_of_changed(self._changes, seq)
        return self._since[seq]


def _checks_of_changed(changes, since):
    """``TextCheck`` of each mediator of changed families, for these families alone."""
    changed = {Family: set(), FamilyMember: set()}
    names = {model._meta.label_lower: ids for model, ids in changed.items()}
    for seq, table, row in changes:
        if seq > since:
            names[table].add(row)
    people = FamilyMember.objects.filter(pk__in=changed[FamilyMember])
    families = {
        *Family.objects.filter(pk__in=changed[Family]).values_list("pk", flat=True)
    }
    families |= {*people.values_list("family", flat=True)}
    theirs = FamilyAssignment.objects.filter(family__in=families)
    return checks_at(_desks(user__in=theirs.values("mediator")), families)


def _joined(spans):
    """Spans in order; those that overlap are one."""
    joined = []
    for start, end in sorted(map(tuple, spans)):
        if joined and start < joined[-1][1]:
            joined[-1][1] = max(end, joined[-1][1])
        else:
            joined.append([start, end])
    return joined


def _by_key(texts):
    return {LookedThrough.key_of(text): text for text in texts if text.strip()}


@transaction.atomic
def ask(texts):
    """Have the texts looked through by the worker, unless each waits for it already.

    Raises ``NotWrittenDown`` where that would be written in a moment that is only read.
    """
    now = timezone.now()
    texts = _by_key(texts)
    rows = {row.key: row for row in LookedThrough.objects.filter(key__in=texts)}
    asked = [row for row in rows.values() if not row.text or row.asked_at < now - LEASE]
    new = [
        LookedThrough(key=key, text=text, asked_at=now)
        for key, text in texts.items()
        if key not in rows
    ]
    if is_read_alone() and (asked or new):
        raise NotWrittenDown
    for row in asked:
        row.text, row.asked_at = texts[row.key], now
        row.save(update_fields=["text", "asked_at"])
    LookedThrough.objects.bulk_create(new, ignore_conflicts=True)
    if asked or new:
        look.enqueue()


@task()
def look():
    """Look through what waits, mediator by mediator, and begin anew with what is left."""
    rows = _take()
    if not rows:
        return
    # Whatever is committed after this entry may be missed, and is looked for by the reader
    seq = audit.head().seq
    texts = {row.pk: ReadText(row.text) for row in rows}
    found = {pk: set() for pk in texts}
    for check in _one_by_one():
        for pk, text in texts.items():
            found[pk] |= {(hit.start, hit.end) for hit in check.hits(text)}
    for pk, spans in found.items():
        LookedThrough.objects.filter(pk=pk).update(
            spans=_joined(spans), seq=seq, text="", taken_at=None
        )
    look.enqueue()


def _take():
    """Rows that no other worker has; of two that are as fast one gets each row."""
    now = timezone.now()
    free = LookedThrough.objects.free(now - LEASE)
    first = free.first_to_look_at().values_list("pk", flat=True)[:A_LOOK]
    free.filter(pk__in=list(first)).update(taken_at=now)
    return list(LookedThrough.objects.waiting().filter(taken_at=now))


def _one_by_one():
    """The families of one mediator are held at a time."""
    appointments = Appointment.objects.filter(role=Role.MEDIATOR)
    first = {}
    for user, pk in appointments.values_list("user", "pk"):
        first.setdefault(user, pk)
    for pk in first.values():
        desk = appointments.select_related("user", "municipality").filter(pk=pk).first()
        if desk:
            yield TextCheck(desk.user, desk.municipality)


def look_ahead(texts):
    """Have texts that are in use looked through anew, and forget the others in time."""
    LookedThrough.objects.filter(asked_at__lt=timezone.now() - KEPT).delete()
    if is_large():
        for at in range(0, len(texts), A_STATEMENT):
            ask(texts[at : at + A_STATEMENT])
