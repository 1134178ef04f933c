"""Counts of any stretch of months as they may leave the team: for each document the same.

A month, a quarter, half a year, nine months or a year of the calendar is told as
``reports/told_year.py`` decided. Of any other stretch a count is told where each of the
parts that it is put together of is told, and held back otherwise. Different families of
it cannot be worked out from those. They are told where nothing else that is told begins
or ends with the stretch and is less than a quarter longer or shorter: the difference
would be those who were new in a month or two.
"""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from interface.latvian import full_date
from privacy.moment import NotWrittenDown, is_read_alone
from reports.models import ToldPart
from reports.periods import Period
from reports.small_numbers import Shown
from reports.told_year import ALL, shapes_of, told_year

QUARTER = 3
"""Months."""


@dataclass(frozen=True)
class ToldAt:
    """When the counts that a document only repeats were made; as text a sentence for it."""

    first: datetime
    last: datetime

    def __str__(self):
        first, last = full_date(self.first), full_date(self.last)
        if first == last:
            return _(
                "Indicators of families, people, cases, achievements and participants were "
                "counted on %(day)s; later corrections are not in them."
            ) % {"day": first}
        return _(
            "Indicators of families, people, cases, achievements and participants were "
            "counted from %(first)s to %(last)s; later corrections are not in them."
        ) % {"first": first, "last": last}


def lines_of(told_at):
    """What the first sheet of a workbook says of it: one pair, or none."""
    return [(_("When it was counted"), str(told_at))] if told_at else []


class Told:
    """What one document tells; each year is looked up once."""

    def __init__(self):
        self._years = {}
        self._moments = set()

    @property
    def at(self):
        """The ``ToldAt`` of what was asked for until now; None where nothing was told."""
        if not self._moments:
            return None
        return ToldAt(min(self._moments), max(self._moments))

    def value(self, indicator, place, period, count):
        """The ``Shown`` of one municipality (its key) or of ``ALL``.

        ``count`` is what the log says today; it is told of what is about nobody, and of
        different families of a stretch of which all parts are told.
        """
        return self.together(indicator, [place], period, count)

    def together(self, indicator, places, period, count):
        """The same of some municipalities together, by their keys; all are ``ALL``."""
        if not indicator.is_about_families or settings.SMALL_NUMBERS_BELOW <= 1:
            return Shown(count, is_safe=not indicator.is_about_families)
        if not indicator.source.day:
            period = Period.between(period.last, period.last)
        parts = list(self._parts(period))
        if not all(code in year.parts for year, code in parts):
            return Shown(count, is_held_back=True)
        self._moments.update(*(year.moments(code) for year, code in parts))
        each = {
            place.pk
            for year, code in parts
            for place in year.places
            if year.value(indicator, place.pk, code).value
        }
        if len(places) > 1 and each <= set(places):
            places = [ALL]
        cells = self._cells(indicator, places, parts)
        if len(cells) == 1:
            return cells[0]
        if not all(cell.is_open for cell in cells):
            return Shown(count, is_held_back=True)
        if indicator.adds_up or len(parts) == 1:
            return Shown(sum(cell.value for cell in cells))
        # Different families of all together add up over the municipalities
        if ALL in places:
            cells = self._cells(indicator, each, parts)
        if not all(cell.is_open for cell in cells):
            return Shown(count, is_held_back=True)
        # A later correction is in what is counted now, and not in the parts
        values = [cell.value for cell in cells]
        count = min(max([count, *values]), sum(values))
        first, moment = _told_first(indicator, places, period, count)
        if first is None:
            return Shown(count, is_held_back=True)
        self._moments.add(moment)
        return Shown(first)

    def _cells(self, indicator, places, parts):
        return [
            year.value(indicator, place, code)
            for place in places
            for year, code in parts
        ]

    def _parts(self, period):
        """``(ToldYear, code)`` of the parts that a stretch is put together of."""
        for number in range(period.first.year, period.last.year + 1):
            if number not in self._years:
                self._years[number] = told_year(number)
            year, whole = self._years[number], Period.of_year(number)
            inner = Period.between(
                max(period.first, whole.first), min(period.last, whole.last)
            )
            if inner.code in year.parts:
                yield year, inner.code
                continue
            quarters = {}
            for month in inner.months:
                quarter = Period.quarter_of(month)
                is_inside = inner.first <= quarter.first and quarter.last <= inner.last
                part = quarter if is_inside else Period.between(month, month)
                quarters[part.code] = part
            yield from ((year, code) for code in quarters)


def _told_first(indicator, places, period, count):
    """What was told the first time of different families of a stretch, and when.

    None of a stretch that is too near to another. Raises ``NotWrittenDown`` where it would
    have to be written while a moment is only read.
    """
    name = ",".join(
        "" if place is ALL else str(place) for place in sorted(places, key=str)
    )
    memory = ToldPart.objects.filter(below=settings.SMALL_NUMBERS_BELOW)
    ends = [f"{period.first:%Y-%m}", f"{period.last:%Y-%m}"]
    if is_read_alone():
        row = memory.filter(code=period.code).first()
        cells = row.cells.get(indicator.key, {}) if row else {}
        if name not in cells and (row or _is_apart(period, memory)):
            raise NotWrittenDown(period.code)
        return _first_of(row, cells, name)
    with transaction.atomic():
        # Whoever tells a stretch that begins or ends like this one waits here
        list(memory.select_for_update().filter(code__in=ends).order_by("code"))
        row = memory.filter(code=period.code).first()
        if row is None:
            if not _is_apart(period, memory):
                return None, None
            row = ToldPart(
                code=period.code, below=settings.SMALL_NUMBERS_BELOW, cells={}
            )
        cells = row.cells.setdefault(indicator.key, {})
        if name not in cells:
            cells[name] = [count, 0, timezone.now().isoformat()]
            row.save()
    return _first_of(row, cells, name)


def _first_of(row, cells, name):
    if name not in cells:
        return None, None
    told, _is_held, *moment = cells[name]
    # What was written down before the moment stood beside it is as old as its row
    return told, datetime.fromisoformat(moment[0]) if moment else row.told_at


def _is_apart(period, memory):
    """Whether what begins or ends with a stretch is a quarter longer or shorter at least."""
    first, last = f"{period.first:%Y-%m}/", f"/{period.last:%Y-%m}"
    near = memory.filter(Q(code__startswith=first) | Q(code__endswith=last))
    beside = [_stretch(code) for code in near.values_list("code", flat=True)]
    for year in {period.first.year, period.last.year}:
        beside += shapes_of(Period.of_year(year)).values()
    return all(
        abs(other.length - period.length) >= QUARTER
        for other in beside
        if other.first == period.first or other.last == period.last
    )


def _stretch(code):
    """“2026-02/2026-05”, which no address names."""
    first, last = map(Period.parse, code.split("/"))
    return Period.between(first.first, last.first)
