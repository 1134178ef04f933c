"""A backup that an earlier release made is restored by this one, with all that is in it."""

import json
import lzma
import os
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from tests.journeys.system import ROOT
from tests.upgrades.keep import LOOK, STATES

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

NAMES = sorted(path.stem for path in STATES.glob("*.json"))
PACK = """
import shutil, sys
from pathlib import Path
import django
django.setup()
from privacy import backup, database_copy
from django.db import connection
# As the earlier release copied it; digests of other tables say nothing here
database_copy.COPY[connection.vendor] = lambda path: shutil.copy(sys.argv[1], path) and {}
backup.write(Path(sys.argv[2]))
"""
TAKEN_OUT = set()
"""Tables of earlier releases that there are no more, or that a migration moves rows out of."""


@pytest.fixture
def address(tmp_path):
    """A database of its own on the server of the suite."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{tmp_path / 'tilts.sqlite3'}"
        return
    name = f"upgraded_{os.getpid()}"
    ours = connection.get_connection_params() | {"dbname": "postgres"}
    with psycopg.connect(**ours, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {name}")
        yield urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
        for (database,) in administrator.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"]
        ).fetchall():
            administrator.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


class Upgraded:
    """This release, in processes of its own, with the keys of an earlier installation."""

    def __init__(self, folder, address, keys):
        (folder / "field.keys").write_text(keys)
        (folder / "field.keys").chmod(0o600)
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMO": "true",
            "SECRET_KEY": "of-an-installation-that-was-brought-up-to-date-0001",
            "VAR_DIR": str(folder),
            "FIELD_KEYS_FILE": str(folder / "field.keys"),
            "BACKUP_KEY_FILE": str(folder / "backup.key"),
            "DATABASE_URL": address,
            "SITE_URL": "http://127.0.0.1:8000",
        }

    def run(self, *arguments):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def unpacked(name, folder):
    """The file that the backup of the earlier release would have in it."""
    file = folder / "earlier"
    file.write_bytes(
        lzma.decompress((STATES / f"{name}.{connection.vendor}.xz").read_bytes())
    )
    return file


@pytest.mark.parametrize("name", NAMES)
def test_a_backup_of_an_earlier_release_is_restored_with_every_row_and_every_text(
    name, address, tmp_path
):
    kept = json.loads((STATES / f"{name}.json").read_text())[connection.vendor]
    release = Upgraded(tmp_path, address, kept["keys"])
    earlier, backup = unpacked(name, tmp_path), tmp_path / "tilts.age"
    release.run("manage.py", "make_keys")
    release.run("manage.py", "migrate", "--verbosity", "0")
    release.run("-c", PACK, str(earlier), str(backup))

    release.run("manage.py", "restore", "--in", str(backup), "--force")

    release.run("manage.py", "migrate", "--check")
    seen = json.loads(release.run("manage.py", "shell", "-v", "0", "-c", LOOK))
    before = kept["rows"].keys() - TAKEN_OUT
    assert {
        table: seen["rows"][table]
        for table in before
        if seen["rows"][table] < kept["rows"][table]
    } == {}
    assert seen["texts"] >= kept["texts"]
    assert seen["chain"]
