import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from privacy.keys import new_key_line


class Command(BaseCommand):
    help = "Make the file of field keys at FIELD_KEYS_FILE; never overwrites one."
    requires_system_checks = []

    def handle(self, **options):
        path = Path(settings.FIELD_KEYS_FILE)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            raise CommandError(
                f"{path} exists already and stays as it is: without its keys the "
                "names and notes in the database cannot be read."
            ) from None
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{new_key_line()}\n")
            file.flush()
            os.fsync(file.fileno())
        self.stdout.write(f"New field keys in {path}. Keep a copy in a safe place.")
