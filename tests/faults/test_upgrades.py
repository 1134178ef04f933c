"""A migration that is really killed half-way, and the same where it is no transaction."""

from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps

from tests.faults.lab import POSTGRESQL, open_lab
from tests.faults.scenarios.upgrades import interrupted

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture(scope="module")
def lab():
    """PostgreSQL, where a note can come too late; ``scripts/faults`` kills on both."""
    with open_lab(POSTGRESQL, "quick") as lab:
        yield lab


def test_a_killed_migration_is_finished_by_the_next_run(lab):
    moments = [["7"], ["3", "--noting"], ["23"]]
    outcome = interrupted(lab, moments, label=["municipalities"])

    assert outcome.faults == []


def test_every_migration_is_a_transaction():
    """What is installed with us included: else a killed upgrade is mended by hand."""
    known = [
        import_module(f"{app.name}.migrations.{path.stem}").Migration
        for app in apps.get_app_configs()
        for path in Path(app.path, "migrations").glob("0*.py")
    ]

    assert len(known) > 100
    assert [one.__module__ for one in known if not one.atomic] == []


def test_half_a_migration_that_stays_is_found_out(lab):
    outcome = interrupted(lab, [["23"]], label=["municipalities"], torn=["--torn"])

    assert "After a kill it does not go on" in outcome.faults
