"""``manage.py export_results``: the files of the export page, from the command line."""

import os
from functools import partial
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from reports.models import ExportPurpose, FileType
from reports.periods import NotAPeriod, Period
from reports.services.export import export_results


class Command(BaseCommand):
    help = "Write the results of some months into a file."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from", dest="first", required=True, metavar="YYYY-MM", help="first month"
        )
        parser.add_argument(
            "--to", dest="last", required=True, metavar="YYYY-MM", help="last month"
        )
        parser.add_argument("--out", required=True, metavar="FILE")
        parser.add_argument("--purpose", required=True, choices=ExportPurpose.values)
        parser.add_argument(
            "--recipient",
            required=True,
            help="who works with the file and for whom: an office",
        )
        parser.add_argument(
            "--as",
            dest="file_type",
            choices=FileType.values,
            default=FileType.EXCEL,
            help="Excel, CSV files in a zip, or JSON (xlsx)",
        )

        parser.add_argument(
            "--approved-only",
            action="store_true",
            help="leave out entries and indicators of months whose report is not approved",
        )

    def handle(self, *, first, last, out, file_type, approved_only, **options):
        why = {name: options[name] for name in ("purpose", "recipient")}
        first, last = month_of(first), month_of(last)
        if first > last:
            raise CommandError("--from is later than --to.")
        period, path = Period.between(first, last), Path(out)
        fresh = path.with_name(f".{path.name}.part")
        try:
            # Whoever may read it is for its owner to say: it holds codes of families
            with open(fresh, "wb", opener=partial(os.open, mode=0o600)) as file:
                log = export_results(
                    file,
                    period,
                    by=None,
                    approved_only=approved_only,
                    file_type=file_type,
                    **why,
                )
            fresh.replace(path)
        except OSError as error:
            raise CommandError(f"Cannot write {out}: {error.strerror}.") from None
        finally:
            fresh.unlink(missing_ok=True)
        for table, rows in log.sheets.items():
            self.stdout.write(f"{rows:>8}  {table}")
        self.stdout.write(self.style.SUCCESS(f"Written: {out}"))


def month_of(text):
    """The first day of the month “2026-10”."""
    try:
        period = Period.parse(text)
    except NotAPeriod:
        period = None
    if period is None or period.length != 1:
        raise CommandError(f"“{text}” is not a month; write it as 2026-10.")
    return period.first
