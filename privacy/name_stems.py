"""Forms of many names, found by the letters with which a word begins."""

from collections import defaultdict

from privacy.declension import ADJECTIVE, IN_CYRILLIC
from privacy.fold import is_nearly


class Stems:
    """What each stem belongs to, and which endings may follow it."""

    def __init__(self):
        self.rows = defaultdict(list)

    def add(self, forms, owner):
        for stem, endings in forms:
            self.rows[stem].append((endings, owner))

    def fitting(self, word):
        """The owner of every name that the word may be a form of."""
        for size in range(1, len(word.sound) + 1):
            rows = self.rows.get(word.sound[:size])
            if rows:
                rest = word.sound[size:]
                is_russian = word.is_cyrillic and rest in IN_CYRILLIC
                for endings, owner in rows:
                    if is_russian or rest in endings:
                        yield owner

    def nearly_fitting(self, word, *, letters):
        """The same for a word with one typing error, not in its first letter."""
        said = word.sound
        for stem, rows in self.rows.items():
            if len(stem) < letters or stem[0] != said[0]:
                continue
            for size in (len(stem) - 1, len(stem), len(stem) + 1):
                if is_nearly(stem, said[:size]):
                    for endings, owner in rows:
                        if said[size:] in endings:
                            yield owner


def fits(word, forms):
    """Whether the word is a form of a name, whatever kind of word that is."""
    endings = {"", *(IN_CYRILLIC if word.is_cyrillic else ADJECTIVE)}
    return any(
        word.sound.startswith(stem) and word.sound[len(stem) :] in endings
        for stem, _endings in forms
    )
