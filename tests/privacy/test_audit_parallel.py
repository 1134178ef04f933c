"""Many processes write at once, on the database the suite runs on."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

WRITERS = 4
ENTRIES = 15
PROGRAM = f"""
import multiprocessing

import django
from django.core.management import call_command
from django.db import connections, transaction

django.setup()

from privacy import audit
from privacy.models import AuditEntry


def write(_):
    for _ in range({ENTRIES}):
        with transaction.atomic():
            audit.record(None, audit.Verb.LIST, AuditEntry)


call_command("migrate", "privacy", verbosity=0)
connections.close_all()
with multiprocessing.get_context("fork").Pool({WRITERS}) as pool:
    pool.map(write, range({WRITERS}), chunksize=1)
call_command("verify_audit", "--json")
"""


def database_url(folder):
    """The test database, or a file where that one lives in memory."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder / 'audit.sqlite3'}"
    parameters = connection.get_connection_params()
    return (
        f"postgres://{parameters.get('user', '')}:{parameters.get('password', '')}"
        f"@{parameters.get('host', '')}:{parameters.get('port', '')}"
        f"/{connection.settings_dict['NAME']}"
    )


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_parallel_writers_make_one_chain_without_gaps(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.test_settings",
        "DATABASE_URL": database_url(tmp_path),
    }

    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "rows": WRITERS * ENTRIES,
        "holds": True,
        "first_broken": None,
    }
