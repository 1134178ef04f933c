"""What the account of the application may do in the database, and what nobody may."""

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from operations.finding import Finding
from privacy import append_only

ASK = """
SELECT rolname, rolsuper, rolcreatedb OR rolsuper,
       has_schema_privilege(current_user, current_schema(), 'CREATE')
FROM pg_roles WHERE rolname = current_user
"""


def rights():
    """Of PostgreSQL; with SQLite whoever can read the file has all of them."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(ASK)
        name, may_all, may_restore, may_migrate = cursor.fetchone()
    yield Finding.either(
        "database role",
        may_restore and may_migrate,
        _("The account %(name)s may make tables and, for restore, databases.")
        % {"name": name},
        _("The account %(name)s may not make tables and, for restore, databases.")
        % {"name": name},
        _(
            "As the superuser of PostgreSQL: ALTER ROLE %(name)s CREATEDB; and let it "
            "own its database."
        )
        % {"name": name},
    )
    # In containers the account is the one the image of PostgreSQL makes, and nobody
    # reaches that database but by our certificate
    yield Finding.either(
        "database superuser",
        not may_all or bool(settings.CERTIFICATES_DIR),
        _("The account %(name)s may do no more in PostgreSQL than it needs.")
        % {"name": name},
        _("The account %(name)s may do everything in PostgreSQL.") % {"name": name},
        _("As the superuser of PostgreSQL: ALTER ROLE %(name)s NOSUPERUSER;")
        % {"name": name},
    )


def refusals():
    """Whether the database itself keeps what must not change, SQLite as well."""
    missing = append_only.missing(connection)
    yield Finding.either(
        "append-only tables",
        not missing,
        _("The database itself refuses to change the audit and approved reports."),
        _("The database lets the audit or approved reports be changed."),
        _(
            "A trigger is gone or switched off (%(names)s). Tell the data-protection "
            "officer and run manage.py verify_audit: if it fails, restore from a backup, "
            "else put the trigger back (docs/operations.md, “The doctor”)."
        )
        % {"names": " ".join(missing)},
    )
