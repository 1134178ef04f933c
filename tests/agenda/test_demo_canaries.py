"""A canary of the demo stands in every sensitive text of every table."""

import json
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command

from agenda import canaries
from data_protection.classes import Class
from data_protection.inventory import READABLE, TABLES
from tests.agenda.demo import NOON, UNTIL
from tests.data_protection.test_inventory import is_free_text

pytestmark = [pytest.mark.once, pytest.mark.slow]


@pytest.fixture(scope="module")
def placed(made_once):
    """What the command tells, and tells again with another prefix."""
    told = []
    with time_machine.travel(NOON), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.DEMO", True)
        for prefix in ("PUTNS", "ZVIRBULIS"):
            out = StringIO()
            call_command("seed", canary=prefix, until=UNTIL, json=True, stdout=out)
            told.append(json.loads(out.getvalue())["canaries"])
    return told


@pytest.fixture
def canaries_placed(placed, db):
    return placed


def test_every_sensitive_text_of_the_inventory_has_its_canary(canaries_placed):
    """Or it says why it is readable, or why no canary may stand in it."""
    sensitive = {
        f"{row.model}.{name}"
        for row in TABLES
        for name in row.of_class(Class.PERSONAL, Class.SPECIAL)
        if is_free_text(row.model_class._meta.get_field(name))
    }
    first, _again = canaries_placed
    found = {f"{row['model']}.{row['field']}" for row in first}

    assert sensitive - found - set(READABLE) == canaries.UNTOUCHED
    assert found <= sensitive


def test_the_second_prefix_stands_where_the_first_stood(canaries_placed):
    first, again = (
        [(row["model"], row["pk"], row["field"]) for row in rows]
        for rows in canaries_placed
    )

    assert again == first
