import argparse
import json
import sys

from django.core.management.base import BaseCommand

from privacy.audit import Anchor, check_chain


def anchor(text):
    try:
        return Anchor.parse(text)
    except ValueError as problem:
        raise argparse.ArgumentTypeError(str(problem)) from None


class Command(BaseCommand):
    help = "Recompute the audit chain; the exit code is 1 where it is broken."

    def add_arguments(self, parser):
        parser.add_argument(
            "--json", action="store_true", help="print rows, holds and first_broken"
        )
        parser.add_argument(
            "--anchor",
            type=anchor,
            metavar="NUMBER:HASH",
            help="an end of the chain from a mail or a PDF, which has to be in it still",
        )

    def handle(self, **options):
        chain = check_chain(options["anchor"])
        if options["json"]:
            self.stdout.write(json.dumps(as_json(chain)))
        else:
            self.stdout.write(in_words(chain))
        if not chain.holds:
            sys.exit(1)


def as_json(chain):
    answer = {
        "rows": chain.rows,
        "holds": chain.holds,
        "first_broken": chain.first_broken,
    }
    if chain.knows_anchor is not None:
        answer["knows_anchor"] = chain.knows_anchor
    return answer


def in_words(chain):
    if chain.holds:
        return f"The audit chain holds: {chain.rows} entries."
    if chain.first_broken is not None:
        return (
            f"The audit chain is broken at entry {chain.first_broken}: it was "
            "changed or removed outside the application."
        )
    return (
        "The audit chain fits itself but not the anchor: it was cut or written anew "
        "since the anchor was written down."
    )
