"""A dump of what the browser keeps names nobody, and is empty after signing out."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.storage import everything_kept

NOTE = "Mamma strādā naktīs, bērni vieni"


@pytest.fixture
def account(system):
    return system.account("mediator", "Dzintarkrasta novads")


@pytest.fixture
def secrets(phone, system, account):
    """Labels and codes on the mediator's own pages, her own name, a note."""
    phone.sign_in(account)
    phone.go("/gimenes/")
    titles = phone.page.locator("main .entry__title").all_inner_texts()
    # A nickname may begin with a word of the interface, as in “Māja pie dzirnavām”
    surnames = [title.split()[0] for title in titles if title.endswith("ģimene")]
    assert len(surnames) > 3
    return {
        *titles,
        *surnames,
        NOTE,
        account["email"],
        account["email"].split(".")[0].title(),
    }


def readable(found, secrets):
    return {
        (where, secret)
        for where, text in found.items()
        for secret in secrets
        if secret in text
    }


def test_no_name_note_or_token_can_be_read_and_nothing_is_left_after_signing_out(
    phone, system, secrets
):
    page, origin = phone.page, system.url
    phone.context.set_offline(True)
    phone.begin_entry()
    phone.answer(minutes=30, note=NOTE)
    expect(page.locator("[data-draft-state]")).to_have_text("Melnraksts saglabāts")
    with_draft = everything_kept(page, origin)
    phone.save()
    expect(page.locator(".done--waiting")).to_be_visible()
    with_entry = everything_kept(page, origin)

    assert any(where.startswith("database/tilts/items") for where in with_entry)
    assert any(where.startswith("database/tilts/copies") for where in with_entry)
    assert any("/lietotne/ierakstit/" in where for where in with_entry)
    assert [text for text in with_entry.values() if "extractable" in text] == [
        text for text in with_entry.values() if "extractable: false" in text
    ]
    assert readable(with_draft, secrets) == set()
    assert readable(with_entry, secrets | {'csrfmiddlewaretoken" value="'}) == set()
    assert on_disk(phone.folder, {NOTE}) == set()

    phone.context.set_offline(False)
    phone.go("/ieraksti/nenosutitie/")
    phone.wait_until_sent()
    phone.go("/sodien/")
    page.locator("nav.bottom > details > summary").click()
    page.locator("nav.bottom").get_by_role("button", name="Iziet").click()
    expect(page.get_by_role("link", name="Pieslēgties").first).to_be_visible()
    assert everything_kept(page, origin) == {}


def on_disk(folder, texts):
    """Files of the browser's profile that hold one of the texts."""
    needles = [text.encode(code) for text in texts for code in ("utf-8", "utf-16-le")]
    return {
        path.name
        for path in Path(folder).rglob("*")
        if path.is_file()
        for needle in needles
        if needle in path.read_bytes()
    }


def test_the_dump_would_find_a_name_anywhere(phone, system, secrets):
    """The control: a name that is put there is found."""
    phone.page.evaluate(
        """async (name) => {
            localStorage.setItem("x", name);
            await (await caches.open("x")).put("/x", new Response(name));
            await new Promise((resolve) => {
                const request = indexedDB.open("x", 1);
                request.onupgradeneeded = () => request.result.createObjectStore("x");
                request.onsuccess = () => {
                    const change = request.result.transaction("x", "readwrite");
                    change.objectStore("x").put({a: [name], b: new TextEncoder().encode(name)}, 1);
                    change.oncomplete = resolve;
                };
            });
        }""",
        NOTE,
    )

    found = readable(everything_kept(phone.page, system.url), {NOTE})

    assert {where.split("/")[0] for where, _secret in found} == {
        "storage",
        "cache",
        "database",
    }
