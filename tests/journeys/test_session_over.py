"""Words in a form at a desk outlive the session in which they were typed."""

from playwright.sync_api import expect

from tests.journeys.people import look_at, sign_in

REASON = "Skolai jāzina, kuram bērnam maksāt pusdienas."


def test_words_stay_on_the_page_until_one_has_signed_in_anew(browser, system):
    coordinator = system.account("coordinator", "Vidmales novads")
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="lv-LV"
    )
    page = context.new_page()
    sign_in(page, system, coordinator)
    page.goto(f"{system.url}/vardi/lugt/")
    page.locator("input[name=code]").fill("VDM-001")
    page.locator("textarea[name=reason]").fill(REASON)
    ask = page.get_by_role("button", name="Lūgt vārdu")

    context.clear_cookies()
    ask.click()

    expect(page.get_by_role("link", name="Pieslēgties")).to_be_visible()
    expect(page.locator("textarea[name=reason]")).to_have_value(REASON)
    look_at(page)
    window = context.new_page()
    sign_in(window, system, coordinator)
    window.close()
    ask.click()
    expect(page.locator("main")).to_contain_text("Pieprasīts")
    expect(page.locator("main li").filter(has_text=REASON)).to_have_count(1)
    context.close()
