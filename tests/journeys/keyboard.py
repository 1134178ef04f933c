"""Somebody who has no mouse: presses keys and hears what a screen reader would say."""

import re

OFTEN_ENOUGH = 150

# The ring of the focus, and whether something else lies over the middle of what has it.
# A chip's input is drawn by the span beside it.
SEEN = """() => {
    const element = document.activeElement;
    // The sign that opens a calendar is a part of the browser, with a ring of its own
    const isInner = !element.matches(":focus");
    const face = element.closest(".chip")?.querySelector("span") ?? element;
    const style = getComputedStyle(face);
    const box = face.getBoundingClientRect();
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const own = face.closest("label") ?? face;
    return {
        isNowhere: element === document.body,
        hasRing: isInner || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        isUncovered: top !== null && (own.contains(top) || top.contains(face)),
        group: element.closest("fieldset")?.querySelector("legend")?.innerText ?? "",
        html: element.outerHTML.slice(0, 200),
    };
}"""


class Keyboard:
    """Moves by Tab and the arrows; everything is found by its role and its name."""

    def __init__(self, page):
        self.page = page
        self.protocol = page.context.new_cdp_session(page)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def heard(self):
        """Role and name of what has the focus, from the accessibility tree."""
        focused = self.protocol.send(
            "Runtime.evaluate", {"expression": "document.activeElement"}
        )
        tree = self.protocol.send(
            "Accessibility.getPartialAXTree",
            {"objectId": focused["result"]["objectId"], "fetchRelatives": False},
        )
        node = tree["nodes"][0]
        words = re.sub(r"\s+", " ", node.get("name", {}).get("value", "")).strip()
        # A pause is spoken the same with and without a space before it
        words = re.sub(r" (?=[:,])", "", words)
        return node["role"]["value"], words

    def see(self):
        """The focus shows, and no bar hides it. Between the last and the first control it
        is nowhere."""
        seen = self.page.evaluate(SEEN)
        if seen["isNowhere"]:
            return seen
        assert seen["hasRing"], f"{self.page.url}: no ring: {seen['html']}"
        assert seen["isUncovered"], f"{self.page.url}: hidden: {seen['html']}"
        return seen

    def reach(self, role, name, *, key="Tab", group=""):
        """Tab until this control has the focus. Only the first letters of its name and
        of its group have to fit."""
        passed = []
        for _press in range(OFTEN_ENOUGH):
            self.press(key)
            seen = self.see()
            heard = self.heard()
            passed.append(heard)
            if (
                heard[0] == role
                and heard[1].startswith(name)
                and seen["group"].startswith(group)
            ):
                return heard
        raise AssertionError(f"{role} {name!r} is not among {passed}")

    def follow(self, name, *, role="link", key="Tab", lands_on):
        """Enter on a link or button that leads to another page."""
        self.reach(role, name, key=key)
        self.press("Enter")
        self.page.wait_for_url(lands_on)
        self.page.wait_for_load_state()

    def write(self, name, text, *, role="textbox"):
        self.reach(role, name)
        self.page.keyboard.type(text)

    def choose(self, group, name):
        """One of a group of radio buttons: Tab to the group, arrows within."""
        self.reach("radio", "", group=group)
        for _press in range(OFTEN_ENOUGH):
            self.see()
            if self.heard()[1].startswith(name):
                break
            self.press("ArrowDown")
        self.press("Space")
        assert self.heard()[1].startswith(name), (group, name, self.heard())
        assert self.page.locator(":focus").is_checked()

    def tick(self, name, *, group=""):
        self.reach("checkbox", name, group=group)
        self.press("Space")
        assert self.page.locator(":focus").is_checked()

    def press_button(self, name):
        self.reach("button", name)
        self.press("Enter")
