import json
import sys

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from privacy import audit, rotation
from privacy.keys import field_keys
from privacy.models import Installation


class Command(BaseCommand):
    help = (
        "Encrypt every text anew with the first key of FIELD_KEYS_FILE, while people "
        "work. May be stopped and started again. 'make_keys --add' adds a key first; "
        "an old one may go when --status tells 0 texts for it."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--status",
            action="store_true",
            help="only tell how many texts each key opens",
        )
        parser.add_argument("--json", action="store_true", help="print an object")
        parser.add_argument(
            "--batch", type=int, default=rotation.BATCH, help="texts in a transaction"
        )

    def handle(self, **options):
        if options["batch"] < 1:
            raise CommandError(
                "--batch is the number of texts in a transaction, 1 or more.",
                returncode=2,
            )
        rotated = 0 if options["status"] else self.rotate(options["batch"])
        counts = rotation.rows_by_key()
        writes_with = field_keys().writes_with
        if options["json"]:
            told = {"writes_with": writes_with, "rotated": rotated, "texts": counts}
            self.stdout.write(json.dumps(told))
        else:
            if not options["status"]:
                self.stdout.write(f"{rotated} texts encrypted anew.")
            for key_id, count in counts.items():
                self.stdout.write(f"{count:>9}  {key_id}{self.remark(key_id, count)}")
        if counts.keys() - field_keys().ciphers.keys():
            sys.exit(100)

    def rotate(self, batch):
        rotated = rotation.rotate(batch=batch)
        with transaction.atomic():
            audit.record(
                None,
                audit.Verb.UPDATE,
                Installation,
                key=field_keys().writes_with,
                texts=rotated,
            )
        return rotated

    @staticmethod
    def remark(key_id, count):
        keys = field_keys()
        if key_id not in keys.ciphers:
            return "  this key is missing in FIELD_KEYS_FILE"
        if key_id == keys.writes_with:
            return "  writes"
        return "" if count else "  may be removed: make_keys --remove"
