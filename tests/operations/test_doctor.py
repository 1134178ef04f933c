"""The doctor names what is wrong and says what to do, and is silent where all is well."""

import os
import socket
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from django.core import checks
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone, translation
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from cases.services.deletion import forget
from operations import findings, role
from privacy import append_only, readiness
from privacy.keys import new_key_line
from tests.factories import FamilyFactory
from tests.operations.conftest import disk_with, doctor


def test_where_all_is_well_it_says_so_line_by_line(well, capsys):
    call_command("doctor", language="en")

    lines = capsys.readouterr().out.splitlines()
    assert {line[:2] for line in lines} == {"ok"}
    named = {line[2:].strip().partition(": ")[0] for line in lines}
    assert {
        "settings",
        "keys",
        "rights",
        "time zone",
        "addresses",
        "backup",
        "mail",
    } <= named
    assert {"clock", "migrations", "worker", "failed tasks", "keys on paper"} <= named


def test_it_speaks_latvian_unless_asked_otherwise(well, capsys):
    call_command("doctor")

    assert "labi time zone: Mēneši un termiņi" in capsys.readouterr().out


def without_backup(well, **_):
    for file in well.BACKUPS_DIR.glob("*.age"):
        file.unlink()


def old_backup(well, **_):
    [file] = well.BACKUPS_DIR.glob("*.age")
    os.utime(file, (time.time() - 37 * 3600,) * 2)


def unfinished_backup(well, **_):
    [file] = well.BACKUPS_DIR.glob("*.age")
    file.rename(file.with_name(f".{file.name}.part"))


def no_folder_of_backups(well, **_):
    well.BACKUPS_DIR = well.BACKUPS_DIR / "nothing"


def open_key(well, **_):
    well.BACKUP_KEY_FILE.chmod(0o644)


def no_backup_key(well, **_):
    well.BACKUP_KEY_FILE.unlink()


def broken_backup_key(well, **_):
    well.BACKUP_KEY_FILE.write_text("age1nothing\n")


def key_of_the_image(well, **_):
    well.SECRET_KEY = "only-for-the-build-of-the-image-000000"


def new_key_without_a_sheet(well, **_):
    file = well.BACKUPS_DIR / "field.keys"
    file.write_text(new_key_line())
    file.chmod(0o600)
    well.FIELD_KEYS_FILE = file


def another_zone(well, **_):
    well.TIME_ZONE = "UTC"


def another_name(well, **_):
    well.SITE_URL = "http://tilts.example"


def every_name(well, **_):
    well.ALLOWED_HOSTS = ["127.0.0.1", "*"]


def no_mail_server(well, **_):
    well.EMAIL_HOST = ""


def closed_mail_server(well, **_):
    well.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    well.EMAIL_PORT = 1


def full_disk(monkeypatch, **_):
    disk_with(monkeypatch, 9)


def wrong_clock(monkeypatch, **_):
    monkeypatch.setattr(readiness, "clock", lambda: "fail")


def missing_migration(monkeypatch, **_):
    monkeypatch.setattr(readiness, "migrations", lambda: "fail")


def old_certificate(well, monkeypatch, **_):
    well.CERTIFICATES_DIR = "/certificates"
    monkeypatch.setattr(readiness, "certificates", lambda: "warn")


def late_work(**_):
    forget.using().enqueue("nothing")
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(hours=1))


def left_work(**_):
    forget.using().enqueue("nothing")
    DBTaskResult.objects.update(
        status=TaskResultStatus.RUNNING, started_at=timezone.now() - timedelta(hours=1)
    )


def failed_task(**_):
    forget.using().enqueue("nothing")
    DBTaskResult.objects.get().set_failed(ValueError("of somebody"))


DISKS = {"disk: data", "disk: files", "disk: temporary", "disk: logs"}


def new_key_in_place_of_a_lost_one(well, **_):
    FamilyFactory(label="Kārkliņi")
    new_key_without_a_sheet(well)
    well.FIELD_KEYS_FILE.write_text(f"new:{new_key_line().partition(':')[2]}")


@pytest.mark.parametrize(
    ("breaks", "checks"),
    [
        (new_key_in_place_of_a_lost_one, {"keys", "keys on paper"}),
        (without_backup, {"backup"}),
        (old_backup, {"backup"}),
        (unfinished_backup, {"backup"}),
        (no_folder_of_backups, {"backup"}),
        (open_key, {"rights"}),
        (no_backup_key, {"keys"}),
        (broken_backup_key, {"keys"}),
        (key_of_the_image, {"keys"}),
        (new_key_without_a_sheet, {"keys on paper"}),
        (another_zone, {"time zone"}),
        (another_name, {"addresses", "settings"}),
        (every_name, {"addresses"}),
        (no_mail_server, {"mail"}),
        (closed_mail_server, {"mail"}),
        (full_disk, DISKS),
        (wrong_clock, {"clock"}),
        (missing_migration, {"migrations"}),
        (old_certificate, {"certificates"}),
        (late_work, {"worker"}),
        (left_work, {"worker"}),
        (failed_task, {"failed tasks"}),
    ],
)
def test_what_is_wrong_is_named_and_what_to_do_is_told(
    well, monkeypatch, capsys, breaks, checks
):
    with translation.override("en"):
        said_when_well = {one.what for one in findings.find()}
    breaks(well=well, monkeypatch=monkeypatch)

    told, code = doctor(capsys)

    assert (set(told), code) == (checks, 1)
    assert said_when_well.isdisjoint(row["what"] for row in told.values())
    assert "of somebody" not in str(told)


def test_what_one_check_advises_is_not_told_of_the_next_one(well, monkeypatch):
    told = [
        checks.Warning("One", hint="Mend one.", id="ours.W1"),
        checks.Warning("Two", id="ours.W2"),
    ]
    monkeypatch.setattr(checks, "run_checks", lambda **_: told)

    found = [
        one
        for one in findings.find(asks_the_mail_server=False)
        if one.check == "settings"
    ]

    assert [one.do == "Mend one." for one in found] == [True, False]


def test_keys_that_are_gone_are_named_once(well, tmp_path, capsys):
    well.FIELD_KEYS_FILE = tmp_path / "gone"

    told, _code = doctor(capsys)

    assert set(told) == {"keys"}
    assert "key_sheet --restore" in told["keys"]["do"]


def test_a_database_that_is_away_is_one_finding_and_the_rest_is_told(
    well, monkeypatch, capsys
):
    def gone():
        raise DatabaseError("connection to somebody's server failed")

    monkeypatch.setattr(readiness, "clock", gone)

    told, code = doctor(capsys)

    assert (set(told), code) == ({"database"}, 1)
    assert "somebody" not in str(told)


def test_it_signs_in_to_the_mail_server_and_sends_nothing(well, capsys):
    class Box:
        got = []

        async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd's
            self.got.append(envelope)
            return "250 OK"

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        well.EMAIL_PORT = probe.getsockname()[1]
    server = Controller(Box(), hostname="127.0.0.1", port=well.EMAIL_PORT)
    server.start()
    try:
        well.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        told, code = doctor(capsys)
    finally:
        server.stop()

    assert (told, code, Box.got) == ({}, 0, [])


def test_a_public_address_is_held_to_more_than_one_for_this_machine(well):
    well.HTTPS, well.SITE_URL = False, "http://127.0.0.1:8000"
    well.SECURE_HSTS_SECONDS = 0
    assert findings.serves_this_machine_alone()
    assert all(one.holds for one in findings.settings_and_keys())

    well.SITE_URL = "http://tilts.example"
    named = " ".join(one.what for one in findings.settings_and_keys() if not one.holds)
    assert "privacy.W014" in named
    assert "security.W004" in named


class Cursor:
    """Answers a question about the account of PostgreSQL."""

    def __init__(self, rights):
        self.rights = rights

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def execute(self, statement):
        pass

    def fetchone(self):
        return ("tilts", *self.rights)


@pytest.mark.parametrize(
    ("rights", "in_containers", "wrong"),
    [
        ((False, True, True), False, set()),
        ((False, False, True), False, {"database role"}),
        ((False, True, False), False, {"database role"}),
        ((True, True, True), False, {"database superuser"}),
        ((True, True, True), True, set()),
    ],
)
def test_the_account_of_the_database_may_what_it_needs_and_no_more(
    settings, monkeypatch, rights, in_containers, wrong
):
    settings.CERTIFICATES_DIR = "/certificates" if in_containers else ""
    monkeypatch.setattr(
        role,
        "connection",
        SimpleNamespace(
            vendor="postgresql",
            cursor=lambda: Cursor(rights),
        ),
    )

    assert {one.check for one in role.rights() if not one.holds} == wrong


@pytest.mark.postgresql
def test_postgresql_itself_tells_what_the_account_may(db):
    found = {one.check: one.holds for one in role.rights()}

    assert found["database role"]


SWITCHED_OFF = {
    "sqlite": [
        ("DROP TRIGGER audit_refuses_insert", "audit_refuses_insert"),
        ("DROP TRIGGER audit_refuses_update", "audit_refuses_update"),
        ("DROP TRIGGER version_refuses_delete", "version_refuses_delete"),
    ],
    "postgresql": [
        (
            "ALTER TABLE privacy_auditentry DISABLE TRIGGER audit_refuses_change",
            "audit_refuses_change",
        ),
        (
            "DROP TRIGGER version_refuses_update ON reports_reportversion",
            "version_refuses_update",
        ),
    ],
}


@pytest.mark.parametrize(("statement", "name"), SWITCHED_OFF[connection.vendor])
def test_a_trigger_that_is_gone_or_switched_off_is_named_until_it_is_put_back(
    well, statement, name, capsys
):
    with connection.cursor() as cursor:
        cursor.execute(statement)

    told, code = doctor(capsys)
    assert (set(told), code) == ({"append-only tables"}, 1)
    assert f"({name})" in told["append-only tables"]["do"]

    append_only.put_back(connection)

    assert doctor(capsys) == ({}, 0)
