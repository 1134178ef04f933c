"""Text that a spreadsheet takes as text, whatever somebody typed into it.

Names of institutions and posts come from many hands. A text that starts like a
formula would be computed on the machine of whoever opens the file.
"""

import re
from decimal import Decimal

from django.utils.translation import gettext as _

LONGEST = 32_767
"""Characters in one cell, counted as Excel does: UTF-16 code units."""

# XML cannot hold these; they come from copied texts and broken devices.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Programs skip what cannot be seen at the start and then read the sign.
UNSEEN = (
    r"[\s\x00-\x1f\x7f-\x9f\xad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]*"
)
SIGNS = "[-=+@|%\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}"
SIGNS += "\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}]"
FORMULA = re.compile(rf"[\t\r]|{UNSEEN}{SIGNS}")


def clean(text):
    """The text without characters that break the file.

    What a cell cannot hold is cut off, and a mark at its end says so.
    """
    text = ILLEGAL.sub("", str(text))
    if len(text) * 2 <= LONGEST:
        return text
    units = text.encode("utf-16-le")
    if len(units) <= LONGEST * 2:
        return text
    mark = _("… [cut: too long for a cell]")
    kept = units[: (LONGEST - len(mark)) * 2]
    return kept.decode("utf-16-le", errors="ignore") + mark


def looks_like_formula(text):
    return FORMULA.match(text) is not None


def csv_text(value):
    """The value for a CSV file, which has no types: an apostrophe keeps text text."""
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if looks_like_formula(text) else text


def csv_cell(value):
    """The same with a decimal comma: Excel in Latvian reads “1.5” as the first of May."""
    if isinstance(value, float | Decimal):
        return str(value).replace(".", ",")
    return csv_text(value)
