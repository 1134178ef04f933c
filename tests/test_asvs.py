"""The sheet of OWASP ASVS 5.0.0 says what is so: docs/asvs.md."""

import re
from collections import Counter
from pathlib import Path

import pytest

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
SHEET = (ROOT / "docs/asvs.md").read_text()
ROW = re.compile(
    r"^\| (\d+\.\d+\.\d+) \| ([123]) \| ([^|]+) \| ([^|]+) \| (.+) \|$", re.M
)
STATUS = ("met", "not applicable", "deviation", "open")
# Of levels 1 and 2, as many as the standard has in each chapter
PER_CHAPTER = {
    1: 27, 2: 11, 3: 19, 4: 10, 5: 9, 6: 35, 7: 18, 8: 7, 9: 7, 10: 29,
    11: 14, 12: 9, 13: 13, 14: 9, 15: 13, 16: 16, 17: 7,
}  # fmt: skip


@pytest.fixture(scope="module")
def rows():
    return ROW.findall(SHEET)


def test_every_requirement_of_levels_1_and_2_has_one_row(rows):
    ids = [number for number, *_rest in rows]
    found = Counter(
        int(number.partition(".")[0]) for number, level, *_ in rows if level < "3"
    )

    assert len(ids) == len(set(ids))
    assert found == PER_CHAPTER
    assert sum(PER_CHAPTER.values()) == 253


def test_every_row_has_a_status_and_a_reason_in_few_words(rows):
    wrong = [
        number
        for number, _level, asks, status, why in rows
        if status not in STATUS or not why.strip() or len(asks.split()) > 12
    ]

    assert wrong == []


def test_the_counts_at_the_top_are_those_of_the_rows(rows):
    counted = Counter((level, status) for _number, level, _asks, status, _why in rows)
    for level in "123":
        numbers = [counted[level, status] for status in STATUS]
        line = f"| {level} | {' | '.join(map(str, numbers))} | {sum(numbers)} |"
        assert line in SHEET


def test_nothing_of_level_1_is_open_and_each_gap_is_explained_at_the_top(rows):
    top = SHEET.partition("## V1 ")[0]
    gaps = [row for row in rows if row[3] in ("deviation", "open")]

    assert [
        number
        for number, level, _, status, _ in gaps
        if (level, status) == ("1", "open")
    ] == []
    # Five are the goal: TLS between containers closes three of these at once
    assert sum(status == "open" for *_, status, _why in gaps) <= 6
    assert [number for number, *_rest in gaps if number not in top] == []


def functions_of(file):
    path = ROOT / file
    return (
        set(re.findall(r"^def (test_\w+)", path.read_text(), re.M))
        if path.exists()
        else set()
    )


@pytest.mark.parametrize("page", ["docs/asvs.md", "docs/security.md"])
def test_every_test_and_file_that_is_named_exists(page):
    text = (ROOT / page).read_text()
    tests = re.findall(r"(tests/[\w/]+\.py)::(\w+)", text)
    files = re.findall(r"`((?:[\w-]+/)+[\w.-]+)(?::[^`]*)?`", text)

    assert len(tests) >= 20
    assert [pair for pair in tests if pair[1] not in functions_of(pair[0])] == []
    assert [file for file in files if not (ROOT / file).exists()] == []
