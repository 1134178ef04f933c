"""A passkey is made and used: alone on a mediator's phone, second at a coordinator's desk."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import SCREENS, look_at, sign_in


@pytest.fixture(scope="module")
def system(prepared, tmp_path_factory):
    """Under a name: browsers make no passkey for a number."""
    system = prepared.copy(tmp_path_factory.mktemp("passkey"))
    system.url = system.url.replace("127.0.0.1", "localhost")
    system.env |= {"ALLOWED_HOSTS": "localhost", "SITE_URL": system.url}
    with system.running():
        yield system


@pytest.fixture
def page(browser, request):
    """A browser whose device knows its owner's finger, as wide as the role asks for."""
    context = browser.new_context(**SCREENS[getattr(request, "param", "phone")])
    page = context.new_page()
    device = context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield page
    context.close()


def make_passkey(page, system):
    page.goto(f"{system.url}/iestatijumi/drosiba/")
    look_at(page)
    page.get_by_role("link", name="Pievienot piekļuves atslēgu").click()
    look_at(page)
    page.get_by_role("button", name="Izveidot piekļuves atslēgu").click()
    expect(page.locator(".codes li")).to_have_count(10)
    look_at(page)
    page.get_by_role("link", name="Kodi ir saglabāti").click()


def sign_out(page, system):
    page.goto(f"{system.url}/iziet/")
    page.locator("main form button").click()
    expect(page).to_have_url(f"{system.url}/")
    page.goto(f"{system.url}/ieiet/")


def test_a_mediator_signs_in_with_the_phone_alone(page, system):
    sign_in(page, system, system.account("mediator"))
    make_passkey(page, system)
    sign_out(page, system)
    look_at(page)

    page.get_by_role("button", name="Pieslēgties ar piekļuves atslēgu").click()

    expect(page).to_have_url(re.compile("/sodien/$"))


@pytest.mark.parametrize("page", ["desktop"], indirect=True)
def test_at_a_desk_the_passkey_comes_after_the_password(page, system):
    account = system.account("coordinator")
    sign_in(page, system, account)
    make_passkey(page, system)
    sign_out(page, system)

    page.get_by_role("button", name="Pieslēgties ar piekļuves atslēgu").click()
    expect(page.get_by_role("status").first).to_contain_text(
        "vispirms ieejiet ar paroli"
    )
    page.locator("[name=login]").fill(account["email"])
    page.locator("[name=password]").fill(account["password"])
    page.locator("main form button").first.click()
    expect(page).to_have_url(re.compile("/ieiet/kods/$"))
    look_at(page)

    page.get_by_role("button", name="Izmantot piekļuves atslēgu").click()
    expect(page).to_have_url(re.compile("/parskats/$"))
