"""A mediator brings her list of families: with an error, mended, confirmed, taken back."""

from playwright.sync_api import expect

from tests.imports.lists import xlsx
from tests.journeys.people import SCREENS, look_at, sign_in

HEADINGS = ("Ģimene", "Pieaugušie", "Bērni", "Krāsa")


def hand_over(page, *rows):
    page.locator("input[type=file]").set_input_files(
        {
            "name": "ģimenes.xlsx",
            "mimeType": "application/octet-stream",
            "buffer": xlsx(HEADINGS, *rows),
        }
    )
    page.get_by_role("button", name="Pārbaudīt failu").click()
    expect(page.get_by_label("Krāsa")).to_be_visible()
    look_at(page)
    page.get_by_label("Krāsa").select_option(label="Neielasīt")
    page.get_by_role("button", name="Turpināt").click()


def test_a_list_with_an_error_is_mended_imported_and_taken_back(system, browser):
    context = browser.new_context(**SCREENS["phone"])
    page = context.new_page()
    sign_in(page, system, system.account("mediator"))
    page.goto(f"{system.url}/gimenes/")
    page.get_by_role("link", name="Ielasīt no Excel").click()
    look_at(page)

    hand_over(page, ("Rožlapu ģimene", "divi", 3, "zila"))
    expect(page.locator("tbody tr", has_text="B2")).to_contain_text("skaitli")
    look_at(page)
    page.get_by_role("link", name="Izvēlēties izlaboto failu").click()

    hand_over(page, ("Rožlapu ģimene", 2, 3, "zila"))
    expect(page.locator("main .note b")).to_have_text("1 rindu")
    look_at(page)
    page.get_by_role("button", name="Ielasīt", exact=True).click()
    expect(page.get_by_role("heading", name="Ielasīta 1 rinda")).to_be_visible()
    look_at(page)

    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Atcelt ielasīšanu").click()
    expect(page.get_by_role("heading", name="Ielasīšana ir atcelta")).to_be_visible()
    page.goto(f"{system.url}/gimenes/")
    page.get_by_role("searchbox").fill("rozlapu")
    page.get_by_role("button", name="Meklēt").click()
    expect(page.get_by_text("Šādu ģimeni neatradām")).to_be_visible()
    context.close()
