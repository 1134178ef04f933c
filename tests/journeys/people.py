"""Signing in and looking around as one of the demo people."""

from pathlib import Path

from playwright.sync_api import expect

IN_RIGA = {"locale": "lv-LV", "timezone_id": "Europe/Riga"}
SCREENS = {
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, **IN_RIGA},
    "desktop": {"viewport": {"width": 1280, "height": 900}, **IN_RIGA},
}
"""What a window is opened with, on a phone and at a desk."""


def sign_in(page, system, account):
    """Sign in through the form, as the person would."""
    page.goto(f"{system.url}/ieiet/")
    page.locator("input[name=login]").fill(account["email"])
    page.locator("input[name=password]").fill(account["password"])
    page.locator("main form button").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert "/ieiet/" not in page.url, page.locator("main").inner_text()


AXE = (Path(__file__).parent.parent / "vendor" / "axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


COLOURS = ["color-contrast"]


def say_why(page):
    """What the page of exports asks before it makes a file."""
    page.get_by_label("Kam fails vajadzīgs?").select_option("evaluation")
    page.get_by_label("Kas ar to strādās un kam tas vajadzīgs?").fill(
        "Mēs paši, pārskatam ministrijai"
    )


def look_at(page, rules=RULES):
    """What every page of a journey has to hold: axe is silent, nothing is cut off."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # Half-way between two colours the contrast is nobody's
    page.evaluate(
        "Promise.allSettled(document.getAnimations().map(({finished}) => finished))"
    )
    problems = page.evaluate(
        # Nothing of ours plays or turns with the phone, for which axe would load files
        "rules => axe.run({runOnly: rules, resultTypes: ['violations'],"
        " preload: false, selectors: false})"
        ".then(result => result.violations.map("
        "rule => [rule.id, rule.nodes.map(node => node.html)]))",
        rules,
    )
    assert problems == [], f"{page.url}: {problems}"
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= page.viewport_size["width"], f"{page.url} scrolls sideways"
    assert page.locator("h1").count() == 1, page.url


# What a finger may hit, and the smallest side of it. A label counts for its box; a link
# inside a sentence may be smaller (WCAG 2.5.8), what only a screen reader sees as well.
SMALL_TARGETS = """least => {
    const small = [];
    for (const one of document.querySelectorAll(
        "a[href], button, summary, select, textarea, input:not([type=hidden]), [role=option]"
    )) {
        if (!one.checkVisibility({visibilityProperty: true})) continue;
        const box = (one.closest("label") ?? one).getBoundingClientRect();
        if (box.width <= 1 || box.right <= 0) continue;
        const inSentence = one.matches("a") && getComputedStyle(one).display === "inline"
            && [...one.parentElement.childNodes].some(
                (node) => node.nodeType === 3 && node.textContent.trim().length > 1);
        if (inSentence) continue;
        // Half a pixel is rounding
        if (box.width < least - 0.5 || box.height < least - 0.5)
            small.push([one.outerHTML.slice(0, 160), box.width, box.height]);
    }
    return small;
}"""


WIDTHS = (320, 1280)
"""The narrowest phone and a desk: between 320 and 360 px no rule of ours changes."""
THEME = "document.documentElement.dataset.bsTheme"


def look_at_widths(page):
    """The same at each width, and on phones everything is large enough for a finger."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        look_at(page)
        if width < 400:
            small = page.evaluate(SMALL_TARGETS, 44)
            assert small == [], f"{page.url} at {width}: {small}"


def look_at_dark(page):
    """The colours once more at each width; what is not colour is the same in the dark."""
    page.evaluate(f"{THEME} = 'dark'")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 740})
        look_at(page, COLOURS)
