"""A backup of an earlier release: its tables are brought up to date in the copy alone.

That every row and text survives it stands in tests/upgrades, which runs the commands.
"""

import sqlite3
from contextlib import closing, contextmanager
from subprocess import CompletedProcess

import pytest
from django.core.management import CommandError, call_command
from django.db.migrations.loader import MigrationLoader

from privacy import database_copy
from privacy.database_copy import DatabaseFailed

pytestmark = pytest.mark.once


@pytest.fixture
def migrations(monkeypatch):
    """What is asked of ``migrate`` instead of running it; ``code`` and ``said`` answer."""

    class Migrations:
        code, said = 0, ""

        def __init__(self):
            self.asked = []

        def run(self, command, **how):
            self.asked.append((command, how))
            return CompletedProcess(command, self.code, "", self.said)

    migrations = Migrations()
    monkeypatch.setattr(database_copy.subprocess, "run", migrations.run)
    return migrations


def bring_up_to_date(path):
    with database_copy._opened(str(path)):
        database_copy.bring_up_to_date(str(path))


def test_the_process_that_migrates_knows_the_copy_and_no_other_database(
    migrations, settings, tmp_path, monkeypatch
):
    monkeypatch.setenv("FIELD_KEYS_FILE", "/srv/field.keys")

    bring_up_to_date(tmp_path / "copy")

    [(command, how)] = migrations.asked
    assert command[1:] == [settings.BASE_DIR / "manage.py", "migrate", "--no-input"]
    assert "python" in command[0]
    assert how["env"]["DATABASE_URL"] == f"sqlite:///{tmp_path / 'copy'}"
    assert how["env"]["FIELD_KEYS_FILE"] == "/srv/field.keys"
    assert (how["capture_output"], how["text"]) == (True, True)


def test_on_postgresql_it_is_the_database_beside_that_of_the_installation(monkeypatch):
    address = "postgres://tilts@db/{}?sslmode=verify-full"
    monkeypatch.setenv("DATABASE_URL", address.format("tilts"))

    beside = database_copy.ADDRESS["postgresql"]("tilts_20261128")

    assert beside == address.format("tilts_20261128")


def test_tables_that_cannot_be_brought_up_to_date_are_told_with_the_reason(
    migrations, tmp_path
):
    migrations.code, migrations.said = 1, " no such table: families \n"

    with pytest.raises(DatabaseFailed) as refused:
        bring_up_to_date(tmp_path / "copy")

    assert str(refused.value) == (
        "The backup is of an earlier release, whose tables cannot be brought up to date: "
        "no such table: families"
    )


@pytest.mark.django_db(transaction=True)
def test_the_unpacked_database_is_brought_up_to_date_before_it_is_read(
    key, tmp_path, monkeypatch
):
    file, brought = tmp_path / "tilts.age", []
    call_command("backup", out=file, verbosity=0)
    monkeypatch.setattr(database_copy, "is_earlier", lambda: True)
    monkeypatch.setattr(database_copy, "bring_up_to_date", brought.append)

    call_command("restore", "--in", str(file), "--verify", verbosity=0)

    [name] = brought
    assert name.endswith("/database")
    monkeypatch.setattr(
        database_copy, "bring_up_to_date", lambda name: _refuse("not this one")
    )
    with pytest.raises(CommandError, match="not this one Nothing was changed"):
        call_command("restore", "--in", str(file), "--verify", verbosity=0)


def _refuse(why):
    raise DatabaseFailed(why)


@pytest.fixture
def ours(settings):
    """Every migration of this release."""
    # Tests make their tables without any
    settings.MIGRATION_MODULES = {}
    return list(MigrationLoader(None).disk_migrations)


@pytest.fixture
def unpacked(tmp_path):
    """``with unpacked(migrations):`` an unpacked database in which these were made."""

    @contextmanager
    def unpack(migrations):
        path = tmp_path / f"copy-{len(migrations)}"
        with closing(sqlite3.connect(path)) as file:
            file.execute("CREATE TABLE django_migrations (app, name, id, applied)")
            file.executemany(
                "INSERT INTO django_migrations (app, name) VALUES (?, ?)", migrations
            )
            file.commit()
        with database_copy._opened(str(path)):
            yield

    return unpack


@pytest.mark.django_db
def test_a_database_is_earlier_while_a_migration_of_ours_is_left(ours, unpacked):
    with unpacked(ours):
        assert not database_copy.is_earlier()
    latest = max(one for one in ours if one[0] == "cases")
    with unpacked([one for one in ours if one != latest]):
        assert database_copy.is_earlier()


@pytest.mark.django_db
def test_a_database_with_a_migration_that_we_do_not_have_is_of_a_later_release(
    ours, unpacked
):
    later = [*ours, ("cases", "9999_of_next_year")]

    with unpacked(later), pytest.raises(DatabaseFailed, match="of a later release"):
        database_copy.is_earlier()


@pytest.mark.django_db
def test_a_migration_that_a_library_took_out_makes_no_later_release(ours, unpacked):
    with unpacked([*ours, ("sessions", "0009_taken_out")]):
        assert not database_copy.is_earlier()
