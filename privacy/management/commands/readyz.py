import json
import sys

from django.core.management.base import BaseCommand

from privacy import readiness


class Command(BaseCommand):
    help = (
        "Tell whether database, migrations, disk, clock and worker are in order; the "
        "exit code is 1 where something fails."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="print an object")

    def handle(self, **options):
        found = readiness.look()
        if options["json"]:
            self.stdout.write(json.dumps(found))
        else:
            for name, state in found.items():
                self.stdout.write(f"{state:<5} {name}")
        if readiness.worst(found) == readiness.FAIL:
            sys.exit(1)
