"""Which families a word of a text may name."""

import re
from typing import NamedTuple

from privacy.declension import (
    Forms,
    diminutives_of,
    forms_of_first_name,
    forms_of_surname,
)
from privacy.name_stems import Stems, fits
from privacy.name_words import words_of


def _set(words):
    return frozenset(words.split())


SURE_IN_LABEL, SURE_FIRST_NAME = 5, 4
"""Shorter stems are words of everyday language too often: they count with a capital."""
# So do these, of names that are words of reports as well: Marta and martā, Valda and valda
EVERYDAY = _set(
    "mart maij julij junij april august laim lien vald velt gaid ilg balt meln sarkan akmen "
    "krast mazul roman klint grant pipar pavel pundur priez pried zied rudens puik bumb "
    "saul dzintr zvaigz darb skol vasar pasar zeltit medniek zvejniek kalej kapar spodr "
    "stip mierin prieks brival jaunib draug vies skaidr"
)
ENOUGH_FOR_AN_ERROR = 6
# What a label says beside a name, as in “Vecāmamma pie stacijas”
KIN = re.compile(
    "gimen|famil|semj|semej|maj|iel|mamm|mat|tet|tev|vecamamm|vecmamm|vectet|tant|onkul|"
    "bral|mas|bern|meit|del|kundz|kung|vecak|dvin"
)
# The same, but also names: used where nothing else is, as in “Lielo ģimene”
DESCRIBES = re.compile(
    "liel|maz|vec|jaun|vid|otr|tres|stav|dzivokl|stacij|skol|veikal|dzelzcel"
)
PREPOSITIONS = _set("pie pec aiz pret blakus gar ar no un uz pa ap")
# Whose name follows: “pie ozoliem” is a family rather than trees
AT_SOMEBODYS = _set("pie")
# Written so they are months and the language, also of a family with a Marta or Romāns
NEVER = _set("martā maijā jūnijā jūlijā augustā romani")
# What is called by a name without anybody of that name: Liepu iela, Rožu pamatskola
CALLED = re.compile(
    "iel|gatv|prospekt|bulvar|alej|laukum|pagast|novad|pamatskol|vidusskol|sakumskol|"
    "bernudarz|pirmsskol|poliklinik|slimnic|bibliotek|ulic"
)
SENTENCE_BEGINS = re.compile(r"(?:^|[.!?…:\n•])[\s„“”\"«(–-]*$")
BESIDE = re.compile(r"\s*[-–]?\s*")


class Named(NamedTuple):
    """Whom a stem names, and how many letters speak for it.

    A sure one counts without a capital too; some may have a typing error.
    """

    code: str
    letters: int
    is_sure: bool = False
    may_have_error: bool = False


class Names:
    """The labels and people of families, and the names that may stand in the text."""

    def __init__(self, known, allowed):
        self.stems, self.free, self.full_names = Stems(), Stems(), Stems()
        self.phrases = Stems()
        self.initials, self.called_so = set(), set()
        for family in known:
            self._learn_label(family)
            self._learn_people(family)
        for name in allowed:
            self._allow(name)

    def _learn_label(self, family):
        words = words_of(family.label)
        if any(word.is_one_of(CALLED) for word in words):
            self.called_so.add(family.code)
        for word in _names_in_label(words):
            self._learn(forms_of_surname(word.text), family.code, SURE_IN_LABEL)
        phrase = [forms_of_surname(w.text) for w in words if not w.says_family]
        if len(phrase) > 1:
            self.phrases.add(phrase[0], (family.code, phrase))

    def _learn_people(self, family):
        for person in family.people:
            for word in _named(words_of(person)):
                forms = forms_of_first_name(word.text)
                self._learn(forms, family.code, SURE_FIRST_NAME)
                # They count for less: Mārtiņš, who may be named, is no small Marta
                small = Named(family.code, len(forms[0].stem))
                self.stems.add(diminutives_of(word.text), small)
                self.initials.add((family.code, word.sound[:1]))

    def _learn(self, forms, code, sure_from):
        for form in forms:
            size = len(form.stem)
            is_sure = size >= sure_from and form.stem not in EVERYDAY
            may_have_error = size >= ENOUGH_FOR_AN_ERROR
            self.stems.add([form], Named(code, size, is_sure, may_have_error))

    def _allow(self, name):
        words = [forms_of_first_name(word.text) for word in words_of(name)]
        for forms in words:
            self.free.add(forms[:1], len(forms[0].stem))
        if len(words) > 1:
            initial = [Forms(words[0][0].stem[:1], frozenset([""]))]
            self.full_names.add([*words[0], *initial], words)

    def find(self, words, text):
        """(start, end, codes): names side by side that may be one family's are one.

        First the labels that stand there word for word, whatever their letters: of
        those that overlap the caller takes the first.
        """
        for run, code in self._phrases(words):
            yield words[run[0]].start, words[run[-1]].end, (code,)
        codes = self._codes_at(words, text)
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

    def _codes_at(self, words, text):
        """The families that each word may name."""
        found = []
        has_capitals = any(word.is_capital for word in words)
        for position, word in enumerate(words):
            before = words[max(0, position - 1) : position]
            near = before + words[position + 1 : position + 2]
            is_sure = (
                word.is_capital
                # Who writes without capitals tells nothing by leaving one out
                or not has_capitals
                or any(one.says_family for one in near)
                or any(one.is_in(AT_SOMEBODYS) for one in before)
            )
            codes = self._codes_of(word, is_sure) or self._mistyped(word, text)
            if word.is_capital and _is_called(words, position):
                codes = [code for code in codes if code in self.called_so]
            found.append(codes)
        for run in self._full_names(words):
            self._spare(run, words, found)
        return found

    def _codes_of(self, word, is_sure):
        if word.text.lower() in NEVER:
            return []
        free = max(self.free.fitting(word), default=0)
        return _codes(
            named
            for named in self.stems.fitting(word)
            if named.letters >= free and (is_sure or named.is_sure)
        )

    def _mistyped(self, word, text):
        """Only where the capital says that this is a name, within a sentence."""
        if not word.is_capital or any(self.free.fitting(word)):
            return []
        if SENTENCE_BEGINS.search(text[max(0, word.start - 20) : word.start]):
            return []
        nearly = self.stems.nearly_fitting(word, letters=ENOUGH_FOR_AN_ERROR)
        return _codes(named for named in nearly if named.may_have_error)

    def _phrases(self, words):
        """(positions, code) of labels of several words, unless they may be named."""
        spared = [set(run) for run in self._full_names(words)]
        for start, word in enumerate(words):
            for code, phrase in self.phrases.fitting(word):
                run = range(start, start + len(phrase))
                said = words[run.start : run.stop]
                if (
                    len(said) == len(phrase)
                    and all(map(fits, said, phrase))
                    and not any(one.issuperset(run) for one in spared)
                ):
                    yield run, code

    def _full_names(self, words):
        """Ranges of words that are the full name of somebody who may be named."""
        for start, word in enumerate(words):
            if len(word.sound) == 1 and not word.is_capital:
                continue
            for names in self.full_names.fitting(word):
                rest = words[start + 1 : start + len(names)]
                if len(rest) == len(names) - 1 and all(map(fits, rest, names[1:])):
                    yield range(start, start + len(names))

    def _spare(self, run, words, codes):
        """Only a family that has every word of the full name may be meant by it."""
        meant = None
        for position in run:
            said, here = words[position].sound, set(codes[position])
            if len(said) == 1:
                here = {code for code, letter in self.initials if letter == said}
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


def _is_called(words, position):
    """Before “iela” as in Latvian, after “улица” as in Russian."""
    after, before = words[position + 1 :][:1], words[:position][-1:]
    near = before if words[position].is_cyrillic else after
    return bool(near) and near[0].is_one_of(CALLED)


def _codes(named):
    return list(dict.fromkeys(one.code for one in named))
