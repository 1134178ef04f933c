"""A list of five thousand families from a file, beside inserting them in bulk.

Both are taken back afterwards, so that every round meets the same database.
"""

import csv
import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone, translation

from families.models import Family, FamilyAssignment
from imports.models import Kind
from imports.resources.families import FamilyTable
from imports.services import importing, reading

FAMILIES = 5000
SURNAMES = ("Dambe", "Ozols", "Celms", "Upmalis", "Krasts", "Liepa", "Vītols", "Avots")


class ImportOfFamilies:
    name = f"import of {FAMILIES:,} families"
    goal, growth, most_queries = 4, None, None
    is_long = True
    floor_is = "bulk_create of the same families and whose they are, names sealed"

    def __init__(self, site):
        self.user = site.mediator
        [appointment] = self.user.appointments.all()
        self.place = appointment.municipality
        with translation.override("lv"):
            self.content = self._file()

    def run(self):
        """Reading the file, checking every row, storing them, with the audit."""
        file = SimpleUploadedFile("gimenes.csv", self.content)
        with translation.override("lv"), transaction.atomic():
            sheet = reading.read(file, Kind.FAMILIES)
            imported = reading.keep(
                sheet,
                kind=Kind.FAMILIES,
                by=self.user,
                place=self.place,
                actor=self.user,
            )
            # As the page does: shown first, then checked again and stored
            verdict = importing.check(imported)
            stored = importing.confirm(
                imported,
                anyway=[row.number for row in verdict.alike],
                expected=len(verdict.new),
                actor=self.user,
            )
            if stored.count != FAMILIES:
                raise AssertionError(f"{stored.count} stored: {verdict.problems[:3]}")
            transaction.set_rollback(True)

    def run_floor(self):
        today = timezone.localdate()
        with transaction.atomic():
            families = Family.objects.bulk_create(
                Family(
                    code=f"X-Ģ-{number}",
                    municipality=self.place,
                    label=label,
                    town_part="centrs",
                    adults=2,
                    children=3,
                    started_on=today,
                )
                for number, label in enumerate(self._labels())
            )
            FamilyAssignment.objects.bulk_create(
                FamilyAssignment(family=family, mediator=self.user, starts_on=today)
                for family in families
            )
            transaction.set_rollback(True)

    def _labels(self):
        return [f"{SURNAMES[n % len(SURNAMES)]} {n}" for n in range(FAMILIES)]

    def _file(self):
        columns = FamilyTable.for_template()
        asked = ("label", "town_part", "adults", "children")
        file = io.StringIO()
        rows = csv.writer(file, delimiter=";")
        rows.writerow([columns[name].column_name for name in asked])
        rows.writerows([label, "centrs", 2, 3] for label in self._labels())
        return file.getvalue().encode()
