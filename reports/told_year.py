"""The numbers of one year as they may leave the team, whichever part is asked for.

Whatever leaves the team may be put beside everything else that did: months, quarters, the
year, each municipality and all together, and the reports in which a municipality reads
its own numbers as they are. What hides a small count in one document must therefore hold
against all the others, so it is decided once for a whole calendar year and all
municipalities, and a document shows a part of that (``reports/told.py``).

It also has to hold against what was read earlier. So a part of a year is told from the
15th day after it, when its reports are in; it is written down then (``ToldPart``, by
``reports/services/telling.py``), and is told the same for good, whatever is corrected
later: the difference would be a small count.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from interface.latvian import latvian_order
from municipalities.models import Municipality
from reports.indicators import (
    TOLD,
    compute,
    compute_by_month,
    compute_by_place,
    compute_by_place_and_month,
)
from reports.models import ToldPart
from reports.periods import Period
from reports.reach import in_use, scope_of
from reports.small_numbers import Shown, is_small

ALL = None
"""Stands for all municipalities together, beside the keys of each.

What no municipality but the whole project did is counted under the same key; it is in the
number of all together, which is written over it.
"""
SETTLED_AFTER = timedelta(days=14)
WORK = tuple(i for i in TOLD if not i.is_about_families)


class NotOverYet(ValueError):
    """The period is not over, or so lately that its reports are still coming in."""


def shapes_of(year):
    """``{code: Period}`` of the fixed shapes of a year, in the order in which they end.

    Months, quarters, and from January on half a year, nine months, the year.
    """
    shapes = {}
    for month in year.months:
        ending = [Period.between(month, month)]
        if month.month % 3 == 0:
            ending.append(Period.quarter_of(month))
            ending.append(Period.between(year.first, month))
        shapes |= {shape.code: shape for shape in ending}
    return shapes


def parts_of(year):
    """Those of its shapes that may be told: their reports had two weeks to come in."""
    settled_on = timezone.localdate() - SETTLED_AFTER
    shapes = shapes_of(year).items()
    return {code: shape for code, shape in shapes if shape.last < settled_on}


@dataclass
class ToldYear:
    """All values of a year: ``value(indicator, place, code)`` is a ``Shown``.

    ``place`` is the key of a municipality or ``ALL``; ``code`` names one of ``parts``.
    What is about nobody is there of the period that was asked for alone.
    """

    places: list[Municipality]
    parts: dict[str, Period]
    told_at: dict[str, datetime]
    """When each of ``parts`` was counted and written down."""
    values: dict = field(repr=False)
    held: dict = field(repr=False)
    """``{(code, key of an indicator): keys of municipalities}``; what was declared after
    a part was told is missing."""

    def value(self, indicator, place, code):
        row = self.values.get((code, place), {})
        count = row.get(indicator.key, indicator.value(0))
        if not indicator.is_about_families:
            return Shown(count, is_safe=True)
        held = self.held.get((code, indicator.key))
        return Shown(count, is_held_back=held is None or place in held)

    def moments(self, code):
        """When the counts of a part were made, the oldest first.

        A quarter or a year is put together of its months as they were told, so theirs too.
        """
        whole = self.parts[code]
        months = {f"{month:%Y-%m}" for month in whole.months}
        return sorted({self.told_at[one] for one in {code, *months} & {*self.parts}})


def told_year(number, *, with_work_of=None):
    """A calendar year as it is told: what was written down, and work as it is counted now.

    Work is counted of one period, of which months may be asked for too.
    """
    year = Period.of_year(number)
    parts = parts_of(year)
    found = _written_down(parts)
    memory = {code: cells for code, (cells, _moment) in found.items()}
    told_at = {code: moment for code, (_cells, moment) in found.items()}
    parts = {code: part for code, part in parts.items() if code in memory}
    values, held = defaultdict(dict), {}
    if with_work_of:
        _count_work(with_work_of, values)
    for code, cells in memory.items():
        for key, row in cells.items():
            held[code, key] = {
                place for place, (_count, is_held) in row.items() if is_held
            }
            for place, (count, _is_held) in row.items():
                values[code, place][key] = count
    keys = {place for _code, place in values} - {ALL}
    places = _places(year, keys)
    _fold(keys - {place.pk for place in places}, values, held)
    return ToldYear(places, parts, told_at, values, held)


def told_parts(number):
    """``{code: Period}`` of what was written down of a calendar year, without its counts."""
    parts = parts_of(Period.of_year(number))
    told = ToldPart.objects.filter(code__in=parts, below=settings.SMALL_NUMBERS_BELOW)
    codes = set(told.values_list("code", flat=True))
    return {code: part for code, part in parts.items() if code in codes}


def require(period):
    """Raise ``NotOverYet`` where the period is not told."""
    if period.code not in told_parts(period.first.year):
        raise NotOverYet(period.code)


def since_january(number):
    """From January to the end of the last quarter that is told, or ``NotOverYet``."""
    ends = [part for part in told_parts(number).values() if part.length % 3 == 0]
    if not ends:
        raise NotOverYet
    last = max(part.last for part in ends)
    return Period.between(last.replace(month=1), last)


def told_before(parts):
    """``{code: {key: {place: (count, is held back)}}}`` of what was told before."""
    return {code: cells for code, (cells, _moment) in _written_down(parts).items()}


def _written_down(parts):
    """``{code: (cells, when)}`` of what was told before."""
    rows = ToldPart.objects.filter(
        code__in=parts, below=settings.SMALL_NUMBERS_BELOW
    ).values_list("code", "cells", "told_at")
    return {code: (_by_place(cells), told_at) for code, cells, told_at in rows}


def _by_place(cells):
    return {
        key: {int(place) if place else ALL: tuple(cell) for place, cell in row.items()}
        for key, row in cells.items()
    }


def _count_work(period, values):
    scope = scope_of(period, None)
    for place, cell in compute_by_place(scope, WORK).items():
        values[period.code, place] |= cell
    for (place, month), cell in compute_by_place_and_month(scope, WORK).items():
        values[f"{month:%Y-%m}", place] |= cell
    values[period.code, ALL] |= compute(scope, WORK)
    for month, cell in compute_by_month(scope, WORK).items():
        values[f"{month:%Y-%m}", ALL] |= cell


def _places(whole, counted):
    """Those in use or with any number, in Latvian order."""
    places = set(in_use(Municipality.objects.all(), whole))
    return in_order(
        places | set(Municipality.objects.standing().filter(pk__in=counted))
    )


def in_order(places):
    """The same whoever asks, in whichever language."""
    return sorted(places, key=lambda place: latvian_order(place.label_lv))


def _fold(keys, values, held):
    """What became part of another is told under that one, where both are told."""
    merged = Municipality.objects.filter(pk__in=keys).exclude(successor=None)
    for old, new in merged.values_list("pk", "successor"):
        for (code, key), places in held.items():
            count = values[code, old].get(key, 0)
            if not count:
                continue
            both = count, values[code, new].get(key, 0)
            values[code, new][key] = sum(both)
            if {old, new} & places or any(map(is_small, both)):
                places.add(new)
