"""What became other words: between two readings of a report, and between two versions."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils import translation

from interface import latvian
from reports.indicators import BY_KEY
from reports.sections import FIGURES_KEY, NARRATIVE, REVIEWED, SUPPORT_KEY
from reports.snapshot import LANGUAGE, PRINTED

WORDS = re.compile(r"(\S+)(\s*)")


@dataclass(frozen=True)
class Piece:
    """Some words of a text, and what is special about them.

    ``kind`` is ``same``, ``old`` (no longer there), ``new`` or ``marked``.
    """

    words: str
    kind: str = "same"


@dataclass(frozen=True)
class Change:
    """A part that says something else than before, word by word."""

    title: str
    pieces: list[Piece]


def printed_texts(snapshot):
    """What each part of a report says, by its key, in the language of the paper."""
    with translation.override(LANGUAGE):
        texts = {section.key: snapshot.text(section.key) for section in NARRATIVE}
        return texts | {
            FIGURES_KEY: "\n".join(_numbers(snapshot)),
            SUPPORT_KEY: "\n".join(map(_ask, snapshot.asks)),
        }


def _numbers(snapshot):
    for key in PRINTED:
        yield f"{BY_KEY[key].label}: {latvian.number(snapshot.count(key))}"
    for row in snapshot.results:
        yield f"{row.label}: {latvian.number(row.value)}"


def _ask(ask):
    return f"{ask.text} ({latvian.full_date(ask.due_day)})" if ask.due_on else ask.text


def changes_between(older, newer):
    """The parts in which two snapshots differ, in the order of the page."""
    old, new = printed_texts(older), printed_texts(newer)
    return [
        Change(title, compared(old[key], new[key]))
        for key, title in REVIEWED
        if old[key] != new[key]
    ]


def compared(old, new):
    """Both texts in one: words that went, words that came, words that stayed."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    matcher = SequenceMatcher(None, _bare(before), _bare(after), autojunk=False)
    pieces = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(_piece(after[c:d], "same"))
        else:
            pieces += [_piece(before[a:b], "old"), _piece(after[c:d], "new")]
    return [piece for piece in pieces if piece.words]


def _bare(words):
    return [word for word, _space in words]


def _piece(words, kind):
    return Piece("".join(word + space for word, space in words), kind)


def marked(text, quotes):
    """The text with every quoted passage marked, however its words are spaced."""
    wanted = [
        r"\s+".join(map(re.escape, quote.split())) for quote in quotes if quote.split()
    ]
    if not wanted:
        return [Piece(text)]
    pieces = re.split(f"({'|'.join(wanted)})", text)
    return [
        Piece(words, "marked" if number % 2 else "same")
        for number, words in enumerate(pieces)
        if words
    ]


def is_quoted_from(quote, text):
    """Whether the words stand in the text, whatever stands between them."""
    return " ".join(quote.split()) in " ".join(text.split())
