"""Triggers by which the database itself refuses to change what has been written.

A migration that alters a guarded table on SQLite rebuilds it without its triggers and
has to end with ``refuse_changes``.
"""

from dataclasses import dataclass

from django.db.transaction import atomic

DEEDS = ("insert", "update", "delete")


@dataclass(frozen=True)
class Guard:
    """What a table does not let happen to its rows; deletion is refused always, and so is
    a new row in the place of another.

    ``frozen`` are columns that never change, all of them where none is named.
    ``filled_once`` are columns that change while the first of them is empty.
    """

    name: str
    table: str
    refusal: str
    frozen: tuple[str, ...] = ()
    filled_once: tuple[str, ...] = ()

    def condition(self, differs):
        """When an update is refused, in SQL; ``differs`` is how a database says it."""
        if not self.frozen:
            return ""
        changes = [f"OLD.{column} {differs} NEW.{column}" for column in self.frozen]
        if self.filled_once:
            filled = [f"OLD.{one} {differs} NEW.{one}" for one in self.filled_once]
            is_full = f"OLD.{self.filled_once[0]} <> ''"
            changes.append(f"({is_full} AND ({' OR '.join(filled)}))")
        return f"WHEN ({' OR '.join(changes)})"

    def triggers(self, vendor):
        """Names of those that stand in a database of this kind when nothing is amiss."""
        on_postgresql = ("change", "update") if self.frozen else ("change",)
        deeds = on_postgresql if vendor == "postgresql" else DEEDS
        return [f"{self.name}_refuses_{deed}" for deed in deeds]


AUDIT = Guard("audit", "privacy_auditentry", "The audit is append-only.")
_of_other_apps = []


def add(guard):
    """Make a guard known to whoever empties a database; called when apps are ready."""
    _of_other_apps.append(guard)


def guards():
    return (AUDIT, *_of_other_apps)


def _sqlite_on(guard, keys):
    same = " OR ".join(
        " AND ".join(f"{column} = NEW.{column}" for column in key)
        for key in [("rowid",), *keys]
    )
    conditions = {
        # INSERT OR REPLACE takes the old row out without asking the trigger of deletion
        "insert": f"WHEN EXISTS (SELECT 1 FROM {guard.table} WHERE {same})",  # noqa: S608
        "update": guard.condition("IS NOT"),
        "delete": "",
    }
    return [
        f"""
        CREATE TRIGGER {guard.name}_refuses_{deed} BEFORE {deed} ON {guard.table}
        {conditions[deed]}
        BEGIN SELECT RAISE(ABORT, '{guard.refusal}'); END
        """
        for deed in DEEDS
    ]


def _sqlite_off(guard, _keys):
    return [f"DROP TRIGGER IF EXISTS {name}" for name in guard.triggers("sqlite")]


def _postgresql_on(guard, _keys):
    function = f"""
        CREATE FUNCTION {guard.name}_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{guard.refusal}'
                USING ERRCODE = 'integrity_constraint_violation';
        END
        $$
        """
    if not guard.frozen:
        return [function, _postgresql_trigger(guard, "change", "UPDATE OR DELETE")]
    update = f"""
        CREATE TRIGGER {guard.name}_refuses_update BEFORE UPDATE ON {guard.table}
        FOR EACH ROW {guard.condition("IS DISTINCT FROM")}
        EXECUTE FUNCTION {guard.name}_refuses()
        """
    return [function, update, _postgresql_trigger(guard, "change", "DELETE")]


def _postgresql_trigger(guard, name, deeds):
    return f"""
        CREATE TRIGGER {guard.name}_refuses_{name}
        BEFORE {deeds} OR TRUNCATE ON {guard.table}
        FOR EACH STATEMENT EXECUTE FUNCTION {guard.name}_refuses()
        """


def _postgresql_off(guard, _keys):
    return [
        *(
            f"DROP TRIGGER IF EXISTS {name} ON {guard.table}"
            for name in guard.triggers("postgresql")
        ),
        f"DROP FUNCTION IF EXISTS {guard.name}_refuses()",
    ]


AT_WORK = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A')",
}
STATEMENTS = {
    "sqlite": {"on": _sqlite_on, "off": _sqlite_off},
    "postgresql": {"on": _postgresql_on, "off": _postgresql_off},
}


def refuse_changes(connection, guard=AUDIT):
    """From now on the table keeps what it has."""
    _execute(connection, guard, "on")


def allow_changes(connection, guard=AUDIT):
    """Lift the refusal; only for undoing a migration and emptying a test database."""
    _execute(connection, guard, "off")


def missing(connection):
    """Names of the triggers that are not there, or switched off, in the order of guards."""
    with connection.cursor() as cursor:
        cursor.execute(AT_WORK[connection.vendor])
        at_work = {name for (name,) in cursor.fetchall()}
    return [
        name
        for guard in guards()
        for name in guard.triggers(connection.vendor)
        if name not in at_work
    ]


def put_back(connection):
    """All triggers anew, whatever became of them."""
    with atomic(connection.alias):
        for guard in guards():
            allow_changes(connection, guard)
            refuse_changes(connection, guard)


def _execute(connection, guard, direction):
    with connection.cursor() as cursor:
        constraints = connection.introspection.get_constraints(cursor, guard.table)
        keys = [one["columns"] for one in constraints.values() if one["unique"]]
        for statement in STATEMENTS[connection.vendor][direction](guard, keys):
            cursor.execute(statement)
