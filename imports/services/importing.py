"""Checking a list, storing it whole or not at all, and taking it back within a day."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from imports.models import Import
from imports.resources import TABLES
from imports.services.reading import Sheet
from privacy import audit
from privacy.models import AuditEntry

CHANGES = (
    *(audit.Verb.UPDATE, audit.Verb.DELETE, audit.Verb.WITHDRAW),
    *(audit.Verb.CLOSE, audit.Verb.REOPEN),
)
"""Deeds after which a row is no longer as it came; what was added to it is found as rows."""


class HasErrors(Exception):
    """Some rows cannot be stored, so none is."""


class HasChanged(Exception):
    """Since the person looked at it, something else would come of the list."""


class InUse(Exception):
    """Rows that somebody has worked with since; as text how the owner knows them."""

    def __init__(self, names):
        self.names = names
        super().__init__(", ".join(names))


@dataclass(frozen=True)
class Verdict:
    """What would become of a list."""

    table: object
    rows: list

    @property
    def problems(self):
        return [problem for row in self.rows for problem in row.problems]

    @property
    def new(self):
        return [row for row in self.rows if row.is_new]

    @property
    def alike(self):
        return [
            row for row in self.rows if row.like and not row.known and not row.problems
        ]

    @property
    def first_row(self):
        """``(heading, value)`` of the first good row, to see that columns fit."""
        row = next((row for row in self.rows if not row.problems), None)
        return self.table.shown(row) if row else []

    @property
    def known(self):
        return [row for row in self.rows if row.known and not row.problems]

    def chosen(self, anyway):
        """New rows, and those that somebody said are others than what they look like."""
        numbers = set(anyway)
        return [
            row
            for row in self.rows
            if row.is_new
            or (row.number in numbers and not row.problems and not row.known)
        ]


def check(imported):
    """Read and compare every row; nothing is stored."""
    table = TABLES[imported.kind](imported.by, imported.municipality, imported.columns)
    rows = [table.read(*numbered) for numbered in Sheet.of(imported).numbered]
    table.compare(rows)
    return Verdict(table, rows)


@transaction.atomic
def confirm(imported, *, anyway, expected, actor):
    """Store the list: all chosen rows, or none if one of them cannot be stored.

    ``expected`` is how many new rows the person saw. A second press finds it stored.
    """
    imported = Import.objects.select_for_update(no_key=True).get(pk=imported.pk)
    if not imported.is_waiting or imported.columns is None:
        return imported
    verdict = check(imported)
    if verdict.problems:
        raise HasErrors
    if len(verdict.new) != expected:
        raise HasChanged
    return store(imported, verdict, anyway=anyway, actor=actor)


@transaction.atomic
def store(imported, verdict, *, anyway, actor):
    """The chosen rows of a list without problems, looked at within this transaction."""
    chosen = verdict.chosen(anyway)
    if chosen:
        imported.made = verdict.table.add(chosen, actor=actor)
    imported.count = len(chosen)
    imported.confirmed_at = timezone.now()
    imported.content = ""
    imported.save()
    audit.record(
        actor, audit.Verb.LOAD, imported, kind=imported.kind, rows=imported.count
    )
    return imported


@transaction.atomic
def undo(imported, *, actor):
    """Take out every row of the list, unless somebody has worked with one since."""
    imported = Import.objects.select_for_update(no_key=True).get(pk=imported.pk)
    if not imported.may_be_undone:
        return imported
    table = TABLES[imported.kind]
    label = table.model._meta.label_lower
    ids = imported.made.get(label, [])
    rows = table.model._base_manager.filter(pk__in=ids)
    # Whoever adds something to one of them meanwhile waits, and then finds it gone
    standing = list(rows.select_for_update())
    used = table.locked(imported, ids) | _built_on(imported, table.model, ids)
    used |= _changed(label, ids)
    if used:
        raise InUse(table.names(used))
    audit.record_all(
        actor, audit.Verb.DELETE, [(row, {"undone": True}) for row in standing]
    )
    rows.delete()
    imported.undone_at = timezone.now()
    imported.save(update_fields=["undone_at"])
    audit.record(
        actor, audit.Verb.WITHDRAW, imported, kind=imported.kind, rows=len(standing)
    )
    return imported


def _built_on(imported, model, ids):
    """Those to which something belongs that did not come with the list."""
    used = set()
    for relation in model._meta.get_fields(include_hidden=True):
        is_pointing_here = relation.one_to_many or relation.one_to_one
        if not (is_pointing_here and relation.auto_created and not relation.concrete):
            continue
        name = relation.field.name
        rows = relation.related_model._base_manager.filter(**{f"{name}__in": ids})
        rows = rows.exclude(
            pk__in=imported.made.get(relation.related_model._meta.label_lower, [])
        )
        used |= set(rows.values_list(name, flat=True))
    return used


def _changed(label, ids):
    """Those that were corrected, closed or the like, as the audit tells."""
    entries = AuditEntry.objects.filter(object_type=label, object_id__in=ids)
    return set(entries.filter(verb__in=CHANGES).values_list("object_id", flat=True))
