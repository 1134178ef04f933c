"""Old beside new: which words were taken out and which were put in."""

import re
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|\S+")


def marked(old, new):
    """Both texts as lists of ``(piece, is_changed)``; joined they are the texts again."""
    before, after = WORDS.findall(old), WORDS.findall(new)
    sides = [], []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        for side, words in zip(sides, (before[a:b], after[c:d]), strict=True):
            if words:
                side.append(("".join(words), kind != "equal"))
    return sides
