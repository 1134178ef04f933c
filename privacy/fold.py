"""Find a name however it is typed: without diacritics, in capitals, in Cyrillic, with a slip.

The browser folds and ranks in the same way (``static/js/fold.js``, ``search.js``).
``tests/privacy/fold_cases.json`` and ``search_cases.json`` hold for both.
"""
# ruff: noqa: RUF001 -- letters that look alike are the matter here

import re
import unicodedata
from itertools import pairwise

APOSTROPHES = re.compile("['’‘ʼʻʹ′`´]")
"""Some people write them for a soft sign."""
# Юрис is Juris, but Карклиню is Kārkliņu
SOUNDS_OF_J = re.compile("(^|[^бвгджзйклмнпрстфхцчшщґ])([юя])")
LETTERS = str.maketrans(
    "абвгдежзиклмнопрстуфхцчшыэюяієґ" + "ʒθyıłđðø",
    "abvgdezziklmnoprstufhccsieuaieg" + "ztiilddo",
) | str.maketrans(
    {"щ": "sc", "ъ": "", "ь": "", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "_": " "}
)
"""Cyrillic, and Romani, Latgalian, German, Nordic letters that are more than one with a mark."""
DIGRAPH = re.compile(r"([csz])h+")
LONG_VOWEL = re.compile(r"([aeiou])\1+")
LETTER_AND_DIGIT = re.compile(r"[a-z](?=[0-9])|[0-9](?=[a-z])")
SEPARATORS = re.compile(r"[^\w\n]+")
NUMBER = re.compile("[0-9]+")

BEGINS, WITHIN, ONE_ERROR = range(3)
"""How well a word fits: it begins so, it holds it somewhere, or with one typing error."""
LONG_ENOUGH_FOR_AN_ERROR = 5


def fold(text):
    """The text in plain lower-case Latin words: Kārkliņu = karklinu = Карклиню."""
    [folded] = fold_all([text])
    return folded


def fold_all(texts):
    """The same of many texts at once, which takes a fraction of the time."""
    lines = "".join(str(text).replace("\n", " ") + "\n" for text in texts)
    return [line.strip() for line in _folded(lines).split("\n")[:-1]]


def _folded(lines):
    """Each line folded, perhaps with a space at its ends."""
    # Composed, so that й does not lose its breve and become и
    seen = _without("Cf", APOSTROPHES.sub("", unicodedata.normalize("NFC", lines)))
    voiced = SOUNDS_OF_J.sub(r"\1j\2", seen.lower()).replace("й", "j")
    plain = _without("M", unicodedata.normalize("NFD", voiced)).translate(LETTERS)
    short = LONG_VOWEL.sub(r"\1", DIGRAPH.sub(r"\1", plain))
    return SEPARATORS.sub(" ", LETTER_AND_DIGIT.sub(r"\g<0> ", short))


def _without(category, text):
    """The text without the characters of one category of Unicode."""
    for sign in set(text):
        if unicodedata.category(sign).startswith(category):
            text = text.replace(sign, "")
    return text


def rank(query, *texts):
    """How well the texts fit the query, 0 best; None if a word of it is not there.

    The words may come in any order; the one that fits worst decides.
    """
    return _rank(fold(query).split(), fold(" ".join(map(str, texts))))


def _rank(parts, line):
    """The same of what is folded already."""
    if not all(_may_be_in(part, line) for part in parts):
        return None
    words = line.split()
    ranks = [_rank_of(part, words) for part in parts]
    if None in ranks:
        return None
    if _has_another_code(parts, words):
        ranks.append(WITHIN)
    return max(ranks, default=BEGINS)


def _may_be_in(part, line):
    """A glance that refuses most texts before they are looked at word by word.

    One typing error spares what stands before it or what stands behind it.
    """
    if part in line or NUMBER.fullmatch(part):
        return True
    half = len(part) // 2
    return _may_have_error(part) and (part[:half] in line or part[half + 1 :] in line)


def _rank_of(part, words):
    if _begins_one(part, words):
        return BEGINS
    if any(part in word for word in words):
        return WITHIN
    if _may_have_error(part) and any(_nearly_begins(word, part) for word in words):
        return ONE_ERROR
    return None


def _begins_one(part, words):
    return any(word.startswith(part) or _is_same_number(part, word) for word in words)


def _has_another_code(parts, words):
    """“UPC 12” means UPC-012, not UPC-009 that was met on the 12th."""
    for letters, number in pairwise(parts):
        codes = [
            word
            for before, word in pairwise(words)
            if before == letters and NUMBER.fullmatch(word)
        ]
        if codes and NUMBER.fullmatch(number) and not _begins_one(number, codes):
            return True
    return False


def matches(query, *texts):
    """Whether every word of the query occurs somewhere in the texts."""
    return rank(query, *texts) is not None


def best_first(query, rows, texts_of):
    """The rows whose texts fit, the best first; equally good ones stay as they came."""
    fitting = ranked(query, list(rows), texts_of)
    return [row for _place, row in sorted(fitting, key=lambda pair: pair[0])]


def ranked(query, rows, texts_of):
    """``(rank, row)`` of each row whose texts fit."""
    parts = fold(query).split()
    lines = fold_all(" ".join(map(str, texts_of(row))) for row in rows)
    places = [_rank(parts, line) for line in lines]
    return [
        (place, row)
        for place, row in zip(places, rows, strict=True)
        if place is not None
    ]


def is_alike(one, other):
    """Whether two names are the same but for spelling, order or one typing error."""
    return are_alike(fold(one).split(), fold(other).split())


def are_alike(left, right):
    """The same of names that are folded and split already."""
    if not left or _numbers(left) != _numbers(right):
        return False
    if sorted(left) == sorted(right):
        return True
    left, right = " ".join(left), " ".join(right)
    return min(len(left), len(right)) >= LONG_ENOUGH_FOR_AN_ERROR and is_nearly(
        left, right
    )


def _numbers(words):
    return [word for word in words if NUMBER.fullmatch(word)]


def _is_same_number(part, word):
    """A code is known by its number alone: 9 is 009."""
    return bool(NUMBER.fullmatch(part)) and part.lstrip("0") == word.lstrip("0")


def _may_have_error(part):
    return len(part) >= LONG_ENOUGH_FOR_AN_ERROR and part.isalpha()


def _nearly_begins(word, part):
    sizes = (len(part) - 1, len(part), len(part) + 1)
    return any(is_nearly(part, word[:size]) for size in sizes)


def is_nearly(one, other):
    """Equal but for a letter too many, left out, replaced, or swapped with its neighbour."""
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    left, right = one[same:], other[same:]
    return (
        left[1:] == right
        or left == right[1:]
        or left[1:] == right[1:]
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )
