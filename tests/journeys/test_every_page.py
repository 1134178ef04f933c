"""Pages as people meet them: narrow, without JavaScript, in both languages of colour."""

import pytest
from playwright.sync_api import expect

from tests.journeys.people import (
    THEME,
    look_at,
    look_at_dark,
    look_at_widths,
    sign_in,
)

PAGES = {
    "mediator": [
        "/sodien/", "/sveiki/1/", "/sveiki/2/", "/sveiki/3/", "/izmeginat/",
        "/izmeginat/ierakstit/", "/ieraksti/nenosutitie/", "/lietotne/sodien/",
        "/lietotne/kontakti/", "/lietotne/ierakstit/", "/bez-interneta/",
        "/gimenes/", "/gimenes/jauna/", "/gimenes/UPC-009/", "/gimenes/UPC-009/labot/",
        "/gimenes/UPC-009/cilveki/jauns/", "/gimenes/UPC-009/vajadzibas/",
        "/gimenes/UPC-009/dzivesvieta/", "/gimenes/UPC-009/piekrisana/",
        "/gimenes/UPC-009/skatijumi/", "/gimenes/UPC-009/programmas/", "/programmas/",
        "/diskriminacija/", "/diskriminacija/jauns/",
        "/gimenes/aizvietosana/", "/gimenes/nodosana/",
        "/berns-briesmas/", "/lietas/", "/lietas/jauna/", "/kontakti/",
        "/iestades/jauna/", "/soli/jauns/", "/ieraksti/", "/ieraksti/jauns/?tiesi=1",
        "/supervizija/", "/supervizija/jauna/", "/mana-lapa/", "/mana-lapa/kartite/",
        "/mediatori/sanita-vitola/", "/dokumenti/nodosana/", "/atskaites/", "/iestatijumi/",
        "/dokumenti/", "/dokumenti/iestade/", "/ielasit/families/", "/ielasit/visits/",
        "/pasakumi/", "/pasakumi/jauns/", "/pasakumi/jauna-serija/", "/pasakumi/?veids=NAV",
        "/pasakumi/?laiks=2000", "/resursu-centri/", "/resursu-centri/jauns/",
        "/ieteikumi/",
        "/palidziba/", "/privatums/", "/pieklustamiba/",
        "/stasti/", "/stasti/jauns/",
        "/stasti/katru-ritu-uz-skolu-ari-tumsa/", "/publicitate/", "/publicitate/jauna/",
        "/materiali/",
        "/jautajumi/", "/jautajumi/jauns/", "/padomi/", "/kontakti/jomas/",
        "/kontakti/jomas/jauna/", "/resursi/", "/resursi/jauns/",
    ],
    "coordinator": [
        "/parskats/", "/programmas/", "/diskriminacija/",
        "/atskaites/", "/atskaites/?all=1", "/lugumi/", "/kontakti/",
        "/gimenes/aizvietosana/", "/gimenes/nodosana/", "/ielasit/institutions/",
        "/ielasit/contacts/", "/pasakumi/", "/dokumenti/pasakumi/",
        "/aptaujas/", "/aptaujas/anketa/1/",
        "/aptaujas/partneri/upesciems/", "/ieteikumi/",
        "/materiali/jauns/",
        "/komanda/", "/pasvaldibas/upesciems/",
        "/pasvaldibas/upesciems/finansejums/jauns/", "/pasvaldibas/upesciems/sanaksmes/jauns/",
        "/pasvaldibas/upesciems/lemumi/jauns/",
        "/jautajumi/", "/padomi/", "/kontakti/jomas/", "/resursi/",
        "/rezultati/upesciems/izglitiba/",
    ],
    "lead_mediator": [
        "/rezultati/", "/rezultati/regioni/kurzeme/?first=2026-01&last=2026-12", "/atskaites/",
        "/komanda/",
    ],
    "project_staff": [
        "/rezultati/?area=education&approved=on", "/rezultati/eksports/", "/rezultati/merki/",
        "/rezultati/programmam/", "/atskaites/", "/dokumenti/projekts/", "/pasakumi/",
        "/pasakumi/jauns/", "/resursu-centri/",
        "/rezultati/", "/aptaujas/", "/aptaujas/jauna/", "/ieteikumi/", "/ieteikumi/jauns/",
        "/ielasit/recommendations/",
        "/komanda/", "/pasvaldibas/", "/pasvaldibas/vidmale/",
        "/pasvaldibas/vidmale/atbalsta-vizites/jauns/",
        "/programmas/", "/dokumenti/dalibnieki/",
        "/padomi/", "/jautajumi/", "/rezultati/upesciems/izglitiba/",
    ],
    "data_protection_officer": [
        "/palidziba/", "/datu-aizsardziba/", "/datu-aizsardziba/kede/",
        "/datu-aizsardziba/kas-skatija/?kods=UPC-009", "/datu-aizsardziba/glabasana/",
        "/datu-aizsardziba/eksporti/", "/datu-aizsardziba/neparasti/",
        "/datu-aizsardziba/pieprasijumi/", "/datu-aizsardziba/parkapumi/",
    ],
    "administrator": ["/sistema/", "/iestatijumi/"],
}  # fmt: skip
LED_TO = {
    "mediator": [
        ("/gimenes/UPC-009/", "main a[href*='/cilveki/']:not([href$='/jauns/'])"),
        ("/gimenes/UPC-009/", "main a[href$='/atsaukt/']"),
        ("/lietas/", "main a[href^='/lietas/UPC']"),
        ("/gimenes/UPC-009/", "main a[href^='/ieraksti/UPC']"),
        ("/mana-lapa/", "main a[href$='/dati/']"),
        ("/mana-lapa/", "main a[href$='/macibas/jauns/']"),
        ("/mana-lapa/", "main a[href*='/vajadzibas/']:not([href$='/jauns/'])"),
        ("/programmas/", "main a[href^='/programmas/']"),
        ("/diskriminacija/", "main a[href^='/diskriminacija/']:not([href$='/jauns/'])"),
        ("/kontakti/", "main a[href^='/iestades/']:not([href$='/jauna/'])"),
        ("/atskaites/", "main a[href^='/atskaites/']"),
        ("/jautajumi/", "main a.entry"),
        ("/padomi/", "main a.entry"),
        ("/pasakumi/", "main a.entry"),
        ("/pasakumi/", "main a.entry:has(.entry__text b)"),
        ("/resursu-centri/", "main a.entry"),
        ("/ieteikumi/", "main a[href$='/istenosana/']"),
        ("/stasti/", "main a.entry"),
        ("/stasti/", "main li + li a.entry"),
        ("/materiali/", "main a[href$='/izdalits/']"),
    ],
    "coordinator": [
        ("/aptaujas/", "main .rows li:first-child a[href^='/aptaujas/']"),
        ("/aptaujas/", "main .rows li:nth-child(2) a[href^='/aptaujas/']"),
    ],
    "project_staff": [
        ("/aptaujas/", "main .rows li:nth-child(2) a[href^='/aptaujas/']"),
        ("/ieteikumi/", "main a[href$='/parnest/']"),
        ("/stasti/", "main a.entry"),
        ("/publicitate/", "main .btn-sm"),
    ],
}
"""Pages whose addresses hold numbers: where a link leads to them, and which."""

MISSING_PICTURES = """[...document.images]
    .filter((one) => one.complete && !one.naturalWidth)
    .map((one) => one.src.slice(0, 60))"""
OF_A_CASE = ("", "labot/", "nosutit/", "dalities/", "noslegt/", "dokumenti/")


def addresses():
    """``(role, path, selector)``; with a selector, the page that its first link leads to."""
    for role, paths in PAGES.items():
        for path in paths:
            yield pytest.param(role, path, None, id=f"{role} {path}")
    for role, links in LED_TO.items():
        for path, selector in links:
            yield pytest.param(role, path, selector, id=f"{role} {path} {selector}")


@pytest.fixture(scope="module")
def window_of(system, browser):
    """A window for each role, opened and signed in when its first page is looked at."""
    windows = {}

    def window(role):
        if role not in windows:
            context = browser.new_context(locale="lv-LV")
            windows[role] = context.new_page()
            sign_in(windows[role], system, system.account(role))
            if role == "mediator":
                # Pages that the phone keeps go to the server as long as it has no copy
                windows[role].locator("html[data-phone=ready]").wait_for()
        return windows[role]

    yield window
    for page in windows.values():
        page.context.close()


@pytest.mark.parametrize(("role", "path", "selector"), list(addresses()))
def test_every_page_suits_axe_every_width_every_finger_and_the_dark(
    system, window_of, role, path, selector
):
    page = window_of(role)
    page.set_viewport_size({"width": 320, "height": 740})
    paths = [path]
    if selector:
        page.goto(f"{system.url}{path}")
        found = page.locator(selector).first.get_attribute("href")
        is_case = found.startswith("/lietas/")
        paths = [f"{found}{rest}" for rest in OF_A_CASE] if is_case else [found]

    for path in paths:
        answer = page.goto(f"{system.url}{path}")
        assert answer.ok, path
        assert page.evaluate(MISSING_PICTURES) == [], path
        look_at_widths(page)
        look_at_dark(page)


def test_the_setting_for_dark_reaches_the_page(system, browser):
    page = browser.new_page()
    sign_in(page, system, system.account("lead_mediator"))
    page.goto(f"{system.url}/iestatijumi/")
    page.locator("input[name=theme][value=dark]").check()
    with page.expect_navigation():
        page.locator("main form button").first.click()

    assert page.evaluate(THEME) == "dark"
    page.locator("input[name=theme][value=light]").check()
    with page.expect_navigation():
        page.locator("main form button").first.click()
    assert page.evaluate(THEME) == "light"


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
    logged = entries_of(page, system)
    page.goto(f"{system.url}/ieraksti/jauns/")
    page.locator("input[name=family]").first.check()
    page.locator("input[name=kind][value=office_talk]").check()
    page.locator("input[name=minutes][value='15']").check()
    for box in page.locator("input[name=areas]:checked").all():
        box.uncheck()
    page.locator("input[name=areas][value=health]").check()

    with page.expect_navigation():
        page.get_by_role("button", name="Saglabāt", exact=True).dblclick()
    page.go_back()
    with page.expect_navigation():
        page.get_by_role("button", name="Saglabāt", exact=True).click()

    assert entries_of(page, system) == logged + 1


def entries_of(page, system):
    page.goto(f"{system.url}/ieraksti/")
    return page.locator("main a[href^='/ieraksti/DZK-']").count()


@pytest.mark.parametrize("width", [320, 1280])
def test_what_finds_an_account_in_the_administration_is_large_enough_for_a_finger(
    system, window_of, width
):
    page = window_of("administrator")
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(f"{system.url}/parvaldiba/mediators/user/")

    for one in page.locator("#toolbar input:not([type=hidden])").all():
        assert one.bounding_box()["height"] >= 44
