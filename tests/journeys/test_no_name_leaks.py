"""No name, phone or address of a demo family stands in the database file, a log or a mail.

What pages and files tell to whom is looked at in tests/test_canaries.py.
"""

import io
import json
import re
import zipfile

import pytest

from tests.journeys.people import sign_in

READ_EVERY_SECRET = """
import json
from families.models import Family
print(json.dumps([
    [
        *(family.label, family.phone, family.address, family.note),
        # Five plain letters come about by chance in a base64 of some megabytes
        *(person.name for person in family.members.all() if not person.name.isascii()),
    ]
    for family in Family.objects.prefetch_related("members")
]))
"""


@pytest.fixture(scope="module")
def secrets_of_families(system):
    """Labels, phones, addresses, notes and people of the demo, of five letters or more."""
    rows = json.loads(system.manage("shell", "--no-imports", "-c", READ_EVERY_SECRET))
    texts = {text for row in rows for text in row if text and len(text) >= 5}
    texts |= {label.split()[0] for label, *_rest in rows if label.endswith(" ģimene")}
    assert len(texts) > 100
    return texts


def found_in(content, texts):
    """The texts that stand readable in some bytes; workbooks are unpacked first."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return sorted(text for text in texts if text.encode() in content)


def test_the_search_finds_the_names_on_the_mediators_own_page(
    system, browser, secrets_of_families
):
    page = browser.new_page()
    sign_in(page, system, system.account("mediator"))

    body = page.request.get(f"{system.url}/gimenes/").body()

    assert found_in(body, secrets_of_families)


SEALED = re.compile(rb"[A-Za-z0-9+/=]{40,}")
"""Base64: in megabytes of it any name of four letters stands by chance."""


def readable(path):
    """The bytes of a file, of the database without what is sealed in it."""
    content = path.read_bytes()
    return SEALED.sub(b"", content) if ".sqlite3" in path.name else content


def test_the_database_file_and_the_stored_files_are_unreadable(
    system, secrets_of_families
):
    files = [path for path in system.folder.rglob("*") if path.is_file()]

    leaks = {
        str(path): found
        for path in files
        if "static" not in path.parts
        and (found := found_in(readable(path), secrets_of_families))
    }

    assert system.folder / "tilts.sqlite3" in files
    assert leaks == {}


def test_the_logs_and_mails_hold_no_name(system, secrets_of_families):
    mails = b"".join(mail.as_bytes() for mail in system.sink.mails)

    assert found_in(system.log.read_bytes(), secrets_of_families) == []
    assert found_in(mails, secrets_of_families) == []
