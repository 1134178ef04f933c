"""What a declared number is made of: the part of the log, its rows, its unit."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.models import Visit, VisitArea
from reports.models import MonthlyReport
from reports.periods import Period


def in_approved_months(rows, *, day, municipality):
    """``rows`` of whose day an approved report tells.

    ``day`` and ``municipality`` are paths from the row; its mediator stands beside the
    municipality.
    """
    report = MonthlyReport.objects.approved().filter(
        month=OuterRef("month_of_the_day"),
        municipality=OuterRef(municipality),
        mediator=OuterRef(mediator_beside(municipality)),
    )
    return rows.alias(month_of_the_day=TruncMonth(day)).filter(Exists(report))


def told_under(municipality):
    """The municipality that a row is told under: its own, or the one that became of it.

    ``municipality`` is the path to its own.
    """
    return Coalesce(F(f"{municipality}__successor"), F(municipality))


def mediator_beside(municipality):
    return f"{municipality.removesuffix('municipality')}mediator"


@dataclass(frozen=True)
class Scope:
    """Which part of the log is counted: days ``first`` to ``last``, both included.

    ``municipalities`` (rows or their keys), ``mediator`` and ``area`` narrow it; None
    means all of them. With ``approved_only`` a day counts once the report of its month is
    approved.
    """

    first: date
    last: date
    municipalities: QuerySet | Collection | None = None
    mediator: object | None = None
    area: str | None = None
    approved_only: bool = False

    @property
    def period(self):
        return Period.between(self.first, self.last)

    def over(self, period):
        """The same of another period."""
        return replace(self, first=period.first, last=period.last)

    def narrow(self, rows, *, days, prefix="", entry=None, area=None):
        """``rows`` of this scope; ``days`` is the date that decides, ``prefix`` the way to it.

        ``entry`` is the way to the log entry that has areas, ``area`` the way to the one
        area of a case; rows with neither raise ``ValueError`` where an area is asked for.
        """
        rows = rows.filter(
            **{f"{prefix}{days}__gte": self.first, f"{prefix}{days}__lte": self.last}
        )
        if self.approved_only:
            rows = in_approved_months(
                rows, day=f"{prefix}{days}", municipality=f"{prefix}municipality"
            )
        return self.in_area(self.in_place(rows, prefix=prefix), entry=entry, area=area)

    def in_area(self, rows, *, entry=None, area=None):
        if self.area is None:
            return rows
        if entry:
            about = VisitArea.objects.filter(area=self.area)
            return rows.filter(**{f"{entry}__in": about.values("visit")})
        if area:
            return rows.filter(**{area: self.area})
        raise ValueError("These rows are about no area.")

    def in_place(self, rows, *, prefix=""):
        if self.municipalities is not None:
            rows = rows.filter(**{f"{prefix}municipality__in": self.municipalities})
        if self.mediator is not None:
            rows = rows.filter(**{f"{prefix}mediator": self.mediator.pk})
        return rows


@dataclass(frozen=True)
class Source:
    """Rows that can be counted, and the paths to their municipality and day.

    ``what`` says for the docs what the rows are and which day decides. ``day`` is None
    for a stock (what stands open at the end), which has no months. ``way_to_place`` is
    given where ``municipality`` is an alias, through which no further field is reached.
    """

    what: str
    rows: Callable[[Scope], QuerySet]
    municipality: str
    day: str | None
    way_to_place: str = ""
    is_of_mediators: bool = True
    """Whether its rows are somebody's work; what others answered is not."""

    @property
    def place(self):
        """What the row is told under; see ``told_under``."""
        return told_under(self.way_to_place or self.municipality)

    @property
    def mediator(self):
        """The path to the mediator, who stands beside the municipality."""
        return mediator_beside(self.municipality)


VISITS = Source(
    what="log entries, by their day",
    rows=lambda scope: scope.narrow(Visit.objects.all(), days="visited_on", entry="pk"),
    municipality="municipality",
    day="visited_on",
)


class Unit(StrEnum):
    """What one unit of the number is; decides how it is written."""

    FAMILIES = "families"
    ENTRIES = "entries"
    HOURS = "hours"
    CASES = "cases"
    MEETINGS = "meetings"
    HEARINGS = "hearings"
    INSTITUTIONS = "institutions"
    PEOPLE = "people"
    PERSONS = "persons"
    ACHIEVEMENTS = "achievements"
    EVENTS = "events"
    ATTENDANCES = "attendances"
    PARTICIPANTS = "participants"
    ANSWERS = "answers"
    PUBLICATIONS = "publications"
    STORIES = "stories"
    COPIES = "copies"
    CERTIFICATES = "certificates"
    STEPS = "steps"
    INCIDENTS = "incidents"
    ISSUES = "issues"
    DAYS = "days"
    PER_CENT = "per_cent"


UNIT_LABELS = {
    Unit.FAMILIES: _("families"),
    Unit.ENTRIES: _("log entries"),
    Unit.HOURS: _("hours"),
    Unit.CASES: _("cases"),
    Unit.MEETINGS: _("meetings"),
    Unit.HEARINGS: _("times in court"),
    Unit.INSTITUTIONS: _("institutions"),
    Unit.PEOPLE: _("people"),
    Unit.PERSONS: _("people of families"),
    Unit.ACHIEVEMENTS: _("achievements"),
    Unit.EVENTS: _("events and sessions"),
    Unit.ATTENDANCES: _("attendances"),
    Unit.PARTICIPANTS: _("participants"),
    Unit.ANSWERS: _("answers"),
    Unit.PUBLICATIONS: _("publications"),
    Unit.STORIES: _("stories"),
    Unit.COPIES: _("copies"),
    Unit.CERTIFICATES: _("certificates"),
    Unit.STEPS: _("steps"),
    Unit.INCIDENTS: _("incidents"),
    Unit.ISSUES: _("issues"),
    Unit.DAYS: _("days"),
    Unit.PER_CENT: _("per cent"),
}
OF_EVENTS = (Unit.ATTENDANCES, Unit.PARTICIPANTS)
"""Also of events of the whole project, which add to all but to no municipality."""
ABOUT_FAMILIES = (
    *(Unit.FAMILIES, Unit.CASES, Unit.PERSONS, Unit.ACHIEVEMENTS),
    *(Unit.STEPS, Unit.INCIDENTS, Unit.HEARINGS),
    *OF_EVENTS,
)
"""Where a small number may point at somebody; the others tell of a mediator's work."""


def hours_of(minutes):
    """Minutes in hours with one decimal; a half goes up, as people round: 75 is 1.3."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True)
class Indicator:
    """One declared number.

    ``code`` follows the indicator catalogue (I01 …); ``aggregate`` is computed over
    the rows of ``source``; hours are stored in minutes and told in hours. ``people`` gives
    the same rows with ``person``, ``sex``, ``age_band`` and ``day``, to tell them apart.
    """

    key: str
    code: str
    label: Promise
    definition: Promise
    unit: Unit
    source: Source = field(repr=False)
    aggregate: object = field(repr=False)
    people: Callable[[Scope], QuerySet] | None = field(default=None, repr=False)
    stays_in_team: bool = False
    """No document and no program is told it."""

    def told(self, shown):
        """As it may be told: ``shown`` gives the ``Shown`` of an indicator."""
        return shown(self)

    @property
    def has_months(self):
        return self.source.day is not None

    @property
    def counted_from(self):
        return self.source.what

    @property
    def is_about_families(self):
        """A small value may point at somebody."""
        return self.unit in ABOUT_FAMILIES

    @property
    def adds_up(self):
        """Months add up to the year: no family or person is counted once for several."""
        parts = self.aggregate.flatten()
        return not any(getattr(part, "distinct", False) for part in parts)

    @property
    def unit_label(self):
        return UNIT_LABELS[self.unit]

    @property
    def of_nothing(self):
        """What it is where there are no rows."""
        return self.value(0)

    def value(self, raw):
        """The stored sum as the number that people read: hours with one decimal."""
        return hours_of(raw or 0) if self.unit is Unit.HOURS else raw or 0
