"""``manage.py indicators``: the declared numbers, as docs/indicators.md tells them."""

import json

from django.core.management.base import BaseCommand
from django.utils import translation

from reports.indicators import INDICATORS
from reports.measures import MEASURES

HEAD = """\
# Indicators

Every number that Tilts counts. Written by `manage.py indicators > docs/indicators.md` from the
declarations in `reports/indicators.py`, `reports/measures.py` and the modules that they gather,
never by hand: a test fails when it is out of date. They are administrative data of mediators: they
tell what was done, not how all Roma live. A code of the catalogue that ends in `P` counts people,
in `F` families.

| code | key | English | Latvian | unit | definition | counted from |
|---|---|---|---|---|---|---|
"""


class Command(BaseCommand):
    help = (
        "Tells all indicators: code, labels in English and Latvian, unit, definition, and "
        "what is counted; as Markdown or, with --json, as data."
    )

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true")

    def handle(self, **options):
        rows = [described(indicator) for indicator in (*INDICATORS, *MEASURES)]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        lines = (" | ".join(["", *row.values(), ""]).strip() for row in rows)
        self.stdout.write(HEAD + "\n".join(lines))


def described(indicator):
    with translation.override("lv"):
        in_latvian = str(indicator.label)
    with translation.override("en"):
        return {
            "code": indicator.code,
            "key": f"`{indicator.key}`",
            "label": str(indicator.label),
            "label_lv": in_latvian,
            "unit": str(indicator.unit_label),
            "definition": str(indicator.definition),
            "source": indicator.counted_from,
        }
