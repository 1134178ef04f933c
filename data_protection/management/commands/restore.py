from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from data_protection.services import restoring
from privacy import backup

NO_SENSE, WRONG_KEY = 2, 100


class Command(BaseCommand):
    help = (
        "Replace database and files by those of a backup, after it was unpacked into a "
        "place of its own and every part was checked; then erase and end again what was "
        "erased and ended since. Stop web and worker before. Exit "
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
                    done = f"The backup of {manifest['made_at']} is complete and opens."
            else:
                done = _told(restoring.restore(source, force=force))
        except backup.WrongKey as problem:
            raise CommandError(str(problem), returncode=WRONG_KEY) from None
        except backup.BackupRefused as problem:
            raise CommandError(f"{problem} Nothing was changed.") from None
        self.stdout.write(done)


def _told(restored):
    codes, held = restored.replayed
    lines = [f"The backup of {restored.manifest['made_at']} is restored."]
    if not restored.is_sequel:
        lines.append(
            "The database before did not go on from this backup, so it may not know what "
            "was erased since. Take the list that is kept outside: erase --replay FILE"
        )
    lines.append(f"Erased again: {', '.join(codes) or 'nothing'}.")
    if held:
        lines.append(
            f"Held by law in this backup, so not erased again: {', '.join(held)}. Lift "
            "the hold, then: erase --replay FILE"
        )
    lines.append("Everybody has to sign in again.")
    return "\n".join(lines)
