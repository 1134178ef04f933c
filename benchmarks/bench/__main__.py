"""Measures the server beside its floors and prints one table.

  scripts/bench                 10,000 and 1,000,000 entries on both databases
  scripts/bench --quick         10,000 entries, fewer rounds, no month of PDFs: under two
                                minutes
  scripts/bench --compare REV   this tree and an older commit, in turn, and their ratio, of
                                what both have
  scripts/bench --profile       where the time of each workload goes: by function, as a picture
                                of py-spy (in --data), and each statement with its plan

Others, each with a --help of its own:

  scripts/bench load            the whole system under requests from outside, and the soak
  scripts/bench month           the PDFs of all reports of a month, and the worker's memory
  scripts/bench chain           entries of the audit a second, by how many write at once
  scripts/bench restore         a backup and its way back
  benchmarks/excel              the workbook of N entries beside other writers, with memory

Databases are made once a day and kept in --data; a run works on copies. All workloads of
all databases are measured in turn, so that what disturbs the machine disturbs all alike.
"""

import argparse
import json
import os
import platform
import signal
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from bench import figures
from bench.databases import DATABASES, CannotPrepare, Ground, Tree, today

ROOT = Path(__file__).resolve().parent.parent.parent
WHAT = ("workload", "database", "rows")
HEADS = (*WHAT, "ms", "floor_ms", "queries", "ratio", "goal", "holds")
COMPARED = (*WHAT, "ms", "before_ms", "queries", "queries_before", "ratio")
ASKED = (*WHAT, "ratio", "goal", "holds")
SPY = (Path(sys.executable).with_name("py-spy"), "record", "--rate", "500")
SIZES, QUICK = (10_000, 1_000_000), (10_000,)


class Process:
    """The worker of one tree on one database."""

    def __init__(self, ground, tree, maker, database, entries):
        self.tree, self.database, self.entries = tree, database.name, entries
        url = database.ready(maker, entries, tree.name)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.worker"],
            cwd=tree.path,
            env=ground.environment(tree, url),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __str__(self):
        return f"{self.database}, {self.entries:,}"

    def ask(self, do, **order):
        self.process.stdin.write(json.dumps({"do": do, **order}) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            raise CannotPrepare(
                f"{order.get('workload')} on {self.database}, {self.entries:,} entries: "
                "the process ended; what happened to it stands above."
            )
        return json.loads(answer)

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def main():
    carry_out(run, arguments())


def carry_out(run, options):
    """``run(options, stack)``; whatever it began is ended, and a failure told in words."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("Ended from outside."))
    with ExitStack() as stack:
        try:
            run(options, stack)
        except CannotPrepare as failure:
            sys.exit(str(failure))


def installation(options, stack, entries, name):
    """The environment of a site of so many entries, on a copy of that name; ended with the run."""
    options.data.mkdir(exist_ok=True, mode=0o711)
    ground, tree = Ground(options.data.resolve()), Tree(ROOT)
    ground.prepare_files(tree)
    database = DATABASES[options.database](ground)
    stack.callback(database.close)
    return ground.environment(tree, database.ready(tree, entries, name))


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--quick", action="store_true")
    parser.add_argument(
        "--entries",
        type=int,
        action="append",
        metavar="N",
        help="instead of both sizes",
    )
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NAME",
        help="workloads whose name holds it; more than once for several",
    )
    parser.add_argument("--compare", metavar="REV")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--rounds", type=int, metavar="N")
    parser.add_argument(
        "--json", action="store_true", help="print a list for programs, not the table"
    )
    parser.add_argument("--out", type=Path, help="where all figures go, as JSON")
    parser.add_argument(
        "--data",
        type=Path,
        default=data_folder(),
        help="where databases are kept",
    )
    return parser.parse_args()


def data_folder():
    """Where databases are kept between runs."""
    return Path(tempfile.gettempdir()) / f"tilts-bench-{os.getuid()}"


def run(options, stack):
    options.data.mkdir(exist_ok=True, mode=0o711)
    ground = Ground(options.data.resolve())
    trees = [Tree(ROOT), *older(options, ground, stack)]
    say = partial(print, file=sys.stderr if options.json else sys.stdout)
    say(machine(), "\n")
    processes = []
    for tree in trees:
        ground.prepare_files(tree)
    for name in options.database or DATABASES:
        database = DATABASES[name](ground)
        stack.callback(database.close)
        for entries in options.entries or (QUICK if options.quick else SIZES):
            for tree in trees:
                # With the same tables both read the same rows
                maker = trees[0] if tree.schema == trees[0].schema else tree
                process = Process(ground, tree, maker, database, entries)
                stack.callback(process.close)
                processes.append(process)
    described = [process.ask("describe")["workloads"] for process in processes]
    in_all = set.intersection(*({one["name"] for one in each} for each in described))
    workloads = [
        one
        for one in described[0]
        if one["name"] in in_all
        and (
            any(part.lower() in one["name"].lower() for part in options.only)
            if options.only
            else not (options.quick and one["is_very_long"])
        )
    ]
    rounds, times = (3, 5) if options.quick else (12, 8)
    rows = []
    for workload in workloads:
        turns = (options.rounds or rounds, times)
        if workload["is_long"]:
            turns = (1 if options.quick else 3, 1)
        takes = measure(workload, processes, *turns)
        told = (figures.compared if options.compare else figures.judged)(
            workload, takes
        )
        rows += told
        keep(options, rows)
        if options.profile:
            for process in processes:
                say(f"\n== {workload['name']}, {process}")
                profile(workload, process, options.data, say)
    show(options, rows, workloads)


def show(options, rows, workloads):
    if options.json:
        print(json.dumps([{name: row.get(name) for name in ASKED} for row in rows]))
        return
    print(figures.table(COMPARED if options.compare else HEADS, rows))
    print()
    for one in workloads:
        print(f"Floor of “{one['name']}”: {one['floor_is']}.")


def keep(options, rows):
    """After each workload, so that a run that is broken off leaves what it knows."""
    out = options.out or ROOT / "var" / "bench.json"
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps({"machine": machine(), "rows": rows}, indent=1) + "\n")


def measure(workload, processes, rounds, times):
    """Every process in turn, again and again."""
    name = workload["name"]
    takes = []
    for process in processes:
        opened = process.ask("open", workload=name)
        takes.append(
            figures.Taken(
                process.database,
                process.entries,
                process.tree.name,
                queries=opened["queries"],
            )
        )
    for _ in range(rounds):
        for process, taken in zip(processes, takes, strict=True):
            taken.pairs += process.ask("round", workload=name, times=times)["pairs"]
    return takes


def profile(workload, process, folder, say):
    order = {"workload": workload["name"], "times": 1 if workload["is_long"] else 20}
    found = process.ask("profile", **order)
    say(found["profile"])
    for sql, plan in found["plans"]:
        say(f"-- {sql}\n{plan}\n")
    picture = folder / f"{workload['name']}, {process}.svg".replace(" ", "-")
    spy = subprocess.Popen(
        [*SPY, "--pid", str(process.process.pid), "--output", picture],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.ask("round", **order)
    spy.send_signal(signal.SIGINT)
    _nothing, told = spy.communicate()
    say(picture if picture.exists() else f"No picture: {told}")


def older(options, ground, stack):
    """A checkout of the commit to compare with, and nothing where none is asked for."""
    if not options.compare:
        return
    git = ("git", "-C", str(ROOT))
    found = subprocess.run(
        [*git, "rev-parse", "--short", options.compare], capture_output=True, text=True
    )
    if found.returncode:
        raise CannotPrepare(f"git knows no commit {options.compare}.")
    tree = Tree(ground.folder / "trees" / found.stdout.strip(), found.stdout.strip())
    stack.callback(
        subprocess.run, [*git, "worktree", "remove", "--force", str(tree.path)]
    )
    subprocess.run(
        [*git, "worktree", "add", "--detach", "--force", tree.path, options.compare],
        check=True,
        capture_output=True,
    )
    if tree.schema != Tree(ROOT).schema and not tree.makes_its_own:
        raise CannotPrepare(
            f"{options.compare} has other tables and cannot make a log of its own size."
        )
    yield tree


def machine():
    """In one line: what was measured on, and when."""
    processor = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    servers = Path("/usr/lib/postgresql").glob("*")
    server = max((int(path.name) for path in servers), default="none")
    return (
        f"{today()}, {os.cpu_count()} × {processor}, {memory:.0f} GiB, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"PostgreSQL {server}, load {load}"
    )


if __name__ == "__main__":
    main()
