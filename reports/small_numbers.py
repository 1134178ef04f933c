"""Counts of families and cases too small to leave the team (R246).

Where few Roma families live, “2 families” points at people. Such counts are told as
“<5”. In a table with totals a second number is held back, so that nobody finds the
small one by taking the others from the total. Entries and hours are told as they are:
they count what a mediator does.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import inf

from django.conf import settings
from django.utils.translation import gettext as _

from interface.latvian import number

HELD_BACK = "•"


@dataclass(frozen=True)
class Shown:
    """A count as it may be read outside: the number, “<5”, or a dot for one held back.

    ``is_safe`` counts are about a mediator's work, not about people.
    """

    value: Decimal | int
    is_safe: bool = False
    is_held_back: bool = False

    @property
    def is_small(self):
        return not self.is_safe and is_small(self.value)

    @property
    def is_open(self):
        """The number itself is told."""
        return not (self.is_small or self.is_held_back)

    @property
    def in_words(self):
        """For screen readers, to whom a sign says nothing."""
        if self.is_held_back:
            return _("not told")
        if self.is_small:
            return _("fewer than %(limit)s") % {"limit": settings.SMALL_NUMBERS_BELOW}
        return str(self)

    @property
    def cell(self):
        """For a sheet: a number where it is told."""
        return self.value if self.is_open else str(self)

    def __str__(self):
        if self.is_held_back:
            return HELD_BACK
        if self.is_small:
            return f"<{settings.SMALL_NUMBERS_BELOW}"
        return number(self.value)


def is_small(value):
    return 0 < value < settings.SMALL_NUMBERS_BELOW


@dataclass(frozen=True)
class Protected:
    """A table of counts: ``rows`` end with their total, ``totals`` with that of all."""

    rows: list[list[Shown]]
    totals: list[Shown]


def protected(counts):
    """The table of ``counts`` (rows of numbers without totals) as it may be told.

    More numbers are held back until no small one follows from those that are told.
    """
    grid = [[*row, sum(row)] for row in counts]
    grid.append([sum(column) for column in zip(*grid, strict=True)])
    lines = list(_lines(len(counts), len(counts[0]) if counts else 0))
    held = set()
    while exposed := _exposed(grid, lines, held):
        cell = _to_hold_back(grid, lines, held | {exposed})
        if cell is None:
            break
        held.add(cell)
    *rows, totals = [
        [Shown(value, is_held_back=(r, c) in held) for c, value in enumerate(row)]
        for r, row in enumerate(grid)
    ]
    if len(rows) == 1:
        totals = rows[0]
    if len(totals) == 2:
        rows, totals = [[cell, cell] for cell, _sum in rows], [totals[0]] * 2
    return Protected(rows, totals)


def _lines(height, width):
    """Every row and column as its cells and, last, the cell that is their sum.

    A single row or column is its own total, and nothing adds up the other way.
    """
    rows = range(height + 1) if height > 1 else range(1)
    columns = range(width + 1) if width > 1 else range(1)
    if width > 1:
        yield from ([(r, c) for c in range(width + 1)] for r in rows)
    if height > 1:
        yield from ([(r, c) for r in range(height + 1)] for c in columns)


def _exposed(grid, lines, held):
    """The first small count that a reader could work out, or None."""
    known = {
        (r, c): _bounds(grid[r][c], (r, c) in held) for line in lines for r, c in line
    }
    before = None
    while known != before:
        before = dict(known)
        for line in lines:
            _narrow(known, *line)
    for (r, c), (low, high) in known.items():
        if low == high and is_small(grid[r][c]) and (r, c) not in held:
            return r, c
    return None


def _bounds(value, is_held):
    """Between which numbers a reader knows a count to be, before any calculation."""
    limit = settings.SMALL_NUMBERS_BELOW
    if is_held:
        return (limit if value >= limit else 0), inf
    return (1, limit - 1) if is_small(value) else (value, value)


def _narrow(known, *line):
    """What the sum of a line says about its cells, and they about it."""
    *cells, total = line
    lows, highs = (sum(known[cell][end] for cell in cells) for end in (0, 1))
    low, high = known[total]
    known[total] = low, high = max(low, lows), min(high, highs)
    for cell in cells:
        others = [known[other] for other in cells if other != cell]
        least = low - sum(end for _begin, end in others)
        most = high - sum(begin for begin, _end in others)
        own_low, own_high = known[cell]
        known[cell] = max(own_low, least), min(own_high, most)


def _to_hold_back(grid, lines, hidden):
    """One more count in a line with hidden ones: the smallest that is no total."""
    totals = {line[-1] for line in lines}
    near = {cell for line in lines if hidden.intersection(line) for cell in line}
    candidates = [
        (is_small(grid[r][c]), (r, c) in totals, grid[r][c], (r, c))
        for r, c in near - hidden
        if grid[r][c]
    ]
    return min(candidates)[-1] if candidates else None
