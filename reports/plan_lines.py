"""Lines of the plans for next month, each of which may become a step of the agenda."""

from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from django.utils.crypto import salted_hmac

from cases.models import NextStep
from municipalities.working_days import last_day, next_month
from reports.evidence import planned_ahead
from reports.sections import PLANS_KEY
from reports.wording import planned_line


class PlanLine(NamedTuple):
    """One line, where it stands, and the step that was made of it."""

    number: int
    words: str
    step: NextStep | None


def plan_lines(report):
    """The lines as they are stored. A line with other words is another line."""
    section = report.sections.get(key=PLANS_KEY)
    ids = {words: step_id(section, words) for words in section.lines}
    made = NextStep.objects.filter(mediator=report.mediator).in_bulk(ids.values())
    # What was taken over into the text from the plan stands there already
    ahead = {planned_line(step): step for step in planned_ahead(report)}
    return [
        PlanLine(number, words, made.get(ids[words]) or ahead.get(words))
        for number, words in enumerate(section.lines, start=1)
    ]


def month_after(report):
    """The first day of the month for which a report plans."""
    return next_month(report.month)


def are_over(report):
    """Plans of a month that has passed are not offered for the agenda any more."""
    return last_day(month_after(report)) < timezone.localdate()


def step_id(section, words):
    """The id of the step that is made of a line: always the same, so that it is made once."""
    seed = f"{section.pk}\n{words}"
    mac = salted_hmac("reports.plan_lines", seed, algorithm="sha256")
    return UUID(bytes=mac.digest()[:16], version=4)
