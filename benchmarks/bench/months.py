"""The PDFs of all reports of a month, drawn by two worker processes, beside one.

  scripts/bench month                  1,500 reports, PostgreSQL, a million entries
  scripts/bench month --reports 300

Two workers draw all of them, then one draws a third as many others. Memory is that of the
workers with all processes that they began, looked at every few seconds.
"""

import argparse
import json
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from bench import figures
from bench.__main__ import ROOT, carry_out, data_folder, installation, machine
from bench.databases import DATABASES, CannotPrepare
from bench.load import megabytes, prepared

REPORTS_OF_A_ROUND = 60
REPORTS = 1500
EVERY = 5
"""Seconds between two looks at the memory."""
WORKER = ("manage.py", "db_worker", "--batch", "--no-startup-delay")
HEADS = ("workers", "reports", "s", "ms for each", "MB after a tenth", "MB", "most MB")


class MonthOfPdfs:
    name = "PDFs of a month, two workers"
    goal, growth, most_queries = 0.56, None, None
    is_long = is_very_long = True
    floor_is = f"one worker for {REPORTS_OF_A_ROUND} reports as well, frozen anew"

    def __init__(self, site):
        self.site = site

    def run(self):
        self._draw(workers=2)

    def run_floor(self):
        self._draw(workers=1)

    def _draw(self, workers):
        made = frozen(REPORTS_OF_A_ROUND, by=self.site.mediator)
        for process in begun(workers):
            if process.wait():
                raise RuntimeError("A worker failed.")
        if missing(made):
            raise RuntimeError("A PDF was not drawn.")


def frozen(number, *, by):
    """Keys of new versions of so many reports; their PDFs wait for a worker."""
    from reports.models import MonthlyReport  # noqa: PLC0415 -- wants settings of a site
    from reports.services.delivery import freeze, render_version  # noqa: PLC0415

    reports = MonthlyReport.objects.exclude(figures=None).order_by("pk")[:number]
    made = [freeze(report, by=by).pk for report in reports]
    for pk in made:
        render_version.enqueue(str(pk))
    return made


def missing(made):
    """How many of some versions have no PDF."""
    from reports.models import ReportVersion  # noqa: PLC0415 -- wants settings of a site

    return ReportVersion.objects.filter(pk__in=made, pdf="").count()


def begun(workers, **how):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    command = [sys.executable, *WORKER]
    return [subprocess.Popen(command, **quiet, **how) for _ in range(workers)]


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench month",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--database", choices=DATABASES, default="postgresql")
    parser.add_argument("--entries", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--reports", type=int, default=REPORTS, metavar="N")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--data", type=Path, default=data_folder())
    carry_out(run, parser.parse_args())


def run(options, stack):
    environment = installation(options, stack, options.entries, "month")
    rows = [
        drawn(environment, workers, reports)
        for workers, reports in ((2, options.reports), (1, options.reports // 3))
    ]
    if options.json:
        print(json.dumps({"machine": machine(), "rows": rows}))
        return
    print(machine(), f"{options.database}, {options.entries:,} entries", "", sep="\n")
    print(figures.table(HEADS, rows))


def drawn(environment, workers, reports):
    """How long so many workers take for new versions of so many reports, and their memory."""
    made = prepared(environment, "months", "freeze", reports)
    begin, looks = time.monotonic(), []
    processes = begun(workers, cwd=ROOT, env=environment)
    while any(process.poll() is None for process in processes):
        time.sleep(EVERY)
        looks.append(sum(map(_with_children, processes)))
    seconds = time.monotonic() - begin
    if any(process.returncode for process in processes):
        raise CannotPrepare("A worker failed.")
    if left := prepared(environment, "months", "missing", *made):
        raise CannotPrepare(f"{left} PDFs were not drawn.")
    looks = looks[:-2] or looks  # at last the workers had nothing left to do
    values = (
        *(workers, len(made), round(seconds), round(1000 * seconds / len(made))),
        *(looks[len(looks) // 10], looks[-1], max(looks)),
    )
    return dict(zip(HEADS, values, strict=True))


def _with_children(process):
    return round(sum(map(megabytes, family_of(process.pid))))


def family_of(pid):
    """A process and all that it began, and these."""
    found = [pid]
    for one in found:
        with suppress(OSError):  # it ended meanwhile
            for task in Path(f"/proc/{one}/task").glob("*/children"):
                found += map(int, task.read_text().split())
    return found


def prepare(do, *arguments):
    """Prints the keys of what was frozen, or how many of some keys have no PDF."""
    import django  # noqa: PLC0415 -- only this process has the settings of a site

    django.setup()
    from bench.site import Site  # noqa: PLC0415

    if do == "freeze":
        made = frozen(int(arguments[0]), by=Site().mediator)
        print(json.dumps([str(pk) for pk in made]))
    else:
        print(missing(arguments))


if __name__ == "__main__":
    prepare(*sys.argv[1:]) if sys.argv[1:2] in (["freeze"], ["missing"]) else main()
