"""A name is found by the letters with which a word begins."""

import pytest

from privacy.declension import forms_of_first_name, forms_of_surname
from privacy.name_stems import Stems, fits
from privacy.name_words import words_of

pytestmark = pytest.mark.once


def stems_of(*names):
    stems = Stems()
    for name in names:
        stems.add(forms_of_surname(name), name)
    return stems


def nearly(text, stems):
    [word] = words_of(text)
    return {*stems.nearly_fitting(word, letters=6)}


@pytest.mark.parametrize(
    "text",
    [
        "Kārliņam",
        "Kārekliņam",
        "Kārkšiņam",
        "Kārlkiņam",
        "Karklniņam",
        "Kārkliņmam",
        "Kārklimam",
        "Kārkliam",
    ],
)
def test_a_word_with_one_letter_wrong_is_nearly_the_name(text):
    stems = stems_of("Vītols", "Kalns", "Kārkliņš")

    assert nearly(text, stems) == {"Kārkliņš"}


@pytest.mark.parametrize(
    "text",
    ["Bārkliņam", "Ārkliņam", "Kārlmiņam", "Kārkliņxyz", "Vītlam", "Krmņam", "Kālnam"],
)
def test_two_wrong_letters_the_first_one_or_a_short_name_are_another_word(text):
    assert nearly(text, stems_of("Vītols", "Kalns", "Kārkliņš")) == set()


def test_a_name_of_just_enough_letters_may_have_an_error():
    assert nearly("Krūmņam", stems_of("Krūmiņš")) == {"Krūmiņš"}


@pytest.mark.parametrize("name", ["A", "Is", "Us"])
def test_a_name_that_is_hardly_more_than_an_ending_is_no_part_of_every_word(name):
    stems = Stems()
    stems.add(forms_of_first_name(name), name)

    for word in words_of("Ai us is am em as iem"):
        if word.text != name.lower():
            assert [*stems.fitting(word)] == []


@pytest.mark.parametrize(
    ("text", "is_form"),
    [
        ("Abelkalns", True),
        ("Ābeļkalnajā", True),
        ("Абелькалнах", True),
        ("Абелькалнова", False),
        ("Abelkalnah", False),
        ("Ābele", False),
    ],
)
def test_a_word_of_a_phrase_has_the_endings_of_its_own_language(text, is_form):
    [word] = words_of(text)

    assert fits(word, forms_of_surname("Ābeļkalni")) == is_form
