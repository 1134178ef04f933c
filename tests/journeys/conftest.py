"""One running system and one browser for all journeys."""

import fcntl
import json
import os

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.people import SCREENS
from tests.journeys.phone import Phone
from tests.journeys.proxy import Line
from tests.journeys.system import System

expect.set_options(timeout=20_000)  # a busy machine is no failure


def pytest_collection_modifyitems(items):
    for item in items:
        if "journeys" in item.path.parts:
            item.add_marker(pytest.mark.journey)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """A demo installation, prepared by whichever process of this run needs it first."""
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    folder, accounts = shared / "prepared", shared / "prepared.json"
    with (shared / "prepared.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        folder.mkdir(exist_ok=True)
        system = System(folder)
        if accounts.exists():
            system.accounts = json.loads(accounts.read_text())
        else:
            system.prepare()
            accounts.write_text(json.dumps(system.accounts))
    return system


@pytest.fixture(scope="session")
def system(prepared, tmp_path_factory):
    """An installation that is served until the journeys are over."""
    system = prepared.copy(tmp_path_factory.mktemp("system"))
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


@pytest.fixture(params=SCREENS)
def screen(request):
    """Context options of a phone and of a desktop."""
    return SCREENS[request.param]
