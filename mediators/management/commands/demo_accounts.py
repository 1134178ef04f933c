import json

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mediators import demo
from privacy.models import Installation

COLUMNS = ("role", "email", "password", "municipality")


class Command(BaseCommand):
    help = "List the accounts of the demo with their password. Never real accounts."

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print a JSON list")

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError(
                "This is not a demo: with DEMO=false no account is ever listed."
            )
        if not Installation.is_demo_database():
            raise CommandError(
                "This database holds no demo data. Load it with: manage.py seed_demo"
            )
        accounts = demo.accounts()
        if options["json"]:
            self.stdout.write(json.dumps(accounts, ensure_ascii=False, indent=2))
        else:
            self.stdout.write("\n".join(aligned(accounts)))


def aligned(accounts):
    """The table for people, every column as wide as its longest cell."""
    rows = [COLUMNS, *([row[name] or "–" for name in COLUMNS] for row in accounts)]
    widths = [max(map(len, cells)) for cells in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
