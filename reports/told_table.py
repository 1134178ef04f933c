"""The counts of one indicator in a year, as a network that adds up over time and places."""

from collections import defaultdict
from math import inf

from django.conf import settings

from reports.periods import Period
from reports.small_numbers import held_back


def to_hold_back(table, *, held=(), told=()):
    """``(row, code)`` of what is held back of a ``Table`` beside the small counts."""
    return held_back(
        table.cells,
        table.lines,
        table.ends,
        unknown=table.unknown,
        limits=table.limits,
        costs=table.costs,
        held=held,
        told=told,
        owner=table.owner,
    )


class Table:
    """The counts of one indicator as lines that add up, and as a network.

    A cell is (row, code of a part); the row after the places is that of all together. The
    nodes are the sum of each month over the places, and for each row that of each quarter
    over its months and that of each quarter with those before it. What leaves them all
    stands in ``REST``.

    Different families do not add up over months: how many came more than once a reader
    does not know. That is an unknown count of each quarter and of the year, which adds
    up over the places as all others do. What adds up is protected exactly; that a year
    has no fewer families than a month is no network, and ``limits`` stands in for it:
    linear programming still narrows a few small counts in a thousand
    (``tests/reports/test_told_year_attacked.py``).
    """

    REST = "rest"

    def __init__(self, parts, rows, adds_up):
        self.parts, self.height, self.adds_up = parts, len(rows), adds_up
        self.cells, self.lines, self.ends, self.unknown = {}, [], {}, {}
        self.within, self.around = defaultdict(list), defaultdict(list)
        self.beside = {}
        for code, values in zip(parts, map(list, zip(*rows, strict=True)), strict=True):
            if self.height > 1:
                values.append(sum(values))
                self.lines.append([(row, code) for row in range(len(values))])
            self.cells |= {(row, code): n for row, n in enumerate(values)}
        for row in range(self.height + (self.height > 1)):
            self._add_row(row)

    def _add_row(self, row):
        """Its lines over time, and between which nodes each of its counts stands."""
        before = None
        for code, part in self.parts.items():
            if part.length == 1:
                quarter = Period.quarter_of(part.first).code
                below = (row, quarter) if quarter in self.parts else self.REST
                self._connect(row, code, self._sum_of(code), below)
            elif "Q" in code:
                months = [f"{month:%Y-%m}" for month in part.months]
                self._add_line(row, months, code)
                before = before or code
            else:
                quarter = Period.quarter_of(part.last).code
                self._add_line(row, [before, quarter], code)
                for inner in (before, quarter):
                    self._connect(row, inner, (row, inner), (row, code))
                before = code
        if before:
            self._connect(row, before, (row, before), self.REST)

    def owner(self, name):
        """The row whose municipality knows the count; nobody knows that of all together."""
        row = name[1] if name[0] == "overlap" else name[0]
        return row if row < self.height else None

    @property
    def costs(self):
        """What readers miss more costs more: a year than a month, all than one place."""
        return {
            (row, code): (5 if row == self.height else 1)
            * (self.parts[code].length + 2)
            + min(value, 1000) / 2000
            for (row, code), value in self.cells.items()
        }

    def _connect(self, row, code, above, below):
        """More of the count is more in ``above`` and less in ``below``; of all together
        it is the other way round."""
        is_of_all = row == self.height
        self.ends[row, code] = (above, below) if is_of_all else (below, above)

    def _add_line(self, row, codes, total):
        whole, parts = (row, total), [(row, code) for code in codes]
        self.lines.append([*parts, whole])
        if self.adds_up:
            return
        for part in parts:
            for inner in [part, *self.within[part]]:
                self.within[whole].append(inner)
                self.around[inner].append(whole)
        came = sorted(self.cells[part] for part in parts if self.cells[part])
        if len(came) < 2:
            return
        self.beside[whole] = came[-2]
        rest, limit = self._sum_of(("overlap", total)), settings.SMALL_NUMBERS_BELOW
        self.unknown["overlap", row, total] = (
            *((whole, rest) if row == self.height else (rest, whole)),
            min(sum(came) - self.cells[whole], limit),
            min(self.cells[whole] - came[-1], limit),
        )

    def limits(self, cell, hidden):
        """How much less and more a count can be beside others of its time.

        Different families of a year are no fewer than those of any of its months: not
        than a month that is told, and, where the largest month could be less too, not
        than the second.
        """
        told = [self.cells[c] for c in self.within[cell] if c not in hidden]
        around = (self.cells[c] for c in self.around[cell] if c not in hidden)
        least = max([self.beside.get(cell, 0), *told])
        return self.cells[cell] - least, min(around, default=inf) - self.cells[cell]

    def _sum_of(self, part):
        """Where a part adds up over places; with one place nothing does."""
        return ("sum", part) if self.height > 1 else self.REST
