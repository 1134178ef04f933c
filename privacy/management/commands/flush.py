from django.core.management.base import CommandError
from django.core.management.commands.flush import Command as Flush
from django.db import connections

from privacy import append_only
from privacy.models import Installation


class Command(Flush):
    """Empty a demo or test database, the audit included; never one with real data."""

    def handle(self, **options):
        if Installation.is_demo_database() is False:
            raise CommandError("This database holds real data and is not emptied.")
        connection = connections[options["database"]]
        for guard in append_only.guards():
            append_only.allow_changes(connection, guard)
        try:
            super().handle(**options)
        finally:
            for guard in append_only.guards():
                append_only.refuse_changes(connection, guard)
