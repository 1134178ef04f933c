"""One fingerprint for each table: whether two databases hold the same.

Computed over canonical rows in the order of their primary keys, so SQLite and PostgreSQL
agree. Of an encrypted text the stored token counts: a backup gives back the very bytes,
and whoever compares needs no key.
"""

import hashlib
import json
from datetime import UTC, datetime

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder

from privacy.fields import Sealed

VOLATILE_TABLES = {"django_session", "django_tasks_database_dbtaskresult"}
"""Who is signed in, and the work in the background."""
VOLATILE_COLUMNS = {"last_login"}


class Canonical(DjangoJSONEncoder):
    """Values that both databases write down in their own way."""

    def default(self, value):
        if isinstance(value, Sealed):
            return value.token
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        if isinstance(value, bytes | memoryview):
            return bytes(value).hex()
        return super().default(value)


def digest(using="default"):
    """Rows and SHA-256 of each table, by its name."""
    return {table: _digest_of(model, using) for table, model in _tables()}


def counts(using="default"):
    """How many rows each table has, by its name: what a million tell in a second or two."""
    return {
        table: model._base_manager.using(using).count() for table, model in _tables()
    }


def _tables():
    models = apps.get_models(include_auto_created=True)
    stored = {
        model._meta.db_table: model
        for model in models
        if model._meta.managed and not model._meta.proxy
    }
    return sorted(
        (table, model)
        for table, model in stored.items()
        if table not in VOLATILE_TABLES
    )


def _digest_of(model, using):
    columns = [
        field.attname
        for field in sorted(model._meta.concrete_fields, key=lambda field: field.column)
        if field.column not in VOLATILE_COLUMNS
    ]
    rows, total = 0, hashlib.sha256()
    found = model._base_manager.using(using).order_by("pk").values_list(*columns)
    for row in found.iterator():
        rows += 1
        line = json.dumps(row, cls=Canonical, ensure_ascii=False, sort_keys=True)
        total.update(line.encode() + b"\n")
    return {"rows": rows, "sha256": total.hexdigest()}
