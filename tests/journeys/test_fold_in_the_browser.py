"""The browser folds and ranks names as the server does."""

import json

import pytest

from privacy.fold import fold
from tests.interface.test_latvian import NAMES_IN_ORDER
from tests.journeys.modules import ROOT, Modules

FOLD = json.loads((ROOT / "tests/privacy/fold_cases.json").read_text("utf-8"))
SEARCH = json.loads((ROOT / "tests/privacy/search_cases.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def modules(browser):
    modules = Modules(browser)
    yield modules
    modules.close()


@pytest.mark.parametrize(("text", "folded"), FOLD)
def test_the_browser_folds_as_the_server_does(modules, text, folded):
    assert modules.call("fold", "fold", text) == folded


@pytest.mark.parametrize("first", [0x0, 0x100, 0x370, 0x1E00, 0x2000, 0x10A0])
def test_every_letter_of_europe_folds_to_the_same_on_both_sides(modules, first):
    letters = [chr(point) for point in range(first, first + 0x200)]
    texts = [*letters, *(f"s{letter}h{letter}ю{letter}1" for letter in letters)]

    in_the_browser = modules.map("fold", "fold", [[text] for text in texts])

    assert dict(zip(texts, in_the_browser, strict=True)) == {
        text: fold(text) for text in texts
    }


@pytest.mark.parametrize(("query", "texts", "place"), SEARCH["rank"])
def test_the_browser_ranks_as_the_server_does(modules, query, texts, place):
    assert modules.call("search", "rank", query, fold(" ".join(texts))) == place


@pytest.mark.parametrize(("query", "rows", "found"), SEARCH["order"])
def test_the_browser_puts_the_best_first_and_keeps_the_order_of_the_rest(
    modules, query, rows, found
):
    items = [{"words": fold(" ".join(row)), "code": row[1]} for row in rows]

    best = modules.call("search", "bestFirst", query, items)

    assert [item["code"] for item in best] == found


@pytest.mark.parametrize(("one", "other", "alike"), SEARCH["alike"])
def test_the_browser_finds_the_same_names_alike(modules, one, other, alike):
    assert modules.call("search", "isAlike", one, other) is alike
    assert modules.call("search", "isAlike", other, one) is alike


def test_a_text_of_any_length_is_folded_and_searched(modules):
    assert modules.call("fold", "fold", "Ā" * 10_000) == "a"
    assert modules.call("search", "rank", "karklinu" * 2_000, "karklinu gimene") is None


def test_the_browser_sorts_names_as_the_server_does(modules):
    order = modules.page.evaluate(
        "(names) => names.sort(new Intl.Collator('lv').compare)",
        sorted(NAMES_IN_ORDER),
    )

    assert order == NAMES_IN_ORDER
