"""The big numbers at the top of the results, beside those of earlier periods."""

from dataclasses import dataclass

from reports.indicators import HEADLINE, Indicator, compute
from reports.periods import Period
from reports.targets import Plan


@dataclass(frozen=True)
class Earlier:
    """A number of an earlier period, to compare with."""

    period: Period
    value: object


@dataclass(frozen=True)
class Headline:
    """One of the big numbers, and the same number of earlier periods."""

    indicator: Indicator
    value: object
    earlier: list[Earlier]
    plan: Plan | None = None


def headline(scope, plans):
    """One for each number of the headline; ``plans`` by the key of the indicator.

    The same season a year before tells more than the quarter before (R056): school
    years and heating come and go. It is left out where nothing was logged then.
    """
    period = scope.period
    now = compute(scope, HEADLINE)
    earlier = [(period.before, compute(scope.over(period.before), HEADLINE))]
    if period.a_year_before != period.before:
        then = compute(scope.over(period.a_year_before), HEADLINE)
        earlier += [(period.a_year_before, then)] if any(then.values()) else []
    return [
        Headline(
            i,
            now[i.key],
            [Earlier(then, values[i.key]) for then, values in earlier],
            plans.get(i.key),
        )
        for i in HEADLINE
    ]
