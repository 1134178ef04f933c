"""Many reports, eight people each, all at the same moment: one of them wins."""

from datetime import date

import pytest

from mediators.models import Role
from reports.figures import month_figures
from reports.models import Comment, MonthlyReport
from reports.workflow import Status
from tests.factories import UserFactory
from tests.parallel import in_parallel

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PEOPLE = 8
DECIDE = """
from django.db import IntegrityError

from mediators.models import User
from reports.models import MonthlyReport
from reports.services import review
from reports.workflow import RULES, Action, ActionNotAllowed, Status, anybody

barrier = multiprocessing.get_context("fork").Barrier(8)
{before}
DEEDS = ({approve}, {give_back}, {withdraw})


def act(n):
    coordinator = User.objects.get(email=f"parallel{{n}}@tilts.example")
    won, told, failed = [], [], []
    reports = MonthlyReport.objects.select_related("municipality", "mediator")
    for number, report in enumerate(reports.order_by("pk")):
        which = (n + number) % 3
        deed, by = DEEDS[which], report.mediator if which == 2 else coordinator
        barrier.wait(timeout=60)
        try:
            deed(report, by=by)
        except ActionNotAllowed as reason:
            told.append(str(reason))
        except IntegrityError as reason:
            failed.append(str(reason))
        else:
            won.append(str(report.pk))
    return {{"won": won, "told": told, "failed": failed}}
"""
WHOLE = {
    "approve": "review.approve",
    "give_back": "review.return_for_correction",
    "withdraw": "review.withdraw",
}
STEP = {
    name: f"lambda report, by: report.perform(Action.{action}, by=by)"
    for name, action in zip(WHOLE, ("APPROVE", "RETURN", "WITHDRAW"), strict=True)
}
NO_GUARD = """
for action, rule in RULES.items():
    RULES[action] = rule._replace(sources=tuple(Status), when=anybody)
"""


@pytest.fixture
def reports(municipality, mediator):
    """Makes so many submitted reports, each with an open question."""

    def make(count):
        for n in range(PEOPLE):
            UserFactory(
                role=Role.COORDINATOR,
                municipality=municipality,
                email=f"parallel{n}@tilts.example",
                first_name="Vija",
                last_name=f"Paraudziņa{n}",
            )
        empty = month_figures(mediator, municipality, date(2026, 10, 1)).as_json()
        made = MonthlyReport.objects.bulk_create(
            MonthlyReport(
                municipality=municipality,
                mediator=mediator,
                month=date(1980 + n // 12, n % 12 + 1, 1),
                desk="upc",
                figures=empty,
                status=Status.SUBMITTED,
            )
            for n in range(count)
        )
        Comment.objects.bulk_create(
            Comment(report=report, section="figures", author=mediator, text="Cik?")
            for report in made
        )

    return make


def decide(tmp_path, deeds, before=""):
    body = DECIDE.format(before=before, **deeds)
    return in_parallel(body, list(range(PEOPLE)), tmp_path, timeout=500)


# All that a button does takes so long that fewer have to do
@pytest.mark.parametrize(("promised", "deeds"), [(500, STEP), (100, WHOLE)])
def test_of_eight_decisions_at_once_exactly_one_happens_and_the_others_are_told(
    reports, tmp_path, so_many, promised, deeds
):
    count = so_many(promised)
    reports(count)

    results = decide(tmp_path, deeds)

    won = [pk for result in results for pk in result["won"]]
    told = [words for result in results for words in result["told"]]
    assert len(won) == len(set(won)) == count
    assert len(told) == count * (PEOPLE - 1)
    assert all(told)
    assert [result["failed"] for result in results] == [[]] * PEOPLE


def test_without_the_guard_several_decisions_happen(reports, tmp_path):
    reports(10)

    results = decide(tmp_path, STEP, before=NO_GUARD)

    assert sum(len(result["won"]) for result in results) > 10
