"""Where scenarios run: one prepared installation for each database, a copy for each scenario."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults import postgresql
from tests.faults.installation import Installation
from tests.faults.ledger import Outcome
from tests.journeys.system import ROOT

SQLITE, POSTGRESQL = "sqlite", "postgresql"
BOTH = (SQLITE, POSTGRESQL)
SIZES = ("quick", "usual", "whole")
SCENARIOS = {}


@dataclass
class Scenario:
    """Something that goes wrong. ``control`` is the same where a promise is broken: it
    has to be found, or the scenario itself proves nothing.
    """

    name: str
    rules: str
    databases: tuple[str, ...]
    is_quick: bool
    run: Callable
    control: Callable | None = None

    @property
    def told(self):
        """What goes wrong, in the first line of the function's words."""
        return self.run.__doc__.strip().splitlines()[0]

    def negative(self, control):
        self.control = control
        return control

    def on(self, lab):
        """The outcome; a control that finds nothing is a fault of the scenario."""
        outcome = self.run(lab)
        found = self.control(lab)
        outcome.told["control"] = (
            f"lost {found.lost}, doubled {found.doubled}, faults {len(found.faults)}"
        )
        outcome.expect(not found.holds, "The negative control was not found out")
        return outcome


def scenario(name, rules, databases=BOTH, *, is_quick=False):
    """Makes a function ``(lab) -> Outcome`` known by a name, with the rules it is about."""

    def known(run):
        SCENARIOS[name] = Scenario(name, rules, databases, is_quick, run)
        return SCENARIOS[name]

    return known


class Lab:
    """The place for one database. ``size`` is one of ``SIZES``.

    After ``seconds`` what is repeated ends early, and what has come until then is judged.
    """

    def __init__(self, folder, size, cluster=None, seconds=3600, earlier="HEAD"):
        self.folder, self.size, self.cluster = folder, size, cluster
        self.earlier = earlier
        self._ends_at = time.monotonic() + seconds
        self.prepared = None
        self._count = 0

    @property
    def is_over(self):
        return time.monotonic() > self._ends_at

    def so_many(self, quick, usual, whole):
        return (quick, usual, whole)[SIZES.index(self.size)]

    @contextmanager
    def installation(self):
        """A copy of an installation that nobody has worked with; gone afterwards."""
        if self.prepared is None:
            self.prepared = Installation(self.folder / "prepared", self.cluster)
            self.prepared.prepare(people=32)
        self._count += 1
        copy = self.prepared.copy(self.folder / f"copy{self._count}")
        try:
            yield copy
        finally:
            copy.remove()

    @contextmanager
    def empty(self):
        """An installation in whose database there is no table yet; gone afterwards."""
        self._count += 1
        empty = Installation(self.folder / f"empty{self._count}", self.cluster)
        empty.begin_with_nothing()
        try:
            yield empty
        finally:
            empty.remove()

    @contextmanager
    def of_earlier_release(self):
        """An installation that the code of ``earlier``, a commit, has made; gone afterwards."""
        tree = self.folder / "earlier"
        if not tree.exists():
            tree.mkdir()
            git = ["git", "-C", ROOT, "archive", self.earlier]
            archive = subprocess.run(git, check=True, capture_output=True).stdout
            subprocess.run(["tar", "-x", "-C", tree], input=archive, check=True)
        self._count += 1
        installation = Installation(self.folder / f"old{self._count}", self.cluster)
        installation.root = tree
        installation.prepare(people=32)
        try:
            yield installation
        finally:
            installation.remove()


@contextmanager
def open_lab(database, size, seconds=3600, earlier="HEAD"):
    """A lab in a folder of its own; for PostgreSQL with a server of its own."""
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="tilts-lab-"))
        is_sqlite = database == SQLITE
        cluster = None if is_sqlite else stack.enter_context(postgresql.running())
        yield Lab(Path(folder), size, cluster, seconds, earlier)


def judge(installation, ledger, at_least=1, besides=()):
    """What the oracle says after a scenario: the ledger, the audit and the tables.

    ``besides`` are the notes of entries that came by another way than by a phone.
    """
    seen = installation.look()
    by_phone = [row for row in seen["entries"] if row["note"] not in besides]
    outcome = ledger.compare(by_phone)
    chain = seen["chain"]
    outcome.expect(chain["holds"], "The audit chain is broken")
    outcome.expect(seen["noted_once"], "An entry is not in the audit just once")
    outcome.expect(seen["integrity"] == "ok", "The file of the database is damaged")
    outcome.expect(
        outcome.acked >= at_least, f"Only {outcome.acked} of {at_least} were answered"
    )
    return outcome


def run(scenarios, databases, size, tell, seconds=3600, earlier="HEAD"):
    """Rows of ``{scenario, database, acked, lost, doubled, holds}``; ``tell`` hears more."""
    rows = []
    for database in databases:
        wanted = [one for one in scenarios if database in one.databases]
        if not wanted:
            continue
        with open_lab(database, size, seconds, earlier) as lab:
            for one in wanted:
                began = time.monotonic()
                outcome = _outcome(one, lab)
                row = {
                    "scenario": one.name,
                    "database": database,
                    "acked": outcome.acked,
                    "lost": outcome.lost,
                    "doubled": outcome.doubled,
                    "holds": outcome.holds,
                }
                rows.append(row)
                tell(one, row, outcome, time.monotonic() - began)
    return rows


def _outcome(one, lab):
    try:
        return one.on(lab)
    except (RuntimeError, TimeoutError, AssertionError) as problem:
        # The others are still worth knowing
        print(problem, file=sys.stderr)  # noqa: T201
        return Outcome(faults=[f"{type(problem).__name__}: {str(problem)[:200]}"])
