"""How many entries a second the audit takes: the one row that all who write take turns at.

  scripts/bench chain                      PostgreSQL, 1 to 8 writers at the same time
  scripts/bench chain --database sqlite

Each writer is a process that does nothing but write one entry in a transaction of its own,
again and again. A page or a deed of somebody writes one, so it is also how many people's
requests one installation could answer, had it processors without end.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from bench import figures
from bench.__main__ import ROOT, carry_out, data_folder, installation, machine
from bench.databases import DATABASES, CannotPrepare

WRITERS = (1, 2, 4, 8)
SECONDS = 10
ENTRIES = 10_000


def main():
    parser = argparse.ArgumentParser(
        prog="scripts/bench chain",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--database", choices=DATABASES, default="postgresql")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--data", type=Path, default=data_folder())
    carry_out(run, parser.parse_args())


def run(options, stack):
    environment = installation(options, stack, ENTRIES, "chain")
    rows = [
        {"writers": writers, "entries a second": round(written(environment, writers))}
        for writers in WRITERS
    ]
    if options.json:
        print(json.dumps({"machine": machine(), "rows": rows}))
        return
    print(machine(), options.database, "", sep="\n")
    print(figures.table(("writers", "entries a second"), rows))


def written(environment, writers):
    """Entries a second of so many processes together."""
    command = [sys.executable, "-m", "bench.chain", "writer"]
    processes = [
        subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
        )
        for _ in range(writers)
    ]
    answers = [process.communicate()[0] for process in processes]
    if any(process.returncode for process in processes):
        raise CannotPrepare("A writer failed; what happened to it stands above.")
    return sum(map(float, answers))


def write():
    """One writer: prints how many entries it wrote in a second."""
    import django  # noqa: PLC0415 -- only a writer has the settings of a site

    django.setup()
    from django.db import transaction  # noqa: PLC0415

    from families.models import Family  # noqa: PLC0415
    from privacy import audit  # noqa: PLC0415

    begin, count = time.perf_counter(), 0
    while time.perf_counter() - begin < SECONDS:
        with transaction.atomic():
            audit.record(None, audit.Verb.LIST, Family)
        count += 1
    print(count / (time.perf_counter() - begin))


if __name__ == "__main__":
    write() if sys.argv[1:] == ["writer"] else main()
