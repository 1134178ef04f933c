"""What is one word of a text, and which words speak of a family."""

import unicodedata

import pytest

from privacy.name_words import words_of

pytestmark = pytest.mark.once


def test_words_and_numbers_stand_where_the_text_has_them():
    words = words_of("Kalnu ģimene, 12-5b")

    assert [(word.text, word.start, word.end) for word in words] == [
        ("Kalnu", 0, 5),
        ("ģimene", 6, 12),
        ("12", 14, 16),
        ("5", 17, 18),
        ("b", 18, 19),
    ]


@pytest.mark.parametrize(
    "text",
    [
        unicodedata.normalize("NFD", "Kārkliņš"),
        "Kār\u00adkliņš",
        "Kār\u200bkliņš",
        "Kār\u200dkliņš",
        "Kār\u2060kliņš",
        "Kār\u2019kliņš",
        "Kār'kliņš",
        "Kār\u02bckliņš",
    ],
)
def test_marks_and_unseen_signs_do_not_divide_a_word(text):
    [word] = words_of(text)

    assert (word.text, word.sound) == (text, "karklins")


@pytest.mark.parametrize(
    "text",
    [
        *("ģimene", "Ģimenei", "gimenes", "familija", "FAMĪLIJAI"),
        *("семья", "семью", "семье", "семьи", "семьёй", "семей"),
    ],
)
def test_a_word_for_a_family_is_one_in_every_language_and_case(text):
    assert words_of(text)[0].says_family


@pytest.mark.parametrize("text", ["semestris", "семестр", "sēmene", "mājsaimniecība"])
def test_a_word_that_begins_alike_is_none(text):
    assert not words_of(text)[0].says_family
