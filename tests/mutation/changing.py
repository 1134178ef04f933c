"""Puts a mutant in the place of the code that this process has loaded already."""

import ast
import functools
import gc
import re
import sys
import types
from collections import defaultdict
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from tests.mutation.mutants import ROOT


class DoesNotLoad(Exception):
    """The changed code raises as soon as its module is loaded: nobody could overlook it."""


MISMADE = (
    *(ArithmeticError, AttributeError, LookupError, NameError, TypeError, ValueError),
    *(OSError, re.error, ImproperlyConfigured),
)
"""What a wrong constant raises while it is made. Anything else ends the run, with its trace."""


def functions():
    """All functions of ours: {(file, qualified name, first line): [function, …]}"""
    known = defaultdict(list)
    for thing in gc.get_objects():
        # Not isinstance: that would wake lazy objects
        if type(thing) is types.FunctionType and _is_ours(thing.__code__.co_filename):
            code = thing.__code__
            path = code.co_filename.removeprefix(f"{ROOT}/")
            known[path, code.co_qualname, code.co_firstlineno].append(thing)
    return known


def places(mutant, known):
    """File, first and last line: of the statement, or of who uses the constant."""
    if mutant.first_line:
        yield mutant.path, mutant.line, mutant.end
        return
    names, _statements = _made_of(mutant)
    for (path, _name, _line), users in known.items():
        if not names.isdisjoint(_names(users[0].__code__)):
            lines = [line for *_, line in users[0].__code__.co_lines() if line]
            yield path, min(lines), max(lines)


def _names(code):
    inner = [it for it in code.co_consts if isinstance(it, types.CodeType)]
    return set(code.co_names).union(*map(_names, inner))


def apply(mutant, known):
    for thing in gc.get_objects():
        if type(thing) is functools._lru_cache_wrapper and _is_from_us(thing):
            thing.cache_clear()
    if mutant.first_line:
        _exchange(mutant, known[mutant.path, mutant.name, mutant.first_line])
    else:
        _assign(mutant)


def _exchange(mutant, users):
    code = compile(mutant.source, str(ROOT / mutant.path), "exec")
    new = _find(code, mutant.name, mutant.first_line)
    for function in users:
        free = function.__code__.co_freevars
        function.__code__ = (
            new if new.co_freevars == free else new.replace(co_freevars=free)
        )


def _find(code, name, line):
    for it in code.co_consts:
        if isinstance(it, types.CodeType):
            if (it.co_qualname, it.co_firstlineno) == (name, line):
                return it
            if found := _find(it, name, line):
                return found
    return None


def _made_of(mutant):
    """The changed constant and those that are made of it: names, and their statements."""
    names, statements = set(mutant.name.split()), []
    for node in ast.parse(mutant.source).body:
        if isinstance(node, (ast.Assign, ast.AugAssign)):
            found = [it for it in ast.walk(node) if isinstance(it, ast.Name)]
            if not names.isdisjoint(it.id for it in found):
                names |= {it.id for it in found if isinstance(it.ctx, ast.Store)}
                statements.append(node)
    return names, statements


def _assign(mutant):
    """The changed constant, in its module and wherever it was imported."""
    file = str(ROOT / mutant.path)
    modules = [it for it in list(sys.modules.values()) if _is_ours(_file_of(it))]
    home = next(it for it in modules if _file_of(it) == file)
    names, statements = _made_of(mutant)
    before = {name: vars(home)[name] for name in names if name in vars(home)}
    try:
        code = compile(ast.Module(statements, []), file, "exec")
        exec(code, vars(home))  # noqa: S102 -- our own code
    except MISMADE as problem:
        raise DoesNotLoad from problem
    for name in before:
        for other in modules:
            if vars(other).get(name) is before[name] and not _makes(other, name):
                setattr(other, name, vars(home)[name])


def _makes(module, name):
    """Whether the constant is its own: one 10 is the same object as any other."""
    tree = ast.parse(Path(_file_of(module)).read_text(encoding="utf-8"))
    return any(
        isinstance(it, ast.Name) and it.id == name and isinstance(it.ctx, ast.Store)
        for node in tree.body
        if isinstance(node, ast.Assign)
        for it in ast.walk(node)
    )


def _file_of(module):
    return getattr(module, "__file__", None) or ""


def _is_ours(file):
    return file.startswith(f"{ROOT}/") and not file.startswith(f"{ROOT}/.venv")


def _is_from_us(function):
    return _is_ours(_file_of(sys.modules.get(function.__module__ or "")))
