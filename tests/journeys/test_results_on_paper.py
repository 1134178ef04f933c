"""Printing the results: every panel is on the paper, and afterwards as it was."""

import subprocess

import pytest
from playwright.sync_api import expect

from tests.journeys.people import SCREENS, sign_in
from tests.reports.paper import plain

PAGE = "/rezultati/?period=2026-Q4"
OPEN = "[...document.querySelectorAll('[data-folds]')].map(panel => panel.open)"


@pytest.fixture
def results(system, browser, screen):
    context = browser.new_context(**screen)
    page = context.new_page()
    sign_in(page, system, system.account("project_staff"))
    page.goto(system.url + PAGE)
    page.wait_for_load_state("load")
    yield page
    context.close()


def findings_of(results):
    """The titles of panels; the map needs the room of a wide screen."""
    return results.locator("section:has([data-folds]) h2").all_text_contents()


def words_on(file):
    text = subprocess.run(
        ["pdftotext", file, "-"], capture_output=True, text=True, check=True
    ).stdout
    return plain(text)


@pytest.mark.parametrize("is_landscape", [False, True], ids=["portrait", "landscape"])
def test_every_panel_is_printed_and_then_as_before(results, tmp_path, is_landscape):
    is_phone = results.viewport_size == SCREENS["phone"]["viewport"]
    if is_phone:
        results.locator("[data-folds] > summary").nth(1).click()
    before = results.evaluate(OPEN)
    assert len(before) > 5
    assert before == [not is_phone or i == 1 for i in range(len(before))]
    last_rows = results.locator("[data-folds] tr:last-child > th[scope=row]")
    expected = [*last_rows.all_text_contents(), *findings_of(results)]

    file = tmp_path / "results.pdf"
    results.pdf(path=file, format="A4", landscape=is_landscape)

    words = words_on(file)
    assert [text for text in expected if plain(text) not in words] == []
    assert results.evaluate(OPEN) == before


def test_what_is_looked_at_as_on_paper_is_open(results):
    before = results.evaluate(OPEN)

    results.emulate_media(media="print")
    expect(results.locator("[data-folds]:not([open])")).to_have_count(0)
    results.emulate_media(media="screen")

    expect(results.locator("[data-folds][open]")).to_have_count(sum(before))
    assert results.evaluate(OPEN) == before
