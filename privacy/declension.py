"""In which forms a name may stand in a text: stems, and the endings that may follow.

Words are compared by their sound: folded, and without what people write in one way or
another. Kārkliņa, Karklina and Карклиня sound the same, so do Jeļena and Елена, Anna and
Ana, Gulbja and Gulba, Roxana and Roksana.
"""
# ruff: noqa: RUF001 -- letters that look alike are the matter here

import re
from typing import NamedTuple

from privacy.fold import fold

SPELLINGS = str.maketrans({"x": "ks", "w": "v", "q": "k"})
# Zoya is Zoja; elsewhere fold makes an i of it: Jurys
IGREK = re.compile("y(?=[aāeēiīoōuū])")
# Елена is Jeļena, Андреев is Andrejevs, Майя is Maija; but Лиепа is Liepa
JOT = re.compile("(^|[аеёоуыэюяьъ]|и(?=е[йм]?$))е")
AFTER_SHORT_I = re.compile("й(?=[еёюя])")
AFTER_CONSONANT = re.compile("(?<=[^aeiou])j")
BEFORE_NO_VOWEL = re.compile("j(?![aeiou])")
TWICE = re.compile(r"([aeiou])\1+")
DOUBLED = re.compile(r"([^aeiou])\1")


def _set(endings):
    return frozenset(endings.split())


MASCULINE = "s a am u i iem us os"
PALATAL = "is im i a am u iem us os"
THIRD = "us um u a am i iem os"
FEMININE_A = "a as ai u am"
FEMININE_E = "e es ei i u em"
DEFINITE = "ais o ajam aja ajai ie ajiem ajos ajas"
NOUN = _set(f"{MASCULINE} {PALATAL} {THIRD} {FEMININE_A} {FEMININE_E}")
ADJECTIVE = NOUN | _set(DEFINITE)
# Rozā, Baltais, Melnie, Lielo; with its marks, for Liepa is none and Liepāja is no Liepa
IS_ADJECTIVE = re.compile("(?:ā|ais|ie|o|aj(?:iem|ām|ai|am|ā|os|ās))$", re.IGNORECASE)
# Briedis but Brieža, Zutis but Zuša, Bite but Bišu
HARD = _set("is im i e es ei em s")
SOFTENED = _set("a am u i iem us os")
PALATALISING = {"is", "e"}
TURNS_SOFT = {"d": "z", "t": "s"}
TURNS_HARD = {"z": "d", "s": "t"}
DIMINUTIVES = ("it", "is", "in", "el", "uk")
"""Jānītis, Jānīša, Anniņa, Annele, Ilzuks."""
SHORTEST_DIMINUTIVE = 3
LONG_ENOUGH_WITHOUT_JOT = 4
ENDING = re.compile(
    "(?:(?<=...)aj(?:iem|[aeo]s|a[im]?)|ais|ie|iem|[aeu]m|im|a[is]|[eiou]s|[aeious])$"
)
# The Russian endings, by themselves or after the Latvian one: Яниса, Карклиньшу
OF_RUSSIAN = _set(
    "a u om em e i oi ei am ami ah ov ev ogo ego omu emu im aja uju oje eje ie ije iem "
    "ijem ih imi"
)
IN_CYRILLIC = {"", *ADJECTIVE} | {
    before + ending for before in ("", "s", "is", "us", "ais") for ending in OF_RUSSIAN
}
WITHIN = re.compile("(?<=[aou])e")
"""Паегле sounds like Pajegle."""
FLEETING = re.compile("[eo](?=[cklnr]$)")
"""Павел, Павла: only in Russian."""


class Forms(NamedTuple):
    """The words that begin with ``stem`` and go on with one of ``endings``."""

    stem: str
    endings: frozenset


def sound(word):
    return _said(_spelled(word))


def _spelled(word):
    """The word in the letters of Latvian, without its marks."""
    russian = JOT.sub(r"\1jе", word.lower().replace("ё", "jo"))
    latin = IGREK.sub("j", AFTER_SHORT_I.sub("ij", russian))
    return fold(latin).translate(SPELLINGS)


def _said(plain):
    said = BEFORE_NO_VOWEL.sub("i", AFTER_CONSONANT.sub("", plain))
    return TWICE.sub(r"\1", said.removeprefix("j") if said.startswith("je") else said)


def is_cyrillic(word):
    return any("\u0400" <= letter <= "\u04ff" for letter in word)


def forms_of_first_name(name):
    """A name or nickname as it is called: its last letters tell how it is declined."""
    plain = _spelled(name)
    for end, endings in (
        ("ais", f"{MASCULINE} {DEFINITE}"),
        ("is", PALATAL),
        ("us", THIRD),
        ("s", MASCULINE),
        ("a", f"{FEMININE_A} aja ajai ajas"),
        ("e", FEMININE_E),
    ):
        if plain.endswith(end):
            return _forms(plain.removesuffix(end), _set(endings))
    if plain[-1:] in "aeiou":
        return [Forms(_said(plain), frozenset([""]))]
    return _forms(plain, _set(MASCULINE))


def diminutives_of(name):
    """Jānītis for Jānis, Marijiņa for Marija."""
    stem = ENDING.sub("", _spelled(name))
    if len(stem) < SHORTEST_DIMINUTIVE:
        return []
    return [Forms(_said(stem + suffix), NOUN) for suffix in DIMINUTIVES]


def forms_of_surname(word):
    """A word of a label, in whatever form it is written there: Kārkliņu, Kārkliņš."""
    endings = ADJECTIVE if IS_ADJECTIVE.search(word) else NOUN
    return _forms(ENDING.sub("", _spelled(word)), endings)


def _forms(plain, endings):
    """The stem as it sounds before a vowel, and what else it may turn into."""
    if plain.endswith("j"):
        return _after_jot(plain, endings)
    stem = _said(plain)
    forms = [Forms(stem, endings | {""} if len(stem) > 2 else endings)]
    last = stem[-1:]
    if DOUBLED.search(stem):
        forms.append(Forms(DOUBLED.sub(r"\1", stem), endings))
    if WITHIN.search(stem):
        forms.append(Forms(WITHIN.sub("je", stem), frozenset()))
    if FLEETING.search(stem):
        forms.append(Forms(FLEETING.sub("", stem), frozenset()))
    if last in TURNS_SOFT and not endings.isdisjoint(PALATALISING):
        forms.append(Forms(stem[:-1] + TURNS_SOFT[last], endings & SOFTENED))
    if last in TURNS_HARD and endings >= HARD:
        forms.append(Forms(stem[:-1] + TURNS_HARD[last], HARD))
    if stem.endswith(("niek", "niec")):
        other = stem[:-1] + ("c" if last == "k" else "k")
        forms.append(Forms(other, endings | {""}))
    return forms


def _after_jot(plain, endings):
    """Andreja and Andrejs, Marija and Maria; Mājas is not Maija."""
    before, short = _said(plain + "a")[:-1], _said(plain)
    if len(short) < LONG_ENOUGH_WITHOUT_JOT:
        rest = {"", "s"} if "s" in endings and len(short) > 2 else endings & {"s"}
        return [Forms(before, endings), Forms(short, frozenset(rest))]
    return [Forms(before, endings), Forms(short, endings | {"", "em"})]
