"""The numbers of one year as they may leave the team, whichever part is asked for.

Whatever leaves the team may be put beside everything else that did: months, quarters, the
year, each municipality and all together, and the reports in which a municipality reads
its own numbers as they are. What hides a small count in one document must therefore hold
against all the others, so it is decided once for a whole calendar year and all
municipalities, and a document shows a part of that (``reports/told.py``).

It also has to hold against what was read earlier. So a part of a year is told from the
15th day after it, when its reports are in, is written down then (``ToldPart``), and is
told the same for good, whatever is corrected later: the difference would be a small count.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from interface.latvian import latvian_order
from municipalities.models import Municipality
from reports.attended import with_hidden_counts
from reports.counting import OF_EVENTS
from reports.indicators import (
    INDICATORS,
    compute,
    compute_by_month,
    compute_by_place,
    compute_by_place_and_month,
)
from reports.models import ToldPart
from reports.periods import Period
from reports.reach import in_use, scope_of
from reports.small_numbers import Shown
from reports.told_table import Table, to_hold_back

ALL = None
"""Stands for all municipalities together, beside the keys of each."""
SETTLED_AFTER = timedelta(days=14)


class NotOverYet(ValueError):
    """The period is not over, or so lately that its reports are still coming in."""


def is_settled(period):
    """Its reports had two weeks to come in and be approved."""
    return timezone.localdate() > period.last + SETTLED_AFTER


def over(period):
    """The period, if it is settled; else ``NotOverYet``."""
    if not is_settled(period):
        raise NotOverYet(period.code)
    return period


def since_january(year):
    """From January to the end of the last quarter that is settled."""
    ends = [part for part in parts_of(year).values() if part.length % 3 == 0]
    if not ends:
        raise NotOverYet(year.code)
    return Period.between(year.first, max(part.last for part in ends))


def parts_of(year):
    """``{code: Period}`` of what is settled of a year, in the order in which it ended.

    Months, quarters, and from January on half a year, nine months, the year.
    """
    parts = {}
    for month in year.months:
        ending = [Period.between(month, month)]
        if month.month % 3 == 0:
            ending.append(Period.quarter_of(month))
            ending.append(Period.between(year.first, month))
        parts |= {part.code: part for part in ending if is_settled(part)}
    return parts


@dataclass
class ToldYear:
    """All values of a year: ``value(indicator, place, code)`` is a ``Shown``.

    ``place`` is the key of a municipality or ``ALL``; ``code`` names one of ``parts``.
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


def told_year(number, *, also_of_work=True):
    """A calendar year as it is told; what is told for the first time is written down.

    Without ``also_of_work`` what is not about families may be missing: then nothing is
    counted that was told before.
    """
    year = Period.parse(str(number))
    parts = parts_of(year)
    memory = _memory(parts)
    unclear = ()
    with transaction.atomic():
        if also_of_work or len(memory) < len(parts):
            places, values = _counted(parts, year)
            unclear = with_hidden_counts(year)
        else:
            places, values = _places(year, set()), {}
    known = [place.pk for place in places]
    also = {place for cells in memory.values() for _key, place in cells} - {ALL}
    keys = [*known, *sorted(also - set(known))]
    held = {}
    for indicator in INDICATORS:
        if indicator.is_about_families:
            _as_told_before(indicator, values, memory, parts, keys)
            held[indicator.key] = _held(indicator, parts, keys, values, memory, unclear)
    if not _written_down(parts, memory, values, held, keys):
        return told_year(number, also_of_work=also_of_work)
    _fold(places, keys, values, held, parts)
    return ToldYear(places, parts, values, held)


def _memory(parts):
    """``{code: {(key, place): (count, is held back)}}`` of what was told before."""
    rows = ToldPart.objects.filter(
        code__in=parts, below=settings.SMALL_NUMBERS_BELOW
    ).values_list("code", "cells")
    return {
        code: {
            (key, int(place) if place else ALL): tuple(cell)
            for key, row in cells.items()
            for place, cell in row.items()
        }
        for code, cells in rows
    }


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


def _as_told_before(indicator, values, memory, parts, keys):
    """What was told before in place of what is counted now; and sums of that."""
    key = indicator.key
    for code, part in parts.items():
        for place in [*keys, ALL]:
            row = values.setdefault((code, place), {})
            if code in memory:
                row[key] = memory[code].get((key, place), (0, False))[0]
            elif part.length > 1 and memory:
                months = [
                    values[f"{month:%Y-%m}", place].get(key, 0) for month in part.months
                ]
                if not indicator.source.day:
                    row[key] = months[-1]
                elif indicator.adds_up:
                    row[key] = sum(months)
                else:
                    row[key] = min(max([row.get(key, 0), *months]), sum(months))


def _held(indicator, parts, places, values, memory, unclear):
    """``{(place, code)}`` of what is held back beside the small values."""
    key = indicator.key
    before = {
        (place, code)
        for code, cells in memory.items()
        for (of, place), (_count, is_held) in cells.items()
        if of == key and is_held
    }
    if not places or not parts:
        return before
    if indicator.unit in OF_EVENTS:
        found = {
            (place, code)
            for place, month in unclear
            for code, part in parts.items()
            if code not in memory and part.first <= month <= part.last
        }
        return before | found | {(ALL, code) for _place, code in found}
    rows = [
        tuple(values[code, place].get(key, 0) for code in parts) for place in places
    ]
    names = [*places, ALL]
    held = {(names.index(place), code) for place, code in before if place in names}
    if not indicator.source.day:
        found = _held_each_by_itself(parts, rows, held, memory)
    else:
        found = _held_cells(
            indicator.adds_up,
            tuple(parts.items()),
            tuple(rows),
            frozenset(held),
            frozenset(memory),
            settings.SMALL_NUMBERS_BELOW,
        )
    found = {(names[row], code) for row, code in found}
    if len(places) == 1:
        found |= {(ALL, code) for _place, code in found}
    return found


def _held_each_by_itself(parts, rows, held, memory):
    """What stands open on a day adds up over places alone; of a quarter it is its last."""
    found = set(held)
    for number, (code, part) in enumerate(parts.items()):
        if code in memory:
            continue
        month = Period.between(part.last, part.last)
        last = list(parts).index(month.code)
        if number != last:
            found |= {(row, code) for row, of in found if of == month.code}
            continue
        table = Table({code: part}, [(row[number],) for row in rows], adds_up=True)
        found |= to_hold_back(table)
    return found


@lru_cache(maxsize=256)
def _held_cells(adds_up, parts, rows, before, memory, _limit):
    """Kept while the numbers are the same: of twenty municipalities it takes seconds.

    Month by month, so that nothing is decided anew about what was told before.
    """
    held, told = set(), set()
    for number, (code, part) in enumerate(parts, start=1):
        following = parts[number][1].last if number < len(parts) else None
        held |= {cell for cell in before if cell[1] == code}
        if following == part.last:
            continue
        table = Table(dict(parts[:number]), [row[:number] for row in rows], adds_up)
        if code not in memory:
            held = to_hold_back(table, held=held, told=told)
        told = table.cells.keys() - held
    return held


def _written_down(parts, memory, values, held, places):
    """Keep what is told for the first time; False if somebody else was faster."""
    new = [
        ToldPart(
            code=code,
            below=settings.SMALL_NUMBERS_BELOW,
            cells=_cells(code, values, held, places),
        )
        for code in parts
        if code not in memory
    ]
    if not new:
        return True
    ToldPart.objects.bulk_create(new, ignore_conflicts=True)
    return ToldPart.objects.filter(pk__in=[row.pk for row in new]).count() == len(new)


def _cells(code, values, held, places):
    cells = defaultdict(dict)
    for key, holds in held.items():
        for place in [*places, ALL]:
            count, is_held = values[code, place].get(key, 0), (place, code) in holds
            if count or is_held:
                cells[key]["" if place is ALL else str(place)] = [count, int(is_held)]
    return cells


def _fold(places, keys, values, held, parts):
    """What became part of another is told under that one, where both are told."""
    known = {place.pk for place in places}
    merged = Municipality.objects.filter(pk__in=set(keys) - known).exclude(
        successor=None
    )
    for old, new in merged.values_list("pk", "successor"):
        for key, holds in held.items():
            for code in parts:
                count = values[code, old].get(key, 0)
                if not count:
                    continue
                row = values.setdefault((code, new), {})
                both = (count, row.get(key, 0))
                is_open = not {(old, code), (new, code)} & holds and not any(
                    Shown(one).is_small for one in both
                )
                row[key] = sum(both)
                if not is_open:
                    holds.add((new, code))
