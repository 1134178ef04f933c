"""Our JavaScript modules in a page of their own, without a server."""

import json
from pathlib import Path

from interface import words

ROOT = Path(__file__).resolve().parent.parent.parent
ADDRESS = "http://modules.test"


class Modules:
    """``call("fold", "fold", "Ķ")`` is ``fold("Ķ")`` of ``static/js/fold.js``."""

    def __init__(self, browser, language="lv"):
        self.page = browser.new_page()
        self.page.route(f"{ADDRESS}/**", self._answer)
        self.page.goto(f"{ADDRESS}/{language}/")
        self.page.add_script_tag(content=words.script(language).decode())

    def _answer(self, route):
        path = route.request.url.removeprefix(ADDRESS)
        if path.startswith("/static/js/"):
            route.fulfill(path=ROOT / path[1:], content_type="text/javascript")
        else:
            language = path.strip("/")
            route.fulfill(
                body=f"<!doctype html><html lang={language}><title>.</title>",
                content_type="text/html; charset=utf-8",
            )

    def call(self, module, function, *arguments):
        return self.page.evaluate(
            "async ([address, name, values]) => {"
            " const value = (await import(address))[name](...values);"
            " return value === undefined ? null : value; }",
            [f"/static/js/{module}.js", function, list(arguments)],
        )

    def map(self, module, function, calls):
        """The results of many calls at once, each a list of arguments."""
        return json.loads(
            self.page.evaluate(
                "async ([address, name, calls]) => {"
                " const call = (await import(address))[name];"
                " return JSON.stringify(calls.map((values) => call(...values) ?? null)); }",
                [f"/static/js/{module}.js", function, [list(call) for call in calls]],
            )
        )

    def close(self):
        self.page.close()
