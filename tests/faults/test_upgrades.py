"""A migration that is really killed half-way, and the same where it is no transaction."""

import pytest

from tests.faults.lab import SQLITE, open_lab
from tests.faults.scenarios.upgrades import interrupted

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture(scope="module")
def lab():
    with open_lab(SQLITE, "quick") as lab:
        yield lab


def test_a_killed_migration_is_finished_by_the_next_run(lab):
    outcome = interrupted(lab, [7, 23], label=["municipalities"])

    assert outcome.faults == []


def test_half_a_migration_that_stays_is_found_out(lab):
    outcome = interrupted(lab, [23], label=["municipalities"], torn=["--torn"])

    assert "After a kill it does not go on" in outcome.faults
