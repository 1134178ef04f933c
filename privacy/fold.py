"""Find a name however it is typed: without diacritics, in capitals, in Cyrillic.

The browser folds in the same way; ``tests/privacy/fold_cases.json`` is the list
of cases both have to pass.
"""

import re
import unicodedata

# Before the marks are removed: the letter й would lose its breve and become и.
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшыэюя"
LATIN = "abvgdeezzijklmnoprstufhccsieua"
CYRILLIC = str.maketrans(RUSSIAN, LATIN) | str.maketrans({"щ": "sc", "ъ": "", "ь": ""})
DIGRAPH = re.compile(r"([csz])h")
DOUBLE_VOWEL = re.compile(r"([aeiu])\1")
SEPARATORS = re.compile(r"[\W_]+")


def fold(text):
    """The text in plain lower-case Latin words: Kārkliņu = karklinu = Карклиню."""
    latin = text.lower().translate(CYRILLIC)
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFD", latin)
        if not unicodedata.category(letter).startswith("M")
    )
    short = DOUBLE_VOWEL.sub(r"\1", DIGRAPH.sub(r"\1", plain))
    return SEPARATORS.sub(" ", short).strip()


def matches(query, *texts):
    """Whether every word of the query occurs somewhere in the texts."""
    words = " ".join(fold(text) for text in texts)
    return all(word in words for word in fold(query).split())
