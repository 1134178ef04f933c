"""Plan beside done: how far the targets of a year are reached (R206)."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from interface import charts
from interface.latvian import number, percent
from municipalities.models import Municipality
from reports import findings
from reports.indicators import (
    TOLD,
    Indicator,
    Scope,
    compute,
    compute_by_place,
)
from reports.models import Target
from reports.periods import Period

PLANNABLE = tuple(i for i in TOLD if i.source.day and i.source.is_of_mediators)
"""A year of work adds up to something; what stands open on a day, or others answer, does
not."""


@dataclass(frozen=True)
class Plan:
    """The target of one indicator, and what was done of it from January on.

    ``expected`` is the target's share of the days of the year that are over. ``place`` is
    the key of a municipality; None stands for the whole project.
    """

    indicator: Indicator
    year: int
    target: int
    done: Decimal | int
    expected: Decimal
    until: date
    place: int | None = None

    @property
    def share(self):
        return percent(self.done, self.target)

    @property
    def is_on_course(self):
        return self.done >= self.expected

    @property
    def chart(self):
        title = _("%(label)s: %(done)s of %(target)s, expected by now %(expected)s") % {
            "label": self.indicator.label,
            "done": number(self.done),
            "target": number(self.target),
            "expected": number(self.expected),
        }
        return charts.bullet(self.done, self.target, self.expected, title=title)


@dataclass(frozen=True)
class Plans:
    """All targets of one year."""

    rows: list[Plan]

    @property
    def finding(self):
        return findings.targets(
            sum(plan.is_on_course for plan in self.rows), len(self.rows)
        )

    def table(self, told):
        yield [
            _("Indicator"),
            pgettext("target of a year", "Year"),
            _("Target"),
            pgettext("target", "Done"),
            pgettext("target", "Share"),
            _("Expected by now"),
        ]
        for plan in self.rows:
            so_far = Period.between(date(plan.year, 1, 1), plan.until)
            done = told.value(plan.indicator, plan.place, so_far, plan.done)
            yield [
                *(plan.indicator.label, plan.year, plan.target, done.cell),
                *(plan.share if done.is_open else "", plan.expected),
            ]


def plans(period, place=None, approved_only=False):
    """The plans of the year in which the period ends, as they stood at its end.

    ``place`` is a municipality, or None for the whole project. ``approved_only`` counts
    as done what stands in approved reports.
    """
    targets = _targets(period).get(place and place.pk, {})
    chosen = [indicator for indicator in PLANNABLE if indicator.key in targets]
    so_far = replace(_so_far(period, place), approved_only=approved_only)
    done = compute(so_far, chosen) if chosen else {}
    key = place and place.pk
    return [_plan(i, period, targets[i.key], done[i.key], key) for i in chosen]


def plans_by_place(period, *, approved_only=False):
    """The same of all municipalities that have any: ``{municipality_id: {key: Plan}}``."""
    by_place = _targets(period)
    by_place.pop(None, None)
    so_far = replace(_so_far(period), approved_only=approved_only)
    done = compute_by_place(so_far, PLANNABLE) if by_place else {}
    return {
        place: {
            i.key: _plan(
                *(i, period, targets[i.key]),
                done.get(place, {}).get(i.key, i.value(0)),
                place,
            )
            for i in PLANNABLE
            if i.key in targets
        }
        for place, targets in by_place.items()
    }


def _targets(period):
    """``{municipality_id: {key: target}}`` of the year; None stands for the project."""
    targets = {}
    for row in Target.objects.declared().filter(year=period.last.year):
        targets.setdefault(row.municipality_id, {})[row.indicator] = row.value
    return targets


def _until(period):
    return min(period.last, timezone.localdate())


def _so_far(period, place=None):
    """From 1 January to the end of the period, or to today."""
    places = None
    if place:
        places = Municipality.objects.filter(pk=place.pk).with_predecessors()
    return Scope(date(period.last.year, 1, 1), _until(period), places)


def _plan(indicator, period, target, done, place):
    year = period.last.year
    days = (_until(period) - date(year, 1, 1)).days + 1
    length = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    expected = Decimal(round(target * max(days, 0) / length))
    return Plan(indicator, year, target, done, expected, period.last, place)
