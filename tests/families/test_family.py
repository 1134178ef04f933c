"""Whom a family lets read, what it agreed to, and whose it is on which day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from families.models import Consent, Family, FamilyAssignment, FamilyNeed, SparedWord
from families.models.consent_text import ConsentText
from tests.factories import (
    ConsentFactory,
    ConsentTextFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    FamilyNeedFactory,
    HandOverFactory,
    MunicipalityFactory,
    SparedWordFactory,
)

TODAY = timezone.localdate()
KEEP, SHARE, STORY = (
    Consent.Purpose.KEEP,
    Consent.Purpose.SHARE,
    Consent.Purpose.STORY,
)


def day(number):
    return TODAY + timedelta(days=number)


@pytest.fixture
def family(municipality, mediator):
    return FamilyFactory(municipality=municipality, mediator=mediator)


# What it agreed to


@pytest.mark.parametrize(
    ("withdrawn", "in_force", "lets_read"),
    [
        ([], [], True),
        ([KEEP], [], False),
        ([SHARE], [], False),
        ([STORY], [], True),
        ([KEEP], [KEEP], True),
        ([KEEP], [SHARE], False),
        ([SHARE], [KEEP], False),
        ([KEEP, SHARE], [KEEP, SHARE], True),
    ],
)
def test_others_read_until_something_they_need_is_taken_back(
    family, withdrawn, in_force, lets_read
):
    ConsentFactory(withdrawn_on=TODAY)
    for purpose in withdrawn:
        ConsentFactory(family=family, purpose=purpose, withdrawn_on=TODAY)
    for purpose in in_force:
        ConsentFactory(family=family, purpose=purpose)

    readable = Family.objects.letting_others_read()

    assert readable.contains(family) is lets_read
    assert family.lets_others_read is lets_read


@pytest.mark.parametrize(
    ("withdrawn", "in_force", "has_withdrawn"),
    [
        ([], [], False),
        ([KEEP], [], True),
        ([SHARE, STORY], [], False),
        ([KEEP], [KEEP], False),
        ([KEEP], [SHARE], True),
    ],
)
def test_the_log_takes_what_is_new_until_a_family_takes_back_that_its_data_are_kept(
    family, withdrawn, in_force, has_withdrawn
):
    ConsentFactory(withdrawn_on=TODAY)
    for purpose in withdrawn:
        ConsentFactory(family=family, purpose=purpose, withdrawn_on=TODAY)
    for purpose in in_force:
        ConsentFactory(family=family, purpose=purpose)

    others = Family.objects.not_withdrawn()

    assert others.contains(family) is not has_withdrawn
    assert family.has_withdrawn is has_withdrawn


@pytest.mark.parametrize("column", ["restricted_on", "erased_on"])
def test_others_read_nothing_that_is_only_stored_or_erased(family, column):
    Family.objects.filter(pk=family.pk).update(**{column: TODAY})

    assert not Family.objects.letting_others_read().exists()


@pytest.mark.parametrize(
    ("changes", "is_in_force"),
    [
        ({}, True),
        ({"given_on": day(1)}, False),
        ({"withdrawn_on": day(0)}, False),
        ({"withdrawn_on": day(1)}, True),
        ({"valid_until": day(-1)}, False),
        ({"valid_until": day(0)}, True),
    ],
)
def test_an_agreement_holds_from_its_day_until_it_ends(family, changes, is_in_force):
    ConsentFactory(family=family, **changes)
    ConsentFactory(family=family, purpose=STORY)

    assert Consent.objects.in_force().filter(purpose=KEEP).exists() is is_in_force
    [found] = Family.objects.with_consent_state()
    assert found.has_consent is is_in_force


def test_read_aloud_is_the_version_that_began_last_and_of_one_day_the_last_one(db):
    ConsentTextFactory(valid_from=day(-1))
    newest = ConsentTextFactory(valid_from=day(0))
    ConsentTextFactory(valid_from=day(-2))
    ConsentTextFactory(valid_from=day(1))

    assert ConsentText.objects.in_force() == newest
    corrected = ConsentTextFactory(valid_from=day(0))
    assert ConsentText.objects.in_force() == corrected


# Whose it is


def test_the_officer_gets_codes_alone(
    family, data_protection_officer, django_assert_num_queries
):
    with django_assert_num_queries(2):  # her roles, the families
        [found] = Family.objects.overseen_by(data_protection_officer)
        assert found.code == family.code

    assert "label" in found.get_deferred_fields()


def test_an_assignment_is_asked_for_its_own_days(family):
    family.assignments.update(ends_on=day(-2))

    assert not FamilyAssignment.objects.current().exists()
    assert FamilyAssignment.objects.current(on=day(-2)).exists()


def test_families_are_own_in_one_municipality(family, mediator, municipality):
    FamilyFactory(municipality=MunicipalityFactory(), mediator=mediator)

    found = FamilyAssignment.objects.own_of(mediator, municipality)

    assert [row.family for row in found] == [family]


@pytest.mark.parametrize(
    ("purpose", "given_on", "of_another", "is_introduced"),
    [
        (KEEP, day(0), False, True),
        (KEEP, day(-1), False, False),
        (SHARE, day(0), False, False),
        (KEEP, day(0), True, False),
    ],
)
def test_a_family_that_was_taken_over_is_introduced_when_it_agrees_anew(
    family, municipality, purpose, given_on, of_another, is_introduced
):
    hand_over = HandOverFactory(municipality=municipality)
    taken_over = FamilyFactory(municipality=municipality)
    FamilyAssignmentFactory(
        family=taken_over,
        mediator=hand_over.successor,
        hand_over=hand_over,
        starts_on=day(0),
    )
    ConsentFactory(
        family=family if of_another else taken_over, purpose=purpose, given_on=given_on
    )

    waiting = FamilyAssignment.objects.not_introduced()

    assert waiting.exists() is not is_introduced


# What it needs, and what names it not


def test_a_need_is_the_last_answer_of_the_family_for_the_area(family):
    def answer(number, area="housing", of=family):
        return FamilyNeedFactory(family=of, area=area, noted_on=day(number))

    answer(-1)
    corrected = answer(-1)
    answer(-2)
    answer(1)
    school = answer(-5, area="education")
    neighbours = answer(0, of=FamilyFactory())

    assert set(FamilyNeed.objects.current()) == {corrected, school, neighbours}


def test_spared_words_are_known_by_their_marks(db):
    marks = {SparedWordFactory().mark for _ in range(2)}

    assert SparedWord.objects.marks() == marks
