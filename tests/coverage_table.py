"""Where each requirement lives, and which test proves it: docs/coverage.toml in words."""

import re
import tomllib
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path

from django.apps import apps
from django.urls import get_resolver

from agenda.management.commands.print_urls import walk
from municipalities import reference_data

ROOT = Path(__file__).resolve().parent.parent
TABLE = ROOT / "docs" / "coverage.toml"
LAST = 268
SECTIONS = {
    1: "Who uses it",
    23: "Tasks and areas of work",
    39: "The record of cooperation",
    55: "Families, people, needs",
    69: "Education",
    100: "Social assistance",
    113: "Housing",
    121: "Work",
    132: "Health",
    138: "Rights, public order, children",
    156: "Culture, community, associations",
    169: "Families abroad and returning",
    172: "Groups, resource centres, training of professionals",
    193: "Planning and reporting",
    209: "Survey of municipal staff",
    220: "Ethics, supervision, training",
    241: "Working time, money, rooms, transport",
    248: "Good practice and publicity",
    258: "Networks of institutions",
    263: "Recommendations and their follow-up",
    266: "Programmes",
}
HEAD = """# Coverage: every requirement, where it lives, what proves it

Made by `scripts/coverage-table` of `docs/coverage.toml`; the tests hold both together and look
for each place and each test that is named. The numbers R001–R268 are those of the study of the
mediators' work. A page is told by its address, a field by its table, a value by its list.
Of {all} requirements, declined: {declined}; a part left out: {partly}. Each has its reason.
"""
COLUMNS = "| | what | where | proved by |\n|---|---|---|---|\n"


def rows():
    """``{number: row}`` as the table says them."""
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


def numbers():
    return [f"R{number:03}" for number in range(1, LAST + 1)]


def place(where):
    """What stands in the document for a place of the table; ``LookupError`` if there is none."""
    kind, _space, name = where.partition(" ")
    return READ[kind](name)


def proofs_of(row):
    """``[(file, function)]`` of the tests that prove a row of the table together."""
    named = row["test"] if isinstance(row["test"], list) else [row["test"]]
    parts = [test.partition("::") for test in named]
    return [(Path("tests") / f"{path}.py", f"test_{name}") for path, _, name in parts]


def functions_of(path):
    return re.findall(r"^def (test_\w+)", (ROOT / path).read_text(), re.M)


def document():
    """The whole page."""
    table = rows()
    declined = sum("declined" in row for row in table.values())
    partly = sum("left_out" in row for row in table.values())
    parts = [HEAD.format(declined=declined, partly=partly, all=LAST)]
    for first, after in pairwise([*SECTIONS, LAST + 1]):
        parts.append(f"\n## {SECTIONS[first]}\n\n{COLUMNS}")
        parts += [
            _line(number, table[number]) for number in numbers()[first - 1 : after - 1]
        ]
    return "".join(parts)


def _line(number, row):
    if "declined" in row:
        return f"| {number} | {row['what']} | – | declined: {row['declined']} |\n"
    proofs = ", ".join(
        f"{name.removeprefix('test_').replace('_', ' ')} (`{path}`)"
        for path, name in proofs_of(row)
    )
    places = ", ".join(place(where) for where in row["at"])
    left_out = f" Left out: {row['left_out']}" if "left_out" in row else ""
    what = f"{row['what']}{left_out}"
    return f"| {number} | {what} | {places} | {proofs} |\n"


@cache
def _addresses():
    return {row["name"]: row["pattern"] for row in walk(get_resolver())}


def _page(name):
    address = re.sub(r"<\w+:(\w+)>", r"<\1>", _addresses()[name])
    return f"`/{address}`"


def _field(name):
    model, _dot, field = name.rpartition(".")
    apps.get_model(model)._meta.get_field(field)
    return f"field `{model}.{field}`"


@cache
def _terms():
    path = reference_data.FOLDER / "vocabulary.csv"
    cells = [line.split(",") for line in path.read_text(encoding="utf-8").splitlines()]
    return {(row[0], row[1]) for row in cells}


def _list(name):
    vocabulary, _dot, code = name.partition(".")
    if (vocabulary, code) not in _terms():
        raise LookupError(name)
    return f"`{code}` of {vocabulary}"


def _choice(name):
    module, choices, member = name.rsplit(".", 2)
    getattr(import_module(module), choices)[member]
    return f"`{choices}.{member}`"


def _file(name):
    if not (ROOT / name).exists():
        raise LookupError(name)
    return f"[{name}](../{name})"


READ = {"page": _page, "field": _field, "list": _list, "choice": _choice, "file": _file}
