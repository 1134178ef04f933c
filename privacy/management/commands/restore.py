from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from privacy import backup

NO_SENSE, WRONG_KEY = 2, 100


class Command(BaseCommand):
    help = (
        "Replace database and files by those of a backup, after it was unpacked into a "
        "place of its own and every part was checked. Stop web and worker before. Exit "
        "codes: 0 done, 1 refused and nothing changed, 2 there is no such file, 100 wrong "
        "key."
    )

    # The tables may not be there yet
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--in", required=True, type=Path, metavar="FILE", dest="source"
        )
        parser.add_argument(
            "--verify", action="store_true", help="check, change nothing"
        )
        parser.add_argument(
            "--force", action="store_true", help="give up data newer than the backup"
        )

    def handle(self, *, source, verify, force, **options):
        if not source.is_file():
            raise CommandError(f"There is no file {source}.", returncode=NO_SENSE)
        try:
            if verify:
                with backup.checked(source) as (manifest, *_parts):
                    pass
            else:
                manifest = backup.restore(source, force=force)
        except backup.WrongKey as problem:
            raise CommandError(str(problem), returncode=WRONG_KEY) from None
        except backup.BackupRefused as problem:
            raise CommandError(f"{problem} Nothing was changed.") from None
        done = "is complete and opens" if verify else "is restored"
        self.stdout.write(f"The backup of {manifest['made_at']} {done}.")
