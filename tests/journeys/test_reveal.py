"""A covered value that was asked for hides by itself, in a browser whose clock we hold."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import SCREENS, look_at, sign_in


@pytest.fixture
def page(system, browser):
    context = browser.new_context(**SCREENS["phone"])
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    open_family(page, system)
    yield page
    context.close()


def open_family(page, system):
    sign_in(page, system, system.account("mediator"))
    page.goto(f"{system.url}/gimenes/UPC-009/")


def ask_for_the_number(page):
    """Ask, and wait for the clock: its script comes a moment after the number."""
    ask_without_script(page)
    expect(page.get_by_role("timer")).to_be_visible()
    return value(page).inner_text()


def ask_without_script(page):
    page.locator(".covered details summary").first.click()
    page.locator(".covered details[open] label").first.click()
    page.locator(".covered details[open] button").click()
    expect(value(page)).to_contain_text("+371")


def reveals(system):
    """How many times anybody asked for a covered value, by the audit trail."""
    return system.rows("SELECT count(*) FROM privacy_auditentry WHERE verb = 'reveal'")[
        0
    ][0]


def value(page):
    return page.locator("[data-reveal-value]")


def test_the_value_hides_after_a_minute_and_can_be_asked_for_again(page):
    page.clock.install(time="2026-11-26T12:00")
    page.clock.pause_at("2026-11-26T13:00")
    number = ask_for_the_number(page)
    timer, voice = page.get_by_role("timer"), page.locator("[data-reveal-voice]")
    heard = [voice.inner_text()]

    page.clock.run_for(15_000)
    heard.append(voice.inner_text())
    expect(timer).to_have_text("Paslēps pēc 45\N{NO-BREAK SPACE}s")
    for seconds in (15_000, 20_000):
        page.clock.run_for(seconds)
        heard.append(voice.inner_text())
    assert heard == [f"Paslēps pēc {seconds} sekundēm." for seconds in (60, 60, 30, 10)]
    page.clock.run_for(10_000)
    expect(value(page)).to_have_text("•••••••")
    assert number not in page.content()

    page.get_by_role("button", name="Rādīt vēl 1 minūti").click()
    expect(value(page)).to_have_text(number)
    expect(timer).to_be_visible()


def test_reloading_the_page_covers_the_value_and_records_nothing(page, system):
    ask_for_the_number(page)
    before = reveals(system)

    page.reload()

    expect(value(page)).to_have_count(0)
    assert reveals(system) == before


def test_the_page_is_in_order_while_a_value_is_shown_and_after(page):
    ask_for_the_number(page)
    look_at(page)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    look_at(page)


def test_the_number_can_be_copied(page):
    number = ask_for_the_number(page)

    page.get_by_role("button", name="Kopēt numuru").click()

    expect(page.get_by_text("Nokopēts.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == number


def test_leaving_the_page_hides_the_value_at_once(page):
    ask_for_the_number(page)

    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")

    expect(value(page)).to_have_text("•••••••")


def test_a_page_that_is_no_longer_looked_at_hides_the_value(page):
    ask_for_the_number(page)

    page.evaluate(
        "Object.defineProperty(document, 'hidden', {value: true});"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )

    expect(value(page)).to_have_text("•••••••")


def test_without_javascript_the_value_stays_and_another_minute_is_recorded(
    system, browser
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    open_family(page, system)
    before = reveals(system)
    ask_without_script(page)

    expect(page.get_by_role("timer")).to_be_hidden()
    expect(page.get_by_role("button", name="Kopēt numuru")).to_be_hidden()
    with page.expect_navigation():
        page.get_by_role("button", name="Rādīt vēl 1 minūti").click()
    expect(value(page)).to_contain_text("+371")
    assert reveals(system) == before + 2
    context.close()
