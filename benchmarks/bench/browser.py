"""Headless Chromium that stays open and prints each page whose address it is told.

Answers each line with the bytes of the PDF. Each document has a page of its own, as ours has
a process. Apart from what is measured, because Playwright and Django do not share a thread.
"""

import os
import sys

from playwright.sync_api import sync_playwright


def main():
    chromium = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox"]
        )
        for address in sys.stdin:
            page = browser.new_page()
            page.goto(address.strip())
            printed = page.pdf(prefer_css_page_size=True, tagged=True)
            page.close()
            print(len(printed), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
