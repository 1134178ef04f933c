"""Counts of families and cases too small to leave the team (R246).

Where few Roma families live, “2 families” points at people. Such counts are told as
“<5”. In a table with totals a second number is held back, so that nobody finds the
small one by taking the others from the total. Entries and hours are told as they are:
they count what a mediator does.
"""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from heapq import heappop, heappush

from django.conf import settings
from django.utils.translation import gettext as _

from interface.latvian import number
from reports.flows import add, flow, network_of

HELD_BACK = "•"


@dataclass(frozen=True)
class Shown:
    """A count as it may be read outside: the number, “<5”, or a dot for one held back.

    ``is_safe`` counts are about a mediator's work, not about people. The value is None
    where there is none: a share of nothing.
    """

    value: Decimal | int | None
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
        return "–" if self.value is None else number(self.value)


def told_in_steps(value):
    """A count that stands in no table, for any days: “<5”, or “at least 5”, 10, 15 …

    Of two stretches of days the difference tells nobody in particular.
    """
    step = settings.SMALL_NUMBERS_BELOW
    if not value or is_small(value) or step <= 1:
        return str(Shown(value))
    return _("at least %(number)s") % {"number": value // step * step}


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


def held_back(
    cells,
    lines,
    ends,
    *,
    unknown=(),
    limits=None,
    costs=None,
    held=(),
    told=(),
    owner=None,
):
    """Which of ``cells`` (``{cell: count}``) are held back beside the small ones.

    Each of ``lines`` adds up to its last cell, and ``ends`` are the same equations as a
    network: ``{cell: (from, to)}``. ``unknown`` are arcs of what is never told:
    ``{name: (from, to, less, more)}``. ``limits`` says what else a reader knows:
    ``limits(cell, hidden)`` is by how much it could be less and more at most. With
    ``costs`` of the cells a way through the network is held back at once, the cheapest;
    without, one count of a line after the other. What was ``held`` earlier stays so, and
    what was ``told`` cannot be held back any more. ``owner(cell)`` says whose the counts
    of a cell (or of an arc of ``unknown``) are, None for nobody's: owners know their own,
    and small ones of others hold against each of them too.
    """
    held, unknown = set(held), dict(unknown)
    hidden = [cell for cell in cells if is_small(cells[cell]) or cell in held]
    free = {cell for cell in cells if cells[cell]} - set(told)
    whose = owner or (lambda _cell: None)
    owners = {whose(cell) for cell in cells} - {None}
    ways = costs and _Ways(cells, ends, free, unknown, limits, costs, whose)

    def readers():
        arcs = unknown | _arcs(cells, ends, hidden, held, limits)
        return _Readers(arcs, whose, owners)

    def chosen_for(cell, knowing):
        if found := ways and ways.cheapest(cell, hidden, knowing):
            return found
        able = {one for one in free - held if knowing is None or whose(one) != knowing}
        return _to_hold_back(cells, lines, cell, hidden, able)

    those = readers()
    for cell in hidden:
        small, lost = is_small(cells[cell]), set()
        # To hold back one more gives all the others more room, never less
        while (knowing := those.who_learns(cell, small, lost)) is not NOBODY:
            chosen = chosen_for(cell, knowing)
            if not chosen:
                lost.add(knowing)
                continue
            held.update(chosen)
            hidden += [one for one in chosen if one not in hidden]
            those = readers()
    return held


NOBODY = object()


class _Readers:
    """Who calculates: somebody outside, and each owner, who knows the own counts."""

    def __init__(self, arcs, owner, owners):
        self.arcs, self.owner, self.owners = arcs, owner, owners
        self.network = network_of(arcs)
        self.between, self.owned = defaultdict(set), defaultdict(list)
        for name, (begin, end, *_by) in arcs.items():
            whose = owner(name)
            self.owned[whose].append(name)
            self.between[begin, end].add(whose)
            self.between[end, begin].add(whose)

    def who_learns(self, cell, is_small, lost):
        """Somebody for whom the cell has too little room: None outside; or ``NOBODY``.

        Not who is ``lost``: against them nothing can be done.
        """
        ways = _ways_to_differ(cell, self.arcs, self.network)
        own = self.owner(cell)
        asks = own is not None and is_small
        others = self.owners - {own} - lost if asks else set()
        if ways is None:
            # What holds against one of them holds against somebody outside
            return min(others, default=NOBODY if None in lost else None)
        # Whose counts are on none of the ways learns no more than somebody outside
        on_them = {one for way in ways for step in way for one in self.between[step]}
        for knowing in sorted(on_them.intersection(others)):
            if not self._holds_against(knowing, cell):
                return knowing
        return NOBODY

    def _holds_against(self, knowing, cell):
        own = [self.arcs[name] for name in self.owned[knowing]]
        add(own, self.network, sign=-1)
        ways = _ways_to_differ(cell, self.arcs, self.network)
        add(own, self.network)
        return ways is not None


def _arcs(cells, ends, hidden, held, limits):
    """The hidden counts as ``{cell: (from, to, less, more)}``.

    ``less`` and ``more`` say by how much the count could differ if nothing had to add
    up; no more than what has to be found is of interest.
    """
    arcs, known = {}, set(hidden)
    for cell in hidden:
        less, more = _leeway(cells[cell], cell in held)
        if limits:
            at_most = limits(cell, known)
            less, more = min(less, at_most[0]), min(more, at_most[1])
        arcs[cell] = *ends[cell], less, more
    return arcs


def _leeway(value, is_held):
    """By how much a reader, before any calculation, thinks a count less or more.

    Noughts are always told, so whatever is hidden is one at least.
    """
    limit = settings.SMALL_NUMBERS_BELOW
    if is_held:
        return min(value - limit if value >= limit else value - 1, limit), limit
    return value - 1, limit - 1 - value


def _ways_to_differ(cell, arcs, network):
    """Ways on which a count can differ, so that a reader who calculates is left with at
    least as many values as “<5” has; or None.

    The largest flow through the other arcs is exact: it is what linear programming
    would find, in whole numbers.
    """
    wanted = settings.SMALL_NUMBERS_BELOW - 2
    tail, head, less, more = arcs[cell]
    if tail == head:
        return [] if less + more >= wanted else None
    own = [arcs[cell]]
    add(own, network, sign=-1)
    ways = flow(network, head, tail, min(more, wanted))
    ways += flow(network, tail, head, min(less, wanted - len(ways)))
    add(own, network)
    return ways if len(ways) >= wanted else None


def _to_hold_back(cells, lines, cramped, hidden, free):
    """One more count: best in a line of the cramped one, no total, the smallest; or none."""
    totals = {line[-1] for line in lines}
    own = {cell for line in lines if cramped in line for cell in line}
    hidden = set(hidden)
    near = {cell for line in lines if not hidden.isdisjoint(line) for cell in line}
    candidates = [
        (
            is_small(cells[cell]),
            cell not in own,
            cell in totals,
            cells[cell],
            cell,
        )
        for cell in near & free
    ]
    return [min(candidates)[-1]] if candidates else []


class _Ways:
    """What has to be held back together for a cramped count to differ.

    A way back from one end of its arc to the other, on which everything could differ by
    as much as is wanted, or at least by one; of all ways the cheapest.
    """

    def __init__(self, cells, ends, free, unknown, limits, costs, owner):
        self.owner = owner
        able = [c for c in cells if c in free or is_small(cells[c])]
        held = {cell for cell in able if not is_small(cells[cell])}
        self.arcs = unknown | _arcs(cells, ends, able, held, limits)
        self.costs = costs | dict.fromkeys(unknown, 0)
        most = settings.SMALL_NUMBERS_BELOW - 1
        self.steps = {wanted: self._steps(wanted) for wanted in range(1, most)}

    def _steps(self, wanted):
        """``{node: [(next node, cell), …]}`` of what could differ by so much."""
        steps = defaultdict(list)
        for cell, (begin, end, down, up) in self.arcs.items():
            if up >= wanted:
                steps[begin].append((end, cell))
            if down >= wanted:
                steps[end].append((begin, cell))
        return steps

    def cheapest(self, cramped, hidden, knowing):
        """Without the counts of who knows them, which could differ for everybody else."""
        tail, head, less, more = self.arcs[cramped]
        known = {*hidden, cramped}
        for wanted in (max(self.steps), 1):
            ways = [
                self._cheapest(source, sink, min(wanted, room), cramped, known, knowing)
                for source, sink, room in ((head, tail, more), (tail, head, less))
                if room
            ]
            ways = [(cost, way) for cost, way in ways if way]
            if ways:
                return min(ways)[1]
        return []

    def _cheapest(self, source, sink, wanted, cramped, known, knowing):
        """``(cost, cells)``; without cells where no way is, or one that is open already."""
        waiting, done, number = [(0, 0, source, ())], set(), 0
        while waiting:
            cost, _number, node, way = heappop(waiting)
            if node == sink:
                return cost, way
            if node in done:
                continue
            done.add(node)
            for end, cell in self.steps[wanted][node]:
                if end in done or cell == cramped:
                    continue
                if knowing is not None and self.owner(cell) == knowing:
                    continue
                number += 1
                price = 0 if cell in known else self.costs[cell]
                on_way = (*way, cell) if price else way
                heappush(waiting, (cost + price, number, end, on_way))
        return 0, ()
