"""Which families a word of a text may name."""

import re
from collections import defaultdict
from typing import NamedTuple

from privacy.declension import (
    ADJECTIVE,
    IN_CYRILLIC,
    diminutives_of,
    forms_of_first_name,
    forms_of_surname,
)
from privacy.fold import is_nearly
from privacy.name_words import words_of

SURE_IN_LABEL, SURE_FIRST_NAME = 5, 4
"""Shorter stems are words of everyday language too often: they count with a capital."""
# So do these, of names that are words of reports as well: Marta and martā, Valda and valda
EVERYDAY = frozenset(
    "mart maij julij junij april august laim lien vald velt gaid ilg balt meln sarkan akmen "
    "krast mazul roman klint grant pipar pavel pundur priez pried zied rudens puik bumb "
    "saul dzintr zvaigz vis darb maj skol vasar pasar zeltit zem medniek zvejniek kalej "
    "kapar spodr gud stip mierin prieks brival jaunib draug lab vies skaidr ros".split()
)
ENOUGH_FOR_AN_ERROR = 6
# What a label says beside a name, as in “Vecāmamma pie stacijas”
KIN = re.compile(
    "gimen|famil|semj|semej|maj|iel|mamm|mat|tet|tev|vecamamm|vecmamm|vectet|tant|onkul|"
    "bral|mas|bern|meit|del|kundz|kung|vecak|dvin"
)
# The same, but also names: used where nothing else is, as in “Lielo ģimene”
DESCRIBES = re.compile("liel|maz|vec|jaun|vid|otr|tres|stav|dzivokl|stacij|skol|veikal|dzelzcel")
PREPOSITIONS = frozenset("pie pec aiz pret blakus gar ar no un uz pa ap".split())
# What is called by a name without anybody of that name: Liepu iela, Rožu pamatskola
CALLED = re.compile(
    "iel|gatv|prospekt|bulvar|alej|laukum|pagast|novad|pamatskol|vidusskol|sakumskol|"
    "bernudarz|poliklinik|slimnic|bibliotek"
)
BESIDE = re.compile(r"[\s\u00a0]*[-–]?[\s\u00a0]*")


class Entry(NamedTuple):
    """What may follow a stem, whom it names then, and how many letters speak for it.

    A sure one counts without a capital too; some may have a typing error.
    """

    endings: frozenset
    code: str
    letters: int
    is_sure: bool = False
    may_have_error: bool = False


class Stems:
    """Forms of many names, found by the letters with which a word begins."""

    def __init__(self):
        self.entries = defaultdict(list)

    def add(self, forms, code, *, sure_from):
        """``sure_from``: of how many letters a stem is sure."""
        for stem, endings in forms:
            size = len(stem)
            is_sure = size >= sure_from and stem not in EVERYDAY
            may_have_error = size >= ENOUGH_FOR_AN_ERROR
            entry = Entry(endings, code, size, is_sure, may_have_error)
            self.entries[stem].append(entry)

    def add_diminutives(self, name, code):
        """They count for less: Mārtiņš is no small Marta where he may be named."""
        shortest = forms_of_first_name(name)[0]
        for stem, endings in diminutives_of(name):
            self.entries[stem].append(Entry(endings, code, len(shortest.stem)))

    def fitting(self, word):
        """An entry for every name that the word may be a form of."""
        for size in range(2, len(word.sound) + 1):
            rest = word.sound[size:]
            as_russian = word.is_cyrillic and rest in IN_CYRILLIC
            for entry in self.entries.get(word.sound[:size], ()):
                if as_russian or rest in entry.endings:
                    yield entry

    def nearly_fitting(self, word):
        """The same for a word with one typing error, not in its first letter."""
        said = word.sound
        for stem, entries in self.entries.items():
            if len(stem) < ENOUGH_FOR_AN_ERROR or stem[0] != said[0]:
                continue
            for size in (len(stem) - 1, len(stem), len(stem) + 1):
                if is_nearly(stem, said[:size]):
                    for entry in entries:
                        if entry.may_have_error and said[size:] in entry.endings:
                            yield entry


class Names:
    """The labels and people of families, and the names that may stand in the text."""

    def __init__(self, known, allowed):
        self.stems, self.free = Stems(), Stems()
        self.initials, self.called_so = set(), set()
        for family in known:
            self._add(family)
        self.full_names = []
        for name in allowed:
            words = [forms_of_first_name(word.text) for word in words_of(name)]
            for forms in words:
                self.free.add(forms[:1], "", sure_from=0)
            if len(words) > 1:
                self.full_names.append(words)

    def _add(self, family):
        words = words_of(family.label)
        if any(word.is_one_of(CALLED) for word in words):
            self.called_so.add(family.code)
        for word in _names_in_label(words):
            forms = forms_of_surname(word.text)
            self.stems.add(forms, family.code, sure_from=SURE_IN_LABEL)
        for person in family.people:
            for word in _named(words_of(person)):
                forms = forms_of_first_name(word.text)
                self.stems.add(forms, family.code, sure_from=SURE_FIRST_NAME)
                self.stems.add_diminutives(word.text, family.code)
                self.initials.add((family.code, word.sound[:1]))

    def find(self, words, text):
        """(start, end, codes): names side by side that may be one family's are one."""
        codes = self._codes(words)
        position = 0
        while position < len(words):
            last, common = position, codes[position]
            while common and last + 1 < len(words):
                gap = text[words[last].end : words[last + 1].start]
                both = [code for code in common if code in codes[last + 1]]
                if not (both and BESIDE.fullmatch(gap)):
                    break
                last, common = last + 1, both
            if common:
                yield words[position].start, words[last].end, tuple(common)
            position = last + 1

    def _codes(self, words):
        """The families that each word may name."""
        found = []
        for position, word in enumerate(words):
            after = words[position + 1 : position + 2]
            near = words[max(0, position - 1) : position] + after
            is_sure = word.is_capital or any(one.says_family for one in near)
            codes = self._codes_of(word, is_sure)
            if after and word.is_capital and after[0].is_one_of(CALLED):
                codes = [code for code in codes if code in self.called_so]
            found.append(codes)
        for run in self._full_names(words):
            self._spare(run, words, found)
        return found

    def _codes_of(self, word, is_sure):
        free = max((entry.letters for entry in self.free.fitting(word)), default=0)
        entries = [
            entry
            for entry in self.stems.fitting(word)
            if entry.letters >= free and (is_sure or entry.is_sure)
        ]
        if not entries and word.is_capital and not free:
            entries = self.stems.nearly_fitting(word)
        return list(dict.fromkeys(entry.code for entry in entries))

    def _full_names(self, words):
        """Ranges of words that are the full name of somebody who may be named."""
        for names in self.full_names:
            for start in range(len(words) - len(names) + 1):
                run = range(start, start + len(names))
                if all(
                    _is(words[position], forms)
                    for position, forms in zip(run, names, strict=True)
                ):
                    yield run

    def _spare(self, run, words, codes):
        """Only a family that has every word of the full name may be meant by it."""
        meant = None
        for position in run:
            here = set(codes[position])
            if _is_initial(words[position]):
                here = {
                    code
                    for code, letter in self.initials
                    if letter == words[position].sound
                }
            meant = here if meant is None else meant & here
        for position in run:
            codes[position] = [code for code in codes[position] if code in meant]


def _named(words):
    """Without numbers, prepositions and words like “mother”."""
    return [
        word
        for word in words
        if not (word.is_one_of(KIN) or word.is_number or word.is_in(PREPOSITIONS))
    ]


def _names_in_label(words):
    names = _named(words)
    sure = [word for word in names if not word.is_one_of(DESCRIBES)]
    return sure or [word for word in names if word.is_capital]


def _is_initial(word):
    return len(word.sound) == 1 and word.is_capital


def _is(word, forms):
    """A form of the name, or its first letter."""
    if _is_initial(word):
        return forms[0].stem.startswith(word.sound)
    endings = IN_CYRILLIC if word.is_cyrillic else ADJECTIVE
    return any(
        word.sound.startswith(stem) and word.sound[len(stem) :] in endings | {""}
        for stem, _endings in forms
    )
