"""Where the address of a family stands in a text: street and number, or a house's name."""

import re
from itertools import takewhile
from typing import NamedTuple

from privacy.declension import forms_of_surname
from privacy.name_stems import Stems, fits
from privacy.name_words import words_of

# What may stand before the number, or be left out: Liepu ielā, mājā Nr. 5
STREET = re.compile(
    "iel|i|maj|m|nam|nr|gatv|g|prosp|prospekt|bulvar|bulv|alej|laukum|cel|dz|ul|ulic|dom|d"
)
FLAT = re.compile(r"[A-Za-z]?(?:\s*[-–/]\s*\d+)?(?!\w)")
HOUSE = re.compile(r"[„“\"«]([^”“\"»]+)[”“\"»]")


class Address(NamedTuple):
    """The words of a street with the number; of a house that has a name no number."""

    words: list
    number: str
    code: str


class Addresses:
    """The addresses of families."""

    def __init__(self, known):
        self.by_first_word = Stems()
        for family in known:
            for address in _parsed(family.address, family.code):
                self.by_first_word.add(address.words[0], address)

    def find(self, words, text):
        """(start, end, codes)."""
        found = {}
        for position, word in enumerate(words):
            for address in self.by_first_word.fitting(word):
                end = _end(address, words[position:], text)
                if end:
                    codes = found.setdefault((word.start, end), {})
                    codes[address.code] = True
        for span, codes in found.items():
            yield *span, tuple(codes)


def _parsed(address, code):
    words = words_of(address)
    street = list(takewhile(lambda word: not word.is_number, words))
    number = words[len(street)].text if len(street) < len(words) else ""
    house = HOUSE.search(address)
    names = _forms(words_of(house[1]) if house else street)
    if names and (house or number):
        yield Address(names, "" if house else number, code)


def _forms(words):
    return [forms_of_surname(word.text) for word in words if not word.is_one_of(STREET)]


def _end(address, words, text):
    """Where the address ends if it begins with the first of these words, else 0."""
    size = len(address.words)
    if len(words) < size:
        return 0
    if not all(map(fits, words[:size], address.words)):
        return 0
    if not address.number:
        return words[size - 1].end if words[0].is_capital else 0
    between = list(takewhile(lambda word: word.is_one_of(STREET), words[size:]))
    after = words[size + len(between) :][:1]
    if not after or after[0].text != address.number:
        return 0
    flat = FLAT.match(text, after[0].end)
    return flat.end() if flat else after[0].end
