import json
import sys

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation
from django.utils.translation import pgettext

from operations import findings


class Command(BaseCommand):
    help = (
        "Look whether this installation is in order, and say in plain words what to do "
        "where it is not. Sends no mail, changes nothing. Exit codes: 0 all holds, 1 "
        "something does not."
    )

    # It runs them itself, all of them, and tells of each what to do
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--json", action="store_true", help="a list of {check, holds, what, do}"
        )
        parser.add_argument(
            "--language",
            choices=[code for code, _name in settings.LANGUAGES],
            default=settings.LANGUAGE_CODE,
        )

    def handle(self, *, language, **options):
        with translation.override(language):
            found = findings.find()
            if options["json"]:
                told = [one._asdict() for one in found]
                self.stdout.write(json.dumps(told, ensure_ascii=False))
            else:
                for one in found:
                    self.tell(one)
        if not all(one.holds for one in found):
            sys.exit(1)

    def tell(self, one):
        word = pgettext("doctor", "ok") if one.holds else pgettext("doctor", "NO")
        self.stdout.write(f"{word:<4} {one.check}: {one.what}")
        if one.do:
            self.stdout.write(f"     → {one.do}")
