"""How near days are called, on the cases that hold for the browser too."""

import json
from datetime import date, time
from pathlib import Path

import pytest
from django.utils import translation

from cases import words
from cases.models import NextStep

CASES = json.loads((Path(__file__).parent / "near_days_cases.json").read_text("utf-8"))


@pytest.mark.parametrize(
    ("today", "due_on", "due_at", "in_full", "lv", "en"), CASES["due"]
)
def test_a_step_is_due_on_a_day_that_people_have_a_word_for(
    today, due_on, due_at, in_full, lv, en
):
    step = NextStep(
        due_on=date.fromisoformat(due_on),
        due_at=due_at and time.fromisoformat(due_at),
    )

    for language, text in [("lv", lv), ("en", en)]:
        with translation.override(language):
            said = words.due(step, date.fromisoformat(today), in_full=in_full)
            assert said == text


@pytest.mark.parametrize(("today", "day", "lv", "en"), CASES["past"])
def test_what_was_lately_has_a_word(today, day, lv, en):
    for language, text in [("lv", lv), ("en", en)]:
        with translation.override(language):
            said = words.past(date.fromisoformat(day), date.fromisoformat(today))
            assert said == text
