"""Pages as people meet them: narrow, without JavaScript, in both languages of colour."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import look_at, sign_in

PAGES = {
    "mediator": [
        "/sodien/", "/gimenes/", "/gimenes/jauna/", "/gimenes/UPC-009/",
        "/gimenes/UPC-009/cilveki/jauns/", "/gimenes/UPC-009/vajadzibas/",
        "/gimenes/UPC-009/dzivesvieta/", "/gimenes/UPC-009/piekrisana/",
        "/gimenes/UPC-009/skatijumi/", "/berns-briesmas/", "/lietas/", "/lietas/jauna/",
        "/kontakti/", "/ieraksti/", "/ieraksti/jauns/", "/atskaites/", "/iestatijumi/",
        "/palidziba/", "/privatums/", "/pieklustamiba/",
        "/gimenes/aizvietosana/", "/gimenes/nodosana/",
    ],
    "coordinator": [
        "/parskats/", "/atskaites/", "/atskaites/?all=1", "/kontakti/",
        "/gimenes/aizvietosana/", "/gimenes/nodosana/",
    ],
    "lead_mediator": ["/rezultati/", "/atskaites/"],
    "project_staff": ["/rezultati/", "/rezultati/eksports/", "/atskaites/"],
    "data_protection_officer": ["/palidziba/"],
}  # fmt: skip


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("role", PAGES)
def test_no_page_scrolls_sideways_or_troubles_axe_at_320_pixels(
    system, browser, role, theme
):
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, locale="lv-LV", color_scheme=theme
    )
    page = context.new_page()
    sign_in(page, system, system.account(role))
    page.goto(f"{system.url}/iestatijumi/")
    page.locator(f"input[name=theme][value={theme}]").check()
    with page.expect_navigation():
        page.locator("main form button").first.click()

    for path in PAGES[role]:
        page.goto(f"{system.url}{path}")
        look_at(page)


def test_strangers_meet_a_page_that_explains_and_a_form(system, browser, screen):
    page = browser.new_context(**screen).new_page()

    for path in ("/", "/ieiet/", "/parbaude/", "/s/nav-tadas-saites/", "/nav-lapas/"):
        page.goto(f"{system.url}{path}")
        look_at(page)


def test_a_visit_can_be_logged_with_javascript_off(system, browser):
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False
    )
    page = context.new_page()
    sign_in(page, system, system.account("mediator", "Vidmales novads"))
    page.goto(f"{system.url}/ieraksti/jauns/")

    page.locator("input[name=family]").first.check()
    page.locator("input[name=kind][value=home_visit]").check()
    page.locator("input[name=minutes][value='45']").check()
    page.locator("input[name=areas][value=education]").check()
    page.get_by_role("button", name="Saglabāt", exact=True).click()

    expect(page.locator("main")).to_contain_text("45")
    assert page.url.endswith("/saglabats/")


def test_a_double_click_and_the_back_button_leave_one_entry(system, browser):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    sign_in(page, system, system.account("mediator", "Dzintarkrasta novads"))
    page.goto(f"{system.url}/ieraksti/jauns/")
    page.locator("input[name=family]").first.check()
    page.locator("input[name=kind][value=call]").check()
    page.locator("input[name=minutes][value='15']").check()
    for box in page.locator("input[name=areas]:checked").all():
        box.uncheck()
    page.locator("input[name=areas][value=health]").check()

    with page.expect_navigation():
        page.get_by_role("button", name="Saglabāt", exact=True).dblclick()
    page.go_back()
    with page.expect_navigation():
        page.get_by_role("button", name="Saglabāt", exact=True).click()

    page.goto(f"{system.url}/ieraksti/")
    assert page.locator("main a[href^='/ieraksti/DZK-']").count() == 1
