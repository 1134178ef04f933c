import json

from django.core.management.base import BaseCommand

from privacy.digest import digest


class Command(BaseCommand):
    help = (
        "Print rows and SHA-256 of each table. Two databases with the same lines hold "
        "the same; sessions and work in the background do not count."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print an object")

    def handle(self, **options):
        tables = digest()
        if options["json"]:
            self.stdout.write(json.dumps(tables))
            return
        for table, told in tables.items():
            self.stdout.write(f"{told['sha256']}  {told['rows']:>8}  {table}")
