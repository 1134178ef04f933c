"""The whole system under load from outside, with the processes of production.

  scripts/bench load                       PostgreSQL, a million entries, 40 requests a second
  scripts/bench load --rate 10 --rate 20   one after the other: where it bends
  scripts/bench load --seconds 3600        the soak: memory, files and connections afterwards
  scripts/bench load --links --rate 16.7   200 answers to a survey a minute and a storm of
                                           mails, then a bare page as often

The generator runs on the same machine, so that its share of the processors is in the figures.
"""

import argparse
import asyncio
import json
import subprocess
import sys
import tempfile
import threading
import urllib.request
from contextlib import contextmanager
from math import ceil
from pathlib import Path

from bench import figures, open_loop
from bench.__main__ import ROOT, carry_out, data_folder, machine
from bench.databases import DATABASES, CannotPrepare, Ground, Tree
from bench.mediators_day import MediatorsDay
from bench.storm import BarePages, StormOfLinks
from tests.faults.installation import APPLICATION, Replica

HEADS = ("rate", *("what", "requests", "failed", "p50", "p95", "p99", "most"))
GROWTH = ("rate", "when", "memory, MB", "files")
REPLICAS = {"postgresql": 2, "sqlite": 1}
WARMING_UP = 30
"""Requests that give a server the templates and plans of its first minute."""
REPORTS = 200
"""So many are opened by the links in their mails."""
EVERY = 5
"""Seconds between two looks at the processes."""


class Site:
    """What a ``Replica`` of the fault suite needs to know of an installation."""

    def __init__(self, environment, log):
        self.environment, self.log = environment, log

    def launch(self, command):
        with self.log.open("a") as log:
            return subprocess.Popen(
                command,
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )


class Looks:
    """Memory and open files of all workers, now and then."""

    def __init__(self, replicas):
        self.replicas, self.seen, self.is_over = replicas, [], threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *failure):
        self.is_over.set()
        self.thread.join()

    def _look(self):
        while not self.is_over.wait(EVERY):
            workers = [pid for one in self.replicas for pid in one.workers()]
            self.seen.append((sum(map(_mb, workers)), sum(map(_files, workers))))

    def told(self, rate):
        """After a sixth of the time, which is warming up, and at the end."""
        if not self.seen:
            return []
        looks = {"warm": self.seen[len(self.seen) // 6], "end": self.seen[-1]}
        return [
            dict(zip(GROWTH, (rate, when, round(mb), files), strict=True))
            for when, (mb, files) in looks.items()
        ]


def _mb(pid):
    """Its own memory: pages that workers share are counted in none."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    kb = [int(one.split()[1]) for one in lines if one.startswith("Private_")]
    return sum(kb) / 1024


def _files(pid):
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def main():
    carry_out(run, arguments())


def arguments():
    parser = argparse.ArgumentParser(
        prog="scripts/bench load",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--database", choices=DATABASES, default="postgresql")
    parser.add_argument("--entries", type=int, default=1_000_000, metavar="N")
    parser.add_argument("--rate", type=float, action="append", help="requests a second")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--people", type=int, default=60)
    parser.add_argument(
        "--links", action="store_true", help="people without an account"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--data", type=Path, default=data_folder())
    return parser.parse_args()


def run(options, stack):
    options.data.mkdir(exist_ok=True, mode=0o711)
    ground, tree = Ground(options.data.resolve()), Tree(ROOT)
    ground.prepare_files(tree)
    database = DATABASES[options.database](ground)
    stack.callback(database.close)
    url = database.ready(tree, options.entries, "load")
    # Strangers are limited by their address, which the front tells
    environment = ground.environment(tree, url) | {"TRUSTED_PROXIES": "1"}
    log = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "web.log"
    site = Site(environment, log)
    rates = options.rate or [40]
    if options.links:
        answers = ceil(sum(rates) * options.seconds + len(rates) * WARMING_UP)
        mix = StormOfLinks(prepared(environment, "strangers", answers, REPORTS))
    else:
        mix = MediatorsDay(prepared(environment, "visitors", options.people))
    rows, growth = [], []
    count = REPLICAS[options.database]
    with serving(site, count) as replicas:
        for rate in rates:
            found, looks = load(mix, replicas, rate, options.seconds)
            rows += found
            growth += looks
        size = options.links and page_size(mix.survey, replicas[0])
    if options.links:
        with serving(site, count, application="bench.bare_site") as replicas:
            for rate in rates:
                rows += load(BarePages(size), replicas, rate, options.seconds)[0]
    show(options, rows, growth)


def prepared(environment, module, *numbers):
    """What a module of ours prints about the rows that it made."""
    done = subprocess.run(
        [sys.executable, "-m", f"bench.{module}", *map(str, numbers)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise CannotPrepare(done.stderr[-2000:])
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def serving(site, count, application=APPLICATION):
    """So many web servers."""
    replicas = [Replica(site, application) for _ in range(count)]
    try:
        for replica in replicas:
            replica.start()
        for replica in replicas:
            replica.wait_until_it_answers()
        yield replicas
    finally:
        for replica in replicas:
            replica.stop()


def page_size(path, replica):
    """Bytes of a page."""
    with urllib.request.urlopen(f"{replica.url}{path}") as answer:  # noqa: S310 -- our own server
        return len(answer.read())


def load(mix, replicas, rate, seconds):
    """Rows of times and of growth at one rate, after what warms a server up."""
    ports = [replica.port for replica in replicas]
    asyncio.run(open_loop.run(mix, ports, rate=5, seconds=WARMING_UP / 5))
    with Looks(replicas) as looks:
        asked = asyncio.run(open_loop.run(mix, ports, rate=rate, seconds=seconds))
    rows = [{"rate": rate} | row for row in open_loop.told(asked)]
    return rows, looks.told(rate)


def show(options, rows, growth):
    if options.json:
        print(json.dumps({"machine": machine(), "rows": rows, "growth": growth}))
        return
    print(machine(), f"{options.database}, {options.entries:,} entries", "", sep="\n")
    print(figures.table(HEADS, rows), figures.table(GROWTH, growth), sep="\n\n")


if __name__ == "__main__":
    main()
