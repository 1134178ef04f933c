"""How much a new phone has to fetch until it works without signal."""

from contextlib import closing
from urllib.parse import urlsplit

from benchmarks.front import Front
from benchmarks.openings import FIRST, first_load


def test_a_new_phone_fetches_no_more_than_its_budget(phone, system, monkeypatch):
    with closing(Front(urlsplit(system.url).netloc)) as front:
        monkeypatch.setattr(system, "url", front.url)
        phone.sign_in(system.account("mediator"))

        fetched = first_load(phone.page, front)

    assert {"/sodien/", "/lietotne/", "/ierice/dati/"} <= {path for path, *_ in fetched}
    assert sum(size for _path, size, _encoding in fetched) <= FIRST
