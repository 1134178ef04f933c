import json
import sys

from django.core.management.base import BaseCommand

from privacy.audit import check_chain


class Command(BaseCommand):
    help = "Recompute the audit chain; the exit code is 1 where it is broken."

    def add_arguments(self, parser):
        parser.add_argument(
            "--json", action="store_true", help="print rows, holds and first_broken"
        )

    def handle(self, **options):
        chain = check_chain()
        if options["json"]:
            self.stdout.write(
                json.dumps(
                    {
                        "rows": chain.rows,
                        "holds": chain.holds,
                        "first_broken": chain.first_broken,
                    }
                )
            )
        elif chain.holds:
            self.stdout.write(f"The audit chain holds: {chain.rows} entries.")
        else:
            self.stdout.write(
                f"The audit chain is broken at entry {chain.first_broken}: it was "
                "changed or removed outside the application."
            )
        if not chain.holds:
            sys.exit(1)
