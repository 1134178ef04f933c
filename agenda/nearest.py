"""Of what is late, of today and to come the earliest, and no more rows than are shown.

A mediator may have thousands of one kind, as after an import of families without consent.
"""

from collections import Counter

from django.db.models import Case, Count, F, IntegerChoices, Q, When, Window
from django.db.models.functions import RowNumber

A_KIND = 30
"""Rows of one kind in one part of the day: what the phone keeps, and one page of all."""
FEW = 60
"""As many of one kind are read as a whole, which nearly always is all there is.

To part them in the database makes the page of everybody a fifth slower.
"""
LATE_SHOWN = 5
SOON_SHOWN = 3


class Part(IntegerChoices):
    """The parts of the day, by the day on which something is due."""

    LATE = 0
    NOW = 1
    SOON = 2

    @classmethod
    def of(cls, day, today):
        if day == today:
            return cls.NOW
        return cls.LATE if day < today else cls.SOON


AT_FIRST = {
    Part.LATE: range(LATE_SHOWN),
    Part.NOW: range(A_KIND),
    Part.SOON: range(SOON_SHOWN),
}
"""Which rows of a kind are read for the day as it opens, counted from 0."""


def on_page(number):
    """The same for a page of all that there is, the first of which is 1."""
    return dict.fromkeys(Part, range(A_KIND * (number - 1), A_KIND * number))


def nearest(rows, today, places, *, by, within_a_day=()):
    """Of each part of the day the rows at these ``places``, by the day that ``by`` names.

    Each row tells its ``part`` and, as ``of_part``, how many rows that part has.
    """
    part = Case(
        When(**{f"{by}__lt": today}, then=Part.LATE),
        When(**{by: today}, then=Part.NOW),
        default=Part.SOON,
    )
    in_order = [F(by), *within_a_day, "pk"]
    wanted = Q()
    for name, shown in places.items():
        wanted |= Q(part=name, nth__gt=shown.start, nth__lte=shown.stop)
    return rows.annotate(
        part=part,
        nth=Window(RowNumber(), partition_by=part, order_by=in_order),
        of_part=Window(Count("pk"), partition_by=part),
    ).filter(wanted)


def few(rows):
    """All rows where they are no more than ``FEW``, else None."""
    found = list(rows[: FEW + 1])
    return found if len(found) <= FEW else None


def counted(rows):
    """How many there are in each part, told by the ``nearest`` rows."""
    return Counter({row.part: row.of_part for row in rows})
