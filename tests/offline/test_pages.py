"""Pages that the phone keeps: the same for everybody, about nobody."""

import json
import re

import pytest
from django.urls import reverse

from offline.pages import PAGES, files, version
from tests.factories import FamilyFactory


@pytest.fixture(params=PAGES)
def kept(request, client, mediator, municipality):
    FamilyFactory(municipality=municipality, mediator=mediator, label="Kārkliņu ģimene")
    client.force_login(mediator)
    return client.get(reverse("offline:page", args=[request.param]))


def test_a_kept_page_names_nobody_and_holds_no_token(kept, mediator):
    page = kept.content.decode()

    assert kept.status_code == 200
    assert "Kārkliņ" not in page
    for text in (mediator.first_name, mediator.last_name, mediator.email):
        assert text not in page
    assert str(mediator.pk) not in page
    assert not re.search(r'csrfmiddlewaretoken" value="\w', page)
    assert "data-is-mediator" in page


def test_a_kept_page_looks_as_the_account_wishes(client, mediator):
    mediator.theme, mediator.text_size, mediator.language = "dark", "larger", "en"
    mediator.save()
    client.force_login(mediator)

    page = client.get(reverse("offline:page", args=["sodien"])).content.decode()

    assert 'lang="en"' in page
    assert 'data-bs-theme="dark"' in page
    assert 'class="text-larger"' in page


def test_a_page_that_is_not_kept_does_not_exist(client, db):
    assert client.get("/lietotne/parskats/").status_code == 404


def kept_by_the_worker(client):
    script = client.get("/sw.js").content.decode()
    return json.loads(re.search(r"work\((.*)\);", script, re.DOTALL)[1])


def test_the_worker_names_its_version_pages_and_files(client, db):
    kept = kept_by_the_worker(client)

    assert kept["version"] == version()
    assert kept["pages"]["/ieraksti/jauns/"] == "/lietotne/ierakstit/"
    for address in kept["pages"].values():
        assert client.get(address).status_code == 200
    assert any("/phone/worker" not in file for file in kept["files"])


def test_one_answer_holds_all_pages_and_the_rules_that_guard_them(client, db):
    kept = kept_by_the_worker(client)

    answer = client.get(kept["source"])

    assert set(answer.json()) == set(kept["pages"].values())
    for address, html in answer.json().items():
        single = client.get(address)
        assert single.content.decode() == html
        for name in ("Content-Security-Policy", "Referrer-Policy", "X-Tilts"):
            assert single.headers[name] == answer.headers[name]


def test_what_kept_pages_load_is_kept_too(client, db):
    """A style or script that is missing there would be missing without signal."""
    kept = set(kept_by_the_worker(client)["files"])

    for name in PAGES:
        page = client.get(reverse("offline:page", args=[name])).content.decode()
        loaded = re.findall(
            r'(?:src|href)="(/(?:static|vardi)/[^"]+|/lietotne.webmanifest)"', page
        )
        assert loaded
        assert set(loaded) - kept - NOT_NEEDED == set(), name


# The icon of the home screen, fetched when the app is installed
NOT_NEEDED = {"/static/img/tilts-192.png"}


def test_modules_that_kept_modules_import_are_kept(db):
    names = "\n".join(files())

    for module in ("phone/store", "phone/send", "fold", "search", "idb/idb"):
        assert module in names


def test_every_answer_says_that_it_is_ours(client, db):
    for path in ("/", "/ieiet/", "/nav-tadas/", "/sw.js", "/healthz"):
        assert client.get(path)["X-Tilts"] == "1"
