"""An installation in which all is well, but for what a test breaks."""

import json
from collections import namedtuple

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from privacy import audit, readiness
from privacy.keys import field_keys
from privacy.models import Installation, Verb

Usage = namedtuple("Usage", "total free")


@pytest.fixture
def well(settings, tmp_path, db, monkeypatch):
    """Keys in closed files, on paper too; a backup of tonight; a mail server."""
    # pytest-django puts an object where a word belongs
    settings.SILENCED_SYSTEM_CHECKS = ["templates.E002"]
    settings.SECRET_KEY = "Zq3vX8nL5tR1wY7kP2mC9dF4gH6jB0sA-made-at-random"
    settings.FIELD_KEYS_FILE.chmod(0o600)
    settings.BACKUP_KEY_FILE = tmp_path / "backup.key"
    call_command("make_keys", verbosity=0)
    settings.BACKUPS_DIR = tmp_path
    (tmp_path / "tilts-2026-11-12.age").touch()
    settings.EMAIL_HOST = "127.0.0.1"
    for name in ("SECRET_KEY", "EMAIL_HOST_PASSWORD", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    if connection.vendor == "postgresql":
        # The account of the suite may do everything, as that of the containers
        settings.CERTIFICATES_DIR = "/certificates"
        monkeypatch.setattr(readiness, "certificates", lambda: readiness.OK)
    disk_with(monkeypatch, 50)
    with transaction.atomic():
        audit.record(None, Verb.PDF, Installation, keys=list(field_keys().ciphers))
    return settings


def disk_with(monkeypatch, percent, total=10**12):
    """Every disk has so much left."""
    usage = Usage(total, total * percent // 100)
    monkeypatch.setattr("privacy.readiness.shutil.disk_usage", lambda path: usage)


def doctor(capsys, **options):
    """What it tells, by check, and how it ends."""
    code = 0
    try:
        call_command("doctor", json=True, language="en", **options)
    except SystemExit as end:
        code = end.code
    rows = json.loads(capsys.readouterr().out)
    assert all(set(row) == {"check", "holds", "what", "do"} for row in rows)
    assert all(bool(row["do"]) != row["holds"] for row in rows)
    return {row["check"]: row for row in rows if not row["holds"]}, code
