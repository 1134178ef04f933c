"""Which code is mutated, and its mutants: mutmut makes the changes, one at a time.

mutmut leaves out functions with decorators and the constants of a module, because its
own runner cannot exchange them; ours can, so both are let in here.
"""

import ast
import re
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path
from typing import NamedTuple

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

ROOT = Path(__file__).resolve().parents[2]

SCOPE = {
    # Colour and icon of a state are looks
    "reports/workflow.py": "^(?!STATUS_TAGS)",
    "reports/models/report.py": "",
    "mediators/models/account.py": r"AppointmentQuerySet|User\.\w*municipalit|User\.has_role",
    "municipalities/dated.py": "",
    "municipalities/models.py": "QuerySet",
    "*/models/*.py": "QuerySet",
    # Done once, before any mutant is there; tests/test_deploy.py starts a process of its own
    "privacy/apps.py": "^(?!PrivacyConfig.ready)",
    # The run is on SQLite: what speaks to PostgreSQL is for scripts/test --postgresql
    "privacy/append_only.py": "^(?!_postgresql)",
    "privacy/moment.py": "^(?!_of_postgresql)",
    "privacy/database_copy.py": r"^(?!\w*_postgresql|_run|_administer)",
    "privacy/*.py": "",
}
"""What is mutated: files, the first that fits, and what a function's name must hold."""

WORDS = {
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
}
SENTENCE = re.compile(r"f?[\"'][A-Z“{].* .*( |\.[\"'])")
"""Words for people are not mutated: nobody's safety hangs on how an error is worded."""
CODECS = {'"ascii"', '"utf-8"'}
"""Python reads their names in whatever letters."""


class Mutant(NamedTuple):
    path: str
    line: int
    """First line of the statement that is changed, and its last."""
    end: int
    name: str
    """The qualified name of the function, or the constants that are assigned."""
    first_line: int | None
    """Where the function begins; nowhere for a constant."""
    was: str
    now: str
    source: str

    @property
    def key(self):
        return self.path, self.name, self.was, self.now


class Visitor(MutationVisitor):
    def _skip_node_and_children(self, node):
        if isinstance(node, cst.FunctionDef):
            return False
        if _is_for_people(node):
            return True
        func = getattr(node, "func", None)
        if isinstance(func, cst.Name) and func.value in WORDS:
            return True
        return super()._skip_node_and_children(node)


def _is_for_people(node):
    if isinstance(node, cst.ConcatenatedString):
        return bool(SENTENCE.match(cst.Module([]).code_for_node(node)))
    if isinstance(node, cst.SimpleString):
        return node.value in CODECS or bool(SENTENCE.match(node.value))
    return isinstance(node, cst.Raise)


def files():
    known = {}
    for pattern, names in SCOPE.items():
        for path in sorted(ROOT.glob(pattern)):
            known.setdefault(str(path.relative_to(ROOT)), names)
    return known


def mutants_of(path, names):
    source = (ROOT / path).read_text(encoding="utf-8")
    places = list(_places(ast.parse(source)))
    wrapper = MetadataWrapper(cst.parse_module(source))
    visitor = Visitor(mutation_operators, IgnoredCode(set(), set(), set()))
    wrapper.visit(visitor)
    positions = wrapper.resolve(PositionProvider)
    known = Counter()
    for mutation in visitor.mutations:
        line = positions[mutation.original_node].start.line
        place = next((it for it in places if it[0] <= line <= it[1]), None)
        if place and re.search(names, place[2]):
            text = _with(mutation, positions, wrapper.module, source)
            was, now = _change(source, text)
            known[place[2], was, now] += 1
            if (count := known[place[2], was, now]) > 1:
                now += f"  [{count}]"
            lines = _statement(place, line)
            yield Mutant(path, *lines, *place[2:4], was, now, text)


def _with(mutation, positions, module, source):
    """The file with the mutation in it: by far quicker than a new tree of its nodes."""
    old, new = mutation.original_node, mutation.mutated_node
    where = positions[old]
    if getattr(new, "lpar", None):
        # They stand outside of the position of a node
        new = new.with_changes(lpar=[], rpar=[])
    lines = source.splitlines(keepends=True)
    first, last = lines[where.start.line - 1], lines[where.end.line - 1]
    text = "".join(
        [
            *lines[: where.start.line - 1],
            first[: where.start.column],
            module.code_for_node(new),
            last[where.end.column :],
            *lines[where.end.line :],
        ]
    )
    try:
        ast.parse(text)
    except SyntaxError:
        return module.deep_replace(old, mutation.mutated_node).code
    return text


def _places(tree, prefix=""):
    """Bodies of the outermost functions, and constants: lines, name, first line, node."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            first = min([node.lineno, *(it.lineno for it in node.decorator_list)])
            body = node.body[0].lineno
            yield body, node.end_lineno, prefix + node.name, first, node
        elif isinstance(node, ast.ClassDef):
            yield from _places(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.Assign) and not prefix:
            names = " ".join(
                it.id
                for target in node.targets
                for it in ast.walk(target)
                if isinstance(it, ast.Name)
            )
            yield node.lineno, node.end_lineno, names, None, node


def _statement(place, line):
    """The lines of the smallest statement around a line; of a compound one its head."""
    best = place[0], place[1]
    for node in ast.walk(place[4]):
        if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno:
            body = getattr(node, "body", None)
            end = body[0].lineno - 1 if body else node.end_lineno
            if node.lineno <= line <= end:
                best = node.lineno, end
    return best


def _change(source, text):
    """The lines as they were and as they are, without their indentation."""
    old, new = source.splitlines(), text.splitlines()
    while old and new and old[0] == new[0]:
        del old[0], new[0]
    while old and new and old[-1] == new[-1]:
        del old[-1], new[-1]
    return tuple(" ".join(line.strip() for line in lines) for lines in (old, new))


def wanted(words):
    """All mutants whose file, or function, has one of the words in it."""
    for path, names in files().items():
        for mutant in mutants_of(path, names):
            where = f"{path} {mutant.name}"
            if not words or any(word in where or fnmatch(path, word) for word in words):
                yield mutant
