"""One running system and one browser for all journeys."""

import os

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.phone import Phone
from tests.journeys.proxy import Line
from tests.journeys.system import System

WIDTHS = {
    "phone": {"width": 360, "height": 740},
    "desktop": {"width": 1280, "height": 900},
}

expect.set_options(timeout=20_000)  # a busy machine is no failure


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def system(tmp_path_factory):
    """A prepared demo installation, served until the journeys are over."""
    system = System(tmp_path_factory.mktemp("system"))
    system.prepare()
    with system.running():
        yield system


@pytest.fixture(scope="session")
def playwright():
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright):
    browser = playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
        args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    )
    yield browser
    browser.close()


@pytest.fixture
def phone(playwright, system, tmp_path):
    """A phone that loses and finds its signal at the test's word."""
    system.line = Line(system.port)
    phone = Phone(playwright, str(tmp_path / "phone"), system)
    yield phone
    phone.close()
    system.line.close()


@pytest.fixture(params=WIDTHS, ids=lambda name: name)
def screen(request):
    """Context options of a phone and of a desktop."""
    return {
        "viewport": WIDTHS[request.param],
        "has_touch": request.param == "phone",
        "locale": "lv-LV",
        "timezone_id": "Europe/Riga",
    }
