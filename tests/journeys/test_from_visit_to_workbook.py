"""The main job, once through: five visits on a phone become a PDF and rows in Excel.

The mediator and the contact person hold a phone, coordinator and staff sit at a desk.

Everything happens in the browser, nothing touches the database. The figures are
counted by hand below and have to stand on the screen, in the PDF and in the workbook.
"""

import io
import re
import subprocess

import pytest
from django.utils import translation
from openpyxl import load_workbook
from playwright.sync_api import expect

from interface.latvian import month_genitive
from tests.journeys.people import SCREENS, look_at, say_why, sign_in
from tests.journeys.system import today

FAMILIES = 2
ENTRIES = 5
MINUTES = 45 + 60 + 15 + 90 + 120
HOURS = "5,5"
HOME_VISITS = ACCOMPANIMENTS = 1
INSTITUTION_CONTACTS = 2

PLACE = "Upesciema novads"
DESK = "upc"
SECTIONS = {
    "Galvenie darba virzieni": "Visvairāk darba bija ar skolu un ārstiem.",
    "Sarežģītākais": "Grūti bija sagaidīt atbildi no iestādēm.",
    "Inovācija": "Pirmo reizi sanācām kopā bibliotēkā.",
    "Pozitīvais rezultāts": "Divi bērni atkal mācās katru nedēļu.",
    "Plāni nākamajam mēnesim": "Vecāku sapulce skolā\nĀrsta vizīte diviem bērniem",
}


class Journey:
    """One person after another, each in a browser window of their own."""

    def __init__(self, system, browser):
        self.system, self.browser = system, browser
        self.month = f"{today():%Y-%m}"

    def window(self, screen):
        return self.browser.new_context(**SCREENS[screen]).new_page()

    def window_of(self, role, municipality=None, *, screen):
        page = self.window(screen)
        sign_in(page, self.system, self.system.account(role, municipality))
        return page

    def go(self, page, path):
        page.goto(f"{self.system.url}{path}")
        look_at(page)

    def report_path(self, rest=""):
        return f"/atskaites/{DESK}/{self.month}/{rest}"

    def title_of_the_return(self):
        with translation.override("lv"):
            return f"{month_genitive(today()).capitalize()} atskaite atgriezta"


@pytest.fixture
def journey(system, browser):
    return Journey(system, browser)


def begins_with(words):
    """Matches names that begin so; spaces may be non-breaking ones."""
    return re.compile(r"^\s*" + r"\s".join(map(re.escape, words.split())))


def group(page, name):
    return page.get_by_role("group", name=begins_with(name))


def choose(page, question, *answers):
    for answer in answers:
        group(page, question).get_by_label(begins_with(answer)).check()


def choose_family(page, label):
    """By its tile if it is among the recent ones, else by typing four letters."""
    tile = group(page, "Ar ko?").get_by_role("radio", name=begins_with(label))
    if tile.count():
        tile.first.check()
        return
    search = group(page, "Ar ko?").get_by_role("combobox")
    search.fill(label[:4])
    page.get_by_role("option", name=begins_with(label)).first.click()


def choose_first_person(page):
    partner = group(page, "Ar kuru iestādi un cilvēku?")
    partner.get_by_role("radio").first.check()


def press(button):
    """Click, and wait for the page that answers."""
    with button.page.expect_navigation():
        button.click()


def save_visit(journey, page):
    look_at(page)
    press(page.get_by_role("button", name="Saglabāt", exact=True))
    expect(page).to_have_url(re.compile("/saglabats/$"))
    look_at(page)


def log_five_visits(journey, page):
    """Different kinds; two families, one event without a family."""
    journey.go(page, "/gimenes/")
    titles = page.locator("main .entry__title").all_inner_texts()
    first, second = (title.strip() for title in titles[:2])
    new = "/ieraksti/jauns/"

    journey.go(page, new)
    choose_family(page, first)
    choose(page, "Kas tas bija?", "Mājas apmeklējums")
    choose(page, "Cik ilgi?", "45 min")
    clear_areas(page)
    choose(page, "Par ko?", "Izglītība")
    choose(page, "Ko darīt tālāk?", "Neko")
    save_visit(journey, page)

    journey.go(page, new)
    choose_family(page, first)
    choose(page, "Kas tas bija?", "Tikšanās iestādē")
    choose(page, "Cik ilgi?", "1 h")
    clear_areas(page)
    choose(page, "Par ko?", "Izglītība", "Sociālie jautājumi")
    choose_first_person(page)
    save_visit(journey, page)

    journey.go(page, new)
    choose_family(page, second)
    choose(page, "Kas tas bija?", "Zvans vai ziņa")
    choose(page, "Cik ilgi?", "15 min")
    clear_areas(page)
    choose(page, "Par ko?", "Sociālie jautājumi")
    save_visit(journey, page)

    journey.go(page, new)
    choose_family(page, second)
    choose(page, "Kas tas bija?", "Pavadīšana")
    choose(page, "Cik ilgi?", "1,5 h")
    clear_areas(page)
    choose(page, "Par ko?", "Veselība")
    choose_first_person(page)
    save_visit(journey, page)

    journey.go(page, new)
    choose(page, "Ar ko?", "Bez ģimenes")
    choose(page, "Kāpēc bez ģimenes?", "Pasākums")
    choose(page, "Kas tas bija?", "Pasākums, grupa")
    choose(page, "Cik ilgi?", "2 h")
    choose(page, "Par ko?", "Kultūra un līdzdalība")
    page.get_by_role("spinbutton", name="Bērni").fill("8")
    save_visit(journey, page)


def clear_areas(page):
    """Areas that the case brought along are taken off, so that the count is by hand."""
    for box in group(page, "Par ko?").locator("input:checked").all():
        box.uncheck()


def fill_the_report(journey, page):
    journey.go(page, "/atskaites/")
    press(page.locator("main .rows li").first.locator("a, button").first)
    look_at(page)
    for title, text in SECTIONS.items():
        press(page.locator("main").get_by_role("link", name=title).first)
        page.locator("textarea[name=text]").fill(text)
        look_at(page)
        press(page.get_by_role("button", name="Saglabāt", exact=True))
        journey.go(page, journey.report_path())


def hand_in(journey, page):
    journey.go(page, journey.report_path("parbaudit/"))
    page.get_by_label("Jā, iesniegt tagad").check()
    press(page.get_by_role("button", name=re.compile("^Iesniegt")))
    expect(page.locator("main")).to_contain_text("Iesniegta")
    look_at(page)


def test_five_visits_become_a_confirmed_report_and_rows_in_excel(journey):
    mediator = journey.window_of("mediator", PLACE, screen="phone")
    log_five_visits(journey, mediator)
    journey.go(mediator, "/ieraksti/")
    journey.go(mediator, "/sodien/")
    expect(mediator.locator("main")).to_contain_text(HOURS)

    fill_the_report(journey, mediator)
    journey.go(mediator, journey.report_path("skaitli/"))
    expect(mediator.locator("main")).to_contain_text(HOURS)
    hand_in(journey, mediator)

    coordinator = journey.window_of("coordinator", PLACE, screen="desktop")
    journey.go(coordinator, "/parskats/")
    journey.go(coordinator, journey.report_path("parskatit/"))
    hardest = coordinator.locator(
        "section", has=coordinator.get_by_role("heading", name="Sarežģītākais")
    )
    hardest.locator("summary", has_text="Komentēt").first.click()
    hardest.locator("textarea").first.fill("Kuru iestādi gaidījāt visilgāk?")
    press(hardest.get_by_role("button", name="Saglabāt komentāru"))
    look_at(coordinator)
    press(coordinator.locator("button:visible", has_text="Atgriezt").first)
    expect(coordinator.locator("main")).to_be_visible()
    expect(coordinator.locator("body")).to_contain_text("atgriezta")
    look_at(coordinator)

    journey.go(mediator, "/sodien/")
    press(mediator.locator("main a", has_text=journey.title_of_the_return()).first)
    look_at(mediator)
    press(mediator.locator("main").get_by_role("link", name="Sarežģītākais").first)
    look_at(mediator)
    mediator.locator("textarea").last.fill("Dzīvokļu nodaļu, trīs nedēļas.")
    press(mediator.get_by_role("button", name="Atbildēt"))
    hand_in(journey, mediator)

    journey.go(coordinator, journey.report_path("parskatit/"))
    expect(coordinator.locator("main")).to_contain_text(
        "Dzīvokļu nodaļu, trīs nedēļas."
    )
    press(coordinator.locator("a:visible", has_text="Apstiprināt").first)
    look_at(coordinator)
    press(coordinator.locator("main button", has_text="Apstiprināt").first)
    expect(coordinator.locator("body")).to_contain_text("Apstiprināta")
    look_at(coordinator)
    journey.go(coordinator, journey.report_path("nosutit/"))
    press(coordinator.locator("main button", has_text="Nosūtīt").first)
    look_at(coordinator)

    link = journey.system.wait_for_link("/s/")
    visitor = journey.window("phone")
    visitor.goto(link)
    look_at(visitor)
    expect(visitor.locator("main")).to_contain_text(HOURS)
    pdf = visitor.request.get(f"{link}pdf/").body()
    press(visitor.get_by_role("button", name="Apstiprināt saņemšanu").first)
    expect(visitor.locator("body")).to_contain_text("Paldies")
    look_at(visitor)

    journey.go(coordinator, journey.report_path("parskatit/"))
    expect(coordinator.locator("body")).to_contain_text("Saņemta")
    journey.go(mediator, journey.report_path())
    expect(mediator.locator("body")).to_contain_text("Saņemta")

    text = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()
    assert f"{FAMILIES} ģimenēm" in text
    assert re.search(
        rf"^\s*{FAMILIES}\s+{ENTRIES}\s+{HOURS}\s+0\s*$", text, re.MULTILINE
    )

    staff = journey.window_of("project_staff", screen="desktop")
    journey.go(staff, "/rezultati/")
    journey.go(staff, "/rezultati/eksports/")
    check_workbook(download_workbook(staff))


def download_workbook(staff):
    say_why(staff)
    staff.get_by_role("button", name="Izveidot failu").click()
    with staff.expect_download() as download:
        staff.get_by_role("button", name="Lejupielādēt").click()
    return load_workbook(io.BytesIO(download.value.path().read_bytes()))


def check_workbook(workbook):
    month = today()
    rows = list(workbook["Rādītāji"].iter_rows(values_only=True))
    header = rows[0]
    values = {
        row[header.index("Kods")]: row[header.index("Vērtība")]
        for row in rows[1:]
        if row[header.index("Pašvaldība")] == PLACE
        and row[header.index("Mēnesis")]
        and (row[header.index("Mēnesis")].year, row[header.index("Mēnesis")].month)
        == (month.year, month.month)
    }
    assert values["I01"] == FAMILIES
    assert values["I02E"] == ENTRIES
    assert float(values["I21"]) == MINUTES / 60
    assert values["I04"] == HOME_VISITS
    assert values["I06"] == ACCOMPANIMENTS
    assert values["I05"] == INSTITUTION_CONTACTS
