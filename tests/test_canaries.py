"""Every personal text carries a string of its own; nobody comes across a foreign one.

Each person follows all links, sends all forms and asks for every address with the things
of two municipalities. Nothing that was not theirs may come back, on a page, in a file, a
mail, a line of the log or readable in the database. What is theirs has to come.
"""

import io
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections import defaultdict
from contextlib import closing

import pyrage
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.management.commands import db_worker

from agenda import canaries
from data_protection.services import texts
from mediators.models import Role
from privacy import paper
from reports import pdf
from reports.models import AskEvent, ReportMeeting
from tests import cast
from tests.access_table import ACCESS, LOGIN
from tests.crawling import pages
from tests.factories import (
    AskFactory,
    CaseEventFactory,
    GroupDecisionFactory,
    MunicipalityFactory,
    ResidenceFactory,
    SafeguardingNoticeFactory,
    SupervisionRequestFactory,
    SupportVisitFactory,
    UserFactory,
)
from tests.filling import filled
from tests.house import House, results_for_the_staff

pytestmark = pytest.mark.once

PREFIX = "KANARIJPUTNS"
ANONYMOUS = "anonymous"
DOCUMENT = [{"format": "pdf"}]
BOTH = [{"format": "pdf"}, {"format": "xlsx"}]
DOWNLOADS = {
    "reports:export-fetch": [{}],
    "reports:document-work-time": BOTH,
    "reports:document-events": BOTH,
    "reports:document-framework": [{"format": "xlsx"}],
    "reports:document-hand-over": DOCUMENT,
    "reports:document-participants": [{"format": "xlsx"}],
    "reports:document-institution": DOCUMENT,
    "reports:document-municipality": BOTH,
    "reports:document-education": [{"format": "xlsx"}],
    "reports:document-project": DOCUMENT,
    "data_protection:request-file": [{}],
    "data_protection:register-pdf": [{}],
    "families:reveal": [{"need": "call"}],
}
ACTORS = [
    *(ANONYMOUS, "mediator", "colleague", "coordinator", "lead_mediator"),
    *("project_staff", "administrator", "data_protection_officer", "outsider"),
    "coordinator of the outsider",
]
COLUMN = {actor: column for column, actor in enumerate(ACTORS)} | {
    "coordinator of the outsider": 3
}
# The outsider and her coordinator are to the others what those are to them
CRAWLERS = ACTORS[:-2]
FROZEN = "reports_reportversion.snapshot"
"""Readable without keys on purpose: what was approved, for whoever receives it."""


class World:
    """Two houses in two municipalities, whoever could look into them, and the canaries."""

    def __init__(self):
        place, elsewhere = cast.upesciems(), MunicipalityFactory()
        self.people = cast.everybody(place) | {
            "outsider": UserFactory(role=Role.MEDIATOR, municipality=elsewhere),
            "coordinator of the outsider": UserFactory(
                role=Role.COORDINATOR, municipality=elsewhere
            ),
        }
        self.houses = [
            self.house(place, "mediator", "coordinator", "T"),
            self.house(elsewhere, "outsider", "coordinator of the outsider", "W"),
        ]
        self.canaries = canaries.put_in(PREFIX)
        for house in self.houses:
            # With the canaries in it, should any get there
            house.file_of_results = results_for_the_staff()
        self.readers = {row.canary: row.readers for row in self.canaries}
        self.place = {row.canary: f"{row.model}.{row.field}" for row in self.canaries}

    def house(self, place, mediator, coordinator, letter):
        mediator, coordinator = self.people[mediator], self.people[coordinator]
        house = House(place, mediator, coordinator, letter=letter)
        CaseEventFactory(case=house.case, by=mediator)
        ResidenceFactory(family=house.family)
        SafeguardingNoticeFactory(by=mediator, family=house.family)
        SupervisionRequestFactory(mediator=mediator)
        GroupDecisionFactory(meeting__municipality=place)
        SupportVisitFactory(municipality=place)
        AskFactory(report=house.returned)
        AskEvent.objects.create(ask=house.wish, by=coordinator, status="in_work")
        ReportMeeting.objects.create(
            report=house.sent,
            held_on=timezone.localdate(),
            contact=house.delivery.recipient,
            by=mediator,
        )
        return house

    def foreign(self, found, reader):
        """The places of those canaries that are not for that reader."""
        return {self.place[hit] for hit in found if reader not in self.readers[hit]}

    def subject_of(self, address):
        """The canaries of that family alone whose confirmed copy an address hands out."""
        rows = {
            (row._meta.label, str(row.pk))
            for house in self.houses
            if f"/{house.copy.code}/izraksts/" in address
            for row in rows_of(house.copy.family)
        }
        return {row.canary for row in self.canaries if (row.model, row.pk) in rows}

    def of(self, person, *places):
        """The canaries of some places that a person may see."""
        return {
            canary
            for canary, place in self.place.items()
            if place in places and person.email in self.readers[canary]
        }


def rows_of(family):
    """What is written about a family and nobody else, and its people."""
    yield from family.members.all()
    for one in texts.WRITTEN:
        if one.family:
            yield from texts.own_rows(one, family)


@pytest.fixture(scope="module")
def world(made_once):
    return World()


@pytest.fixture
def undone(db):
    """What a person does on the way does not stay for the next."""
    savepoint = transaction.savepoint()
    yield
    transaction.savepoint_rollback(savepoint)


def test_every_encrypted_text_has_a_canary(world):
    """A new field needs a row in the house, so that somebody could find it."""
    fields = {str(field) for field in canaries.encrypted_fields()}

    assert fields - set(world.place.values()) == set()


def text_of(response):
    """All that an answer holds; a workbook is unpacked."""
    content = response.getvalue()
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return f"{content.decode(errors='replace')} {dict(response.headers)}"


def addresses(world, actor):
    """``(method, name, address)`` of all with the things of both houses, each once.

    Left out is what no argument leads to and the person has no access to.
    """
    column = COLUMN[actor]
    for house in world.houses:
        for (method, name), row in ACCESS.items():
            arguments = house.arguments(name)
            is_shown_to_nobody_here = not arguments and row[column] in (404, LOGIN)
            is_public = row[0] != LOGIN and actor != ANONYMOUS
            if not is_shown_to_nobody_here and not is_public:
                yield method, name, reverse(name, kwargs=arguments)
        for report in (house.returned, house.submitted):
            yield "GET", "preview", reverse("reports:pdf", args=report.url_args)


def asked_for(client, world, actor):
    """``(address, text)`` of pages, and of files as the form of their page asks for them."""
    for method, name, address in dict.fromkeys(addresses(world, actor)):
        if method == "GET":
            page = client.get(address)
            yield address, text_of(page)
        if name in DOWNLOADS and (method == "POST" or page.status_code == 200):
            html = page.content.decode() if method == "GET" else ""
            for data in DOWNLOADS[name]:
                answer = client.post(address, filled(html, address, **data))
                yield f"POST {address}", text_of(answer)


def stored():
    """``(column, text)`` of all that stands in the tables, as the disk sees it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for column, value in zip(columns, row, strict=True):
                    yield f"{table}.{column}", str(value)


def work_off(monkeypatch):
    """Mails and files that wait."""
    monkeypatch.setattr(db_worker, "close_old_connections", lambda: None)
    call_command("db_worker", "--batch", "--no-startup-delay", interval=0, verbosity=0)


@pytest.fixture
def undrawn(monkeypatch):
    """A PDF holds what its page said before another process drew it: that is looked at."""
    monkeypatch.setattr(pdf, "drawn", lambda html, seconds: (html.encode(), 1))
    monkeypatch.setattr(
        paper, "drawn", lambda draw, html, *rest, seconds: (html.encode(), 1)
    )


@pytest.mark.slow
@pytest.mark.parametrize("actor", CRAWLERS)
def test_nobody_comes_across_a_foreign_text(
    client, world, undone, undrawn, monkeypatch, mailoutbox, caplog, actor
):
    person = world.people.get(actor)
    reader = person.email if person else canaries.WITH_A_LINK
    if person:
        client.force_login(person)
    leaks, seen = defaultdict(set), set()

    answers = [
        *asked_for(client, world, actor),
        *pages(client),
    ]
    for address, text in answers:
        found = canaries.found_in(text, PREFIX)
        seen |= found
        if actor == "data_protection_officer":
            found -= world.subject_of(address)
        leaks[address] |= world.foreign(found, reader)
    work_off(monkeypatch)
    for mail in mailoutbox:
        found = canaries.found_in(mail.message().as_string(), PREFIX)
        for to in mail.recipients():
            leaks[f"mail to {to}"] |= world.foreign(found, to)
    leaks["log"] = canaries.found_in(caplog.text, PREFIX)
    for column, text in stored():
        if column != FROZEN:
            leaks[column] |= canaries.found_in(text, PREFIX)

    assert {place: found for place, found in leaks.items() if found} == {}
    if person and person.has_role(Role.MEDIATOR) and actor != "colleague":
        assert seen >= world.of(person, *FOUND_BY_THEIR_MEDIATOR)


FOUND_BY_THEIR_MEDIATOR = (
    "families.Family.label",
    "families.Family.phone",
    "families.FamilyMember.name",
    "cases.Case.title",
    "cases.Visit.note",
    "cases.NextStep.text",
    "municipalities.InstitutionContact.name",
)


def backed_up(file, folder):
    """The command in a process of its own, on a file; the sealed archive and its key."""
    key = pyrage.x25519.Identity.generate()
    (folder / "backup.key").write_text(f"{key}\n")
    start = (
        "import django; from django.conf import settings; django.setup();"
        f"settings.BACKUP_KEY_FILE = {str(folder / 'backup.key')!r};"
        f"settings.FIELD_KEYS_FILE = {str(settings.FIELD_KEYS_FILE)!r};"
        "from django.core.management import call_command;"
        f"call_command('backup', '--out', {str(folder / 'tilts.age')!r}, '-v0')"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.test_settings",
        "DATABASE_URL": f"sqlite:///{file}",
    }
    command = [sys.executable, "-c", start]
    subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, check=True, timeout=60
    )
    return (folder / "tilts.age").read_bytes(), key


def test_a_backup_shows_nothing_without_its_key_and_texts_stay_sealed_with_it(
    world, undone, tmp_path
):
    """The file of the database, the backup, and with its key every byte within."""
    file = tmp_path / "database.sqlite3"
    # What the module has made is not committed, so another connection cannot copy it
    file.write_bytes(connection.connection.serialize())
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA journal_mode=WAL")

    sealed, key = backed_up(file, tmp_path)

    archive = pyrage.decrypt(sealed, [key])
    assert b"manifest.json" in archive
    assert b"families_family" in archive, "with the key the tables are there"
    for content in (file.read_bytes(), sealed, archive):
        assert canaries.found_in(content.decode("latin-1"), PREFIX) == set()
    with closing(sqlite3.connect(file)) as database:
        tokens = database.execute("SELECT label FROM families_family").fetchall()
    assert tokens
    assert all(token.encode() in archive for [token] in tokens), "sealed as they were"
