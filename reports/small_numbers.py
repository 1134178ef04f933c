"""Counts of families and cases too small to leave the team (R246).

Where few Roma families live, “2 families” points at people. Such counts are told as
“<5”. In a table with totals a second number is held back, so that nobody finds the
small one by taking the others from the total. Entries and hours are told as they are:
they count what a mediator does.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal

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

    More numbers are held back until each hidden one can still be as many different
    numbers as “<5” says by itself (1 to 4), whatever a reader works out from the rest.
    """
    grid = [[*row, sum(row)] for row in counts]
    grid.append([sum(column) for column in zip(*grid, strict=True)])
    lines = list(_lines(len(counts), len(counts[0]) if counts else 0))
    cells = {(r, c): grid[r][c] for line in lines for r, c in line}
    held = held_back(cells, lines, _ends(cells, len(grid) - 1, len(grid[0]) - 1))
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


def _ends(cells, height, width):
    """Each count as an arc of a network: ``{cell: (from, to)}``.

    Rows and columns are its nodes, and that each adds up to its total is that nothing
    gets lost in a node: from the row of totals to the columns, on to the rows, to the
    column of totals, and back.
    """
    ends = {}
    for r, c in cells:
        row, column = width > 1 and ("row", r), height > 1 and ("column", c)
        is_along = (r == height) == (c == width)
        ends[r, c] = (column, row) if is_along else (row, column)
    return ends


def held_back(cells, lines, ends, unknown=(), limits=None):
    """Which of ``cells`` (``{cell: count}``) are held back beside the small ones.

    Each of ``lines`` adds up to its last cell, and ``ends`` are the same equations as a
    network: ``{cell: (from, to)}``. ``unknown`` are arcs of what is never told:
    ``{name: (from, to, less, more)}``. ``limits`` says what else a reader knows:
    ``limits(cell, hidden)`` is by how much it could be less and more at most.
    """
    held, unknown = set(), dict(unknown)
    hidden = [cell for cell in cells if is_small(cells[cell])]
    for cell in hidden:
        # To hold back one more gives all the others more room, never less
        while not _has_room(cell, unknown | _arcs(cells, ends, hidden, held, limits)):
            one_more = _to_hold_back(cells, lines, cell, hidden, held)
            if one_more is None:
                break
            held.add(one_more)
            if one_more not in hidden:
                hidden.append(one_more)
    return held


def _arcs(cells, ends, hidden, held, limits):
    """The hidden counts as ``{cell: (from, to, less, more)}``.

    ``less`` and ``more`` say by how much the count could differ if nothing had to add
    up; no more than what has to be found is of interest.
    """
    arcs = {}
    for cell in hidden:
        less, more = _leeway(cells[cell], cell in held)
        if limits:
            at_most = limits(cell, hidden)
            less, more = min(less, at_most[0]), min(more, at_most[1])
        arcs[cell] = *ends[cell], less, more
    return arcs


def _leeway(value, is_held):
    """By how much a reader, before any calculation, thinks a count less or more."""
    limit = settings.SMALL_NUMBERS_BELOW
    if is_held:
        return min(value - limit if value >= limit else value, limit), limit
    return value - 1, limit - 1 - value


def _has_room(cell, arcs):
    """Whether a reader who calculates is left with at least as many values as “<5” has.

    The largest flow through the other arcs is exact: it is what linear programming
    would find, in whole numbers.
    """
    wanted = settings.SMALL_NUMBERS_BELOW - 2
    tail, head, less, more = arcs[cell]
    if tail == head:
        return less + more >= wanted
    capacities = Counter()
    for other, (begin, end, down, up) in arcs.items():
        if other != cell:
            capacities[begin, end] += up
            capacities[end, begin] += down
    found = _flow(capacities, head, tail, min(more, wanted))
    return found + _flow(capacities, tail, head, min(less, wanted - found)) >= wanted


def _flow(capacities, source, sink, wanted):
    """How much gets from one node to another, up to what is wanted."""
    left, found = capacities.copy(), 0
    while found < wanted and (path := _path(left, source, sink)):
        for begin, end in path:
            left[begin, end] -= 1
            left[end, begin] += 1
        found += 1
    return found


def _path(left, source, sink):
    """The arcs of a shortest way on which something can still flow, or None."""
    nexts = defaultdict(list)
    for (begin, end), capacity in left.items():
        if capacity > 0:
            nexts[begin].append(end)
    came_from, queue = {source: None}, [source]
    for node in queue:
        if node == sink:
            break
        for end in nexts[node]:
            if end not in came_from:
                came_from[end] = node
                queue.append(end)
    else:
        return None
    path = []
    while came_from[node] is not None:
        path.append((came_from[node], node))
        node = came_from[node]
    return path


def _to_hold_back(cells, lines, cramped, hidden, held):
    """One more count: best in a line of the cramped one, no total, the smallest."""
    totals = {line[-1] for line in lines}
    own = {cell for line in lines if cramped in line for cell in line}
    near = {cell for line in lines if not set(hidden).isdisjoint(line) for cell in line}
    candidates = [
        (
            is_small(cells[cell]),
            cell not in own,
            cell in totals,
            cells[cell],
            cell,
        )
        for cell in near - held
        if cells[cell]
    ]
    return min(candidates)[-1] if candidates else None
