"""Forms of a page as a browser would send them, with what a person changes."""

from html.parser import HTMLParser

UNTOUCHED = ("submit", "button", "file", "image", "reset")


class Forms(HTMLParser):
    """Each form that posts, by its address: the values it opens with."""

    def __init__(self, html):
        super().__init__()
        self.forms, self._form, self._chosen = [], None, None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "form":
            self._form = None
            if (found.get("method") or "").lower() == "post":
                self._form = {}
                self.forms.append((found.get("action") or "", self._form))
        elif self._form is not None and "disabled" not in found:
            self._field(tag, found)

    def _field(self, tag, found):
        name, value = found.get("name"), found.get("value") or ""
        if tag == "input" and name and found.get("type") not in UNTOUCHED:
            if found.get("type") not in ("radio", "checkbox"):
                self._form.setdefault(name, []).append(value)
            elif "checked" in found:
                self._form.setdefault(name, []).append(value or "on")
        elif tag in ("textarea", "select"):
            self._chosen = self._form.setdefault(found.get("name"), [""])
        elif tag == "option" and "selected" in found and self._chosen is not None:
            self._chosen[0] = value

    def handle_data(self, data):
        if self._chosen is not None and self.lasttag == "textarea":
            self._chosen[0] += data

    def handle_endtag(self, tag):
        if tag == "form":
            self._form = None
        if tag in ("textarea", "select"):
            self._chosen = None


def filled(html, address, **changes):
    """What the form of a page sends to its own address, after these changes."""
    forms = [form for action, form in Forms(html).forms if action in ("", address)]
    return max(forms, key=len, default={}) | changes
