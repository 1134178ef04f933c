from django.core.management.commands import migrate
from django.db import transaction
from django.db.migrations.executor import MigrationExecutor


class WholeExecutor(MigrationExecutor):
    """A migration and the note that it is done, in one transaction.

    Django notes it afterwards where indexes were put off to the end. Killed between the
    two, the next run would make tables that are there, and fail for ever.
    """

    def apply_migration(self, state, migration, **options):
        if not (migration.atomic and self.connection.features.can_rollback_ddl):
            return super().apply_migration(state, migration, **options)
        # SQLite asks for this before the transaction, where it still has an effect
        with (
            self.connection.constraint_checks_disabled(),
            transaction.atomic(using=self.connection.alias),
        ):
            return super().apply_migration(state, migration, **options)


class Command(migrate.Command):
    """Django's own, by an executor that does nothing by halves."""

    def handle(self, *args, **options):
        # Django offers no other place to name the executor
        migrate.MigrationExecutor = WholeExecutor
        return super().handle(*args, **options)
