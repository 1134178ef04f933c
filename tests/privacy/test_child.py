"""A child answers, or its parent learns in a few words why not."""

import os
import tempfile

import pytest

from privacy import child

pytestmark = pytest.mark.once


def add(asker, one, other):
    asker.send(one + other)


def leave(asker):
    os._exit(3)


def stumble(asker, words):
    raise LookupError(words)


def want_too_much(asker):
    raise MemoryError


def wait(asker):
    asker.recv()


def beget(asker):
    asker.send(child.ask(add, 1, 2, seconds=5))


def write(asker, what_next):
    handle, _path = tempfile.mkstemp()
    os.write(handle, b"words")
    what_next(asker)


def done(asker):
    asker.send("done")


def hang(asker):
    while True:
        pass


def why(work, *arguments, seconds=10):
    with pytest.raises(child.ChildFailed) as caught:
        child.ask(work, *arguments, seconds=seconds)
    return type(caught.value), str(caught.value)


def test_a_child_answers():
    assert child.ask(add, 1, 2, seconds=10) == 3


def test_what_it_stumbles_over_is_told_by_kind_and_place_and_not_in_its_words(capfd):
    line = stumble.__code__.co_firstlineno + 1

    assert why(stumble, "Kārkliņi") == (
        child.Stumbled,
        f"stumbled: LookupError at test_child.py:{line}",
    )
    assert "Kārkliņi" not in "".join(capfd.readouterr())


def test_a_child_that_wants_too_much_memory_says_so():
    kind, words = why(want_too_much)

    assert kind is child.TookTooMuch
    assert words.startswith("stumbled: MemoryError at ")


def test_a_child_that_ends_without_an_answer_is_told_by_how_it_ended():
    assert why(leave) == (child.ChildFailed, "ended with 3")


def test_a_child_may_have_no_children_that_would_outlive_it():
    kind, words = why(beget)

    assert kind is child.Stumbled
    assert words.startswith("stumbled: AssertionError")


def test_a_child_only_tells_and_is_never_told():
    kind, words = why(wait)

    assert kind is child.Stumbled
    assert words.startswith("stumbled: OSError")


def test_a_child_that_takes_too_long_is_ended():
    assert why(hang, seconds=0.1) == (
        child.TookTooLong,
        "took longer than 0.1 seconds",
    )


def test_what_a_child_wrote_for_a_while_goes_with_it_however_it_ends(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))

    assert child.ask(write, done, seconds=10) == "done"
    why(write, leave)
    why(write, hang, seconds=0.5)

    assert list(tmp_path.iterdir()) == []
