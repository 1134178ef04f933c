"""Everything a person can reach by links and forms, with the test client."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

NOT_FOLLOWED = ("/iziet/", "/static/", "/parvaldiba/", "/slept-vardus/", "/sw.js")
OF_A_KIND = 4
"""How many addresses that differ in their query alone are opened: months have no end."""


class Page(HTMLParser):
    """The links of a page, and its forms with what they send if nothing is chosen."""

    def __init__(self, address, html):
        super().__init__()
        self.address, self.links, self.forms = address, [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "a":
            self.links.append(self._absolute(found.get("href")))
        if tag == "form" and (found.get("method") or "").lower() == "post":
            self.forms.append((self._absolute(found.get("action")), {}))
        if tag == "input" and found.get("type") == "hidden" and self.forms:
            self.forms[-1][1][found.get("name")] = found.get("value") or ""

    def _absolute(self, address):
        return urljoin(self.address, address or "").partition("#")[0]


def _is_ours(address):
    return address.startswith("/") and not address.startswith(NOT_FOLLOWED)


def pages(client, start="/"):
    """``(address, html)`` of each page that links lead to, then of each answer to a form.

    Forms are sent without a choice, as somebody would who taps at once.
    """
    waiting, opened, forms = [start], Counter(), {}
    seen = set(waiting)
    while waiting:
        response = client.get(waiting.pop(0), follow=True)
        if "text/html" not in response.headers["Content-Type"]:
            continue
        page = Page(response.request["PATH_INFO"], response.content.decode())
        yield page.address, response.content.decode()
        forms |= {address: data for address, data in page.forms if _is_ours(address)}
        for link in filter(_is_ours, page.links):
            query = urlsplit(link).query
            kind = (urlsplit(link).path, *sorted(dict(parse_qsl(query))))
            if link not in seen and opened[kind] < OF_A_KIND:
                opened[kind] += 1
                seen.add(link)
                waiting.append(link)
    for address, data in forms.items():
        response = client.post(address, data, follow=True)
        # A file that waited comes as a stream
        yield f"POST {address}", response.getvalue().decode(errors="replace")
