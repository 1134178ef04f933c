"""Find the names, phones, addresses and personal codes of families in a text.

A name is found in every Latvian case and without diacritics: the folded stem of each
word of a label, with up to three more letters. Where the name of somebody who may be
named fits a word better (Kalniņa against the family Kalnu), the word is not reported.

The people of a family have first names, which many others have too: they count with
a capital and a Latvian ending, and not within the full name of somebody who may be
named (“Inga Kalniņa” where a child is called Inga).
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise, takewhile

from privacy.fold import fold
from privacy.personal_code import PERSONAL_CODE

WORD = re.compile(r"\w+")
NUMBER = re.compile(r"\+?\d(?:[ ().\u00a0-]*\d){6,}")
ENDING = re.compile(r"(?:iem|[aeu]m|im|a[is]|[eiou]s|[aeious])$")
ENDING_LETTERS = 3
# What may follow the stem of a first name: “Jānim”, but not “Janvāris”
NAME_ENDING = re.compile(r"j?(?:iem|[aeu]m|im|[aei][is]|ie|[ou]s|[aeiou])?")
AROUND = 40
# Shorter stems are words of everyday language too often: they count with a capital.
SURE_LETTERS = 5
# Stems said of any family, as in the label “Vecāmamma pie stacijas”.
EVERYDAY = re.compile(
    "gimen|maj|iel|mamm|mat|tet|tev|vecamamm|vecmamm|vectet|tant|onkul|bral|mas|bern|meit|"
    "del|kundz|kung|liel|maz|vec|jaun|pie|pec|aiz|stacij|skol"
)
STREET = re.compile("iel|maj|nam|nr|gatv|prosp|prospekt|bulvar|cel")


class What(StrEnum):
    NAME = "name"
    PHONE = "phone"
    ADDRESS = "address"
    PERSONAL_CODE = "personal_code"


@dataclass(frozen=True)
class Known:
    """What may not stand in the text, and the code to write instead."""

    code: str
    label: str
    phone: str = ""
    address: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True)
class Hit:
    """A piece of the text that names a family, with the words around it."""

    what: What
    code: str
    before: str
    found: str
    after: str


def find(text, known, *, allowed=()):
    """Hits in the order of the text; ``allowed`` are names that may stand there."""
    words = [(match, fold(match[0])) for match in WORD.finditer(text)]
    free = [stem for name in allowed for stem in _stems(name)]
    full_names = _full_names(words, allowed)
    found = {}
    for family in known:
        for start, end in _names(words, _stems(family.label), free):
            found.setdefault(start, (end, What.NAME, family.code))
        for start, end in _first_names(words, family.people, full_names):
            found.setdefault(start, (end, What.NAME, family.code))
        for start, end in _addresses(words, family.address):
            found.setdefault(start, (end, What.ADDRESS, family.code))
        for match in NUMBER.finditer(text):
            if family.phone and _digits(match[0]) == _digits(family.phone):
                found[match.start()] = (match.end(), What.PHONE, family.code)
    for match in PERSONAL_CODE.finditer(text):
        found[match.start()] = (match.end(), What.PERSONAL_CODE, "")
    return [_hit(text, start, *rest) for start, rest in sorted(found.items())]


def _stem(word):
    return ENDING.sub("", fold(word))


def _stems(name):
    stems = map(_stem, WORD.findall(name))
    return [stem for stem in stems if len(stem) > 2 and not EVERYDAY.fullmatch(stem)]


def _fits(word, stem):
    return word.startswith(stem) and len(word) - len(stem) <= ENDING_LETTERS


def _names(words, stems, free):
    for (match, word), (_next, after) in pairwise([*words, (None, "")]):
        fitting = [stem for stem in stems if _fits(word, stem)]
        if not fitting:
            continue
        letters = max(map(len, fitting))
        is_name = match[0][0].isupper() or after.startswith("gimen")
        is_free = any(len(stem) > letters for stem in free if _fits(word, stem))
        if (is_name or letters >= SURE_LETTERS) and not is_free:
            yield match.span()


def _first_names(words, people, full_names):
    stems = {stem for name in people for stem in _stems(name)}
    for match, word in words:
        is_name = match[0][0].isupper() and match.start() not in full_names
        if is_name and any(_declines(word, stem) for stem in stems):
            yield match.span()


def _declines(word, stem):
    return word.startswith(stem) and NAME_ENDING.fullmatch(word[len(stem) :])


def _full_names(words, allowed):
    """Where words begin that stand within the full name of somebody who may be named."""
    names = [_stems(name) for name in allowed]
    return {
        match.start()
        for stems in names
        if len(stems) > 1
        for start in range(len(words) - len(stems) + 1)
        for run in [words[start : start + len(stems)]]
        if all(
            _fits(word, stem) for (_match, word), stem in zip(run, stems, strict=True)
        )
        for match, _word in run
    }


def _addresses(words, address):
    """The street in any case and its number, with nothing but “iela, māja” between."""
    parts = WORD.findall(address)
    number = next((fold(part) for part in parts if part[0].isdigit()), "")
    for position, (match, word) in enumerate(words):
        if number and _fits(word, _stem(parts[0])):
            rest = words[position + 1 :]
            between = list(
                takewhile(lambda pair: STREET.fullmatch(_stem(pair[1])), rest)
            )
            after = rest[len(between) : len(between) + 1]
            if after and after[0][1] == number:
                yield match.start(), after[0][0].end()


def _digits(number):
    return "".join(filter(str.isdigit, number))[-8:]


def _hit(text, start, end, what, code):
    """With whole words around it, on one line."""
    before, after = text[:start], text[end:]
    if len(before) > AROUND:
        before = before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0]
    before, after = before.replace("\n", " "), after.replace("\n", " ")
    return Hit(what, code, before, text[start:end], after)
