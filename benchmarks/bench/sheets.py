"""The Excel file of a year's entries, beside the writer alone fed with the same rows ready."""

import tempfile

from django.utils import timezone, translation
from openpyxl import Workbook

from reports.periods import Period
from reports.reach import scope_of
from reports.resources import VisitResource
from reports.workbook import write


class SheetOfVisits:
    name = "Excel of a year's entries"
    goal, growth, most_queries = 1.6, None, None
    is_long = True
    floor_is = (
        "openpyxl's streaming writer alone, fed with the rows of that sheet ready"
    )

    def __init__(self, site):
        year = Period.parse(f"{timezone.localdate().year}")
        with translation.override("lv"):
            self.sheet = VisitResource(scope_of(year, None))
            self.rows = [tuple(row) for row in self.sheet.rows()]

    def run(self):
        with translation.override("lv"), tempfile.TemporaryFile() as file:
            write(file, [self.sheet], [], about_title="x")

    def run_floor(self):
        book = Workbook(write_only=True)
        page = book.create_sheet("x")
        for row in self.rows:
            page.append(row)
        with tempfile.TemporaryFile() as file:
            book.save(file)
