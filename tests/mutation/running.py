"""A plugin of pytest that tries mutants: each in a fork of a process that is ready.

Django, the tests and an empty database are made once. A fork exchanges the code of one
function, or one constant, and runs the tests that came by there until one fails.
"""

import functools
import gc
import json
import os
import resource
import signal
import sys
import time
import types
from collections import defaultdict
from types import SimpleNamespace

import coverage
import pytest

from tests.mutation.mutants import ROOT

MEMORY = 4 << 30
SECONDS = 40
"""Of tests for one mutant: what lives longer than that has survived."""


class Plugin:
    """``use(self)`` is called when everything is ready, in place of the tests' own run."""

    def __init__(self, use):
        self.use = use
        self.failed = False
        self.tests = {}
        self.by_line = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        self.session = session
        session.config.pluginmanager.unregister(name="terminalreporter")
        self.items = {item.nodeid: item for item in session.items}
        self._run([next(it for it in session.items if "db" in it.fixturenames)])
        self.functions = _functions()
        self.use(self)
        return True

    @pytest.hookimpl
    def pytest_runtest_logreport(self, report):
        if report.failed:
            self.failed = True
            self.why = str(report.longrepr)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef):
        """What a fixture of a module does is done for every test of the module."""
        measuring = coverage.Coverage.current()
        if fixturedef.scope != "module" or not measuring:
            return (yield)
        measuring.switch_context(f"{self.item.nodeid.partition('::')[0]}::")
        try:
            return (yield)
        finally:
            measuring.switch_context(self.item.nodeid)

    def _run(self, items):
        """Whether all passed. The session stays open for other tests."""
        end = SimpleNamespace(listchain=lambda: [self.session])
        for item, following in zip(items, [*items[1:], end], strict=True):
            self.item = item
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.failed:
                return False
        return True

    def learn(self, path):
        """Run everything once, write down who comes by which line, and how long it takes."""
        code = self.fork(lambda: self._measure(path), 3600)
        if code:
            raise SystemExit(f"The tests fail without any mutant: {path.read_text()}")
        self.load(path)

    def _measure(self, path):
        measuring = coverage.Coverage(data_file=None, config_file=str(ROOT / "pyproject.toml"))
        measuring.set_option("run:branch", False)
        measuring.start()
        seconds = {}
        for item, following in zip(
            self.session.items, [*self.session.items[1:], self.session.items[0]], strict=True
        ):
            self.item = item
            measuring.switch_context(item.nodeid)
            began = time.monotonic()
            item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
            seconds[item.nodeid] = time.monotonic() - began
            if self.failed:
                path.write_text(f"{item.nodeid}\n{self.why}")
                return 1
        measuring.stop()
        data = measuring.get_data()
        lines = {
            file: data.contexts_by_lineno(file)
            for file in data.measured_files()
        }
        path.write_text(json.dumps([seconds, lines]))
        return 0

    def load(self, path):
        self.seconds, self.lines = json.loads(path.read_text())
        of_module = defaultdict(list)
        for test in self.seconds:
            of_module[test.partition("::")[0]].append(test)
        for lines in self.lines.values():
            for line, tests in lines.items():
                whole = [it for it in tests if it.endswith("::")]
                more = [name for it in whole for name in of_module[it[:-2]]]
                lines[line] = ({*tests, *more} & self.seconds.keys() & self.items.keys())

    def tests_of(self, mutant):
        """Who comes by: those of its own room first, module by module, the quick ones first."""
        found = set()
        if mutant.first_line:
            places = [(mutant.path, mutant.line, mutant.end)]
        else:
            places = list(self._users(mutant.name.split()))
        for path, first, last in places:
            lines = self.lines.get(str(ROOT / path), {})
            for line in range(first, last + 1):
                found |= lines.get(str(line), set())
        return self._ordered(mutant, found)

    def _ordered(self, mutant, found):
        cost = defaultdict(float)
        for test in found:
            cost[test.partition("::")[0]] += self.seconds[test]
        home = f"tests/{mutant.path.partition('/')[0]}/"
        place = {test: number for number, test in enumerate(self.items)}

        def order(test):
            module = test.partition("::")[0]
            is_flushing = "transactional_db" in self.items[test].fixturenames or bool(
                [m for m in self.items[test].iter_markers("django_db") if m.kwargs.get("transaction")]
            )
            return is_flushing, not module.startswith(home), cost[module], module, place[test]

        kept, total = [], 0
        for test in sorted(found, key=order):
            total += self.seconds[test]
            if total > SECONDS and kept:
                break
            kept.append(test)
        return kept

    def _users(self, names):
        """The functions of ours that use one of the constants."""
        for (path, _name, _line), functions in self.functions.items():
            for code in {it.__code__ for it in functions}:
                if not _names(code).isdisjoint(names):
                    lines = [line for *_, line in code.co_lines() if line]
                    yield path, min(lines), max(lines)

    def kill(self, mutant, tests):
        """The name of the test that fails, "nothing" if none does."""
        reader, writer = os.pipe()

        def tried():
            try:
                self._apply(mutant)
            except Exception:
                os.write(writer, b"does not load")
                return 1
            for test, following in zip(tests, [*tests[1:], None], strict=True):
                self.item = self.items[test]
                end = SimpleNamespace(listchain=lambda: [self.session])
                self.item.ihook.pytest_runtest_protocol(
                    item=self.item, nextitem=self.items.get(following, end)
                )
                if self.failed:
                    os.write(writer, test.encode())
                    return 1
            return 0

        expected = sum(self.seconds[it] for it in tests)
        code = self.fork(tried, 15 + 3 * int(expected))
        os.close(writer)
        with os.fdopen(reader, "rb") as pipe:
            killer = pipe.read().decode()
        if not code:
            return "nothing"
        return killer or "time is up"

    def _apply(self, mutant):
        for cached in gc.get_objects():
            if type(cached) is functools._lru_cache_wrapper and _is_ours(cached):
                cached.cache_clear()
        file = str(ROOT / mutant.path)
        if not mutant.first_line:
            return _rebind(mutant, file)
        new = _code(compile(mutant.source, file, "exec"), mutant)
        for function in self.functions[mutant.path, mutant.name, mutant.first_line]:
            free = function.__code__.co_freevars
            if new.co_freevars != free:
                new = new.replace(co_freevars=free)
            function.__code__ = new
        return None

    def fork(self, do, seconds):
        """The exit code of what is done in a fork; not 0 when the time or memory is up."""
        child = os.fork()
        if not child:
            code = 2
            try:
                os.setsid()
                signal.signal(signal.SIGALRM, signal.SIG_DFL)
                signal.alarm(seconds)
                self.failed = False
                code = do()
            finally:
                os._exit(code)
        _pid, status = os.waitpid(child, 0)
        try:
            os.killpg(child, signal.SIGKILL)
        except ProcessLookupError:
            pass
        return status


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _is_ours(function):
    module = sys.modules.get(getattr(function, "__module__", None) or "")
    file = getattr(module, "__file__", None) or ""
    return file.startswith(f"{ROOT}/") and not file.startswith(f"{ROOT}/.venv")


def _functions():
    """All functions of ours by file, name and first line."""
    known = defaultdict(list)
    for function in gc.get_objects():
        if type(function) is types.FunctionType:
            code = function.__code__
            if code.co_filename.startswith(f"{ROOT}/"):
                path = code.co_filename[len(f"{ROOT}/") :]
                known[path, code.co_qualname, code.co_firstlineno].append(function)
    return known


def _names(code):
    inner = [it for it in code.co_consts if isinstance(it, types.CodeType)]
    return set(code.co_names).union(*map(_names, inner))


def _code(code, mutant):
    for it in code.co_consts:
        if isinstance(it, types.CodeType):
            if (it.co_qualname, it.co_firstlineno) == (mutant.name, mutant.first_line):
                return it
            if found := _code(it, mutant):
                return found
    return None


def _rebind(mutant, file):
    """Assign the changed constant, also where it was imported."""
    module = next(it for it in list(sys.modules.values()) if getattr(it, "__file__", "") == file)
    lines = mutant.source.splitlines(keepends=True)
    before = {name: vars(module)[name] for name in mutant.name.split()}
    count = len(lines) - len((ROOT / mutant.path).read_text().splitlines())
    text = "\n" * (mutant.line - 1) + "".join(lines[mutant.line - 1 : mutant.end + count])
    exec(compile(text, file, "exec"), vars(module))  # noqa: S102 -- a mutant of our own code
    for name, old in before.items():
        new = vars(module)[name]
        for other in list(sys.modules.values()):
            if vars(other).get(name) is old and _is_ours(SimpleNamespace(__module__=other.__name__)):
                setattr(other, name, new)
