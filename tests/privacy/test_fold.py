import json
from pathlib import Path

import pytest

from privacy.fold import fold, matches

CASES = json.loads((Path(__file__).parent / "fold_cases.json").read_text("utf-8"))


@pytest.mark.parametrize(("text", "folded"), CASES["fold"])
def test_a_name_folds_however_it_is_typed(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(("text", "folded"), CASES["fold"])
def test_what_is_folded_folds_to_itself(text, folded):
    assert fold(folded) == folded


@pytest.mark.parametrize(("query", "texts", "is_found"), CASES["matches"])
def test_every_word_of_the_query_has_to_occur(query, texts, is_found):
    assert matches(query, *texts) is is_found
