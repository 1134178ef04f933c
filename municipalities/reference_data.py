"""Reference data that comes with the product: regions, municipalities, vocabularies.

The files in ``municipalities/reference`` are merged into the database: rows are
added and brought up to date, never removed, because old records point at them.
A cell that a file leaves empty stays as the office set it.
"""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction

from municipalities.models import Municipality, Region, Term, Vocabulary
from privacy import audit

FOLDER = Path(__file__).resolve().parent / "reference"


class BrokenReferenceData(Exception):
    """A row of a reference file cannot be stored; says which one and why."""


@dataclass
class Loaded:
    """What one file brought: how many rows are new, changed or as they were."""

    file: str
    model: type
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    left_out: set[str] = field(default_factory=set)

    @property
    def wrote(self):
        return bool(self.added or self.changed)


@transaction.atomic
def load():
    """Merge every file; the audit says what was written, if anything was."""
    results = [load_regions(), load_municipalities(), load_vocabularies()]
    record(results)
    return results


def record(results):
    for result in results:
        if result.wrote:
            audit.record(
                None,
                audit.Verb.LOAD,
                result.model,
                added=result.added,
                changed=result.changed,
            )


def load_regions():
    known = {region.code: region for region in Region.objects.all()}
    result = Loaded("regions.csv", Region)
    return _merge(result, rows_of(result.file), known, lambda row: row["code"])


def load_municipalities():
    """A municipality that ended stands below its successor in the file."""
    regions = dict(Region.objects.values_list("code", "pk"))
    known = {place.atvk: place for place in Municipality.objects.all()}

    def with_references(rows):
        for row in rows:
            row["region_id"] = regions[row.pop("region")]
            if "successor" in row:
                row["successor_id"] = known[row.pop("successor")].pk
            yield row

    result = Loaded("municipalities.csv", Municipality)
    rows = with_references(rows_of(result.file))
    return _merge(result, rows, known, lambda row: row["atvk"])


def load_vocabularies():
    """Lists that this version does not know are left out, and named."""
    known = {(term.vocabulary, term.code): term for term in Term.objects.all()}
    result = Loaded("vocabulary.csv", Term)

    def with_positions(rows):
        for position, row in enumerate(rows, start=1):
            if row["vocabulary"] in Vocabulary.values:
                yield row | {"position": position}
            else:
                result.left_out.add(row["vocabulary"])

    rows = with_positions(rows_of(result.file))
    return _merge(result, rows, known, lambda row: (row["vocabulary"], row["code"]))


def rows_of(name):
    """The rows of a file without their empty cells."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {column: value for column, value in row.items() if value}


def _merge(result, rows, known, key_of):
    """Store each row under its key; ``known`` grows with what is added."""
    for row in rows:
        key = key_of(row)
        instance = known.setdefault(key, result.model())
        if instance._state.adding:
            result.added += 1
        elif _differs(instance, row):
            result.changed += 1
        else:
            result.unchanged += 1
            continue
        _store(instance, row, key)
    return result


def _differs(instance, row):
    return any(
        getattr(instance, column) != _value(instance, column, value)
        for column, value in row.items()
    )


def _value(instance, column, value):
    """The cell as the model holds it: a date, a number."""
    return instance._meta.get_field(column).to_python(value)


def _store(instance, row, key):
    for column, value in row.items():
        setattr(instance, column, _value(instance, column, value))
    store_checked(instance, key)


def store_checked(instance, key):
    """Save a row that its model accepts; else say which one and why not."""
    try:
        instance.full_clean(exclude=["id"])
    except ValidationError as error:
        raise BrokenReferenceData(f"{key}: {'; '.join(error.messages)}") from error
    instance.save()
