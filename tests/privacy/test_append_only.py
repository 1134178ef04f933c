"""What a guarded table refuses, in the words of its guard."""

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from privacy import append_only, audit
from privacy.append_only import Guard
from privacy.models import AuditEntry

GUARD = Guard(
    "jotting",
    "jotting",
    "Jottings stay.",
    frozen=("number", "title"),
    filled_once=("seal", "signed_by"),
)
REFUSED = (IntegrityError, InternalError)


def run(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.fixture
def table(db):
    run("CREATE TABLE jotting (number int, title text, seal text, signed_by text)")
    run("INSERT INTO jotting VALUES (1, 'open', '', 'Anna'), (2, 'shut', 'x', 'Anna')")
    append_only.refuse_changes(connection, GUARD)


def change(row, what):
    run(f"UPDATE jotting SET {what} WHERE title = '{row}'")  # noqa: S608 -- constants


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("open", "number = 3"),
        ("open", "title = 'other'"),
        ("open", "title = NULL"),
        ("shut", "seal = 'y'"),
        ("shut", "signed_by = 'Vija'"),
        ("shut", "seal = '', signed_by = 'Vija'"),
    ],
)
def test_what_is_frozen_or_filled_already_is_refused(table, row, what):
    with pytest.raises(REFUSED, match=r"Jottings stay\."), transaction.atomic():
        change(row, what)


def test_nothing_is_deleted(table):
    with pytest.raises(REFUSED, match=r"Jottings stay\."), transaction.atomic():
        run("DELETE FROM jotting")


REPLACING = {
    "sqlite": [
        "INSERT OR REPLACE INTO jotting (number, title, seal) VALUES (1, 'other', '')",
        "INSERT OR REPLACE INTO jotting (number, title, seal) VALUES (3, 'open', '')",
        "INSERT OR REPLACE INTO jotting (rowid, number) VALUES (1, 3)",
    ],
    "postgresql": [
        "INSERT INTO jotting VALUES (1) ON CONFLICT (number) DO UPDATE SET number = 3",
    ],
}


@pytest.mark.parametrize("statement", REPLACING[connection.vendor])
def test_no_row_is_put_in_the_place_of_another(table, statement):
    append_only.allow_changes(connection, GUARD)
    run("CREATE UNIQUE INDEX jotting_number ON jotting (number)")
    run("CREATE UNIQUE INDEX jotting_title ON jotting (title, seal)")
    append_only.refuse_changes(connection, GUARD)

    with pytest.raises(REFUSED, match=r"Jottings stay\."), transaction.atomic():
        run(statement)
    run("INSERT INTO jotting VALUES (3, 'open', 'z', 'Vija')")


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("open", "seal = 'y', signed_by = 'Vija'"),
        ("open", "signed_by = 'Vija'"),
        ("open", "number = 1, title = 'open'"),
        ("shut", "seal = 'x', signed_by = 'Anna'"),
    ],
)
def test_what_is_empty_may_be_filled_and_the_same_may_be_written_again(
    table, row, what
):
    change(row, what)


def test_a_guard_of_another_app_is_known_beside_that_of_the_audit(monkeypatch):
    monkeypatch.setattr(append_only, "_of_other_apps", [])

    append_only.add(GUARD)

    assert append_only.guards() == (append_only.AUDIT, GUARD)


@pytest.mark.parametrize(
    ("vendor", "frozen", "deeds"),
    [
        ("sqlite", (), ["insert", "update", "delete"]),
        ("sqlite", ("title",), ["insert", "update", "delete"]),
        ("postgresql", (), ["change"]),
        ("postgresql", ("title",), ["change", "update"]),
    ],
)
def test_a_guard_knows_its_triggers_on_each_database(vendor, frozen, deeds):
    guard = Guard("jotting", "jotting", "Jottings stay.", frozen=frozen)

    assert guard.triggers(vendor) == [f"jotting_refuses_{deed}" for deed in deeds]


def test_what_was_lifted_from_the_audit_is_missed_until_it_is_put_back(db):
    audit.record(None, audit.Verb.REFUSE, AuditEntry)
    assert append_only.missing(connection) == []
    append_only.allow_changes(connection)

    assert append_only.missing(connection) == append_only.AUDIT.triggers(
        connection.vendor
    )

    append_only.put_back(connection)

    assert append_only.missing(connection) == []
    with pytest.raises(REFUSED, match="The audit is append-only"), transaction.atomic():
        AuditEntry.objects.update(verb="x")
