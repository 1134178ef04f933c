"""A web server that is really killed, and the same where it breaks its word."""

import pytest

from tests.faults.lab import SQLITE, open_lab
from tests.faults.scenarios.kills import LATE, killed

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture(scope="module")
def lab():
    with open_lab(SQLITE, "quick") as lab:
        yield lab


def test_killed_workers_lose_and_double_nothing(lab):
    outcome = killed(lab, workers=2, masters=0, between=10)

    assert outcome.faults == []
    assert (outcome.lost, outcome.doubled) == (0, 0)


def test_a_server_that_answers_before_it_stores_is_found_out(lab):
    assert killed(lab, workers=0, masters=1, between=10, application=LATE).lost
