"""Whoever puts all answers about a year together finds no small number."""

import random

import numpy as np
import pytest
from scipy.optimize import linprog

from reports.indicators import BY_KEY
from reports.periods import Period
from reports.services.telling import _held_cells
from reports.small_numbers import is_small
from reports.told_year import ALL

ADDS_UP, DIFFERENT = BY_KEY["new_cases"], BY_KEY["families"]
FEW = ([0, 0, 0, 1, 2], [0, 1, 3, 5], [0, 2, 6, 9], [1, 4, 30, 40])


def parts(months):
    """What is over of a year of which so many months are over."""
    year = Period.parse("2026")
    found = []
    for month in year.months[:months]:
        found.append(Period.between(month, month))
        if month.month % 3 == 0:
            found.append(Period.quarter_of(month))
            found.append(Period.between(year.first, month))
    return {part.code: part for part in found}


def log(chance, places, months):
    """By place and month the families that came; most places and months have few."""
    few, stays = chance.choice(FEW), chance.choice([0.0, 0.5, 0.9])
    families = {}
    for place in places:
        before = []
        for month in months:
            size = chance.choice(few)
            kept = [family for family in before if chance.random() < stays][:size]
            new = [(place, month, n) for n in range(size - len(kept))]
            before = families[place, month] = [*kept, *new]
    return families


def counts(families, places, parts, indicator):
    """``{(place, code): count}``, of months added up or of different families."""
    found = {}
    for place in places:
        for code, part in parts.items():
            came = [one for month in part.months for one in families[place, month]]
            found[place, code] = len(came if indicator.adds_up else set(came))
    return found


def held_in(indicator, parts, places, count):
    """``{(place, code)}`` of what is held back, told month by month."""
    rows = [[count[place, code] for code in parts] for place in places]
    found = _held_cells(indicator.adds_up, parts, rows)
    names = [*places, ALL]
    held = {(names[row], code) for row, code in found}
    return held | {(ALL, code) for _row, code in found if len(places) == 1}


class Attack:
    """All that a reader knows, as equations and bounds for linear programming.

    ``knowing`` is the municipality of the reader, who knows its own counts from reports.
    """

    def __init__(self, indicator, places, parts, count, held, knowing=None):
        self.knowing = knowing
        self.columns = list(parts)
        self.rows = [*places, ALL]
        self.names = [(row, code) for row in self.rows for code in self.columns]
        self.count = count | {
            (ALL, code): sum(count[place, code] for place in places)
            for code in self.columns
        }
        self.held, self.equal, self.at_most = held, [], []
        for code in self.columns:
            self.add(self.equal, [(place, code) for place in places], (ALL, code))
        for row in self.rows:
            before = None
            for code, part in parts.items():
                if "Q" in code:
                    months = [f"{month:%Y-%m}" for month in part.months]
                    self.add_time(indicator, row, months, code)
                elif part.length > 1:
                    quarter = Period.quarter_of(part.last).code
                    self.add_time(indicator, row, [before, quarter], code)
                before = code if part.length > 1 and part.first.month == 1 else before

    def add_time(self, indicator, row, columns, total):
        cells = [(row, code) for code in columns]
        if indicator.adds_up:
            self.add(self.equal, cells, (row, total))
            return
        # No more than all together, no fewer than the most of one
        self.add(self.at_most, cells, (row, total), sign=-1)
        for cell in cells:
            self.add(self.at_most, [cell], (row, total))

    def add(self, where, cells, total, sign=1):
        line = np.zeros(len(self.names))
        for cell in cells:
            line[self.names.index(cell)] += sign
        line[self.names.index(total)] -= sign
        where.append(line)

    def bounds(self, cell):
        value = self.count[cell]
        if self.knowing is not None and cell[0] == self.knowing:
            return value, value
        if cell in self.held:
            return 1, None
        return (1, 4) if is_small(value) else (value, value)

    def is_own(self, cell):
        """Whether the reader knows it anyway, or its own part of it."""
        return self.knowing is not None and cell[0] in (self.knowing, ALL)

    def learned(self):
        """``(cell, least, most)`` of each small count."""
        bounds = [self.bounds(cell) for cell in self.names]
        for number, cell in enumerate(self.names):
            if not is_small(self.count[cell]) or self.is_own(cell):
                continue
            goal = np.zeros(len(self.names))
            goal[number] = 1
            found = [
                linprog(
                    sign * goal,
                    A_eq=np.array(self.equal),
                    b_eq=np.zeros(len(self.equal)),
                    A_ub=np.array(self.at_most) if self.at_most else None,
                    b_ub=np.zeros(len(self.at_most)) if self.at_most else None,
                    bounds=bounds,
                )
                for sign in (1, -1)
            ]
            least, most = found
            yield (
                cell,
                round(least.fun),
                np.inf if most.fun is None else round(-most.fun),
            )


def attacks(indicator, number, by_municipality):
    chance = random.Random(f"{indicator.key} {number}")
    places = list(range(chance.choice([1, 2, 3, 5])))
    of_year = parts(chance.choice([1, 3, 4, 7, 12]))
    families = log(chance, places, Period.parse("2026").months)
    count = counts(families, places, of_year, indicator)
    held = held_in(indicator, of_year, places, count)
    knowing = chance.choice(places) if by_municipality else None
    return Attack(indicator, places, of_year, count, held, knowing)


def narrowed(indicator, tables, *, by_municipality=False):
    """``(small counts, those left with fewer than the four values of “<5”)``."""
    seen, found = 0, []
    for number in range(tables):
        attack = attacks(indicator, number, by_municipality)
        for cell, least, most in attack.learned():
            if cell not in attack.held:
                seen += 1
                found += [(number, cell, least, most)] * (most - least < 3)
    return seen, found


@pytest.mark.once
@pytest.mark.slow
def test_what_adds_up_gives_no_small_count_away_to_linear_programming(so_many):
    seen, found = narrowed(ADDS_UP, so_many(300))

    assert seen > 100
    assert found == []


@pytest.mark.once
@pytest.mark.slow
def test_a_municipality_that_knows_its_own_counts_finds_none_of_another(so_many):
    seen, found = narrowed(ADDS_UP, so_many(300), by_municipality=True)

    assert seen > 50
    assert found == []


@pytest.mark.once
@pytest.mark.slow
def test_of_different_families_not_one_small_count_in_250_is_narrowed(so_many):
    seen, found = narrowed(DIFFERENT, so_many(300))

    assert seen > 100
    assert len(found) * 250 <= seen, found


def test_tables_protected_one_by_one_would_not_stand_the_attack():
    """January is hidden beside February, and the table of February alone tells that."""
    of_year, places = parts(3), [0, 1]
    count = {(place, code): 9 for place in places for code in of_year}
    count |= {(0, "2026-01"): 2, (0, "2026-Q1"): 20, (1, "2026-Q1"): 27}
    held = {(1, "2026-01")}

    learned = Attack(ADDS_UP, places, of_year, count, held).learned()

    assert {(least, most) for _cell, least, most in learned} == {(2, 2)}


@pytest.mark.once
@pytest.mark.parametrize("indicator", [ADDS_UP, DIFFERENT], ids=lambda i: i.key)
def test_what_was_told_or_hidden_in_one_month_is_so_in_each_later_one(indicator):
    chance, whole, places = random.Random(6), parts(12), list(range(3))
    count = counts(
        log(chance, places, Period.parse("2026").months), places, whole, indicator
    )
    at_last = held_in(indicator, whole, places, count)

    for months in range(1, 12):
        so_far = parts(months)
        then = held_in(indicator, so_far, places, count)
        assert then == {cell for cell in at_last if cell[1] in so_far}
    assert at_last
