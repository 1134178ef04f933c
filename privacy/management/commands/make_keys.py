import os
from pathlib import Path

import pyrage
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from privacy import rotation
from privacy.keys import lines_of, new_key_line, read_keys, write_lines


class Command(BaseCommand):
    help = (
        "Make the file of field keys at FIELD_KEYS_FILE and the key of backups at "
        "BACKUP_KEY_FILE; never overwrites one. For a rotation, --add puts a new key "
        "in front and --remove takes an old one out, if it opens no text any more."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        change = parser.add_mutually_exclusive_group()
        change.add_argument(
            "--add", action="store_true", help="put a new key in front of the others"
        )
        change.add_argument("--remove", metavar="ID", help="take out an old key")

    def handle(self, *, add, remove, **options):
        path = Path(settings.FIELD_KEYS_FILE)
        if add:
            self.add(path)
        elif remove:
            self.remove(path, remove)
        else:
            self.make_missing(path, Path(settings.BACKUP_KEY_FILE))

    def make_missing(self, path, backup):
        if path.exists() and backup.exists():
            raise CommandError(
                f"{path} exists already and stays as it is: without its keys the "
                "names and notes in the database cannot be read."
            )
        if not path.exists():
            self.refuse_in_place_of_lost_ones(path)
            self.make(path, new_key_line(), "field keys")
        if not backup.exists():
            self.make(backup, str(pyrage.x25519.Identity.generate()), "backup key")

    def refuse_in_place_of_lost_ones(self, path):
        """A new key would open nothing that is there, and hide that the old one is lost."""
        try:
            needed = rotation.keys_needed()
        except DatabaseError:
            # Not there yet, or with tables of an earlier release: then init refuses
            needed = set()
        if needed:
            raise CommandError(
                f"{path} is missing, and the database holds texts that only its keys open: "
                f"{' '.join(sorted(needed))}. Bring it back from the key sheet: manage.py "
                "key_sheet --restore FOLDER. Nothing was changed."
            )

    def make(self, path, line, what):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{line}\n")
            file.flush()
            os.fsync(file.fileno())
        self.stdout.write(f"New {what} in {path}. Keep a copy in a safe place.")

    def add(self, path):
        read_keys(path)
        line = new_key_line()
        write_lines(path, [line, *lines_of(path)])
        self.stdout.write(
            f"Added the key {line.partition(':')[0]}, which writes from now on. Print a "
            "new key sheet, restart, then: manage.py rotate_keys"
        )

    def remove(self, path, key_id):
        keys = read_keys(path)
        if key_id not in keys.ciphers:
            raise CommandError(f"{path} has no key {key_id}.")
        if key_id == keys.writes_with:
            raise CommandError(f"The key {key_id} writes: add another one first.")
        if texts := rotation.rows_by_key().get(key_id):
            raise CommandError(
                f"The key {key_id} still opens {texts} texts. First: manage.py rotate_keys"
            )
        write_lines(
            path,
            [line for line in lines_of(path) if line.partition(":")[0] != key_id],
        )
        self.stdout.write(
            f"Removed the key {key_id}. Backups made before need it: keep its key sheet."
        )
