"""What a line of the log says, and of a failure no more than kind and place."""

import json
import logging

import pytest

from privacy.log_lines import CAUSES, FRAMES, JsonLines, current_request, how_it_failed


def line(**facts):
    record = logging.makeLogRecord(
        {
            "name": "tilts.requests",
            "levelname": "INFO",
            "msg": "answered in %s",
            "args": ("Rīga",),
            "created": 1790000000.25,
        }
        | facts
    )
    return JsonLines().format(record)


def failed(deed):
    with pytest.raises(Exception) as failure:  # noqa: PT011 -- each deed raises another
        deed()
    return failure.value


def test_a_line_tells_when_where_and_during_which_request():
    token = current_request.set("0123456789ab")
    try:
        told = line(facts={"status": 200, "view": object})
    finally:
        current_request.reset(token)

    assert "Rīga" in told
    assert json.loads(told) == {
        "time": "2026-09-21T14:13:20.250000Z",
        "level": "INFO",
        "logger": "tilts.requests",
        "message": "answered in Rīga",
        "request": "0123456789ab",
        "status": 200,
        "view": str(object),
    }


def test_outside_of_a_request_there_is_no_number():
    assert json.loads(line())["request"] is None


def test_a_message_that_quotes_an_address_is_left_out():
    assert json.loads(line(request=object()))["message"] == "request failed"


@pytest.mark.parametrize("exc_info", [None, (None, None, None)])
def test_without_a_failure_none_is_told(exc_info):
    assert "exceptions" not in json.loads(line(exc_info=exc_info))


def test_of_a_failure_kind_and_place_are_told_and_no_words():
    def deed():
        try:
            int("Kārkliņi")
        except ValueError as cause:
            raise LookupError("Ozoli") from cause

    error = failed(deed)

    told = line(exc_info=(type(error), error, None))

    assert "Ozoli" not in told
    assert "Kārkliņi" not in told
    lookup, value = json.loads(told)["exceptions"]
    assert (lookup["kind"], value["kind"]) == (
        "builtins.LookupError",
        "builtins.ValueError",
    )
    first = deed.__code__.co_firstlineno
    assert lookup["at"][-1] == f"tests/privacy/test_log_lines.py:{first + 4}"
    assert value["at"] == [f"tests/privacy/test_log_lines.py:{first + 2}"]


@pytest.mark.parametrize(("hides", "count"), [(False, 2), (True, 1)])
def test_what_happened_while_failing_is_told_unless_it_was_put_aside(hides, count):
    def deed():
        try:
            int("x")
        except ValueError:
            if hides:
                raise LookupError from None
            raise LookupError  # noqa: B904 -- the very case

    assert len(list(how_it_failed(failed(deed)))) == count


def test_deep_failures_are_told_by_their_last_places_and_long_chains_by_their_first():
    def dive(depth):
        if depth:
            dive(depth - 1)
        raise KeyError

    class Own(Exception):
        pass

    [own] = how_it_failed(Own())
    assert own["kind"].startswith(f"{__name__}.test_deep")
    [deep] = how_it_failed(failed(lambda: dive(30)))
    assert (len(deep["at"]), FRAMES) == (12, 12)
    assert deep["at"][-1].endswith(f":{dive.__code__.co_firstlineno + 3}")

    chain = None
    for _number in range(7):
        error = KeyError()
        error.__cause__ = chain
        chain = error
    assert (len(list(how_it_failed(chain))), CAUSES) == (5, 5)
