"""A mediator's day without a mouse, as a screen reader would speak it (WCAG 2.1.1, 2.4.7,
2.4.11, 4.1.2): every control is found by its role and name, its focus shows, and no bar
lies over it."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.keyboard import Keyboard

PHONE = {"width": 360, "height": 740}
FAMILY = "Kalmju ģimene"


@pytest.fixture(scope="module")
def page(system, browser):
    """One signed-in page for the whole day, on a phone with a keyboard."""
    context = browser.new_context(
        viewport=PHONE, locale="lv-LV", timezone_id="Europe/Riga"
    )
    page = context.new_page()
    sign_in_by_keyboard(page, system)
    yield page
    context.close()


@pytest.fixture
def keyboard(page):
    return Keyboard(page)


@pytest.fixture
def go(page, system):
    return lambda path: page.goto(f"{system.url}{path}")


def sign_in_by_keyboard(page, system):
    account = system.account("mediator", "Upesciema novads")
    page.goto(f"{system.url}/ieiet/")
    keyboard = Keyboard(page)
    keyboard.write("E-pasta adrese", account["email"])
    keyboard.write("Parole", account["password"])
    keyboard.press("Enter")
    page.wait_for_url("**/sodien/")


def test_a_visit_is_logged_and_deleted(page, keyboard, go):
    go("/sodien/")
    # The last link of the page but four: quicker from the end
    keyboard.follow(
        "Ierakstīt", key="Shift+Tab", lands_on=re.compile("/ieraksti/jauns/")
    )
    page.locator("[data-visit-form][data-ready]").wait_for()
    keyboard.choose("Ar ko?", "")
    keyboard.choose("Kas tas bija?", "Saruna birojā")
    keyboard.choose("Cik ilgi?", "45 min")
    keyboard.tick("Dokumenti", group="Par ko?")
    keyboard.choose("Ko darīt tālāk?", "Neko")
    keyboard.follow("Saglabāt", role="button", lands_on=re.compile("/saglabats/$"))

    expect(page.locator("main")).to_contain_text("45 min")
    expect(page.locator("main")).to_contain_text("Saruna birojā")

    # Other journeys count what this person logged this month
    number = re.search(r"UPC-\d+-\d+", page.url)[0]
    go(f"/ieraksti/{number}/")
    keyboard.follow("Dzēst", lands_on=re.compile("/dzest/$"))
    keyboard.follow("Dzēst", role="button", lands_on=re.compile("dzests="))
    expect(page.get_by_role("button", name="Atsaukt")).to_be_visible()


def test_a_meeting_is_planned_and_moved(page, keyboard, go):
    go("/sodien/")
    keyboard.follow("Ieplānot tikšanos", lands_on=re.compile("/soli/jauns/"))
    keyboard.reach("combobox", "Ar kuru iestādi?")
    keyboard.press("ArrowDown")
    keyboard.choose("Kad?", "Šodien")
    keyboard.write("Par ko?", "Pārrunāt mācības")
    keyboard.follow("Saglabāt", role="button", lands_on="**/sodien/")
    step = page.locator(".step", has_text="Pārrunāt mācības")
    expect(step.locator(".entry__side")).to_contain_text("šodien")

    subject = step.locator(".entry__title").inner_text()
    keyboard.reach("DisclosureTriangle", f"Pārcelt, {subject}")
    keyboard.press("Enter")
    keyboard.press_button("Rīt")

    expect(step.locator(".entry__side")).to_contain_text("rīt")


def test_a_family_is_added_agrees_gets_a_case_and_is_sent_on(page, keyboard, go):
    go("/gimenes/jauna/")
    keyboard.write("Ģimenes vārds", FAMILY)
    keyboard.reach("button", "Vairāk: Pieaugušie")
    keyboard.press("Enter", "Enter")
    keyboard.choose("Vai pastāstījāt", "Pastāstīju, ģimene piekrīt")
    keyboard.follow(
        "Saglabāt", role="button", lands_on=re.compile(r"/gimenes/UPC-\d+/")
    )
    expect(page.locator("h1")).to_have_text(FAMILY)
    code = re.search(r"UPC-\d+", page.url)[0]

    go(f"/gimenes/{code}/")
    keyboard.follow("Ierakstīt piekrišanu", lands_on=re.compile("/piekrisana/"))
    keyboard.tick("Piekrīt, ka datus nodod iestādēm")
    keyboard.choose("Kādā valodā?", "Latviešu")
    keyboard.choose("Kādā veidā?", "Mutiski")
    keyboard.follow("Saglabāt", role="button", lands_on=re.compile(f"/gimenes/{code}/"))
    expect(page.locator("main")).to_contain_text("Piekrīt, ka datus nodod iestādēm")

    open_a_case(page, keyboard)
    send_it_on(page, keyboard)


def open_a_case(page, keyboard):
    keyboard.follow("Jauna lieta", lands_on=re.compile("/lietas/jauna/"))
    keyboard.choose("Joma", "Izglītība")
    keyboard.write("Ar saviem vārdiem", "Vieta bērnudārzā")
    keyboard.follow(
        "Saglabāt", role="button", lands_on=re.compile(r"/lietas/UPC-L\d+/")
    )
    expect(page.locator("main")).to_contain_text(FAMILY)


def send_it_on(page, keyboard):
    keyboard.follow("Nosūtīt uz iestādi", lands_on=re.compile("/nosutit/"))
    keyboard.reach("combobox", "No visiem kontaktiem")
    keyboard.press("ArrowDown")
    keyboard.choose("Ko lūdzat?", "Vieta skolā")
    keyboard.follow(
        "Nosūtīt un gaidīt", role="button", lands_on=re.compile(r"/lietas/UPC-L\d+/$")
    )
    expect(page.locator("main")).to_contain_text("Vieta skolā vai bērnudārzā")


def test_a_covered_number_is_shown_and_hidden(page, keyboard, go):
    go("/gimenes/UPC-009/")
    keyboard.reach("DisclosureTriangle", "Tālrunis paslēpts")
    keyboard.press("Enter")
    keyboard.choose("Kāpēc vajag tālruni?", "")
    keyboard.press_button("Rādīt 1 minūti")
    value = page.locator("[data-reveal-value]")
    expect(value).to_contain_text("+371")

    keyboard.follow("Paslēpt: ", lands_on="**/gimenes/UPC-009/#covered")

    expect(page.locator("main")).not_to_contain_text("+371")
