"""Few families are told as few, and no subtraction finds them."""

import random
from itertools import product

import pytest
from django.utils import translation

from reports.small_numbers import HELD_BACK, Shown, protected


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


def possible(cell):
    """What a reader can think a count to be; twelve is enough for these tables."""
    if cell.is_held_back:
        return range(13)
    return range(1, 5) if cell.is_small else [cell.value]


def readings(table):
    """Every table that fits what is told, by trying all of them."""
    inner = [cell for row in table.rows for cell in row[:-1]]
    width = len(table.rows[0]) - 1
    for values in product(*map(possible, inner)):
        rows = [values[n : n + width] for n in range(0, len(values), width)]
        sums = [sum(row) for row in rows]
        columns = [sum(column) for column in zip(*rows, strict=True)]
        fits = zip(
            [*(row[-1] for row in table.rows), *table.totals],
            [*sums, *columns, sum(sums)],
            strict=True,
        )
        if all(not cell.is_open or cell.value == n for cell, n in fits) and all(
            n in possible(cell) or n > 12
            for cell, n in zip(table.totals, [*columns, sum(sums)], strict=True)
        ):
            yield values


def test_no_reader_works_a_small_count_out():
    chance = random.Random(20261112)
    for _number in range(60):
        counts = [[chance.choice([0, 1, 2, 3, 5, 6, 8]) for _ in "ab"] for _ in "ab"]
        table = protected(counts)
        cells = [cell for row in table.rows for cell in row[:-1]]
        found = list(zip(*readings(table), strict=True))
        for cell, values in zip(cells, found, strict=True):
            if cell.is_small and not cell.is_held_back:
                assert len(set(values)) > 1, (counts, told(counts))
