import json
from dataclasses import asdict
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from agenda import canaries
from agenda.demo.loading import load_demo
from agenda.demo.national.loading import is_loaded as is_national_loaded
from agenda.demo.national.loading import load_national
from agenda.demo.places import PLACES
from agenda.demo.rare import add_rare
from families.models import Family
from mediators.models import User
from municipalities.models import Municipality
from privacy.models import Installation

NATIONAL = "national"


class Command(BaseCommand):
    help = (
        "Fill an empty database with ten months of invented work, the same for the "
        "same day. Refuses a database with real data; a second run changes nothing "
        "but canaries. Also called seed."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--scale",
            type=scale,
            default=1,
            metavar="N",
            help="N times as many mediators, families and entries; or “national”: a log of "
            "--entries, with mediators and families in proportion, for measuring",
        )
        parser.add_argument(
            "--entries",
            type=positive,
            default=1_000_000,
            metavar="N",
            help="of --scale national: how long its log is",
        )
        parser.add_argument(
            "--seed",
            type=int,
            default=1,
            metavar="N",
            help="another number gives other entries",
        )
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            default=None,
            metavar="YYYY-MM-DD",
            help="the last day of the demo instead of today",
        )
        parser.add_argument(
            "--canary",
            metavar="PREFIX",
            help="put PREFIX-0000001 and so on into every encrypted text but frozen ones",
        )
        parser.add_argument(
            "--json",
            action="store_true",
            help="print an object: rows loaded, canaries with their readers",
        )

    def handle(self, **options):
        until = options["until"] or timezone.localdate()
        if until > timezone.localdate():
            raise CommandError(
                "The demo cannot end in the future: --until is too late."
            )
        refuse_real_data()
        loaded = {}
        if options["scale"] == NATIONAL:
            loaded = load_nation(until, options)
        with transaction.atomic():
            if options["scale"] != NATIONAL and not is_loaded():
                loaded = load_demo(until, seed=options["seed"], scale=options["scale"])
            placed = put_canaries(options["canary"]) if options["canary"] else []
        if options["json"]:
            told = {model._meta.label: rows for model, rows in loaded.items()}
            canary_rows = [asdict(canary) for canary in placed]
            self.stdout.write(json.dumps({"loaded": told, "canaries": canary_rows}))
        else:
            self.stdout.write("\n".join(summary(loaded, placed)))


def load_nation(until, options):
    """Nothing where it is there already; refused where anything else is."""
    if is_national_loaded():
        return {}
    if User.objects.exists() or Family.objects.exists():
        raise CommandError(
            "This database holds another demo, or a part of this one. Nothing was changed. "
            "Let DATABASE_URL point to an empty database."
        )
    return load_national(until, entries=options["entries"], seed=options["seed"])


def put_canaries(prefix):
    add_rare()
    try:
        return canaries.put_in(prefix)
    except canaries.UnusablePrefix as refusal:
        raise CommandError(str(refusal)) from None


def summary(loaded, placed):
    """What was done, for people."""
    for model, rows in loaded.items():
        yield f"{model.__name__:<20} {rows:>6}"
    if placed:
        yield f"{'Canaries':<20} {len(placed):>6}"
    if loaded:
        yield (
            "The demo is ready. Its accounts: manage.py demo_accounts. The PDFs of old "
            "reports are made by manage.py db_worker."
        )
    elif not placed:
        yield "The demo data are loaded already. Nothing was changed."


def scale(text):
    return text if text == NATIONAL else positive(text)


def positive(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def refuse_real_data():
    if not settings.DEMO:
        raise CommandError(
            "Demo data need DEMO=true. Give the demo a database of its own, so that it "
            "never mixes with real data."
        )
    is_demo = Installation.is_demo_database()
    has_people = User.objects.exists() or Family.objects.exists()
    if is_demo is False or (is_demo is None and has_people):
        raise CommandError(
            "This database holds real data. Nothing was changed. Let DATABASE_URL point "
            "to an empty database."
        )


def is_loaded():
    prefixes = [place.prefix for place in PLACES]
    return Municipality.objects.filter(prefix__in=prefixes).exists()
