"""Which entries a scope holds, told apart from others that are almost the same."""

from datetime import date

import pytest

from cases.models import Referral, Visit
from tests.factories import (
    CaseFactory,
    FamilyFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    ReferralFactory,
    VisitFactory,
)

pytestmark = pytest.mark.django_db


def test_an_own_family_opens_its_own_entries_and_no_others(
    mediator, colleague, municipality
):
    mine = FamilyFactory(municipality=municipality, mediator=mediator)
    hers = FamilyFactory(municipality=municipality, mediator=colleague)
    about_mine = VisitFactory(
        mediator=colleague, municipality=municipality, family=mine
    )
    VisitFactory(mediator=colleague, municipality=municipality, family=hers)

    assert list(Visit.objects.visible_to(mediator)) == [about_mine]


def test_a_restricted_family_takes_its_own_entries_out_of_use_and_no_others(
    mediator, municipality
):
    restricted = FamilyFactory(municipality=municipality, mediator=mediator)
    other = FamilyFactory(municipality=municipality, mediator=mediator)
    VisitFactory(mediator=mediator, municipality=municipality, family=restricted)
    stays = VisitFactory(mediator=mediator, municipality=municipality, family=other)
    type(restricted).objects.filter(pk=restricted.pk).update(
        restricted_on=date(2026, 10, 1)
    )

    assert list(Visit.objects.in_use()) == [stays]


def test_a_month_is_one_of_its_year_from_its_first_to_its_last_day(
    mediator, municipality
):
    first, last = date(2026, 10, 1), date(2026, 10, 31)
    for day in (date(2025, 10, 5), date(2026, 9, 30), first, last, date(2026, 11, 1)):
        VisitFactory(mediator=mediator, municipality=municipality, visited_on=day)

    for asked in (first, date(2026, 10, 12), last):
        found = Visit.objects.in_month(asked)
        assert [visit.visited_on for visit in found] == [last, first]


def test_whatever_a_page_shows_of_an_entry_comes_with_it(
    mediator, municipality, django_assert_num_queries
):
    family = FamilyFactory(municipality=municipality, mediator=mediator)
    institution = InstitutionFactory(municipality=municipality)
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        family=family,
        case=CaseFactory(family=family, mediator=mediator),
        institution=institution,
        contact=InstitutionContactFactory(institution=institution),
    )

    with django_assert_num_queries(3):
        [visit] = Visit.objects.with_answers()
        shown = [visit.municipality, visit.institution, visit.contact, visit.case]
        [named] = visit.visit_families.all()
        assert [*shown, named.family, *visit.visit_areas.all()]


def test_who_has_waited_longest_for_an_answer_comes_first():
    case = CaseFactory(opened_on=date(2026, 1, 1))
    days = [date(2026, 2, 3), date(2026, 2, 2), date(2026, 2, 2), date(2026, 10, 30)]
    sent = [ReferralFactory(case=case, sent_on=day) for day in days]

    waiting = Referral.objects.unanswered_after(today=date(2026, 11, 2))

    assert list(waiting) == [sent[1], sent[2], sent[0]]


def test_restricted_families_are_looked_up_by_the_entry_and_not_listed_first():
    assert " IN (SELECT" not in str(Visit.objects.in_use().query)
