"""A coordinator reviews a report without a mouse, and comments on single words."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import look_at, sign_in

SELECT = """(words) => {
    const text = document.querySelector("#hardest [data-words] p").firstChild;
    const start = text.data.indexOf(words);
    getSelection().setBaseAndExtent(text, start, text, start + words.length);
}"""


def expect_keys(page):
    """Wait until the page that has just come listens to keys: its bar tells when."""
    expect(page.locator("[data-keys-bar]")).to_be_visible()


@pytest.fixture
def report(system):
    """Address and text of a report that waits for the coordinator of its municipality."""
    system.manage(
        "shell",
        "-c",
        "from reports.models import MonthlyReport as R, ReportSection as S;"
        "r = R.objects.filter(status='submitted').first();"
        "s = r.sections.get(key='hardest');"
        "s.text = 'Divām ģimenēm ir īres parādi. Palīdz grafiks.';"
        "s.save(); r.comments.all().delete()",
    )
    [(desk, month, place)] = system.rows(
        "SELECT r.desk, r.month, m.label_lv FROM reports_monthlyreport r"
        " JOIN municipalities_municipality m ON m.id = r.municipality_id"
        " WHERE r.status = 'submitted' ORDER BY r.month DESC, m.label_lv, r.desk LIMIT 1"
    )
    return f"/atskaites/{desk}/{month[:7]}/parskatit/", place


def test_words_are_commented_and_parts_ticked_by_keys_alone(browser, system, report):
    address, place = report
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, locale="lv-LV"
    )
    page = context.new_page()
    sign_in(page, system, system.account("coordinator", place))
    page.goto(f"{system.url}{address}")
    keys = page.keyboard
    expect_keys(page)

    for _part in ("figures", "directions", "hardest"):
        keys.press("j")
    hardest = page.locator("#hardest")
    expect(hardest).to_be_focused()
    page.evaluate(SELECT, "ir īres parādi")
    keys.press("c")
    expect(hardest.locator("textarea")).to_be_focused()
    expect(hardest.locator("[data-quote] q")).to_have_text("ir īres parādi")
    keys.type("Cik lieli?")
    keys.press("Escape")
    expect(hardest.locator("textarea")).to_be_hidden()
    keys.press("Enter")
    expect(hardest.locator("textarea")).to_be_focused()
    expect(hardest.locator("textarea")).to_have_value("Cik lieli?")
    keys.press("Control+Enter")

    expect(hardest.locator(".comment q")).to_have_text("ir īres parādi")
    expect_keys(page)
    expect(hardest.locator("mark")).to_have_text("ir īres parādi")
    keys.press("k")
    keys.press("j")
    keys.press("j")
    look_at(page)
    keys.press("o")
    ticked = page.locator("#innovation [data-key=o]")
    expect(ticked).to_have_attribute("aria-pressed", "true")
    expect_keys(page)

    keys.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    look_at(page)
    keys.press("Escape")
    questions = []
    page.once("dialog", lambda box: (questions.append(box.message), box.dismiss()))
    keys.press("Shift+R")
    assert questions == ["Vai atgriezt atskaiti labošanai?"]
    expect(page).to_have_url(f"{system.url}{address}#innovation")
    keys.press("g")
    keys.press("l")
    expect(page).to_have_url(f"{system.url}/lugumi/")
    context.close()
