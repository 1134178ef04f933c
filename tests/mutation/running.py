"""A plugin of pytest that tries mutants: each in a fork of a process that is ready.

Django, the tests and an empty database are made once; making them takes 15 seconds, a
fork a few hundredths. The fork exchanges the code of one function, or one constant, and
runs the tests that came by there until one fails.
"""

import json
import multiprocessing
import os
import resource
import signal
import time
import traceback
from collections import defaultdict
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import coverage
import pytest

from interface import drawing
from privacy import child, workbooks
from tests.mutation import changing
from tests.mutation.mutants import ROOT, files

SURVIVED, ENDLESS, BROKEN = "nothing", "time is up", "does not load"
FAILED = 2
# Pytest takes what is printed
SCREEN = os.fdopen(os.dup(1), "w", buffering=1)
SECONDS = 30
"""Of tests for one mutant: what lives longer than that has survived."""
DAY = 24 * 60 * 60
MEMORY = 2 << 30
SCOPES = "tests/test_scopes.py"
"""Asks each scope for each person: it is tried first, like the file's own tests."""
OWN = {
    "reports/models/report.py": ["tests/reports/test_workflow.py"],
    "privacy/administration.py": ["tests/mediators/test_administration.py"],
    "privacy/pdf_gate.py": ["tests/stories/test_library.py"],
    "privacy/pictures.py": ["tests/stories/test_pages.py"],
    "privacy/key_sheet.py": ["tests/data_protection/test_key_sheet.py"],
}
"""Own tests with another name than the file."""
ELSEWHERE = tuple(
    f"privacy/{name}.py"
    for name in ("child", "pdf_gate", "pictures", "workbook_gate", "workbooks")
)
"""What runs in processes of its own: nobody sees which test comes by which line."""


class Plugin:
    """``use(self)`` is called when everything is ready, in place of the tests' own run."""

    def __init__(self, use, seconds=SECONDS):
        self.use, self.limit = use, seconds
        self.failure = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        session.config.pluginmanager.unregister(name="terminalreporter")
        self.session = session
        self.items = {item.nodeid: item for item in session.items}
        first = next(it for it in session.items if "db" in it.fixturenames)
        list(self.run([first]))
        # Its children are forks as well, so that they have the mutant; as large as it
        child.PROCESSES = multiprocessing.get_context("fork")
        drawing.MEMORY = workbooks.MEMORY = MEMORY
        # Commands load some of it only when they need it
        for path in files():
            import_module(path.removesuffix(".py").replace("/", "."))
        self.functions = changing.functions()
        self.use(self)
        return True

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.failure = f"{report.nodeid}\n{report.longrepr}"

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        """What a fixture of a module does is done for every test of the module."""
        measuring = coverage.Coverage.current()
        if fixturedef.scope != "module" or not measuring:
            return (yield)
        measuring.switch_context(f"{_module(self.item.nodeid)}::")
        try:
            return (yield)
        finally:
            measuring.switch_context(self.item.nodeid)

    def run(self, items, announce=lambda test: None):
        """One after the other; whether it failed tells ``failure``. The session stays."""
        end = SimpleNamespace(listchain=lambda: [self.session])
        for item, following in zip(items, [*items[1:], end], strict=True):
            self.item, self.failure = item, None
            announce(item.nodeid)
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            yield item

    def learn(self, path):
        """Run everything once: which test comes by which line, and how long it takes.

        A test that fails is left out, because it would seem to notice every mutant.
        """
        path.unlink(missing_ok=True)
        self.fork(lambda: self._measure(path), DAY)

    def _measure(self, path):
        settings = str(ROOT / "pyproject.toml")
        measuring = coverage.Coverage(data_file=None, config_file=settings)
        measuring.set_option("run:branch", False)
        seconds, failed = {}, {}
        measuring.start()
        began = time.monotonic()
        for item in self.run(self.session.items, measuring.switch_context):
            now = time.monotonic()
            seconds[item.nodeid], began = now - began, now
            if self.failure:
                failed[item.nodeid] = self.failure
        measuring.stop()
        data = measuring.get_data()
        lines = {file: data.contexts_by_lineno(file) for file in data.measured_files()}
        learnt = {"seconds": seconds, "lines": lines, "failed": failed}
        path.write_text(json.dumps(learnt), encoding="utf-8")
        return 0

    def load(self, path):
        learnt = json.loads(path.read_text(encoding="utf-8"))
        self.seconds, lines = learnt["seconds"], learnt["lines"]
        sound = self.items.keys() - learnt["failed"].keys()
        of_module = defaultdict(list)
        for test in self.seconds:
            of_module[_module(test)].append(test)
        self.tests = {}
        for file, contexts in lines.items():
            for line, tests in contexts.items():
                whole = [it for it in tests if it.endswith("::")]
                more = [test for it in whole for test in of_module[it[:-2]]]
                place = file.removeprefix(f"{ROOT}/"), int(line)
                self.tests[place] = {*tests, *more} & sound
        return learnt["failed"]

    def tests_of(self, mutant):
        """Who comes by, in the order in which to ask, as far as there is time for them."""
        found = set()
        for path, first, last in changing.places(mutant, self.functions):
            for line in range(first, last + 1):
                found |= self.tests.get((path, line), set())
        if mutant.path in ELSEWHERE:
            of_file = [
                tests for (path, _), tests in self.tests.items() if path == mutant.path
            ]
            found = found.union(*of_file)
        cost = defaultdict(float)
        for test in found:
            cost[_module(test)] += self.seconds.get(test, 0)
        number = {test: place for place, test in enumerate(self.items)}
        room, stem = mutant.path.partition("/")[0], Path(mutant.path).stem
        own = (
            *(SCOPES, *OWN.get(mutant.path, [])),
            *(f"tests/{room}/test_{stem}{ending}.py" for ending in ("", "s")),
        )

        def order(test):
            """What empties the database is last; own tests first, module by module."""
            module = _module(test)
            far = (
                0 if module in own else 1 if module.startswith(f"tests/{room}/") else 2
            )
            return self._empties(test), far, cost[module], module, number[test]

        return self._in_time(sorted(found, key=order), own)

    def _empties(self, test):
        item = self.items[test]
        marks = item.iter_markers("django_db")
        return "transactional_db" in item.fixturenames or any(
            mark.kwargs.get("transaction") for mark in marks
        )

    def _in_time(self, tests, own):
        kept, total = [], 0
        for test in tests:
            total += self.seconds.get(test, 0)
            if _module(test) in own or total < self.limit or not kept:
                kept.append(test)
        return kept

    def kill(self, mutant, likely=()):
        """The test that fails, ``SURVIVED`` where none does; the likely ones are first."""
        tests = self.tests_of(mutant)
        if not tests:
            return SURVIVED
        tests = list(dict.fromkeys([*(it for it in likely if it in tests), *tests]))
        reader, writer = os.pipe()

        def say(word):
            os.write(writer, word.encode())
            return 1

        def work():
            resource.setrlimit(resource.RLIMIT_AS, (2 * MEMORY, 2 * MEMORY))
            try:
                changing.apply(mutant, self.functions)
            except changing.DoesNotLoad:
                return say(BROKEN)
            for item in self.run([self.items[test] for test in tests]):
                if self.failure:
                    return say(item.nodeid)
            return 0

        expected = sum(self.seconds.get(test, 0) for test in tests)
        status = self.fork(work, 15 + 3 * int(expected))
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            word = pipe.read().decode()
        if os.WIFSIGNALED(status):
            return ENDLESS
        if os.WEXITSTATUS(status) == FAILED:
            raise RuntimeError(f"The run itself failed on {mutant.key}.")
        return word or SURVIVED

    def fork(self, work, seconds):
        """How a child ended (``os.waitpid``) that did the work; ``FAILED`` if it raised."""
        child = os.fork()
        if not child:
            code = FAILED
            try:
                os.setsid()
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.alarm(seconds)
                code = work()
            except BaseException:
                traceback.print_exc(file=SCREEN)
            finally:
                os._exit(code)
        _pid, status = os.waitpid(child, 0)
        with suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        return status


def _module(test):
    return test.partition("::")[0]
