"""The phone judges an entry as the server does."""

import pytest

from tests.cases.rules import CASES, pairs_of
from tests.journeys.modules import Modules
from tests.privacy.test_personal_code import CASES as CODES

MESSAGES = {
    "required": dict.fromkeys(
        ("family", "kind", "visited_on", "minutes", "areas"), "trūkst"
    ),
    "minutes": {"least": 1, "most": 1440, "message": "par ilgu"},
    "areas": {"most": 3, "message": "par daudz"},
    "institution": {
        "kinds": ["institution_meeting", "accompaniment"],
        "message": "trūkst",
    },
    "people": {"kind": "group", "message": "trūkst"},
    "interpreting": {
        "kinds": ["institution_meeting", "accompaniment"],
        "message": "par ilgu",
    },
    "kilometres": {
        "kinds": [
            "home_visit",
            "institution_meeting",
            "accompaniment",
            "office_talk",
            "group",
        ],
        "no_transport": "NONE",
        "most": 999,
        "message": "par tālu",
    },
    **dict.fromkeys(
        (
            *("future", "appointment", "municipality"),
            *("next_step_day", "next_step_past", "personal_code"),
        ),
        "nav labi",
    ),
}


@pytest.fixture(scope="module")
def modules(browser):
    modules = Modules(browser)
    yield modules
    modules.close()


def test_the_phone_knows_personal_codes_as_the_server_does(modules):
    for text in CODES["codes"]:
        assert modules.call("personal-code", "holdsPersonalCode", text), text
    for text in CODES["texts"]:
        assert not modules.call("personal-code", "holdsPersonalCode", text), text


@pytest.mark.parametrize(
    ("changes", "expected"),
    [pytest.param(*case[1:], id=case[0]) for case in CASES["cases"]],
)
def test_the_phone_judges_as_the_server_does(modules, changes, expected):
    answers = modules.call("phone/rules", "answersOf", pairs_of(changes))

    found = modules.call(
        "phone/rules",
        "check",
        answers,
        {"rules": MESSAGES, "today": CASES["today"], "copy": CASES["copy"]},
    )

    assert [[error["field"], error["code"]] for error in found] == expected
