"""Each requirement lives somewhere and is proved, or is declined with a reason."""

import pytest

from tests.coverage_table import (
    ROOT,
    document,
    functions_of,
    numbers,
    place,
    proofs_of,
    rows,
)


@pytest.fixture(scope="module")
def table():
    return rows()


def test_each_requirement_has_its_row_and_there_is_no_other(table):
    assert sorted(table) == numbers()


def test_a_row_names_places_and_tests_or_the_reason_why_not(table):
    for number, row in table.items():
        given = {"what", "declined"} if "declined" in row else {"what", "at", "test"}
        assert set(row) - {"left_out"} == given, number
        assert all(row.values()), number


@pytest.mark.once
def test_every_place_that_is_named_exists(table):
    for row in table.values():
        for where in row.get("at", ()):
            assert place(where)


def test_every_test_that_is_named_exists(table):
    for number, row in table.items():
        for path, name in proofs_of(row) if "test" in row else ():
            assert name in functions_of(path), number


def test_the_page_that_people_read_is_made_of_the_table():
    assert (ROOT / "docs" / "coverage.md").read_text() == document()
