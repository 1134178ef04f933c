"""Which column of a file is which: by the headings of the template and their other names."""

import re
import tomllib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import translation

from imports.resources import TABLES
from privacy.fold import fold

HEADINGS = Path(__file__).resolve().parent.parent / "reference" / "headings.toml"
IN_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
LINES_LOOKED_AT = 10
"""Lists often begin with a title; the headings come soon."""


@cache
def _names(kind):
    """``{folded heading: name of the column}``; headings of the template come first."""
    synonyms = tomllib.loads(HEADINGS.read_text(encoding="utf-8"))[kind]
    names = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for name, column in TABLES[kind].declared().items():
                names.setdefault(fold(column.column_name), name)
    for name, others in synonyms.items():
        for other in (name, *others):
            names.setdefault(fold(other), name)
    return names


def name_of(kind, heading):
    """The column that a heading means, or None."""
    names = _names(str(kind))
    text = str(heading or "")
    return names.get(fold(text)) or names.get(fold(IN_BRACKETS.sub(" ", text)))


def matched(kind, headings):
    """``{name of the column: position}``; of two headings that mean the same the first."""
    positions = {}
    for position, heading in enumerate(headings):
        name = name_of(kind, heading)
        if name:
            positions.setdefault(name, position)
    return positions


def line_of_headings(rows, kind):
    """The line in which most headings are known; the first one that is not blank if none is."""
    lines = [at for at, row in enumerate(rows[:LINES_LOOKED_AT]) if is_filled(row)]
    return max(lines, key=lambda at: (len(matched(kind, rows[at])), -at), default=0)


def is_filled(row):
    """Something stands in it, be it a 0."""
    return any(cell is not None for cell in row)


def missing(kind, positions):
    """Columns without which no row can be stored."""
    declared = TABLES[kind].declared()
    return [
        column
        for name, column in declared.items()
        if column.is_needed and name not in positions
    ]


def is_complete(kind, positions, sheet):
    """Nothing is left to ask: every column that holds something is known."""
    others = set(used(sheet)) - set(positions.values())
    return not others and not missing(kind, positions)


def used(sheet):
    """Positions of the columns that have a heading or hold something."""
    return [
        at
        for at, heading in enumerate(sheet.headings)
        if heading or any(row[at] is not None for row in sheet.rows)
    ]
