import sqlite3
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from privacy import rotation
from stories import sheets


class Command(BaseCommand):
    help = (
        "Prepare an installation: keys, tables, reference data, cache, what recurs. "
        "Running it again changes nothing that is there; run it after every upgrade."
    )

    # The tables may not be there yet
    requires_system_checks = []

    def handle(self, *, verbosity, **options):
        said = {"verbosity": verbosity, "stdout": self.stdout}
        self.make_missing_keys(said)
        call_command("migrate", interactive=False, **said)
        if connection.vendor == "sqlite":
            self.write_ahead()
        call_command("createcachetable", **said)
        call_command("load_reference", **said)
        sheets.load()
        call_command("schedule", **said)
        self.refuse_without_its_keys()
        if verbosity:
            self.say_what_comes_next()

    def make_missing_keys(self, said):
        keys = Path(settings.FIELD_KEYS_FILE), Path(settings.BACKUP_KEY_FILE)
        if not all(path.exists() for path in keys):
            call_command("make_keys", **said)

    def refuse_without_its_keys(self):
        """What starts only after this does not write with a key that opens nothing here."""
        if lost := rotation.keys_lost():
            raise CommandError(
                f"The database holds texts of keys that are not in "
                f"{settings.FIELD_KEYS_FILE}: {' '.join(sorted(lost))}. Bring them back from "
                "the key sheet (manage.py key_sheet --restore FOLDER) and put their lines "
                "below those in the file. No text was changed."
            )

    def write_ahead(self):
        """A property of the file, so once is enough: readers do not wait for writers."""
        path = Path(connection.settings_dict["NAME"])
        connection.close()
        with closing(sqlite3.connect(path, timeout=20)) as database:
            database.execute("PRAGMA journal_mode=WAL")
        path.chmod(0o600)

    def say_what_comes_next(self):
        who = "create_user --role administrator --email NAME@EXAMPLE"
        if settings.DEMO:
            who = "demo_accounts: whose name and password sign in here"
        self.stdout.write(
            "\nReady. What comes next (docs/operations.md):\n"
            "  1. manage.py key_sheet --out FILE.pdf: print it, give the halves away\n"
            f"  2. manage.py {who}\n"
            "  3. manage.py backup --out FILE every night, on another machine"
        )
