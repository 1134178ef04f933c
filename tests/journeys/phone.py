"""A mediator's phone: a browser with its own storage that can be killed and reopened."""

import contextlib
import os
import re
import signal
import time
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Error, expect

from tests.journeys.people import sign_in

MILLISECOND = timedelta(milliseconds=1)
SIZE = {"width": 360, "height": 740}
MODULES = "/static/js/phone/"
LATER = """
globalThis.Date = class Later extends Date {
    constructor(...given) { super(...(given.length ? given : [Later.now()])); }
    static now() { return super.now() + %d; }
};
"""


class Phone:
    """Everything is kept in ``folder``, as a phone keeps it between two openings."""

    def __init__(self, playwright, folder, system):
        self.playwright, self.folder, self.system = playwright, folder, system
        self.context = None
        self.open()

    def open(self):
        self.context = self.playwright.chromium.launch_persistent_context(
            self.folder,
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            viewport=SIZE,
            has_touch=True,
            locale="lv-LV",
            timezone_id="Europe/Riga",
        )
        self.page = self.context.pages[0]

    def close(self):
        self.context.close()

    def kill(self):
        """The battery is empty: no goodbye, whatever was under way."""
        for process in self.processes():
            os.kill(process, signal.SIGKILL)
        # What is left on this side; the browser may be gone already
        with contextlib.suppress(Error):
            self.context.close()
        (Path(self.folder) / "SingletonLock").unlink(missing_ok=True)

    def processes(self):
        """The browser's processes, found by the folder they were started with."""
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                command = (entry / "cmdline").read_bytes().decode(errors="replace")
            except (FileNotFoundError, ProcessLookupError):
                continue
            if f"--user-data-dir={self.folder}" in command:
                yield int(entry.name)

    def sign_in(self, account):
        sign_in(self.page, self.system, account)
        self.wait_until_ready()

    def wait_until_ready(self):
        """Pages and copy are kept: from now on it works without signal."""
        self.page.locator("html[data-phone=ready]").wait_for(timeout=60_000)

    def go(self, path):
        self.page.goto(f"{self.system.url}{path}")

    def lose_signal(self):
        """Off for the browser, which says so, and really cut."""
        self.system.line.is_cut = True
        self.context.set_offline(True)

    def find_signal(self):
        self.system.line.is_cut = False
        self.context.set_offline(False)

    def shift_clock(self, **later):
        """From the next page on. Timers run as ever, which Playwright's clock would hold."""
        self.context.add_init_script(LATER % (timedelta(**later) / MILLISECOND))

    # The log form

    def begin_entry(self, path="/ieraksti/jauns/"):
        self.go(path)
        self.page.locator("[data-visit-form][data-ready]").wait_for()

    def answer(self, *, minutes, kind="call", family=0, note=""):
        page = self.page
        page.locator("input[name=family]").nth(family).check()
        page.locator(f"input[name=kind][value={kind}]").check()
        page.locator(f"input[name=minutes][value='{minutes}']").check()
        if not page.locator("input[name=areas]:checked").count():
            page.locator("input[name=areas][value=health]").check()
        if note:
            page.locator("textarea[name=note]").fill(note)

    def save(self):
        self.page.get_by_role("button", name="Saglabāt", exact=True).click()

    def save_one_more(self, *, said=".done"):
        """Save, and if the phone asks whether it is another one, it is."""
        self.save()
        question = self.page.locator("[name=confirm_duplicate]")
        saved = self.page.locator(said)
        expect(saved.or_(question).first).to_be_visible()
        if question.is_visible():
            question.check()
            self.save()
        expect(saved.first).to_be_visible()

    def save_for_later(self):
        """Save what cannot be sent now."""
        self.save_one_more(said=".done--waiting")

    def log_offline(self, **answers):
        self.begin_entry()
        self.answer(**answers)
        self.save_for_later()

    # What it keeps

    def run(self, module, script, argument=None):
        """Run ``script(module, argument)`` with one of the phone's own modules."""
        address = next(
            file
            for file in self.kept_files()
            if re.search(rf"{MODULES}{module}\.[0-9a-f]+\.js$", file)
        )
        return self.page.evaluate(
            f"async ([address, argument]) => ({script})(await import(address), argument)",
            [address, argument],
        )

    def kept_files(self):
        return self.page.evaluate(
            "async () => (await Promise.all((await caches.keys()).map(async (name) =>"
            " (await (await caches.open(name)).keys()).map(({url}) => new URL(url).pathname)"
            "))).flat()"
        )

    def counts(self):
        return self.run("store", "(store) => store.counts()")

    def queue_like_the_first(self, lengths):
        """Entries as if saved one after the other, each with its own length."""
        self.run(
            "store",
            """async (store, lengths) => {
                const [first] = await store.items("waiting");
                const {pairs, about} = await store.contentOf(first);
                for (const minutes of lengths) {
                    const other = pairs.filter(([name]) => !name.startsWith("minutes"));
                    other.push(["minutes", "other"], ["minutes_other_minutes", String(minutes)],
                               ["confirm_duplicate", "on"]);
                    await store.keep(crypto.randomUUID(), "waiting", {pairs: other, about});
                }
            }""",
            list(lengths),
        )

    def wait_until_sent(self, *, timeout=60_000):
        expect(self.page.locator("[data-all-sent]")).to_be_visible(timeout=timeout)

    def wait_until_nothing_waits(self):
        """On any page, for as long as a heap of entries may take on a busy machine."""
        deadline = time.monotonic() + 240
        while self.counts()["waiting"]:
            assert time.monotonic() < deadline, self.counts()
            time.sleep(2)
