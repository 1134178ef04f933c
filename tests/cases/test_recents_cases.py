"""The likeliest families, on the cases that hold for the browser too."""

import json
from datetime import date, time
from pathlib import Path

import pytest
from django.utils import translation

from cases.forms.options import Options
from tests.factories import FamilyFactory, NextStepFactory, VisitFactory

CASES = json.loads((Path(__file__).parent / "recents_cases.json").read_text("utf-8"))


def make(told, mediator, municipality):
    """The rows of which the phone knows ``told``."""
    family = FamilyFactory(
        code=told["code"], municipality=municipality, mediator=mediator
    )
    common = {"mediator": mediator, "municipality": municipality, "family": family}
    if told["dueOn"]:
        NextStepFactory(
            due_on=date.fromisoformat(told["dueOn"]),
            due_at=told["dueAt"] and time.fromisoformat(told["dueAt"]),
            **common,
        )
    if told["lastOn"]:
        for _ in range(max(told["timesThisMonth"], 1)):
            VisitFactory(visited_on=date.fromisoformat(told["lastOn"]), **common)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_likeliest_families_come_first(municipality, mediator, case):
    for told in case["families"]:
        make(told, mediator, municipality)

    options = Options(mediator, date.fromisoformat(case["today"]))
    with translation.override("lv"):
        choices, hints = options.family_tiles()

    codes = [code for code, _label in choices if code not in ("none", "other")]
    assert [[code, str(hints[code])] for code in codes] == case["found"]
