"""The words and numbers of a text, each with how it sounds."""

import re
from dataclasses import dataclass
from functools import cached_property

from privacy.declension import is_cyrillic, sound
from privacy.fold import fold

LETTER = r"[^\W\d_]"
MARK = r"[\u0300-\u036f]"
# Unseen characters and apostrophes that may stand between letters
BETWEEN = r"[\u00ad\u200b-\u200d\u2060'\u2019\u02bc]"
WORD = rf"{LETTER}(?:{BETWEEN}?{LETTER}|{MARK})*"
TOKEN = re.compile(rf"{WORD}|\d+")
ENDING = re.compile("(?:iem|[aeu]m|im|a[is]|[eiou]s|[aeious])$")
FAMILY = re.compile("gimen|famil|semj|semej|sem[ei]$")


@dataclass(frozen=True)
class Word:
    """A word or a number of a text."""

    text: str
    start: int
    end: int

    @cached_property
    def sound(self):
        return sound(self.text)

    def is_one_of(self, stems):
        """Whether it is a form of a word of the list: ielā of iel, pie of pie."""
        return bool(stems.fullmatch(self._stem) or stems.fullmatch(self._folded))

    def is_in(self, words):
        return self._folded in words

    @property
    def is_number(self):
        return self.text.isdigit()

    @cached_property
    def _folded(self):
        return fold(self.text)

    @cached_property
    def _stem(self):
        return ENDING.sub("", self._folded)

    @property
    def is_capital(self):
        return self.text[0].isupper()

    @cached_property
    def is_cyrillic(self):
        return is_cyrillic(self.text)

    @cached_property
    def says_family(self):
        return bool(FAMILY.match(self._folded))


def words_of(text):
    return [Word(match[0], *match.span()) for match in TOKEN.finditer(text)]
