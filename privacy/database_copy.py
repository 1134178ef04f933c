"""A copy of the database as it is at one moment, while people work, and the way back.

On SQLite by its online backup, which also writes the copy back in one transaction. On
PostgreSQL by pg_dump within an exported snapshot; a dump is restored into a database of
its own, which then takes the name of the old one.
"""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from privacy.digest import digest

RESTORED = "restored"
"""The alias of a database that was unpacked to be looked at."""


class DatabaseFailed(Exception):
    """A tool of the database refused; says why."""


def copy_to(path):
    """Write the copy; returns the digest of just what stands in it."""
    return COPY[connection.vendor](path)


def _copy_sqlite(path):
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
    with _opened(str(path)):
        return digest(RESTORED)


def _copy_postgresql(path):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = cursor.fetchone()[0]
        name = connection.settings_dict["NAME"]
        options = ["--format=custom", f"--snapshot={snapshot}", f"--file={path}"]
        _run("pg_dump", *options, f"--dbname={name}")
        return digest()


@contextmanager
def unpacked(path, *, every_row=True):
    """The copy as a database of its own, under the alias ``RESTORED``; yields its name.

    With ``every_row`` SQLite compares its indexes with its tables too, which takes half a
    minute of a million entries.
    """
    with UNPACK[connection.vendor](path, every_row) as name:
        yield name


@contextmanager
def _unpack_sqlite(path, every_row):
    check = "integrity_check" if every_row else "quick_check"
    with _opened(str(path)):
        try:
            # By Django's connection: constraints call functions that it brings along
            with connections[RESTORED].cursor() as cursor:
                answer = cursor.execute(f"PRAGMA {check}").fetchone()[0]
        except DatabaseError:
            answer = "no database"
        if answer != "ok":
            raise DatabaseFailed("The database in the backup is damaged.")
        yield str(path)


@contextmanager
def _unpack_postgresql(path, _every_row):
    name = f"{connection.settings_dict['NAME']}_{datetime.now(UTC):%Y%m%d%H%M%S}"
    quoted = connection.ops.quote_name(name)
    _administer(f"CREATE DATABASE {quoted} TEMPLATE template0")
    try:
        options = ["--no-owner", "--no-privileges", "--exit-on-error"]
        options += ["--jobs", str(os.cpu_count())]
        _run("pg_restore", *options, f"--dbname={name}", str(path))
        with _opened(name):
            yield name
    finally:
        _administer(f"DROP DATABASE IF EXISTS {quoted}")


def is_earlier():
    """Whether the unpacked database is of an earlier release. Raises ``DatabaseFailed`` where
    it is of a later one, whose tables nobody here knows.
    """
    executor = MigrationExecutor(connections[RESTORED])
    loader = executor.loader
    unknown = loader.applied_migrations.keys() - loader.disk_migrations.keys()
    # Others may take their old ones out
    if any((settings.BASE_DIR / app).is_dir() for app, _name in unknown):
        raise DatabaseFailed(
            "The backup is of a later release. Install that one first."
        )
    return bool(executor.migration_plan(loader.graph.leaf_nodes()))


def bring_up_to_date(name):
    """Migrate the unpacked database, in a process for which it is the only one: a migration
    must never find that of the installation.
    """
    connections[RESTORED].close()
    environment = os.environ | {"DATABASE_URL": ADDRESS[connection.vendor](name)}
    done = subprocess.run(  # noqa: S603 -- names and paths of our own
        [sys.executable, settings.BASE_DIR / "manage.py", "migrate", "--no-input"],
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise DatabaseFailed(
            f"The backup is of an earlier release, whose tables cannot be brought up to "
            f"date: {done.stderr.strip()}"
        )


def _beside(name):
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def take_over(name):
    """The unpacked database becomes the one of the installation."""
    TAKE_OVER[connection.vendor](name)


def _take_over_sqlite(name):
    connection.ensure_connection()
    with closing(sqlite3.connect(name)) as copy:
        copy.backup(connection.connection)


def _take_over_postgresql(name):
    """The old one stays beside it, for whoever chose the wrong backup."""
    old = connection.settings_dict["NAME"]
    aside = f"{old}_before_{datetime.now(UTC):%Y%m%d%H%M%S}"
    old, aside, new = map(connection.ops.quote_name, (old, aside, name))
    connections[RESTORED].close()
    connection.close()
    _administer(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
        # Both names or neither, also for whoever is killed between them
        "BEGIN",
        f"ALTER DATABASE {old} RENAME TO {aside}",
        f"ALTER DATABASE {new} RENAME TO {old}",
        "COMMIT",
        parameters=[connection.settings_dict["NAME"]],
    )


@contextmanager
def _opened(name):
    copy = connection.copy(alias=RESTORED)
    copy.settings_dict["NAME"] = name
    connections[RESTORED] = copy
    try:
        yield
    finally:
        copy.close()
        del connections[RESTORED]


def _administer(*statements, parameters=None):
    with connection._nodb_cursor() as cursor:
        for number, statement in enumerate(statements):
            cursor.execute(statement, parameters if number == 0 else None)


def _run(tool, *options):
    """A tool of PostgreSQL, with address and password as Django uses them."""
    arguments, environment = connection.client.settings_to_cmd_args_env(
        connection.settings_dict, []
    )
    done = subprocess.run(  # noqa: S603 -- names and paths of our own
        [tool, *arguments[1:-1], *options],
        env=os.environ | (environment or {}),
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise DatabaseFailed(f"{tool}: {done.stderr.strip()}")


ADDRESS = {"sqlite": "sqlite:///{}".format, "postgresql": _beside}
COPY = {"sqlite": _copy_sqlite, "postgresql": _copy_postgresql}
UNPACK = {"sqlite": _unpack_sqlite, "postgresql": _unpack_postgresql}
TAKE_OVER = {"sqlite": _take_over_sqlite, "postgresql": _take_over_postgresql}
