"""To whom a promise belongs: to the family, as long as one works with it."""

from datetime import date, time, timedelta

import pytest
from django.utils import timezone

from cases.models import NextStep
from privacy.ids import uuid7
from tests.factories import (
    FamilyAssignmentFactory,
    FamilyFactory,
    MunicipalityFactory,
    NextStepFactory,
    StepMoveFactory,
)


@pytest.fixture
def promised(family, colleague):
    """What the colleague promised it; she has a family of her own too."""
    FamilyFactory(municipality=family.municipality, mediator=colleague)
    return NextStepFactory(
        mediator=colleague, municipality=family.municipality, family=family
    )


def assign(family, mediator, kind, *, is_over=False):
    yesterday = timezone.localdate() - timedelta(days=1)
    FamilyAssignmentFactory(
        family=family,
        mediator=mediator,
        kind=kind,
        ends_on=yesterday if is_over else None,
    )


def sees(user):
    return NextStep.objects.visible_to(user).exists()


@pytest.mark.parametrize(
    ("kind", "is_seen"), [("own", True), ("substitution", True), ("shared", False)]
)
def test_a_step_passes_on_from_who_held_the_family_but_not_from_who_shared_it(
    promised, family, mediator, colleague, kind, is_seen
):
    assign(family, colleague, kind, is_over=True)

    assert sees(mediator) is is_seen


def test_who_shares_a_family_does_not_see_what_its_holder_promised(
    family, mediator, colleague
):
    NextStepFactory(mediator=mediator, municipality=family.municipality, family=family)
    assign(family, colleague, "shared")

    assert sees(mediator)
    assert not sees(colleague)


def test_who_holds_the_family_no_longer_sees_nothing_of_it(
    promised, family, mediator, colleague
):
    assign(family, colleague, "substitution")
    family.assignments.filter(mediator=mediator).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    assign(family, mediator, "shared")

    assert not sees(mediator)
    assert sees(colleague)


def test_what_was_promised_where_one_works_no_longer_is_not_seen(mediator):
    NextStepFactory(mediator=mediator, municipality=MunicipalityFactory())

    assert not sees(mediator)


# When


def step_on(*day, at=None, **more):
    return NextStepFactory(due_on=date(*day), due_at=at, **more)


def test_days_are_in_order_and_within_a_day_what_has_an_hour_comes_first(db):
    earlier, later = uuid7(), uuid7()
    without_hour = step_on(2026, 11, 13)
    afternoon = step_on(2026, 11, 13, at=time(15))
    morning = step_on(2026, 11, 13, at=time(9))
    second = step_on(2026, 11, 12, pk=later)
    first = step_on(2026, 11, 12, pk=earlier)

    assert list(NextStep.objects.by_time()) == [
        *(first, second, morning, afternoon, without_hour)
    ]


def test_a_list_of_steps_takes_one_query(case, teacher, django_assert_num_queries):
    NextStepFactory(
        family=case.family, case=case, institution=teacher.institution, contact=teacher
    )

    with django_assert_num_queries(1):
        [step] = NextStep.objects.with_subject()
        assert (step.subject, step.case) == ("Kārkliņu ģimene", case)
        assert (step.institution, step.contact) == (teacher.institution, teacher)


def test_a_month_is_one_of_one_year(db):
    here = step_on(2026, 11, 30)
    step_on(2025, 11, 30)
    step_on(2026, 12, 1)

    assert list(NextStep.objects.due_in_month(date(2026, 11, 12))) == [here]


@pytest.mark.parametrize(
    ("planned", "now", "counts"),
    [
        ((2026, 11, 1), (2026, 12, 1), True),
        ((2026, 11, 30), (2027, 1, 1), True),
        ((2026, 11, 12), (2026, 11, 30), True),
        ((2026, 12, 1), (2026, 11, 30), True),
        ((2026, 11, 12), (2026, 10, 31), False),
        ((2026, 10, 31), (2026, 12, 1), False),
        ((2026, 12, 1), (2026, 12, 2), False),
    ],
)
def test_what_was_planned_for_a_month_is_due_in_it_or_was_put_off_to_a_later_one(
    db, planned, now, counts
):
    step = step_on(*now)
    StepMoveFactory(step=step, from_on=date(*planned))
    step_on(2026, 12, 1)

    found = NextStep.objects.planned_for_month(date(2026, 11, 12))

    assert list(found) == [step] * counts


def test_what_is_done_or_dropped_has_ended(db):
    step_on(2026, 11, 12)
    done = step_on(2026, 11, 12, status="done")
    dropped = step_on(2026, 11, 12, status="dropped", drop_reason="other")

    assert set(NextStep.objects.ended()) == {done, dropped}
    assert NextStep.objects.open().count() == 1
