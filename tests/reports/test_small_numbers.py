"""Few families are told as few, and no subtraction finds them."""

import random

import numpy as np
import pytest
from django.utils import translation
from scipy.optimize import linprog

from reports.small_numbers import HELD_BACK, Protected, Shown, protected


def told(counts):
    table = protected(counts)
    return [[str(cell) for cell in row] for row in [*table.rows, table.totals]]


@pytest.mark.parametrize(
    ("value", "text"), [(0, "0"), (1, "<5"), (4, "<5"), (5, "5"), (1200, "1\xa0200")]
)
def test_counts_from_one_to_four_are_told_as_few(value, text):
    with translation.override("lv"):
        assert str(Shown(value)) == text


def test_the_limit_can_be_set_and_work_is_never_hidden(settings):
    assert str(Shown(2, is_safe=True)) == "2"
    settings.SMALL_NUMBERS_BELOW = 1
    assert str(Shown(2)) == "2"


def test_a_small_count_takes_a_second_one_along():
    table = protected([[3, 9, 20]])

    assert [str(cell) for cell in table.rows[0]] == ["<5", HELD_BACK, "20", "32"]
    assert table.totals == table.rows[0]


def test_nothing_is_held_back_where_nothing_is_small():
    assert told([[5, 0], [6, 7]]) == [
        ["5", "0", "5"],
        ["6", "7", "13"],
        ["11", "7", "18"],
    ]


def test_held_back_and_small_counts_are_told_in_words():
    table = protected([[3, 9]])

    with translation.override("en"):
        assert [cell.in_words for cell in table.rows[0][:2]] == [
            "fewer than 5",
            "not told",
        ]
    assert [cell.cell for cell in table.rows[0][:2]] == ["<5", HELD_BACK]


def attack(table):
    """What a reader learns by linear programming: ``[(cell, least, most), …]``.

    All that is told is used: every number, that “<5” is 1 to 4, that noughts are told and
    a dot is none, and that rows and columns add up.
    """
    grid = [*table.rows, table.totals]
    cells = [cell for row in grid for cell in row]
    number = np.arange(len(cells)).reshape(len(grid), -1)
    adds_up = []
    for line in [*number, *number.T]:
        equation = np.zeros(len(cells))
        equation[line], equation[line[-1]] = 1, -1
        adds_up.append(equation)
    for place, cell in enumerate(cells):
        if not cell.is_open:
            goal = np.zeros(len(cells))
            goal[place] = 1
            least, most = (
                linprog(
                    sign * goal,
                    A_eq=adds_up,
                    b_eq=np.zeros(len(adds_up)),
                    bounds=[told_range(it) for it in cells],
                )
                for sign in (1, -1)
            )
            yield cell, round(least.fun), np.inf if most.status else round(-most.fun)


def told_range(cell):
    if cell.is_held_back:
        return 1, None
    return (1, 4) if cell.is_small else (cell.value, cell.value)


def random_tables(count):
    chance = random.Random(20261112)
    for _number in range(count):
        height, width = chance.randint(2, 6), chance.randint(2, 5)
        few = chance.choice([[0, 1, 2, 3, 5, 8], [0, 0, 4, 6, 30], [1, 9, 12, 40]])
        yield [[chance.choice(few) for _ in range(width)] for _ in range(height)]


def test_linear_programming_finds_no_hidden_count_closer_than_it_is_told():
    attacked = 0
    for counts in random_tables(12):
        for cell, least, most in attack(protected(counts)):
            assert most - least >= 3, (counts, told(counts), cell)
            attacked += 1
    assert attacked > 80


def test_a_table_without_its_second_numbers_would_not_stand_the_attack():
    cells = [Shown(3), Shown(9), Shown(12)]
    bare = Protected([cells, cells], [Shown(6), Shown(18), Shown(24)])

    assert all(least == most for _cell, least, most in attack(bare))
