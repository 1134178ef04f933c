"""The search field of the log form, in a page of its own."""

import pytest
from playwright.sync_api import expect

from tests.journeys.modules import Modules

FORM = """
<form><select name="institution"><option value="">Nav</option>
<option value="7" data-title="Upesciema pamatskola"
 data-hint="iestāde">Upesciema pamatskola</option></select>
<select name="contact_other"><option value="">Nav</option>
<option value="1" data-title="Kristīne Celmiņa" data-hint="Upesciema pamatskola"
 data-order="2">Kristīne Celmiņa, Upesciema pamatskola</option>
<option value="2" data-title="Inga Kalniņa" data-hint="Upesciema pamatskola"
 data-order="1">Inga Kalniņa, Upesciema pamatskola</option>
<option value="3" data-title="Upe Kalniņa" data-hint="bibliotēka"
 data-order="3">Upe Kalniņa, bibliotēka</option>
</select>
<p class="field"><label>Iestāde <input name="new_institution_name"></label></p>
<p class="field"><label>Cilvēks <input name="new_contact_name"></label></p>
<button>Saglabāt</button></form>
<template data-similar><div role="alert" tabindex="-1"><ul>
<li><b data-name></b><span data-about></span>
<button type="button">Tas ir tas pats: <span data-name></span></button></li></ul>
<button type="button" data-as-new>Saglabāt kā jaunu</button></div></template>
"""
BUILD = """
async (html) => {
  document.body.innerHTML = html;
  const { Combobox } = await import("/static/js/combobox.js");
  const form = document.forms[0];
  const { contact_other: person, institution } = form.elements;
  window.picked = [];
  window.added = [];
  window.sent = 0;
  const field = new Combobox({
    selects: [person, institution],
    id: "search",
    texts: {
      label: "Meklēt", found: "Atrasti:", nothing: "Nav.", add: "Pievienot",
      news: '{"contact_other": "new_contact_name", "institution": "new_institution_name"}',
    },
    onPick: (item) => window.picked.push(item.title),
    onAdd: (typed) => window.added.push(typed),
  });
  form.prepend(field.root);
  form.addEventListener("submit", (event) => { event.preventDefault(); window.sent += 1; });
}
"""


@pytest.fixture
def page(browser):
    modules = Modules(browser)
    modules.page.evaluate(BUILD, FORM)
    yield modules.page
    modules.close()


def titles(page):
    return page.locator(".combobox [role=option]").evaluate_all(
        "(rows) => rows.map((row) => (row.querySelector('b') ?? row).textContent)"
    )


def test_the_list_shows_titles_first_then_the_likeliest_and_a_way_to_add(page):
    page.get_by_role("combobox", name="Meklēt").fill("upe")

    assert titles(page) == [
        *("Upe Kalniņa", "Upesciema pamatskola", "Inga Kalniņa", "Kristīne Celmiņa"),
        "Pievienot „upe”",
    ]
    expect(page.locator(".combobox [role=status]")).to_have_text("Atrasti: 4")


def test_what_was_typed_stands_out_in_title_and_second_line(page):
    page.get_by_role("combobox", name="Meklēt").fill("kaln inga upes")

    marks = page.locator(".combobox [role=option] mark").all_text_contents()
    assert marks == ["Inga", "Kaln", "Upes"]


def test_a_typing_error_finds_and_nothing_found_still_offers_to_add(page):
    field = page.get_by_role("combobox", name="Meklēt")

    field.fill("igna kalnina")
    assert titles(page)[:-1] == []
    field.fill("inga kalinna")
    assert titles(page)[:-1] == ["Inga Kalniņa"]
    field.fill("neviens")
    assert titles(page) == ["Pievienot „neviens”"]
    field.press("ArrowDown")
    field.press("Enter")
    assert page.evaluate("window.added") == ["neviens"]


def test_the_field_is_a_combobox_for_the_keyboard_and_for_readers(page):
    field = page.get_by_role("combobox", name="Meklēt")
    field.fill("kalnina")

    expect(field).to_have_attribute("aria-expanded", "true")
    first = field.get_attribute("aria-activedescendant")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") != first
    expect(page.locator(".combobox [role=option][aria-selected=true]")).to_have_count(1)
    field.press("Escape")
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press("ArrowDown")
    field.press("Enter")
    assert page.evaluate("window.picked") == ["Inga Kalniņa"]


def test_a_known_name_typed_as_new_holds_back_saving_until_somebody_decides(page):
    name = page.get_by_label("Cilvēks")
    name.fill("Kalnina Inga")

    page.get_by_role("button", name="Saglabāt", exact=True).click()

    question = page.get_by_role("alert")
    expect(question).to_contain_text("Inga Kalniņa")
    assert page.evaluate("window.sent") == 0
    question.get_by_role("button", name="Tas ir tas pats: Inga Kalniņa").click()
    expect(question).to_have_count(0)
    expect(name).to_have_value("")
    assert page.evaluate("window.picked") == ["Inga Kalniņa"]
    page.get_by_role("button", name="Saglabāt", exact=True).click()
    assert page.evaluate("window.sent") == 1


def test_who_is_another_one_is_saved_as_new(page):
    page.get_by_label("Iestāde").fill("Upesciema pamtskola")
    page.get_by_label("Cilvēks").focus()

    page.get_by_role("button", name="Saglabāt kā jaunu").click()
    page.get_by_role("button", name="Saglabāt", exact=True).click()

    assert page.evaluate("window.sent") == 1
    expect(page.get_by_label("Iestāde")).to_have_value("Upesciema pamtskola")
