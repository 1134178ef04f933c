"""The numbers of one year as they may leave the team, whichever part is asked for.

Whoever asks by a program asks for everything: months, quarters, the year, each
municipality and all together. What hides a small count in one answer must therefore
hold against all the others, so it is decided once for a whole calendar year and all
municipalities, and an answer shows a part of that.

It also has to hold against what was read earlier. So a month, a quarter, a year is told
when it is over and not before: two states of a running one would tell by their
difference what came between. And what was told stays told, what was hidden stays hidden:
the year is gone through month by month, and each month decides about what ends with it.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from math import inf

from django.conf import settings
from django.db import transaction

from interface.latvian import latvian_order
from municipalities.models import Municipality
from reports.counting import OF_EVENTS
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
WHOLE_PROJECT = "project"
"""Stands for what belongs to no municipality; it is never told by itself."""


class NotOverYet(ValueError):
    """The period is not over."""


def over(period):
    """The period, if it is over; else ``NotOverYet``."""
    if not period.is_over:
        raise NotOverYet(period.code)
    return period


def since_january(year):
    """From January to the end of the last quarter that is over."""
    ends = [part for part in parts_of(year).values() if part.length % 3 == 0]
    if not ends:
        raise NotOverYet(year.code)
    return Period.between(year.first, max(part.last for part in ends))


def parts_of(year):
    """``{code: Period}`` of what is over of a year, in the order in which it ended.

    Months, quarters, and from January on half a year, nine months, the year.
    """
    parts = {}
    for month in year.months:
        ending = [Period.between(month, month)]
        if month.month % 3 == 0:
            ending.append(Period.quarter_of(month))
            ending.append(Period.between(year.first, month))
        parts |= {part.code: part for part in ending if part.is_over}
    return parts


@dataclass
class ToldYear:
    """All values of a year: ``value(indicator, place, code)`` is a ``Shown``.

    ``place`` is the key of a municipality or ``ALL``; ``code`` names a month, a quarter
    or the year. Months and quarters are those of ``parts``.
    """

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
        places, values = _counted(parts, year)
    keys = [place.pk for place in places]
    held = {i.key: set(_held(i, parts, keys, values)) for i in INDICATORS}
    return ToldYear(places, parts, values, held)


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
    if indicator.unit in OF_EVENTS:
        whole = {
            (WHOLE_PROJECT, code): values[code, ALL].get(indicator.key, 0)
            - sum(count[place, code] for place in places)
            for code in parts
        }
        if any(whole.values()):
            count, places = count | whole, [*places, WHOLE_PROJECT]
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
    if not parts:
        return
    names, codes = [*places, ALL], list(parts)
    found = _held_cells(
        indicator.adds_up,
        tuple(parts.items()),
        tuple(tuple(count[place, code] for code in codes) for place in places),
        settings.SMALL_NUMBERS_BELOW,
    )
    for row, code in found:
        yield names[row], code
        if len(places) == 1:
            yield ALL, code


@lru_cache(maxsize=256)
def _held_cells(adds_up, parts, rows, _limit):
    """Kept while the numbers are the same: of twenty municipalities it takes a second.

    Month by month, so that nothing is decided anew about what was told before.
    """
    held, told = set(), set()
    for number, (_code, part) in enumerate(parts, start=1):
        following = parts[number][1].last if number < len(parts) else None
        if following == part.last:
            continue
        table = _Table(dict(parts[:number]), [row[:number] for row in rows], adds_up)
        held = held_back(
            table.cells,
            table.lines,
            table.ends,
            unknown=table.unknown,
            limits=table.limits,
            costs=table.costs,
            held=held,
            told=told,
        )
        told = table.cells.keys() - held
    return held


class _Table:
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
