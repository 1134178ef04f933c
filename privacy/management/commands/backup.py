from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from privacy import backup
from privacy.database_copy import DatabaseFailed


class Command(BaseCommand):
    help = (
        "Write database and files into one encrypted file, while people work. The key is "
        "in BACKUP_KEY_FILE; the field keys are not in the backup."
    )

    def add_arguments(self, parser):
        parser.add_argument("--out", required=True, type=Path, metavar="FILE")

    def handle(self, *, out, **options):
        try:
            manifest = backup.write(out)
        except (backup.BackupRefused, DatabaseFailed) as problem:
            raise CommandError(str(problem)) from None
        except OSError as problem:
            raise CommandError(
                f"{out} cannot be written: {problem.strerror}."
            ) from None
        rows = sum(told["rows"] for told in manifest["tables"].values())
        self.stdout.write(
            f"{out}: {rows} rows of {len(manifest['tables'])} tables, "
            f"{len(manifest['files'])} files"
        )
