"""The coordinator's first page at each width."""

import pytest

from tests.journeys.people import IN_RIGA, look_at_widths, sign_in

FIRST_LINES = """links => links.map(link => {
    const before = document.createRange();
    before.selectNode(link.previousSibling);
    return before.getClientRects()[0].top - link.getClientRects()[0].top;
})"""


@pytest.mark.parametrize("width", [1280, 1440])
def test_an_ask_reads_on_from_its_kind_to_its_words(system, browser, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, **IN_RIGA)
    page = context.new_page()
    sign_in(page, system, system.account("coordinator"))
    page.goto(f"{system.url}/parskats/")

    gaps = page.locator(".table th[scope=row] > a.goes-on").evaluate_all(FIRST_LINES)

    assert gaps
    assert all(abs(gap) < 12 for gap in gaps), gaps
    look_at_widths(page)
    context.close()
