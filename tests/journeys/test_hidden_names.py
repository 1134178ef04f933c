"""A mediator shows her phone to somebody: codes in place of names, with signal and without."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import look_at

NOTE = "Vecmāmiņa lūdza piezvanīt vakarā"
CODE = re.compile(r"[A-Z]{3}-\d{3}")


@pytest.fixture
def labels(phone, system):
    """The names of the mediator's families, signed in and with names shown."""
    phone.sign_in(system.account("mediator", "Upesciema novads"))
    phone.go("/gimenes/")
    labels = phone.page.locator("main .entry__title").all_inner_texts()
    assert len(labels) > 3
    return labels


def tap(phone, words):
    phone.page.get_by_role("button", name=words).click()
    other = {"Slēpt vārdus": "Rādīt vārdus", "Rādīt vārdus": "Slēpt vārdus"}[words]
    expect(phone.page.get_by_role("button", name=other)).to_be_visible()


def names_on(phone, labels):
    """What of the names stands anywhere in the page, also where nobody sees it."""
    html = phone.page.content()
    return [label for label in labels if label in html]


def hides_names(phone, labels):
    look_at(phone.page)
    assert names_on(phone, labels) == []


def is_filled(phone):
    phone.page.locator("html[data-filled]").wait_for()


def test_one_tap_hides_names_and_they_stay_hidden_without_signal(phone, labels):
    phone.go("/sodien/")
    assert names_on(phone, labels)
    tap(phone, "Slēpt vārdus")
    hides_names(phone, labels)
    phone.page.reload()
    hides_names(phone, labels)

    phone.lose_signal()
    phone.go("/sodien/")
    is_filled(phone)
    hides_names(phone, labels)
    of_a_family = phone.page.locator("main .step .entry__title[data-code]")
    expect(of_a_family.first).to_have_text(CODE)
    phone.begin_entry()
    hides_names(phone, labels)
    expect(phone.page.locator("[data-part=family] label").first).to_contain_text(CODE)

    tap(phone, "Rādīt vārdus")
    phone.page.locator("[data-visit-form][data-ready]").wait_for()
    assert names_on(phone, labels)


def test_an_entry_of_the_phone_is_shown_without_name_and_note(phone, labels):
    phone.go("/sodien/")
    tap(phone, "Slēpt vārdus")
    phone.lose_signal()
    phone.log_offline(minutes=15, note=NOTE)
    hides_names(phone, labels)
    expect(phone.page.locator("[data-about=subject]")).to_have_text(CODE)
    phone.go("/ieraksti/nenosutitie/")
    expect(phone.page.locator("[data-part=waiting] li")).to_contain_text(CODE)
    hides_names(phone, labels)

    phone.page.locator("[data-part=waiting] .entry__action").click()
    phone.page.locator("[data-visit-form][data-ready]").wait_for()
    note = phone.page.locator("textarea[name=note]")
    expect(note).to_be_hidden()
    hides_names(phone, labels)

    tap(phone, "Rādīt vārdus")
    phone.page.locator("[data-visit-form][data-ready]").wait_for()
    expect(note).to_have_value(NOTE)
    expect(note).to_be_visible()
    phone.go("/ieraksti/nenosutitie/")
    row = phone.page.locator("[data-part=waiting] li")
    expect(row).to_contain_text(re.compile("|".join(map(re.escape, labels))))


def test_what_is_written_and_not_saved_is_asked_about_first(phone, labels):
    phone.go("/gimenes/jauna/")
    phone.page.locator("input[name=label]").fill("Jaunie")
    phone.page.once("dialog", lambda dialog: dialog.dismiss())
    phone.page.get_by_role("button", name="Slēpt vārdus").click()
    expect(phone.page.locator("input[name=label]")).to_have_value("Jaunie")
    look_at(phone.page)

    phone.page.once("dialog", lambda dialog: dialog.accept())
    tap(phone, "Slēpt vārdus")
    expect(phone.page.locator("input[name=label]")).to_have_value("")
