"""Tell whoever wrote it that a note names an illness or an offence, which nobody needs.

Nothing is refused and nothing is noted: what was written is stored, and may be changed.
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from django.contrib import messages
from django.utils.translation import gettext as _

from privacy.fold import fold

WORDS_FILE = Path(__file__).parent / "reference" / "unneeded_words.toml"
ICD_10 = re.compile(r"\b[A-TV-Z]\d\d\.\d{1,2}\b")


@cache
def _patterns():
    kinds = tomllib.loads(WORDS_FILE.read_text(encoding="utf-8"))
    return {kind: _pattern(words) for kind, words in kinds.items()}


def _pattern(words):
    return re.compile(rf"\b(?:{'|'.join(map(_written, words))})\b")


def _written(word):
    return r"\w*".join(fold(part) for part in word.split("*"))


def unneeded_in(text):
    """Whether the text tells of an illness, an offence, both or neither: their kinds."""
    plain = fold(text)
    found = {kind for kind, words in _patterns().items() if words.search(plain)}
    return found | {"illness"} if ICD_10.search(text) else found


def hint_at_unneeded(request, *texts):
    """Say so on the next page, once, after the texts were stored."""
    found = unneeded_in("\n".join(texts))
    if "illness" in found:
        messages.warning(request, illness())
    if "offence" in found:
        messages.warning(request, offence())


def illness():
    return _(
        "The name of an illness need not stand here: write what help is needed, for "
        "example “a doctor’s appointment”."
    )


def offence():
    return _(
        "Offences and judgments need not stand here: write what help is needed, for "
        "example “accompanied to the lawyer”."
    )
