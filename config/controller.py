"""Who answers for the data, read strictly from a file (``CONTROLLER_FILE``).

    name = "Upesciema novada pašvaldība"
    address = "…"
    email = "…"
    phone = "…"

    [officer]
    name = "…"
    email = "…"

    [[processor]]
    name = "…"
    what = "…"
    where = "…"

    [legal_basis]
    help = "…"

    [retention]
    families = 24

Retention is told in months; what stands in the file replaces the periods of
``data_protection/periods.py``.
"""

import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

WORDS = ("name", "address", "email", "phone")
NOBODY = dict.fromkeys(WORDS, "")
PROCESSOR = ("name", "what", "where")


@dataclass(frozen=True)
class Controller:
    """The controller, its data-protection officer and its processors (GDPR 4, 28, 37)."""

    name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    officer: dict = field(default_factory=NOBODY.copy)
    processors: tuple[dict, ...] = ()
    legal_basis: dict = field(default_factory=dict)
    retention: dict = field(default_factory=dict)


def read(path):
    """The content of the file; nothing when no file is named."""
    if not path:
        return Controller()
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise _wrong(path, problem) from None
    processors = data.pop("processor", [])
    if not isinstance(processors, list):
        raise _wrong(path, "processors are written as [[processor]]")
    found = Controller(
        officer=NOBODY | _words(path, data.pop("officer", {}), WORDS),
        processors=tuple(_words(path, row, PROCESSOR) for row in processors),
        legal_basis=_words(path, data.pop("legal_basis", {})),
        retention=_months(path, data.pop("retention", {})),
        **_words(path, data, WORDS),
    )
    if not found.name:
        raise _wrong(path, "the name of the controller is missing")
    return found


def _words(path, table, known=None):
    """The table, if it holds texts under known names alone."""
    if not isinstance(table, dict):
        raise _wrong(path, "a table is expected")
    for name, value in table.items():
        if (known and name not in known) or not isinstance(value, str):
            raise _wrong(path, f"“{name}” is not expected there, or is no text")
    return table


def _months(path, table):
    for name, value in table.items():
        if type(value) is not int or value < 1:
            raise _wrong(path, f"“{name}” is no number of months")
    return table


def _wrong(path, problem):
    return ImproperlyConfigured(f"CONTROLLER_FILE, {path}: {problem}.")
