"""The search of the log form folds names as the server does."""

import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CASES = json.loads((ROOT / "tests/privacy/fold_cases.json").read_text())


@pytest.fixture(scope="module")
def fold(browser):
    """``fold.js`` in a page of its own."""
    page = browser.new_page()
    source = (ROOT / "static/js/fold.js").read_text()
    page.evaluate(
        "async (source) => { const url = URL.createObjectURL("
        "new Blob([source], {type: 'text/javascript'}));"
        " window.fold = (await import(url)).fold; }",
        source,
    )
    yield lambda text: page.evaluate("(text) => window.fold(text)", text)
    page.close()


@pytest.mark.parametrize(("text", "folded"), CASES["fold"])
def test_the_browser_folds_as_the_server_does(fold, text, folded):
    assert fold(text) == folded
