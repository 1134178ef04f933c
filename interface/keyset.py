"""Long lists, newest first, in pages that begin after a row and not at a number.

However far back it lies, a page costs as much as the first, and what is added meanwhile
moves nothing: who opens a page of the audit adds to the very list that is read.
"""

from dataclasses import dataclass

OLDER, NEWER = "pirms", "pec"
"""In the address: a page before the row of that number, or after it."""
LONGEST = 18
"""Digits of a number that both databases hold, whatever it is."""


@dataclass(frozen=True)
class Slice:
    """One page; ``newer`` and ``older`` are addresses from “?” on, empty where nothing is."""

    rows: list
    newer: str
    older: str


def newest_first(rows, query, *, by, size):
    """The page of ``rows`` that the address asks for, the newest where it asks for none.

    ``by`` is a field whose numbers are unique and grow. ``query`` is ``request.GET``; what
    it asks besides stays in the addresses of the other pages.
    """
    found, has_newer, has_older = _found(rows.order_by(f"-{by}"), query, by, size)
    return Slice(
        found,
        newer=_address(query, NEWER, found[0], by) if has_newer else "",
        older=_address(query, OLDER, found[-1], by) if has_older else "",
    )


def _found(rows, query, by, size):
    """A page, whether there is something newer, and whether something older."""
    after, before = (_number(query.get(name, "")) for name in (NEWER, OLDER))
    if after is not None:
        newer = list(rows.filter(**{f"{by}__gt": after}).reverse()[: size + 1])
        # What fills no page is on the newest one
        if len(newer) > size:
            return newer[:size][::-1], True, True
    elif before is not None:
        older = list(rows.filter(**{f"{by}__lt": before})[: size + 1])
        if older:
            return older[:size], True, len(older) > size
    newest = list(rows[: size + 1])
    return newest[:size], False, len(newest) > size


def _address(query, name, row, by):
    address = query.copy()
    for one in (NEWER, OLDER):
        address.pop(one, None)
    address[name] = getattr(row, by)
    return f"?{address.urlencode()}"


def _number(text):
    """A number that the column could hold; None for anything else that may stand there."""
    is_number = text.isascii() and text.isdigit() and len(text) <= LONGEST
    return int(text) if is_number else None
