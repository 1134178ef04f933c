"""Triggers by which the database itself refuses to change the audit."""

TABLE = "privacy_auditentry"
REFUSAL = "The audit is append-only."

SQLITE = {
    "on": [
        f"""
        CREATE TRIGGER audit_refuses_{deed} BEFORE {deed} ON {TABLE}
        BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END
        """
        for deed in ("update", "delete")
    ],
    "off": [f"DROP TRIGGER audit_refuses_{deed}" for deed in ("update", "delete")],
}
POSTGRESQL = {
    "on": [
        f"""
        CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION '{REFUSAL}'
                USING ERRCODE = 'integrity_constraint_violation';
        END
        $$
        """,
        f"""
        CREATE TRIGGER audit_refuses_change
        BEFORE UPDATE OR DELETE OR TRUNCATE ON {TABLE}
        FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()
        """,
    ],
    "off": [
        f"DROP TRIGGER audit_refuses_change ON {TABLE}",
        "DROP FUNCTION audit_refuses()",
    ],
}
STATEMENTS = {"sqlite": SQLITE, "postgresql": POSTGRESQL}


def refuse_changes(connection):
    """From now on the table only grows."""
    _execute(connection, "on")


def allow_changes(connection):
    """Lift the refusal; only for undoing a migration and emptying a test database."""
    _execute(connection, "off")


def _execute(connection, direction):
    with connection.cursor() as cursor:
        for statement in STATEMENTS[connection.vendor][direction]:
            cursor.execute(statement)
