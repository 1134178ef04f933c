"""Browsers with no room or no storage: nothing is lost, and nothing is said to be saved."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import sign_in

FULL = """
const put = IDBObjectStore.prototype.put;
IDBObjectStore.prototype.put = function (value, ...rest) {
    if (this.name === "items") throw new DOMException("full", "QuotaExceededError");
    return put.call(this, value, ...rest);
};
"""
NOTHING = "Object.defineProperty(window, 'indexedDB', {value: undefined})"
SAVED = re.compile("/saglabats/$")


@pytest.fixture
def page(system, browser, request):
    """A mediator's log form in a browser that is spoiled by the script of the test."""
    context = browser.new_context(locale="lv-LV", service_workers="block")
    context.add_init_script(request.param)
    page = context.new_page()
    sign_in(page, system, system.account("mediator", "Vidmales novads"))
    page.goto(f"{system.url}/ieraksti/jauns/")
    page.locator("[data-visit-form][data-ready]").wait_for()
    yield page
    context.close()


def log(page, *, minutes, family):
    page.locator("input[name=family]").nth(family).check()
    page.locator("input[name=kind][value=office_talk]").check()
    page.locator(f"input[name=minutes][value='{minutes}']").check()
    if not page.locator("input[name=areas]:checked").count():
        page.locator("input[name=areas][value=health]").check()
    page.locator("textarea[name=note]").fill("Nekur nepazūd")
    save(page)


def save(page):
    page.get_by_role("button", name="Saglabāt", exact=True).click()


@pytest.mark.parametrize("page", [FULL], ids=["full"], indirect=True)
def test_a_full_phone_hands_the_entry_to_the_server_or_says_that_it_is_not_saved(page):
    page.context.set_offline(True)
    log(page, minutes=45, family=1)
    expect(page.locator(".error-summary")).to_contain_text("NAV saglabāts")
    expect(page.locator("textarea[name=note]")).to_have_value("Nekur nepazūd")

    page.context.set_offline(False)
    save(page)

    expect(page).to_have_url(SAVED)
    expect(page.locator("main")).to_contain_text("45 min")


@pytest.mark.parametrize("page", [NOTHING], ids=["nothing"], indirect=True)
def test_a_browser_that_keeps_nothing_logs_straight_to_the_server(page):
    log(page, minutes=30, family=2)

    expect(page).to_have_url(SAVED)
    expect(page.locator("main")).to_contain_text("30 min")
