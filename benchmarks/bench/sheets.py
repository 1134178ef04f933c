"""The Excel file of a year's entries, beside its writer alone fed with the same rows ready."""

import tempfile

from django.utils import timezone, translation

from reports.periods import Period
from reports.reach import scope_of
from reports.resources import VisitResource
from reports.workbook import write


class SheetOfVisits:
    name = "Excel of a year's entries"
    goal, growth, most_queries = 1.6, None, None
    is_long = True
    floor_is = "the same writer alone, fed with the rows of that sheet ready"

    def __init__(self, site):
        year = Period.parse(f"{timezone.localdate().year}")
        with translation.override("lv"):
            self.sheet = VisitResource(scope_of(year, None))
            self.ready = Ready(scope_of(year, None))

    def run(self):
        self._write(self.sheet)

    def run_floor(self):
        self._write(self.ready)

    def _write(self, sheet):
        with translation.override("lv"), tempfile.TemporaryFile() as file:
            write(file, [sheet], [], about_title="x")


class Ready(VisitResource):
    """The sheet with its rows read before: what is left is to write each value."""

    def __init__(self, scope):
        super().__init__(scope)
        self.values = [tuple(row) for row in super().rows()]

    def count(self):
        return len(self.values)

    def rows(self, render):
        columns = self.columns.values()
        for row in self.values:
            yield [render(*one) for one in zip(columns, row, strict=True)]
