"""Record who did what, in the same transaction as the deed itself.

An entry that cannot be written takes the deed down with it. Whoever writes holds the lock
of the whole chain until the transaction ends, so a view's own entries are written when its
page is drawn (``written_last``); anywhere else call ``record`` after the other writes.
"""

import hashlib
import json
import re
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC

import rfc8785
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils import timezone

from privacy.models import GENESIS, AuditEntry, AuditHead, Verb

# Ids, field names, months and codes; a name with a space or a diacritic is refused.
CODE = re.compile(r"[A-Za-z0-9_.:/-]{0,100}")
ANCHOR = re.compile(r"(?P<seq>[0-9]{1,18}):(?P<hash>[0-9a-f]{16,64})")
A_STATEMENT = 500
"""Entries that are stored by one statement."""
A_WALK = 50_000
"""Entries that are checked at once, which takes some seconds."""
# What an entry says, in the order in which it is hashed.
CONTENT = ("seq", "at", "actor", "verb", "object_type", "object_id", "detail")


class AuditOutsideTransaction(Exception):
    """An entry and the deed it tells of have to be stored together or not at all."""


@dataclass(frozen=True)
class Waiting:
    """What entries say that are written later, all within the savepoint of ``depth``."""

    depth: int
    contents: list = field(default_factory=list)


_waiting = ContextVar("audit entries of this view", default=None)


@contextmanager
def written_last():
    """Entries that are recorded within are written at its end, in the same transaction.

    Those of a savepoint are not put off, because it may be rolled back alone. Nothing
    is written when it ends with an error: that takes the deeds down as well.
    """
    if not transaction.get_connection().in_atomic_block:
        # Whatever records there opens a transaction of its own
        yield
        return
    waiting = Waiting(_depth())
    before = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(before)
    _write(waiting.contents)


def _depth():
    return len(transaction.get_connection().savepoint_ids)


def record(actor, verb, obj, **detail):
    """Append an entry: ``record(request.user, Verb.READ, family, purpose="visit")``.

    ``actor`` is an account, or None where nobody is signed in. ``obj`` is a row,
    or a model class for lists and exports. ``detail`` holds ids, field names,
    counts and codes, never names or texts.
    """
    record_all(actor, verb, [(obj, detail)])


def record_all(actor, verb, deeds):
    """The same for many rows at once: ``deeds`` are pairs of a row and its detail."""
    if not transaction.get_connection().in_atomic_block:
        raise AuditOutsideTransaction("Call audit.record inside transaction.atomic().")
    contents = [_content(actor, verb, obj, detail) for obj, detail in deeds]
    waiting = _waiting.get()
    if waiting and waiting.depth == _depth():
        waiting.contents.extend(contents)
    else:
        _write(contents)


def _write(contents):
    if not contents:
        return
    head, _created = AuditHead.objects.select_for_update().get_or_create(pk=1)
    entries = []
    for content in contents:
        entry = AuditEntry(seq=head.seq + 1, previous_hash=head.hash, **content)
        # The hash has to cover what the database will give back: a UUID, not its text.
        entry.clean_fields(exclude=["hash"])
        entry.hash = digest(head.hash, [getattr(entry, name) for name in CONTENT])
        head.seq, head.hash = entry.seq, entry.hash
        entries.append(entry)
    AuditEntry.objects.bulk_create(entries, batch_size=A_STATEMENT)
    head.save()


def _content(actor, verb, obj, detail):
    is_row = isinstance(obj, models.Model)
    if is_row and obj.pk is None:
        raise ValueError("An audit entry needs a row with a primary key.")
    return {
        "at": timezone.now(),
        "actor": actor.pk if actor else None,
        "verb": Verb(verb).value,
        "object_type": obj._meta.label_lower,
        "object_id": str(obj.pk) if is_row else "",
        "detail": _codes_only(detail),
    }


def head():
    """The end of the chain, to be written down outside of it."""
    return AuditHead.objects.first() or AuditHead()


def record_opening(request, row, **detail):
    """Note that the page of a row was opened; a form that is sent notes its deed instead."""
    if request.method != "POST":
        record(request.user, Verb.READ, row, **detail)


def changed_fields(form):
    """The names of the fields a form changed, for ``detail``; not their values."""
    return sorted(form.changed_data)


def filters(query, *names):
    """Which filters a list was narrowed by, for ``detail``; not what was looked for."""
    return [name for name in names if query.get(name)]


def _codes_only(detail):
    detail = json.loads(json.dumps(detail, cls=DjangoJSONEncoder))
    for name, value in detail.items():
        _refuse_text(name, value)
    return detail


def _refuse_text(name, value):
    if isinstance(value, str) and not CODE.fullmatch(value):
        # Without the value itself, which may be a name, in the error log.
        raise ValueError(f"The audit holds ids and codes; '{name}' looks like a text.")
    if isinstance(value, dict):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for item in value:
            _refuse_text(name, item)


def digest(previous_hash, content):
    """SHA-256 over the hash of the entry before and the canonical JSON of this one."""
    seq, at, actor, *rest = content
    at = at.astimezone(UTC).isoformat(timespec="microseconds")
    canonical = rfc8785.dumps([seq, at, str(actor) if actor else None, *rest])
    return hashlib.sha256(previous_hash.encode() + canonical).hexdigest()


def _recomputed(previous_hash, content):
    try:
        return digest(previous_hash, content)
    except rfc8785.CanonicalizationError:
        # Numbers that only somebody outside the application could have put there.
        return None


@dataclass(frozen=True)
class ChainCheck:
    """The result of walking the whole chain.

    ``knows_anchor`` is None where nobody gave an end that was written down before.
    """

    rows: int
    first_broken: int | None
    knows_anchor: bool | None = None

    @property
    def holds(self):
        return self.first_broken is None and self.knows_anchor is not False


@dataclass(frozen=True)
class Anchor:
    """The end of the chain as a report or a mail told it: “1204:9f86d081884c7d65”."""

    seq: int
    hash: str

    @classmethod
    def parse(cls, text):
        """A number and at least 16 digits of the hash, as a PDF prints them."""
        found = ANCHOR.fullmatch(text.strip().lower())
        if not found:
            raise ValueError("An anchor is NUMBER:HASH, with 16 to 64 digits of hash.")
        return cls(int(found["seq"]), found["hash"])

    def is_in_the_chain(self):
        """The entry with this number is still the one that was the end then."""
        entries = AuditEntry.objects.filter(seq=self.seq)
        return entries.filter(hash__startswith=self.hash).exists()


@dataclass
class Walk:
    """Along the chain from its first entry on; it may rest, and go on later.

    Each entry is judged as it stands when the walk comes by, and what is changed behind
    it is found by the next walk: as with one long walk, which sees nothing of what is
    changed after its beginning.
    """

    begin_seq: int
    begin_hash: str
    """Where the chain ended when the walk began."""
    rows: int = 0
    seq: int = 0
    last_hash: str = GENESIS
    hash_at_begin: str = GENESIS
    first_broken: int | None = None
    newer: int = 0
    """Entries after the moment ``since``."""

    @classmethod
    def from_the_first(cls):
        end = head()
        return cls(end.seq, end.hash)

    def go_on(self, since=None):
        """Check some entries more; False when there are no others."""
        entries = AuditEntry.objects.order_by("seq")
        if self.rows:
            entries = entries.filter(seq__gt=self.seq)
        before = self.rows
        fields = entries.values_list("previous_hash", "hash", *CONTENT)
        for previous_hash, stored_hash, *content in fields[:A_WALK].iterator():
            self._pass(previous_hash, stored_hash, content)
            self.newer += since is not None and content[1] > since
        return self.rows - before == A_WALK

    def _pass(self, previous_hash, stored_hash, content):
        self.rows += 1
        if self.first_broken is None:
            expected = (
                self.seq + 1,
                self.last_hash,
                _recomputed(previous_hash, content),
            )
            if (content[0], previous_hash, stored_hash) != expected:
                self.first_broken = min(content[0], self.seq + 1)
        self.seq, self.last_hash = content[0], stored_hash
        if self.seq == self.begin_seq:
            self.hash_at_begin = stored_hash

    def result(self, anchor=None):
        """What came of it, when there is nothing more to pass."""
        first_broken = self.first_broken
        end, seq, last_hash = head(), self.seq, self.last_hash
        if end.seq > self.begin_seq:
            # Others wrote meanwhile; the chain is checked up to where it ended before
            end = AuditHead(seq=self.begin_seq, hash=self.begin_hash)
            seq, last_hash = min(seq, end.seq), self.hash_at_begin
        if first_broken is None and (end.seq, end.hash) != (seq, last_hash):
            # Entries cut off the end, or a head that was set by hand.
            first_broken = min(end.seq, seq) + (end.seq != seq)
        knows_anchor = anchor.is_in_the_chain() if anchor else None
        return ChainCheck(self.rows, first_broken, knows_anchor)


def check_chain(anchor=None):
    """Recompute every hash from the first entry to the head.

    Whoever can rewrite the database can rewrite the whole chain so that it fits; an
    ``anchor`` that was written down elsewhere gives that away.
    """
    walk = Walk.from_the_first()
    while walk.go_on():
        pass
    return walk.result(anchor)
