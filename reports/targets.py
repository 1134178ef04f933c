"""Plan beside done: how far the targets of a year are reached (R206)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from interface import charts
from interface.latvian import number, percent
from municipalities.models import Municipality
from reports import findings
from reports.counting import ABOUT_FAMILIES
from reports.indicators import INDICATORS, Indicator, Scope, compute
from reports.models import Target
from reports.small_numbers import Shown

PLANNABLE = tuple(indicator for indicator in INDICATORS if indicator.source.day)
"""A year adds up to something; what stands open on one day has no target."""


@dataclass(frozen=True)
class Plan:
    """The target of one indicator, and what was done of it from January on.

    ``expected`` is the target's share of the days of the year that are over.
    """

    indicator: Indicator
    year: int
    target: int
    done: Decimal | int
    expected: Decimal

    @property
    def share(self):
        return percent(self.done, self.target)

    @property
    def is_on_course(self):
        return self.done >= self.expected

    @property
    def told(self):
        """What was done, as it may leave the team."""
        return Shown(self.done, is_safe=self.indicator.unit not in ABOUT_FAMILIES)

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

    def table(self):
        yield [
            _("Indicator"),
            pgettext("target of a year", "Year"),
            _("Target"),
            pgettext("target", "Done"),
            pgettext("target", "Share"),
            _("Expected by now"),
        ]
        for plan in self.rows:
            share = plan.share if plan.told.is_open else ""
            done = plan.told.cell
            yield [
                *(plan.indicator.label, plan.year, plan.target, done, share),
                plan.expected,
            ]


def plans(period, place=None):
    """The plans of the year in which the period ends, as they stood at its end.

    ``place`` is a municipality, or None for the whole project.
    """
    year, today = period.last.year, timezone.localdate()
    targets = {
        target.indicator: target.value
        for target in Target.objects.of(place).declared().filter(year=year)
    }
    chosen = [indicator for indicator in PLANNABLE if indicator.key in targets]
    if not chosen:
        return []
    until = min(period.last, today)
    done = compute(Scope(date(year, 1, 1), until, _places(place)), chosen)
    return [
        Plan(
            i, year, targets[i.key], done[i.key], _expected(targets[i.key], until, year)
        )
        for i in chosen
    ]


def _places(place):
    return Municipality.objects.filter(pk=place.pk) if place else None


def _expected(target, until, year):
    """The target's share of the days of ``year`` up to ``until``; nothing before it."""
    days = (until - date(year, 1, 1)).days + 1
    length = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    return Decimal(round(target * max(days, 0) / length))
