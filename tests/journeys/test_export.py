"""A file of results: asked for, watched without reloading, downloaded once."""

import io
import zipfile

from playwright.sync_api import expect

from tests.journeys.people import look_at, say_why, sign_in

PAGE = "/rezultati/eksports/"


def test_staff_watch_a_file_become_ready_and_take_it_once(system, browser):
    context = browser.new_context(locale="lv-LV")
    page = context.new_page()
    sign_in(page, system, system.account("project_staff"))
    page.goto(system.url + PAGE)

    say_why(page)
    page.locator("label", has_text="CSV").click()
    page.get_by_role("button", name="Izveidot failu").click()
    button = page.get_by_role("button", name="Lejupielādēt")
    expect(button).to_be_visible(timeout=30_000)
    look_at(page)
    with page.expect_download() as download:
        button.click()

    content = download.value.path().read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert "2_tbl_apmeklejumi.csv" in archive.namelist()
    expect(button).to_have_count(0)
    assert list((system.folder / "files" / "waiting").iterdir()) == []
    context.close()


def test_without_scripts_a_link_looks_again(system, browser):
    context = browser.new_context(locale="lv-LV", java_script_enabled=False)
    page = context.new_page()
    sign_in(page, system, system.account("project_staff"))
    page.goto(system.url + PAGE)

    say_why(page)
    # Without scripts no page changes by itself: what counts is what the next one shows
    with page.expect_navigation():
        page.get_by_role("button", name="Izveidot failu").click()
    again = page.get_by_role("link", name="Apskatīt vēlreiz")
    button = page.get_by_role("button", name="Lejupielādēt")
    while again.count():
        with page.expect_navigation():
            again.click()

    with page.expect_download() as download:
        button.click()

    with zipfile.ZipFile(download.value.path()) as workbook:
        assert "xl/workbook.xml" in workbook.namelist()
    context.close()
