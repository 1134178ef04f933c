"""What ``scripts/bench`` tells of the times it took."""

import pytest

from benchmarks.bench.figures import Taken, compared, judged, table

PAGE = {
    "name": "a page",
    "goal": 2.5,
    "growth": [(1_000_000, 1.1), (10_000_000, 1.3)],
    "most_queries": 12,
    "most_ms": None,
}


def taken(rows, *pairs, tree="", queries=12):
    seconds = [(ms / 1000, floor / 1000) for ms, floor in pairs]
    return Taken("sqlite", rows, tree, seconds, queries)


def test_medians_are_compared_with_the_floor_the_smallest_log_and_the_goals():
    small = taken(10_000, (8, 4), (10, 4), (90, 5))
    large = taken(1_000_000, (12, 4), (12, 4), queries=13)

    told = [
        (row["workload"], row["rows"], row["ratio"], row["goal"], row["holds"])
        for row in judged(PAGE, [small, large])
    ]

    assert told == [
        ("a page", 10_000, 2.5, 2.5, True),
        ("a page: queries", 10_000, 12, 12, True),
        ("a page", 1_000_000, 3.0, 2.5, False),
        ("a page: queries", 1_000_000, 13, 12, False),
        ("a page: growth", 1_000_000, 1.2, 1.1, False),
    ]


def test_milliseconds_are_a_goal_of_their_own_and_without_a_goal_nothing_is_judged():
    search = PAGE | {"name": "search", "goal": None, "most_ms": 80}

    rows = list(judged(search, [taken(10_000, (81, 4))]))

    assert [(row["workload"], row["holds"]) for row in rows] == [
        ("search", None),
        ("search: ms", False),
        ("search: queries", True),
    ]


@pytest.mark.parametrize("name", ["workload", "database", "rows", "ratio", "goal"])
def test_each_row_has_what_programs_ask_for(name):
    assert all(name in row for row in judged(PAGE, [taken(10_000, (8, 4))]))


def test_two_trees_are_compared_on_the_same_database_and_size():
    takes = [
        taken(10_000, (6, 4), queries=9),
        taken(10_000, (8, 4), tree="abc1234"),
    ]

    [row] = compared(PAGE, takes)

    assert (row["ms"], row["before_ms"], row["ratio"]) == (6, 8, 0.75)
    assert (row["queries"], row["queries_before"]) == (9, 12)


def test_the_table_is_markdown():
    rows = [{"workload": "a page", "rows": 1_000_000, "goal": None, "holds": True}]

    assert table(["workload", "rows", "goal", "holds"], rows).splitlines() == [
        "| workload | rows | goal | holds |",
        "| :-- | --: | --: | --: |",
        "| a page | 1,000,000 |  | yes |",
    ]
