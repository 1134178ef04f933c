"""Several processes that do the same thing at the same moment, on the database of the suite."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

FRAME = """
import json
import multiprocessing

import django
from django.db import connections

django.setup()

{body}

connections.close_all()
with multiprocessing.get_context("fork").Pool({processes}) as pool:
    results = pool.map(act, {arguments!r}, chunksize=1)
print(json.dumps(results))
"""


def in_parallel(body, arguments, folder, *, timeout=60):
    """What ``act``, defined in ``body``, returns for each argument, one process each.

    A database in memory is copied into a file first, because it has one process only.
    """
    frame = FRAME.format(body=body, processes=len(arguments), arguments=arguments)
    done = subprocess.run(
        [sys.executable, "-c", frame],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.test_settings",
            "DATABASE_URL": database_url(folder),
        },
        capture_output=True,
        text=True,
        timeout=timeout,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def database_url(folder):
    """Where other processes find the data that this test has committed."""
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(folder / "copy.sqlite3")) as copy:
            connection.ensure_connection()
            connection.connection.backup(copy)
        return f"sqlite:///{folder / 'copy.sqlite3'}"
    # With the certificates in its query
    address = urlsplit(os.environ["DATABASE_URL"])
    return address._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
