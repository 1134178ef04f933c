"""Personal codes are recognised, and nothing else is taken for one."""

import json
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from privacy.personal_code import contains_personal_code, no_personal_code

CASES = json.loads(
    (Path(__file__).parent / "personal_code_cases.json").read_text("utf-8")
)
"""The browser has to judge them alike."""


@pytest.mark.parametrize("text", CASES["codes"])
def test_a_personal_code_is_recognised(text):
    assert contains_personal_code(text)


@pytest.mark.parametrize("text", CASES["texts"])
def test_phone_numbers_dates_and_amounts_pass(text):
    assert not contains_personal_code(text)


def test_the_validator_explains_what_to_do():
    with pytest.raises(ValidationError) as caught:
        no_personal_code("Skolā teica: 161175-19997")

    assert caught.value.code == "personal_code"
    with translation.override("en"):
        assert caught.value.messages[0].startswith("The text contains a personal code.")


def test_the_validator_lets_other_texts_pass():
    assert no_personal_code("Skolā teica: rīt plkst. 10") is None
