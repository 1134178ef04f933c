"""What a declared number is made of: the part of the log, its rows, its unit."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Scope:
    """Which part of the log is counted: days ``first`` to ``last``, both included.

    ``municipalities`` and ``mediator`` narrow it; None means all of them.
    """

    first: date
    last: date
    municipalities: QuerySet | None = None
    mediator: object | None = None

    def narrow(self, rows, *, days, prefix=""):
        """``rows`` of this scope; ``days`` is the date that decides, ``prefix`` the way to it."""
        rows = rows.filter(
            **{f"{prefix}{days}__gte": self.first, f"{prefix}{days}__lte": self.last}
        )
        return self.in_place(rows, prefix=prefix)

    def in_place(self, rows, *, prefix=""):
        if self.municipalities is not None:
            rows = rows.filter(**{f"{prefix}municipality__in": self.municipalities})
        if self.mediator is not None:
            rows = rows.filter(**{f"{prefix}mediator": self.mediator})
        return rows


@dataclass(frozen=True)
class Source:
    """Rows that can be counted, and the paths to their municipality and day.

    ``what`` says for the docs what the rows are and which day decides. ``day`` is None
    for a stock (what stands open at the end), which has no months.
    """

    what: str
    rows: Callable[[Scope], QuerySet]
    municipality: str
    day: str | None

    @property
    def mediator(self):
        """The path to the mediator, who stands beside the municipality."""
        return f"{self.municipality.removesuffix('municipality')}mediator"


class Unit(StrEnum):
    """What one unit of the number is; decides how it is written."""

    FAMILIES = "families"
    ENTRIES = "entries"
    HOURS = "hours"
    CASES = "cases"
    MEETINGS = "meetings"
    INSTITUTIONS = "institutions"
    PEOPLE = "people"
    PERSONS = "persons"
    ACHIEVEMENTS = "achievements"


UNIT_LABELS = {
    Unit.FAMILIES: _("families"),
    Unit.ENTRIES: _("log entries"),
    Unit.HOURS: _("hours"),
    Unit.CASES: _("cases"),
    Unit.MEETINGS: _("meetings"),
    Unit.INSTITUTIONS: _("institutions"),
    Unit.PEOPLE: _("people"),
    Unit.PERSONS: _("people of families"),
    Unit.ACHIEVEMENTS: _("achievements"),
}
ABOUT_FAMILIES = (Unit.FAMILIES, Unit.CASES, Unit.PERSONS, Unit.ACHIEVEMENTS)
"""Where a small number may point at somebody; the others tell of a mediator's work."""


def hours_of(minutes):
    """Minutes in hours with one decimal; a half goes up, as people round: 75 is 1.3."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Indicator:
    """One declared number.

    ``code`` follows the indicator catalogue (I01 …); ``aggregate`` is computed over
    the rows of ``source``; hours are stored in minutes and told in hours.
    """

    key: str
    code: str
    label: Promise
    definition: Promise
    unit: Unit
    source: Source = field(repr=False)
    aggregate: object = field(repr=False)

    @property
    def unit_label(self):
        return UNIT_LABELS[self.unit]

    def value(self, raw):
        """The stored sum as the number that people read: hours with one decimal."""
        return hours_of(raw or 0) if self.unit is Unit.HOURS else raw or 0
