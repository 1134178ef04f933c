"""Sheets of the house: a leaflet for institutions, and one sheet for each usual document.

Their words stand in ``stories/reference/sheets.toml``. Each is a material like any other,
so that its copies are counted in the same way; ``load`` makes the rows.
"""

import functools
import tomllib
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from privacy import audit
from stories.models import Material

FILE = Path(__file__).resolve().parent / "reference/sheets.toml"


@dataclass(frozen=True)
class Sheet:
    """One page: a title, a sentence, sections with lines, and whom to ask."""

    key: str
    title: str
    target_group: str
    lead: str
    sections: tuple[dict, ...]
    foot: str = ""


@functools.cache
def sheets():
    """All of them by key, in the order of the file."""
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {
        key: Sheet(key, sections=tuple(one.pop("section")), **one)
        for key, one in data.items()
    }


def sheet_of(key):
    return sheets()[key]


@transaction.atomic
def load():
    """Make the rows that are missing and bring titles up to date; how many were written."""
    written = 0
    for key, sheet in sheets().items():
        is_leaflet = sheet.target_group == Material.Group.INSTITUTIONS
        facts = {
            "title": sheet.title,
            "target_group": sheet.target_group,
            "kind": Material.Kind.LEAFLET if is_leaflet else Material.Kind.SHEET,
            "language": Material.Language.LATVIAN,
        }
        material = Material.objects.filter(sheet=key).first() or Material(sheet=key)
        if all(getattr(material, name) == value for name, value in facts.items()):
            continue
        for name, value in facts.items():
            setattr(material, name, value)
        material.save()
        written += 1
    if written:
        audit.record(None, audit.Verb.LOAD, Material, rows=written)
    return written
