"""The numbers of one year as they may leave the team, whichever part is asked for.

Whoever asks by a program asks for everything: months, quarters, the year, each
municipality and all together. What hides a small count in one answer must therefore
hold against all the others, so it is decided once for a whole calendar year and all
municipalities, and an answer shows a part of that. Only months that are over are
counted: of a running month each day would tell what was added since the day before.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from math import inf

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from interface.latvian import latvian_order
from municipalities.models import Municipality
from reports.indicators import (
    INDICATORS,
    compute,
    compute_by_month,
    compute_by_place,
    compute_by_place_and_month,
)
from reports.periods import Period
from reports.reach import in_use, scope_of
from reports.small_numbers import Shown, held_back, protected

ALL = None
"""Stands for all municipalities together, beside the keys of each."""


class NothingIsOver(ValueError):
    """No month of the period is over yet."""


def over(period):
    """The part of a period that is over, in whole months."""
    months = [m for m in period.months if Period.between(m, m).is_over]
    if not months:
        raise NothingIsOver(period.code)
    return Period.between(months[0], months[-1])


def parts_of(year):
    """``{code: Period}``: months, quarters and year, as far as they are over."""
    months = over(year).months
    parts = [Period.between(month, month) for month in months]
    parts += dict.fromkeys(Period.quarter_of(month) for month in months)
    return {part.code: over(part) for part in [*parts, year]}


@dataclass
class ToldYear:
    """All values of a year: ``value(indicator, place, code)`` is a ``Shown``.

    ``place`` is the key of a municipality or ``ALL``; ``code`` names a month, a quarter
    or the year. Months and quarters are those of ``parts``.
    """

    year: Period
    as_of: datetime
    places: list[Municipality]
    parts: dict[str, Period]
    values: dict = field(repr=False)
    held: dict = field(repr=False)

    def value(self, indicator, place, code):
        return Shown(
            self.values.get((code, place), {}).get(indicator.key, indicator.value(0)),
            is_safe=not indicator.is_about_families,
            is_held_back=(place, code) in self.held.get(indicator.key, ()),
        )


def told_year(number):
    """Count a calendar year as it stands now. The number of queries depends on no data."""
    year = Period.parse(str(number))
    parts = parts_of(year)
    with transaction.atomic():
        places, values = _counted(parts, parts[year.code])
    keys = [place.pk for place in places]
    held = {i.key: set(_held(i, parts, keys, values)) for i in INDICATORS}
    return ToldYear(year, timezone.localtime(), places, parts, values, held)


def _counted(parts, whole):
    """The municipalities, and ``{(code, place): {key: value}}``."""
    scope = scope_of(whole, None)
    by_cell = compute_by_place_and_month(scope)
    places = _places(whole, {place for place, _month in by_cell})
    return places, _values(parts, places, compute_by_month(scope), by_cell)


def _places(whole, counted):
    """Those in use or with any number, in Latvian order."""
    places = set(in_use(Municipality.objects.all(), whole))
    places |= set(Municipality.objects.filter(pk__in=counted))
    return in_order(places)


def in_order(places):
    """The same whoever asks, in whichever language."""
    return sorted(places, key=lambda place: latvian_order(place.label_lv))


def _values(parts, places, by_month, by_cell):
    """``{(code, place): {key: value}}``, counted anew for each part."""
    values = {}
    for code, part in parts.items():
        within = scope_of(part, None)
        if part.length == 1:
            stocks = [i for i in INDICATORS if not i.source.day]
            of_all = by_month.get(part.first, {}) | compute(within, stocks)
            standing = compute_by_place(within, stocks)
            of_places = {
                place.pk: by_cell.get((place.pk, part.first), {})
                | standing.get(place.pk, {})
                for place in places
            }
        else:
            of_all, of_places = compute(within), compute_by_place(within)
        values[code, ALL] = of_all
        values |= {(code, place.pk): of_places.get(place.pk, {}) for place in places}
    return values


def _held(indicator, parts, places, values):
    """``(place, code)`` of what is held back beside the small values."""
    if not indicator.is_about_families or not places:
        return
    count = {
        (place, code): values[code, place].get(indicator.key, 0)
        for place in places
        for code in parts
    }
    if indicator.source.day:
        yield from _held_in_table(indicator, parts, places, count)
        return
    # What stands open on a day adds up over places alone
    for code in parts:
        told = protected([[count[place, code] for place in places]])
        for place, cell in zip([*places, ALL], told.totals, strict=True):
            if cell.is_held_back:
                yield place, code


def _held_in_table(indicator, parts, places, count):
    """Months add up to quarters, those to the year, and places to all, at once."""
    names, codes = [*places, ALL], list(parts)
    found = _held_cells(
        indicator.adds_up,
        tuple(parts.items()),
        tuple(tuple(count[place, code] for code in codes) for place in places),
        settings.SMALL_NUMBERS_BELOW,
    )
    for row, column in found:
        yield names[row], codes[column]
        if len(places) == 1:
            yield ALL, codes[column]


@lru_cache(maxsize=256)
def _held_cells(adds_up, parts, rows, _limit):
    """Kept while the numbers are the same: of twenty municipalities it takes a second."""
    table = _Table(dict(parts), rows, adds_up)
    return held_back(
        table.cells,
        table.lines,
        table.ends,
        table.overlaps,
        table.limits,
        table.costs,
    )


class _Table:
    """The counts of one indicator as lines that add up, and as a network.

    A cell is (row, column); the row after the places is that of all together. The nodes
    are the sum of each month over the places, and for each row that of each quarter over
    its months and that of the year. What leaves them all stands in ``REST``.

    Different families do not add up over months: how many came more than once a reader
    does not know. That is an unknown count of each quarter and of the year, which adds
    up over the places as all others do. What adds up is protected exactly; that a year
    has no fewer families than a month is no network, and ``limits`` stands in for it:
    linear programming still narrows about one small count in a thousand
    (``tests/reports/test_told_year_attacked.py``).
    """

    REST = "rest"

    def __init__(self, parts, rows, adds_up):
        self.parts, self.codes = parts, list(parts)
        self.height, self.adds_up = len(rows), adds_up
        self.cells, self.lines, self.ends, self.overlaps = {}, [], {}, {}
        self.within, self.around = defaultdict(list), defaultdict(list)
        self.beside = {}
        self.year = len(self.codes) - 1
        for column, values in enumerate(map(list, zip(*rows, strict=True))):
            if self.height > 1:
                values.append(sum(values))
                self.lines.append([(row, column) for row in range(len(values))])
            self.cells |= {(row, column): n for row, n in enumerate(values)}
        for row in range(self.height + (self.height > 1)):
            self._add_row(row)

    def _add_row(self, row):
        """Its lines over time, and between which nodes each of its counts stands."""
        quarters = [n for n, code in enumerate(self.codes) if "Q" in code]
        for quarter in quarters:
            part = self.parts[self.codes[quarter]]
            months = [self.codes.index(f"{month:%Y-%m}") for month in part.months]
            for month in months:
                self._connect(row, month, self._sum_of(month), (row, quarter))
            self._add_line(row, months, quarter)
            self._connect(row, quarter, (row, quarter), (row, self.year))
        self._add_line(row, quarters, self.year)
        self._connect(row, self.year, (row, self.year), self.REST)

    @property
    def costs(self):
        """What readers miss more costs more: a year than a month, all than one place."""
        return {
            (row, column): (5 if row == self.height else 1)
            * (4 if column == self.year else 2 if "Q" in self.codes[column] else 1)
            + min(value, 1000) / 2000
            for (row, column), value in self.cells.items()
        }

    def _connect(self, row, column, above, below):
        """More of the count is more in ``above`` and less in ``below``; of all together
        it is the other way round."""
        is_of_all = row == self.height
        self.ends[row, column] = (above, below) if is_of_all else (below, above)

    def _add_line(self, row, columns, total):
        whole, parts = (row, total), [(row, column) for column in columns]
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
        self.overlaps["overlap", row, total] = (
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

    def _sum_of(self, column):
        """Where a column adds up over places; with one place nothing does."""
        return ("sum", column) if self.height > 1 else self.REST
