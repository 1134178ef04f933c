"""Find the names, phones, addresses, e-mails and personal codes of families in a text.

A name is found in every Latvian case, without diacritics, in Cyrillic and, if it is a
long one, with one typing error. Short names and those that are everyday words as well
(Kalns, Roze) count with a capital, beside the word “family”, after “pie”, or where nobody
writes capitals. A label of several words counts word for word.

Somebody who may be named is not reported: under the full name (Inga Kalniņa, I. Kalniņa),
or where only that name fits the word (Rozīte against the family Rožu). A child called
Inga is still found where “Inga” stands alone.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from privacy.fold import fold
from privacy.name_addresses import Addresses
from privacy.name_forms import Names
from privacy.name_words import words_of
from privacy.personal_code import personal_codes_in

EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
NUMBER = re.compile(r"\+?\d(?:[ ().\u00a0-]*\d){4,}")
# What the code may follow or be followed by, instead of the name: Kārkliņu ģimenei
FAMILY_AFTER = re.compile(r"\s+((?:ģimen|gimen|famil|семь|семе)\w*)", re.IGNORECASE)
FAMILY_BEFORE = re.compile(r"(?:ģimen|gimen|famil|семь|семе)\w*\s+$", re.IGNORECASE)
GAP = r"[\s().,/\u2010-\u2015-]*"
AROUND = 40
LATVIAN_DIGITS = 8
MOST_BEFORE = 8
"""Digits of a country, an area and of dialling abroad."""
SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


class What(StrEnum):
    NAME = "name"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    PERSONAL_CODE = "personal_code"


COVERED = (What.PHONE, What.PERSONAL_CODE)
"""Numbers are shown by their first digit."""
SPARABLE = (What.NAME, What.EMAIL, What.ADDRESS)
"""What may turn out to be nobody's of a family: the mediator can say so."""


@dataclass(frozen=True)
class Known:
    """What may not stand in the text, and the code to write instead."""

    code: str
    label: str
    phone: str = ""
    address: str = ""
    people: tuple[str, ...] = ()


FAMILY_AFTER_PREPOSITION = {
    "ģimenes": {"pie", "no", "bez", "pēc", "aiz", "pirms", "kopš", "virs", "zem"},
    "ģimeni": {"ar", "par", "uz", "pret", "starp", "caur", "gar", "ap"},
    "ģimenei": {"līdz", "līdzi", "pretī"},
}
DATIVE_ENDINGS = ("iem", "ām", "ēm", "ai", "ei")


@dataclass(frozen=True)
class Hit:
    """A piece of the text that names a family, with the words around it.

    ``codes`` are those of all families that may be meant, ``sentence`` is the one in
    which the piece stands.
    """

    what: What
    codes: tuple[str, ...]
    start: int
    end: int
    before: str
    found: str
    after: str
    sentence: str

    @property
    def code(self):
        return self.codes[0] if self.codes else ""

    def about(self, code):
        """The same with this family as the first that may be meant, if it may be."""
        if code not in self.codes:
            return self
        others = [other for other in self.codes if other != code]
        return replace(self, codes=(code, *others))

    @property
    def shown(self):
        """Numbers are not repeated on the screen: 2• ••• •••."""
        return _covered(self.found) if self.what in COVERED else self.found

    @property
    def may_be_spared(self):
        return self.what in SPARABLE

    @property
    def mark(self):
        """Tells this piece in this sentence from any other, and tells nothing else."""
        words = f"{fold(self.found)}\n{fold(self.sentence)}"
        return salted_hmac("privacy.name_check", words, algorithm="sha256").hexdigest()

    def replaced_in(self, text, code):
        """The text with the code instead of the name, or without the number."""
        before, after = text[: self.start], text[self.end :]
        if self.what is not What.NAME:
            if before.strip() and _closes(after):
                return before.rstrip(" ") + after
            return before + after.lstrip(" ")
        word = FAMILY_AFTER.match(after)
        if word:
            new, after = f"{word[1]} {code}", after[word.end() :]
        elif FAMILY_BEFORE.search(before):
            new = code
        else:
            new = f"{_family_in_case(before, self.found)} {code}"
        is_first = self.sentence == text[self.start :][: len(self.sentence)]
        return before + (new[:1].upper() + new[1:] if is_first else new) + after


def _family_in_case(before, found):
    """The word for a family in the case that the words around it ask for.

    A Latvian preposition says it, or the ending of the first word of the name: “pie
    Kārkliņiem”, “pie ģimenes”; “palīdzēju Kārkliņiem”, “palīdzēju ģimenei”.
    """
    last = before.split()[-1:] or [""]
    for word, prepositions in FAMILY_AFTER_PREPOSITION.items():
        if last[0].lower() in prepositions:
            return word
    if found.split()[0].lower().endswith(DATIVE_ENDINGS):
        return "ģimenei"
    return _("family")


def _closes(after):
    """Whether no space is wanted before what follows."""
    return not after or after[0] in ".,;:!?)…\n "


class ReadText(str):
    """A text whose words and numbers are made out once, however many it is held against."""

    @cached_property
    def plain(self):
        return _plain(self)

    @cached_property
    def words(self):
        return words_of(self)

    @cached_property
    def personal_codes(self):
        return list(personal_codes_in(self.plain))


class StillLooking(Exception):
    """Whether a text names a family is not known yet: the worker looks it through."""


def find(text, known, *, allowed=(), emails=()):
    """Hits in the order of the text; see ``NameCheck``."""
    return NameCheck(known, allowed=allowed, emails=emails).find(text)


class NameCheck:
    """What is known of some families, made ready to be looked for in many texts.

    ``allowed`` are names that may stand there, ``emails`` the addresses that may.
    """

    def __init__(self, known, *, allowed=(), emails=()):
        self.emails = {email.lower() for email in emails}
        self.names = Names(known, allowed)
        self.addresses = Addresses(known)
        self.phones = [
            (pattern, family.code)
            for family in known
            for pattern in _phone_patterns(family.phone)
        ]

    def find(self, text):
        """Hits in the order of the text; of two that overlap the one that matters more."""
        if not isinstance(text, ReadText):
            text = ReadText(text)
        spans, taken = [], []
        for what, start, end, codes in self._spans(text):
            if all(end <= left or start >= right for left, right in taken):
                taken.append((start, end))
                if what:
                    spans.append((start, end, what, codes))
        sentences, masked = _sentences(text), _masked(text, spans)
        return [_hit(text, masked, sentences, *span) for span in sorted(spans)]

    def _spans(self, text):
        """(what, start, end, codes); what is None for a piece that may stand there."""
        for start, end in text.personal_codes:
            yield What.PERSONAL_CODE, start, end, ()
        for match in EMAIL.finditer(text.plain):
            is_allowed = match[0].lower() in self.emails
            yield None if is_allowed else What.EMAIL, *match.span(), ()
        for span, codes in self._phones(text.plain).items():
            yield What.PHONE, *span, codes
        for start, end, codes in self.addresses.find(text.words, text):
            yield What.ADDRESS, start, end, codes
        for start, end, codes in self.names.find(text.words, text):
            yield What.NAME, start, end, codes

    def _phones(self, text):
        found = {}
        for pattern, code in self.phones:
            for match in pattern.finditer(text):
                found[match.span()] = (*found.get(match.span(), ()), code)
        return found


def _phone_patterns(phones):
    """One for each number that stands there, in whatever way its digits are grouped.

    The code of the country may stand before it or not: of a number from abroad the last
    eight digits say whose it is, whatever is dialled before them.
    """
    for match in NUMBER.finditer(_plain(phones)):
        digits = re.sub(r"\D", "", match[0]).removeprefix("00")
        if len(digits) % LATVIAN_DIGITS == 3:
            digits = digits.removeprefix("371")
        is_latvian = len(digits) % LATVIAN_DIGITS == 0
        for number in re.findall(".{8}", digits) if is_latvian else [digits]:
            if is_latvian:
                before = rf"(?:(?:\+|00)?\s*{GAP.join('371')}{GAP})?\+?"
            else:
                number = number[-LATVIAN_DIGITS:]
                before = rf"\+?(?:\d{GAP}){{0,{MOST_BEFORE}}}"
            yield re.compile(rf"(?<![\d+])\(?{before}{GAP.join(number)}(?!\d)")


def _plain(text):
    """The same length, with usual digits, hyphens and spaces."""
    letters = ((unicodedata.normalize("NFKC", letter), letter) for letter in text)
    return "".join(one if len(one) == 1 else letter for one, letter in letters)


def _sentences(text):
    ends = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    return list(pairwise(ends))


def _masked(text, spans):
    """The text without the digits of numbers, to be shown around other pieces."""
    for start, end, what, _codes in spans:
        if what in COVERED:
            text = text[:start] + _covered(text[start:end]) + text[end:]
    return text


def _covered(number):
    return number[0] + re.sub(r"\d", "•", number[1:])


def _hit(text, masked, sentences, start, end, what, codes):
    """With whole words around it, on one line."""
    before, after = masked[:start], masked[end:]
    if len(before) > AROUND:
        before = before[-AROUND:].partition(" ")[2]
    if len(after) > AROUND:
        after = after[:AROUND].rpartition(" ")[0]
    before, after = before.replace("\n", " "), after.replace("\n", " ")
    sentence = next(text[a:b] for a, b in sentences if a <= start < b)
    return Hit(what, codes, start, end, before, text[start:end], after, sentence)
