"""One thing that ``manage.py doctor`` looked at."""

from typing import NamedTuple


class Finding(NamedTuple):
    """``what`` was found; ``do`` says what to do about it, and is empty where it holds."""

    check: str
    holds: bool
    what: str
    do: str = ""

    @classmethod
    def either(cls, check, holds, good, bad, do):
        """With the sentence that fits."""
        return cls(check, holds, good if holds else bad, do)
