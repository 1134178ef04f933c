"""How long the backup of a large log takes, and the way back: seconds by the clock.

  scripts/bench restore                  a million entries on both databases
  scripts/bench restore --entries N

The way back is into an empty installation, as after a lost disk: unpack, check every
part, take over. Its goal is a minute with a million entries.
"""

import argparse
import tempfile
import time
from pathlib import Path

from bench import figures
from bench.__main__ import ROOT, carry_out, data_folder, machine
from bench.databases import DATABASES, Ground, Tree

HEADS = ("database", "rows", "what", "s", "goal", "holds")
GOAL = 60
"""Seconds; of the way back alone."""


def main():
    carry_out(run, arguments())


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/bench restore",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--database", choices=DATABASES, action="append")
    parser.add_argument("--entries", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--data", type=Path, default=data_folder())
    return parser.parse_args()


def run(options, stack):
    options.data.mkdir(exist_ok=True, mode=0o711)
    ground, tree = Ground(options.data.resolve()), Tree(ROOT)
    print(machine(), "\n")
    rows = []
    for name in options.database or DATABASES:
        database = DATABASES[name](ground)
        stack.callback(database.close)
        url = database.ready(tree, options.entries, "restore")
        empty = database.empty("restored")
        with tempfile.TemporaryDirectory(dir=ground.folder) as folder:
            file = Path(folder) / "tilts.age"
            steps = {
                "backup": (url, "backup", "--out", str(file)),
                "check": (empty, "restore", "--in", str(file), "--verify"),
                "restore": (empty, "restore", "--in", str(file), "--force"),
            }
            ground.manage(tree, empty, "init", "--verbosity", "0")
            for what, (place, *command) in steps.items():
                seconds = timed(ground, tree, place, command)
                told = {"database": name, "rows": options.entries, "what": what}
                rows.append(told | {"s": round(seconds)} | judged(what, seconds))
            print(f"{name}: {file.stat().st_size / 1e6:,.0f} MB")
    print(figures.table(HEADS, rows))


def judged(what, seconds):
    return {"goal": GOAL, "holds": seconds <= GOAL} if what == "restore" else {}


def timed(ground, tree, url, command):
    begin = time.monotonic()
    ground.manage(tree, url, *command)
    return time.monotonic() - begin


if __name__ == "__main__":
    main()
