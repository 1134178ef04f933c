"""The keys on paper, in two halves: each alone is random, both together open everything.

One half is random, the other is the keys XOR the first. Lines are short, and each ends
with a word that follows from it, so a slip of the pen is found in its line.
"""

import base64
import hashlib
import secrets

GROUP, GROUPS_IN_A_LINE = 4, 6
SEAL_BYTES = 8
WORDS = [
    *("abele", "akots", "alus", "ausma", "avots", "bite", "cielava", "dadzis"),
    *("ezers", "gaiss", "grava", "ieva", "jumts", "kalns", "krasts", "lapa"),
    *("lauks", "liepa", "logs", "mala", "mežs", "muca", "ola", "osta"),
    *("pele", "puķe", "rati", "roka", "sala", "sniegs", "tilts", "upe"),
]
"""Thirty-two plain words that nobody confuses on the phone."""


class NotAHalf(Exception):
    """What was typed is no half of a key sheet; says which line."""


def halves(keys):
    """Two texts to print; ``keys`` is the content of the key files."""
    content = keys.encode()
    sealed = hashlib.sha256(content).digest()[:SEAL_BYTES] + content
    first = secrets.token_bytes(len(sealed))
    return _lines(first), _lines(_xor(first, sealed))


def joined(first, second):
    """The keys out of two typed halves."""
    first, second = _bytes(first), _bytes(second)
    if len(first) != len(second):
        raise NotAHalf("The halves are not of the same sheet: one is longer.")
    both = _xor(first, second)
    seal, content = both[:SEAL_BYTES], both[SEAL_BYTES:]
    if hashlib.sha256(content).digest()[:SEAL_BYTES] != seal:
        raise NotAHalf("The halves are not of the same sheet.")
    return content.decode()


def _xor(one, other):
    return bytes(a ^ b for a, b in zip(one, other, strict=True))


def _lines(half):
    letters = base64.b32encode(half).decode().rstrip("=")
    groups = [letters[at : at + GROUP] for at in range(0, len(letters), GROUP)]
    rows = [
        groups[at : at + GROUPS_IN_A_LINE]
        for at in range(0, len(groups), GROUPS_IN_A_LINE)
    ]
    return [
        f"{number:02}  {' '.join(row)}  {_word(number, ''.join(row))}"
        for number, row in enumerate(rows, start=1)
    ]


def _word(number, letters):
    total = hashlib.sha256(f"{number}{letters}".encode()).digest()
    return WORDS[total[0] % len(WORDS)]


def _bytes(lines):
    """Typed lines; spaces, capitals and the number in front do not matter."""
    letters = ""
    for number, line in enumerate(lines, start=1):
        parts = line.split()
        told, word = "".join(parts[:-1]).upper(), (parts or [""])[-1].lower()
        told = told.removeprefix(f"{number:02}")
        if _word(number, told) != word:
            raise NotAHalf(f"Line {number} has a slip: its word does not fit.")
        letters += told
    padding = "=" * (-len(letters) % 8)
    try:
        return base64.b32decode(letters + padding)
    except ValueError:
        raise NotAHalf("A line is missing or holds signs that are no part.") from None
