"""Telling a year: deciding what leaves the team of each part of it, once.

The worker does it in the night after the 14th day, because a whole year of forty
municipalities takes a minute. No page waits for it, and no reader decides by coming first.
"""

import logging
from collections import defaultdict
from datetime import datetime, time, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks import task

from cases.models import Case, Visit
from evaluation.services.recommendations import texts_in_use
from families.services.everybody import look_ahead
from interface.days import FIRST_MONTH
from privacy.moment import one_moment
from reports.attended import with_hidden_counts
from reports.counting import OF_EVENTS
from reports.indicators import (
    TOLD,
    compute,
    compute_by_month,
    compute_by_place,
    compute_by_place_and_month,
)
from reports.models import ToldPart
from reports.periods import Period
from reports.reach import scope_of
from reports.services import kept_answers
from reports.services.letters import queue_once
from reports.services.recounting import count_ahead
from reports.told_table import Table, to_hold_back
from reports.told_year import ALL, parts_of, told_before

logger = logging.getLogger(__name__)

NIGHT = time(4)
FLOWS = [i for i in TOLD if i.is_about_families and i.source.day]
STOCKS = [i for i in TOLD if i.is_about_families and not i.source.day]


@transaction.atomic
def begin_telling():
    """See to it that what is due is told now and each night; called at every start."""
    queue_once(night, timezone.now())


@transaction.atomic
def wait_for_night():
    tomorrow = timezone.localdate() + timedelta(days=1)
    queue_once(night, timezone.make_aware(datetime.combine(tomorrow, NIGHT)))


@task()
def night():
    """Tell what is due, and prepare what would take long while somebody waits.

    The waiting for the next night comes first.
    """
    wait_for_night()
    tell_due()
    count_ahead()
    kept_answers.count_ahead()
    look_ahead(texts_in_use())


def tell_due():
    """Tell whatever is settled since the year before the log began.

    A year of which no address can ask is not told: nothing would read its code back.
    """
    firsts = [
        Visit.objects.order_by("visited_on").values_list("visited_on", flat=True),
        Case.objects.order_by("opened_on").values_list("opened_on", flat=True),
    ]
    days = [day for rows in firsts for day in rows[:1]]
    this_year = timezone.localdate().year
    began = min([this_year, *(day.year for day in days)])
    for number in range(max(began - 1, FIRST_MONTH.year), this_year + 1):
        tell(number)


def tell(number):
    """Decide and write down what is settled of a calendar year and was not told yet."""
    year = Period.of_year(number)
    parts = parts_of(year)
    with one_moment():
        memory = told_before(parts)
        if len(memory) == len(parts):
            return
        values, unclear = _values(parts, year), with_hidden_counts(year)
    of_memory = [row for cells in memory.values() for row in cells.values()]
    places = {place for _code, place in values}.union(*of_memory) - {ALL}
    keys = sorted(places)
    cells = {code: {} for code in parts}
    for indicator in TOLD:
        if indicator.is_about_families:
            _as_told_before(indicator, values, memory, parts, keys)
            held = _held(indicator, parts, keys, values, memory, unclear)
            for code in parts:
                cells[code][indicator.key] = _cells(indicator, code, values, held, keys)
    new = [
        ToldPart(code=code, below=settings.SMALL_NUMBERS_BELOW, cells=cells[code])
        for code in parts
        if code not in memory
    ]
    try:
        with transaction.atomic():
            ToldPart.objects.bulk_create(new)
    except IntegrityError:
        logger.info("Another worker was faster to tell %s", number)


def _values(parts, whole):
    """``{(code, place): {key: value}}``, counted anew for each part."""
    values = defaultdict(dict)
    scope = scope_of(whole, None)
    for (place, month), cell in compute_by_place_and_month(scope, FLOWS).items():
        values[f"{month:%Y-%m}", place] |= cell
    for month, cell in compute_by_month(scope, FLOWS).items():
        values[f"{month:%Y-%m}", ALL] |= cell
    for code, part in parts.items():
        within = scope_of(part, None)
        counted = STOCKS if part.length == 1 else [*FLOWS, *STOCKS]
        for place, cell in compute_by_place(within, counted).items():
            values[code, place] |= cell
        values[code, ALL] |= compute(within, counted)
    return values


def _as_told_before(indicator, values, memory, parts, keys):
    """What was told before in place of what is counted now; and sums of that."""
    key = indicator.key
    for code, part in parts.items():
        for place in [*keys, ALL]:
            row = values[code, place]
            if key in memory.get(code, ()):
                row[key] = memory[code][key].get(place, (0, False))[0]
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
    before = set()
    for code, cells in memory.items():
        # What is declared later than a part was told is never told of it
        hides = cells.get(key, dict.fromkeys([*places, ALL], (0, True)))
        before |= {
            (place, code)
            for place, (_count, is_held) in hides.items()
            if is_held and values[code, place].get(key)
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
    rows = [[values[code, place].get(key, 0) for code in parts] for place in places]
    names = [*places, ALL]
    held = {(names.index(place), code) for place, code in before if place in names}
    if not indicator.source.day:
        found = _held_each_by_itself(parts, rows, held, memory)
    else:
        found = _held_cells(indicator.adds_up, parts, rows, held, memory)
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


def _held_cells(adds_up, parts, rows, before=(), memory=()):
    """Month by month, so that nothing is decided anew about what was told before."""
    parts = list(parts.items())
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


def _cells(indicator, code, values, held, places):
    found = {}
    for place in [*places, ALL]:
        count, is_held = (
            values[code, place].get(indicator.key, 0),
            (place, code) in held,
        )
        if count or is_held:
            found["" if place is ALL else str(place)] = [count, int(is_held)]
    return found
