import json
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy

from privacy.fold import (
    best_first,
    fold,
    fold_all,
    is_alike,
    is_nearly,
    matches,
    rank,
)

HERE = Path(__file__).parent
FOLD = json.loads((HERE / "fold_cases.json").read_text("utf-8"))
SEARCH = json.loads((HERE / "search_cases.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "folded"), FOLD)
def test_a_name_folds_however_it_is_typed(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize("first", [0x0, 0x100, 0x370, 0x1E00, 0x2000, 0x10A0])
def test_what_is_folded_folds_to_itself(first):
    letters = [chr(point) for point in range(first, first + 0x200)]
    texts = [*letters, *(f"s{letter}h{letter}a{letter}a" for letter in letters)]

    assert [text for text in texts if fold(fold(text)) != fold(text)] == []


def test_many_texts_fold_as_each_of_them_does():
    texts = [text for text, _folded in FOLD] + [
        "",
        "Ю\nЮ",
        "\u0301a",
        "s",
        "h",
        "7",
    ]

    assert fold_all(texts) == [fold(text) for text in texts]
    assert fold_all([]) == []


def test_a_label_that_is_still_to_be_translated_is_folded_and_searched():
    label = gettext_lazy("Education")

    with translation.override("lv"):
        assert fold(label) == "izglitiba"
        assert matches("izgli", label)


def test_a_text_of_any_length_is_folded():
    assert fold("Ā" * 10_000) == "a"
    assert fold("Šķūņu " * 5_000).count("skunu") == 5_000


@pytest.mark.parametrize(("query", "texts", "place"), SEARCH["rank"])
def test_every_word_of_the_query_has_to_be_there_in_any_order(query, texts, place):
    assert rank(query, *texts) == place
    assert matches(query, *texts) is (place is not None)


@pytest.mark.parametrize("at", range(8))
def test_a_slip_at_any_letter_is_forgiven(at):
    name, other = "karklinu", "karklinu"[:at] + "x" + "karklinu"[at + 1 :]
    swapped = name[:at] + name[at : at + 2][::-1] + name[at + 2 :]
    slips = [other, name[:at] + name[at + 1 :], name[:at] + "x" + name[at:], swapped]

    assert None not in [rank(slip, "Kārkliņu ģimene") for slip in slips]


def test_a_query_of_any_length_is_answered():
    assert rank("karklinu" * 2_000, "Kārkliņu ģimene") is None


@pytest.mark.parametrize(("query", "rows", "found"), SEARCH["order"])
def test_what_fits_best_comes_first_and_the_rest_keeps_its_order(query, rows, found):
    assert [code for _, code in best_first(query, rows, lambda row: row)] == found


@pytest.mark.parametrize(("one", "other", "alike"), SEARCH["alike"])
def test_names_are_alike_but_for_spelling_order_and_one_typing_error(one, other, alike):
    assert is_alike(one, other) is alike
    assert is_alike(other, one) is alike


def test_two_wrong_letters_are_too_many_at_the_beginning_too():
    assert is_nearly("xarklini", "karklini")
    assert not is_nearly("xyrklini", "karklini")
