"""To whom a promise belongs: to the family, as long as one works with it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cases.models import NextStep
from tests.factories import FamilyAssignmentFactory, FamilyFactory, NextStepFactory


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(municipality=municipality, mediator=mediator)


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
