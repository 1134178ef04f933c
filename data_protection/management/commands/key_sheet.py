import os
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError, transaction
from django.template.loader import render_to_string
from django.utils import timezone

from privacy import audit, key_sheet, rotation
from privacy.fields import CannotDecrypt
from privacy.keys import field_keys, lines_of, parsed
from privacy.models import Installation
from reports.pdf import PdfFailed, document_pdf

WRONG_KEY = 100
TEMPLATE = "data_protection/key_sheet"


class Command(BaseCommand):
    help = (
        "Print the keys of texts and backups as two halves, to be kept by two people in "
        "two places; or, with --check, rehearse their loss: type both halves and learn "
        "whether they open this database. Exit codes: 0, 1 a slip, 100 other keys."
    )

    def add_arguments(self, parser):
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("--out", type=Path, metavar="FILE.pdf")
        what.add_argument("--text", action="store_true", help="to the terminal")
        what.add_argument(
            "--check", action="store_true", help="read halves and try them"
        )
        what.add_argument(
            "--restore",
            type=Path,
            metavar="FOLDER",
            help="read halves and write field.keys and backup.key into a folder",
        )

    def handle(self, *, out, text, check, restore, **options):
        if out:
            self.draw(out)
        elif text:
            sheet = self.sheet()
            self.stdout.write(render_to_string(f"{TEMPLATE}.txt", sheet))
            self.note(sheet["key_ids"])
        else:
            keys = self.typed_keys()
            if restore:
                self.write_back(keys, restore)
            else:
                self.try_keys(keys)

    def sheet(self):
        first, second = key_sheet.halves("\n".join(self.lines()))
        return {
            "halves": [(1, first), (2, second)],
            "key_ids": list(field_keys().ciphers),
            "made_on": timezone.localdate(),
            "site": settings.SITE_URL,
        }

    def lines(self):
        backup = Path(settings.BACKUP_KEY_FILE)
        return [
            *lines_of(Path(settings.FIELD_KEYS_FILE)),
            *(lines_of(backup) if backup.exists() else []),
        ]

    def note(self, key_ids):
        """Which keys stand on paper, so that ``doctor`` can ask for a new sheet.

        Keys are printed also while the database is away.
        """
        try:
            with transaction.atomic():
                audit.record(None, audit.Verb.PDF, Installation, keys=sorted(key_ids))
        except DatabaseError:
            self.stderr.write("The database is away: doctor does not know this sheet.")

    def draw(self, out):
        sheet = self.sheet()
        try:
            content = document_pdf(f"{TEMPLATE}.html", sheet).content
            descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except PdfFailed as failure:
            raise CommandError(f"The sheet could not be drawn: {failure}") from None
        except OSError as problem:
            raise CommandError(
                f"{out} cannot be written: {problem.strerror}."
            ) from None
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        self.note(sheet["key_ids"])
        self.stdout.write(f"{out}: print it, give the halves away, delete the file.")

    def typed_keys(self):
        typed = [self.typed_half(number) for number in (1, 2)]
        try:
            return key_sheet.joined(*typed).splitlines()
        except key_sheet.NotAHalf as slip:
            raise CommandError(str(slip)) from None

    def typed_half(self, number):
        self.stderr.write(f"Half {number}, line by line; an empty line ends it:")
        lines = []
        for line in sys.stdin:
            if not line.strip():
                break
            lines.append(line)
        return lines

    def try_keys(self, lines):
        """Each key of the sheet that texts need opens one of them."""
        ciphers = dict(parsed(line) for line in lines if ":" in line)
        opened = set()
        try:
            for place in rotation.places():
                for key_id in ciphers.keys() - opened:
                    for pk, token in place.written_with(key_id)[:1]:
                        place.text(pk, token, find=ciphers.get)
                        opened.add(key_id)
        except CannotDecrypt:
            raise CommandError(
                "These halves are of another installation: they do not open the texts.",
                returncode=WRONG_KEY,
            ) from None
        needed = {key_id for key_id, count in rotation.rows_by_key().items() if count}
        if needed - ciphers.keys():
            missing = ", ".join(sorted(needed - ciphers.keys()))
            raise CommandError(
                f"The sheet is older than the keys: it lacks {missing}. Print a new one.",
                returncode=WRONG_KEY,
            )
        self.note(ciphers)
        if opened:
            self.stdout.write(f"These halves open the database ({len(opened)} keys).")
        else:
            self.stdout.write(
                "These halves are whole; there is no text to try them on."
            )

    def write_back(self, lines, folder):
        parts = {
            "field.keys": [line for line in lines if ":" in line],
            "backup.key": [line for line in lines if ":" not in line],
        }
        for name, content in parts.items():
            descriptor = os.open(
                folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600
            )
            with os.fdopen(descriptor, "w", encoding="ascii") as file:
                file.write("".join(f"{line}\n" for line in content))
        self.stdout.write(f"Written: {', '.join(parts)} in {folder}")
