"""A drawing that fails says why in a few words; what was drawn is known by its hash."""

import hashlib

import pytest

from privacy import child, paper


def test_the_hash_is_that_of_the_bytes():
    assert paper.Pdf(b"%PDF", 1).sha256 == hashlib.sha256(b"%PDF").hexdigest()


def test_the_document_and_the_time_it_may_take_are_handed_on(asked):
    pdf = paper.Pdf(b"%PDF", 2)
    calls = asked(pdf)

    assert paper.drawn("draw", "leaf", "lv", seconds=7) is pdf
    assert calls == [(("draw", "leaf", "lv"), {"seconds": 7})]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (child.TookTooLong("took too long"), "Drawing took too long."),
        (child.ChildFailed("died"), "The renderer died."),
        ("No letters left.", "No letters left."),
    ],
)
def test_why_it_failed_is_told(asked, answer, words):
    asked(answer)

    with pytest.raises(paper.PdfFailed) as failed:
        paper.drawn("draw", seconds=7)

    assert str(failed.value) == words
