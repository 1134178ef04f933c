"""Municipal staff answer a survey: without JavaScript, and with what the device keeps."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.journeys.people import SCREENS, look_at, sign_in


@pytest.fixture(scope="module")
def address(system, browser):
    """Staff begin a survey today and pass on the link of one municipality."""
    page = browser.new_context(**SCREENS["desktop"]).new_page()
    sign_in(page, system, system.account("project_staff"))
    page.goto(f"{system.url}/aptaujas/")
    page.get_by_role("link", name="Jauna aptauja").click()
    look_at(page)
    page.get_by_label("Pirmā diena").fill(timezone.localdate().isoformat())
    page.get_by_role("button", name="Saglabāt").click()
    page.get_by_label("Partneriem citādi pateikts").check()
    look_at(page)
    page.get_by_role("button", name="Izsludināt aptauju").click()
    expect(page.get_by_role("button", name="Izsludināt aptauju")).to_have_count(0)
    look_at(page)
    page.get_by_role("link", name="Upesciema novads").click()
    look_at(page)
    link = page.locator(".survey-address a").get_attribute("href")
    page.context.close()
    return re.sub(r"https?://[^/]+", system.url, link)


def test_a_survey_is_answered_with_javascript_off_at_360_px(browser, address):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(address)

    page.locator("input[name=q0][value=izglitiba]").check(force=True)
    page.locator("input[name=q1][value=darbs]").check(force=True)
    for number in range(2, 7):
        page.locator(f"input[name=q{number}][value=some]").check(force=True)
    page.get_by_label("Ieteikumi").fill("Vairāk kopīgu tikšanos.")
    page.get_by_role("button", name="Nosūtīt atbildes").click()

    expect(page.locator("h1")).to_have_text("Paldies, jūsu atbildes ir saņemtas")
    context.close()


def test_the_page_of_questions_is_looked_at_and_keeps_what_was_answered(
    browser, address, screen
):
    context = browser.new_context(**screen)
    page = context.new_page()
    page.goto(address)
    look_at(page)
    page.locator("input[name=q2][value=yes]").check(force=True)
    page.get_by_label("Ieteikumi").fill("Telpa sarunām.")

    page.reload()

    expect(page.locator("input[name=q2][value=yes]")).to_be_checked()
    expect(page.get_by_label("Ieteikumi")).to_have_value("Telpa sarunām.")
    page.get_by_role("button", name="Nosūtīt atbildes").click()
    expect(page.locator("h1")).to_have_text("Paldies, jūsu atbildes ir saņemtas")
    look_at(page)

    page.goto(address)
    expect(page.locator("input[name=q2][value=yes]")).not_to_be_checked()
    expect(page.get_by_label("Ieteikumi")).to_have_value("")
    context.close()


def test_what_was_written_on_a_shared_device_can_be_deleted(browser, address):
    context = browser.new_context(**SCREENS["phone"])
    page = context.new_page()
    page.goto(address)
    page.get_by_label("Ieteikumi").fill("Telpa sarunām.")
    page.get_by_role("button", name="Izdzēst ierakstīto").click()

    page.reload()

    expect(page.get_by_label("Ieteikumi")).to_have_value("")
    context.close()


def test_who_answers_nothing_is_led_to_the_error(browser, address, screen):
    context = browser.new_context(**screen)
    page = context.new_page()
    page.goto(address)

    page.get_by_role("button", name="Nosūtīt atbildes").click()

    expect(page.locator(".error-summary")).to_be_focused()
    look_at(page)
    context.close()
