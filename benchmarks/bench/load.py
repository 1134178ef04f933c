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
import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path

from bench import figures, open_loop
from bench.__main__ import ROOT, carry_out, data_folder, installation, machine
from bench.databases import DATABASES, CannotPrepare
from bench.mediators_day import MediatorsDay
from bench.storm import BarePages, StormOfLinks
from tests.faults.installation import APPLICATION, Replica

HEADS = ("rate", *("what", "requests", "failed", "p50", "p95", "p99", "most"))
MINUTES = (
    *("rate", "minute", "requests", "p50", "p95"),
    *("busy, %", "ms of processor", "memory, MB", "files"),
)
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


@dataclass(frozen=True)
class Look:
    """What all workers hold, and how long the processors of the machine have worked."""

    at: float
    """Seconds since the first request was due."""
    mb: float
    files: int
    busy: float
    """Seconds since the machine began, of all processors together."""


class Looks:
    """One look after the other while a load runs."""

    def __init__(self, replicas):
        self.replicas, self.seen, self.is_over = replicas, [], threading.Event()
        self.thread = threading.Thread(target=self._look, daemon=True)
        self.begin = time.monotonic()

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *failure):
        self.is_over.set()
        self.thread.join()

    def _look(self):
        while not self.is_over.wait(EVERY):
            workers = [pid for one in self.replicas for pid in one.workers()]
            mb, files = sum(map(megabytes, workers)), sum(map(_files, workers))
            at = time.monotonic() - self.begin
            self.seen.append(Look(at, mb, files, _busy()))

    def of(self, minute):
        """What that minute was like; nothing where it was not whole."""
        some = [one for one in self.seen if minute <= one.at / 60 < minute + 1]
        if len(some) < 60 / EVERY - 2:
            return None
        first, last = some[0], some[-1]
        share = (last.busy - first.busy) / (last.at - first.at) / os.cpu_count()
        return {
            "busy, %": round(100 * share),
            "memory, MB": round(last.mb),
            "files": last.files,
        }


def megabytes(pid):
    """What it holds; pages that workers share are counted in each."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    except OSError:
        return 0  # it ended meanwhile
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _files(pid):
    return len(list(Path(f"/proc/{pid}/fd").iterdir()))


def _busy():
    user, nice, system, *_rest = Path("/proc/stat").read_text().split()[1:]
    return sum(map(int, (user, nice, system))) / os.sysconf("SC_CLK_TCK")


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
    environment = installation(options, stack, options.entries, "load")
    # Strangers are limited by their address, which the front tells
    environment |= {"TRUSTED_PROXIES": "1"}
    log = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "web.log"
    site = Site(environment, log)
    rates = options.rate or [40]
    if options.links:
        answers = ceil(sum(rates) * options.seconds + len(rates) * WARMING_UP)
        mix = StormOfLinks(prepared(environment, "strangers", answers, REPORTS))
    else:
        mix = MediatorsDay(prepared(environment, "visitors", options.people))
    rows, minutes = [], []
    count = REPLICAS[options.database]
    with serving(site, count) as replicas:
        for rate in rates:
            asked, looks = load(mix, replicas, rate, options.seconds)
            rows += told(asked, rate)
            minutes += by_minute(asked, looks, rate)
        size = options.links and page_size(mix.survey, replicas[0])
    if options.links:
        with serving(site, count, application="bench.bare_site") as replicas:
            for rate in rates:
                asked, _looks = load(BarePages(size), replicas, rate, options.seconds)
                rows += told(asked, rate)
    show(options, rows, minutes)


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
    """What was asked at one rate, after what warms a server up, and the looks meanwhile."""
    ports = [replica.port for replica in replicas]
    asyncio.run(open_loop.run(mix, ports, rate=5, seconds=WARMING_UP / 5))
    with Looks(replicas) as looks:
        asked = asyncio.run(open_loop.run(mix, ports, rate=rate, seconds=seconds))
    return asked, looks


def told(asked, rate):
    """A row for all and one for each kind."""
    return [{"rate": rate} | row for row in open_loop.told(asked)]


def by_minute(asked, looks, rate):
    """Whether times or memory grew, or the machine was slow for a while.

    A request takes the same work in each minute; if it takes more milliseconds of
    processor, others took them.
    """
    rows = []
    for minute in range(int(asked[-1].due // 60) + 1):
        some = [one for one in asked if one.due // 60 == minute]
        like = looks.of(minute)
        if len(some) > 1 and like:
            row = open_loop.row(minute, some) | like
            each = 600 * row["busy, %"] * os.cpu_count() / row["requests"]
            row |= {"rate": rate, "minute": minute + 1, "ms of processor": round(each)}
            rows.append({name: row[name] for name in MINUTES})
    return rows


def show(options, rows, minutes):
    if options.json:
        print(json.dumps({"machine": machine(), "rows": rows, "minutes": minutes}))
        return
    print(machine(), f"{options.database}, {options.entries:,} entries", "", sep="\n")
    print(figures.table(HEADS, rows), figures.table(MINUTES, minutes), sep="\n\n")


if __name__ == "__main__":
    main()
