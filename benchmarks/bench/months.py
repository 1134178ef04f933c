"""The PDFs of all reports of a month, drawn by two worker processes, beside one."""

import subprocess
import sys

from reports.models import MonthlyReport, ReportVersion
from reports.services.delivery import freeze, render_version

REPORTS = 60
WORKER = ("manage.py", "db_worker", "--batch", "--no-startup-delay")


class MonthOfPdfs:
    name = "PDFs of a month, two workers"
    goal, growth, most_queries = 0.56, None, None
    is_long = is_very_long = True
    floor_is = f"one worker for {REPORTS} reports as well, frozen and queued anew"

    def __init__(self, site):
        self.user = site.mediator
        self.reports = MonthlyReport.objects.exclude(figures=None)[:REPORTS]

    def run(self):
        self._draw(workers=2)

    def run_floor(self):
        self._draw(workers=1)

    def _draw(self, workers):
        made = [freeze(report, by=self.user).pk for report in self.reports]
        for pk in made:
            render_version.enqueue(str(pk))
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        started = [
            subprocess.Popen([sys.executable, *WORKER], **quiet) for _ in range(workers)
        ]
        if any(process.wait() for process in started):
            raise RuntimeError("A worker failed.")
        if ReportVersion.objects.filter(pk__in=made, pdf="").exists():
            raise RuntimeError("A PDF was not drawn.")
