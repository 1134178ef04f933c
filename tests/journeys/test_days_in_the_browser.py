"""The phone calls days as the server does, and knows the same families by heart."""

import json

import pytest

from tests.journeys.modules import ROOT, Modules

DAYS = json.loads((ROOT / "tests/cases/near_days_cases.json").read_text("utf-8"))
RECENTS = json.loads((ROOT / "tests/cases/recents_cases.json").read_text("utf-8"))


@pytest.fixture(scope="module", params=["lv", "en"])
def modules(browser, request):
    modules = Modules(browser, request.param)
    modules.column = ["lv", "en"].index(request.param)
    yield modules
    modules.close()


@pytest.fixture(scope="module")
def latvian(browser):
    modules = Modules(browser)
    yield modules
    modules.close()


@pytest.mark.parametrize(
    ("today", "due_on", "due_at", "in_full", "lv", "en"), DAYS["due"]
)
def test_a_step_is_due_as_the_server_says(
    modules, today, due_on, due_at, in_full, lv, en
):
    step = {"dueOn": due_on, "dueAt": due_at}

    said = modules.call("near-days", "due", step, today, {"inFull": in_full})

    assert said == (lv, en)[modules.column]


@pytest.mark.parametrize(("today", "day", "lv", "en"), DAYS["past"])
def test_what_was_lately_is_called_as_the_server_does(modules, today, day, lv, en):
    assert modules.call("near-days", "past", day, today) == (lv, en)[modules.column]


@pytest.mark.parametrize("case", RECENTS, ids=lambda case: case["name"])
def test_the_likeliest_families_are_those_of_the_server(latvian, case):
    found = latvian.call("recents", "recentFamilies", case["families"], case["today"])

    assert [[one["code"], one["hint"]] for one in found] == case["found"]
