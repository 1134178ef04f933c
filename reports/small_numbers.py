"""Counts of families and cases too small to leave the team (R246).

Where few Roma families live, “2 families” points at people. Such counts are told as
“<5”. In a table with totals a second number is held back, so that nobody finds the
small one by taking the others from the total. Entries and hours are told as they are:
they count what a mediator does.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from interface.latvian import number

HELD_BACK = "•"


@dataclass(frozen=True)
class Shown:
    """A count as it may be read outside: the number, “<5”, or a dot for one held back."""

    value: int
    is_held_back: bool = False

    @property
    def is_small(self):
        return 0 < self.value < settings.SMALL_NUMBERS_BELOW

    @property
    def is_open(self):
        """The number itself is told."""
        return not (self.is_small or self.is_held_back)

    @property
    def in_words(self):
        """For screen readers: a sign alone says nothing."""
        if self.is_small:
            return _("fewer than %(limit)s") % {"limit": settings.SMALL_NUMBERS_BELOW}
        return _("not told") if self.is_held_back else str(self)

    @property
    def cell(self):
        """For a sheet: a number where it is one."""
        return self.value if self.is_open else str(self)

    def __str__(self):
        if self.is_small:
            return f"<{settings.SMALL_NUMBERS_BELOW}"
        return HELD_BACK if self.is_held_back else number(self.value)
