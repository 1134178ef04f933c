"""Who stands first in the log form."""

from datetime import time, timedelta

import pytest
from django.utils import timezone
from time_machine import travel

from cases.forms.options import Options
from cases.services.recents import recent_contacts
from tests.factories import (
    FamilyFactory,
    InstitutionContactFactory,
    NextStepFactory,
    VisitFactory,
)

TODAY = timezone.datetime(2026, 11, 12).date()


@pytest.fixture(autouse=True)
def _twelfth_of_november():
    with travel("2026-11-12 12:00+02:00"):
        yield


@pytest.fixture
def make(municipality, mediator):
    def family(label):
        return FamilyFactory(municipality=municipality, mediator=mediator, label=label)

    return family


@pytest.fixture
def visited(municipality, mediator):
    def visit(family, days, **fields):
        return VisitFactory(
            municipality=municipality,
            mediator=mediator,
            family=family,
            visited_on=TODAY - timedelta(days=days),
            **fields,
        )

    return visit


@pytest.fixture
def promised(municipality, mediator):
    def step(family, days, **fields):
        return NextStepFactory(
            municipality=municipality,
            mediator=mediator,
            family=family,
            due_on=TODAY + timedelta(days=days),
            **fields,
        )

    return step


def ranked(mediator):
    choices, _hints = Options(mediator, TODAY).family_tiles()
    return [label for code, label in choices if code not in ("none", "other")]


def test_steps_come_before_recent_entries_and_those_before_frequent_ones(
    mediator, make, visited, promised
):
    frequent, recent, late, today = (
        make(label) for label in ("Biežā", "Vakarējā", "Kavētā", "Šodienas")
    )
    for days in (8, 9, 10):
        visited(frequent, days)
    visited(recent, 1)
    promised(today, 0)
    promised(late, -2)

    assert ranked(mediator) == ["Kavētā", "Šodienas", "Vakarējā"]


def test_the_most_frequent_family_of_the_month_fills_the_rest(mediator, make, visited):
    seldom, often = make("Retā"), make("Biežā")
    visited(seldom, 8)
    for days in (9, 10):
        visited(often, days)

    assert ranked(mediator) == ["Biežā", "Retā"]


def test_a_step_of_tomorrow_or_one_that_is_done_does_not_count(
    mediator, make, promised
):
    promised(make("Rītdienas"), 1)
    promised(make("Izdarītā"), 0, status="done")

    assert ranked(mediator) == []


def test_the_hour_decides_among_the_steps_of_today(mediator, make, promised):
    promised(make("Kādreiz"), 0)
    promised(make("Pēcpusdienā"), 0, due_at=time(14))
    promised(make("Rītā"), 0, due_at=time(9))

    assert ranked(mediator) == ["Rītā", "Pēcpusdienā", "Kādreiz"]


def test_there_are_never_more_than_three_and_none_twice(
    mediator, make, visited, promised
):
    families = [make(f"{n}. ģimene") for n in range(5)]
    for family in families:
        visited(family, 1)
        visited(family, 2)
        promised(family, 0)

    assert len(ranked(mediator)) == len(set(ranked(mediator))) == 3


def test_entries_of_colleagues_do_not_count(
    mediator, colleague, make, visited, municipality
):
    family = make("Kopīgā")
    VisitFactory(mediator=colleague, municipality=municipality, family=family)

    assert ranked(mediator) == []


def test_the_newcomer_sees_no_family_and_always_a_way_without_one(mediator):
    choices, _hints = Options(mediator, TODAY).family_tiles()

    assert [code for code, _label in choices] == ["none", "other"]


def test_the_search_offers_what_is_due_first_then_who_was_met_last(
    mediator, make, visited, promised
):
    for label in ("Zaru", "Ābolu", "Abavas"):
        make(label)
    visited(make("Senā"), 40)
    visited(make("Vakarējā"), 1)
    promised(make("Šodienas"), 0)
    promised(make("Rītdienas"), 1)

    choices, described = Options(mediator, TODAY).family_select()

    titles = [described[code]["title"] for code, _label in choices if code]
    assert titles == [
        *("Abavas", "Ābolu", "Rītdienas", "Senā", "Šodienas", "Vakarējā", "Zaru"),
    ]
    by_order = sorted(described.values(), key=lambda option: option["order"])
    assert [option["title"] for option in by_order] == [
        *("Šodienas", "Vakarējā", "Senā", "Abavas", "Ābolu", "Rītdienas", "Zaru"),
    ]


def test_the_search_offers_the_officials_met_last_first(
    mediator, make, visited, municipality
):
    people = [
        InstitutionContactFactory(institution__municipality=municipality, name=name)
        for name in ("Anna", "Berta", "Cilda")
    ]
    visited(make("Ģimene"), 1, contact=people[2])

    _choices, described = Options(mediator, TODAY).contact_select()

    by_order = sorted(described.values(), key=lambda option: option["order"])
    assert [option["title"] for option in by_order] == ["Cilda", "Anna", "Berta"]


def test_officials_met_last_come_first_with_what_they_were_met_about(
    mediator, make, visited, municipality, case
):
    first, second = (
        InstitutionContactFactory(institution__municipality=municipality)
        for _n in range(2)
    )
    visited(make("Ģimene"), 1, contact=second, areas=["health"])
    visited(case.family, 5, contact=first, case=case)
    visited(case.family, 6, contact=second)

    found = recent_contacts(mediator, [first, second])

    assert [contact for contact, _cases, _areas in found] == [second, first]
    assert found[0][2] == {"health", "education"}
    assert found[1][1] == {case.pk}
