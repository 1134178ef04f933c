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
    earlier = [
        (then, compute(scope.over(then), HEADLINE))
        for then in dict.fromkeys((period.before, period.a_year_before))
    ]
    earlier = [found for found in earlier if any(found[1].values()) or not earlier[1:]]
    return [
        Headline(
            i,
            now[i.key],
            [Earlier(then, values[i.key]) for then, values in earlier],
            plans.get(i.key),
        )
        for i in HEADLINE
    ]
