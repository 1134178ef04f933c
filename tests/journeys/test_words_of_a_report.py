"""Words of a report: kept without signal, through a killed browser, beside another window."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import look_at, look_at_widths, sign_in
from tests.journeys.storage import everything_kept

BEGUN = re.compile("Melnraksts|Kavējas")
SAVED = re.compile(r"^Saglabāts \d+\.\d\d$")


@pytest.fixture
def account(system):
    return system.account("mediator", "Vidmales novads")


def open_part(page, path):
    page.goto(path)
    page.locator("form[data-ready]").wait_for()


def state(page):
    return page.locator("[data-kept-state]")


def test_words_are_kept_whatever_happens(phone, system, account, browser):
    page = phone.page
    phone.sign_in(account)
    phone.go("/atskaites/")
    page.locator("main a", has_text=BEGUN).first.click()
    path = f"{page.url}sarezgitakais/"
    open_part(page, path)
    text = page.locator("textarea").first

    # A beginning, a sentence from the log, and nothing pressed
    page.get_by_role("button", name="Grūtākais bija…").click()
    page.keyboard.type("mājoklis.")
    offer = page.locator("[data-insert]").first
    offer.focus()
    page.keyboard.press("Enter")
    expect(text).to_have_value(re.compile(r"^Grūtākais bija mājoklis\. \d+\.\s"))
    expect(offer).to_contain_text("Pievienots")
    expect(page.locator("[data-inserted]")).to_have_text("Pievienots tekstam.")
    expect(state(page)).to_have_text(SAVED)
    look_at_widths(page)

    # What is kept already is saved by the button all the same, with one press
    with page.expect_navigation():
        page.get_by_role("button", name="Saglabāt").click()
    open_part(page, path)
    text = page.locator("textarea").first

    # No signal, and then the battery is empty
    phone.lose_signal()
    text.fill("Rakstīts bez signāla.")
    expect(state(page)).to_have_text("Nav signāla. Teksts ir telefonā.")
    page.get_by_role("button", name="Saglabāt").click()
    expect(text).to_have_value("Rakstīts bez signāla.")
    kept = everything_kept(page, system.url)
    assert not [where for where, words in kept.items() if "bez signāla" in words]
    phone.kill()
    phone.open()
    phone.find_signal()
    page = phone.page

    # Meanwhile the other window
    other = browser.new_context(locale="lv-LV", timezone_id="Europe/Riga").new_page()
    sign_in(other, system, account)
    open_part(other, path)
    other.locator("textarea").first.fill("No otra loga.")
    expect(state(other)).to_have_text(SAVED)

    phone.sign_in(account)
    open_part(page, path)
    expect(page.locator("textarea").first).to_have_value("Rakstīts bez signāla.")
    expect(page.get_by_role("alert")).to_contain_text("No otra loga.")
    look_at(page)
    page.get_by_role("button", name="Paturēt manus vārdus").click()
    expect(state(page)).to_have_text(SAVED)
    assert phone.counts() == {"draft": 0, "waiting": 0, "fix": 0}

    other.locator("textarea").first.fill("Vēl no otra loga.")
    expect(other.get_by_role("alert")).to_contain_text("Rakstīts bez signāla.")
    other.get_by_role("button", name="Ņemt to tekstu").click()
    expect(other.locator("textarea").first).to_have_value("Rakstīts bez signāla.")
    expect(state(other)).to_have_text(SAVED)
    other.context.close()
