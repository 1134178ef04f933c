"""Every indicator equals an independent recount in plain SQL."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection

from cases.models import Area, CaseStatus, Kind, NextStep, Outcome
from municipalities.models import Municipality
from reports.indicators import (
    HEADLINE,
    INDICATORS,
    Scope,
    compute,
    compute_by_place,
    compute_by_place_and_month,
)
from tests.factories import (
    CaseFactory,
    FamilyFactory,
    InstitutionContactFactory,
    MunicipalityFactory,
    NextStepFactory,
    UserFactory,
    VisitFactory,
)

VISITS = """
    SELECT {what} FROM cases_visit v
    JOIN mediators_user u ON u.id = v.mediator_id
    JOIN municipalities_municipality m ON m.id = v.municipality_id
    {join}
    WHERE u.email = %(email)s AND m.prefix = %(prefix)s
      AND v.visited_on BETWEEN %(first)s AND %(last)s {where}
"""
CASES = """
    SELECT COUNT(*) FROM cases_case c
    JOIN mediators_user u ON u.id = c.mediator_id
    JOIN municipalities_municipality m ON m.id = c.municipality_id
    WHERE u.email = %(email)s AND m.prefix = %(prefix)s AND {where}
"""
STEPS = """
    SELECT COUNT(*) FROM cases_nextstep s
    JOIN mediators_user u ON u.id = s.mediator_id
    JOIN municipalities_municipality m ON m.id = s.municipality_id
    WHERE u.email = %(email)s AND m.prefix = %(prefix)s
      AND s.institution_id IS NOT NULL
      AND s.due_on BETWEEN %(first)s AND %(last)s {where}
"""


def of_visits(what="COUNT(*)", where="", join=""):
    return VISITS.format(what=what, where=where, join=join)


RECOUNT = {
    "families": of_visits(
        "COUNT(DISTINCT vf.family_id)",
        join="JOIN cases_visitfamily vf ON vf.visit_id = v.id",
    ),
    "entries": of_visits(),
    "hours": of_visits("COALESCE(SUM(v.minutes), 0)"),
    "new_cases": CASES.format(where="c.opened_on BETWEEN %(first)s AND %(last)s"),
    "solved_cases": CASES.format(
        where="c.closed_on BETWEEN %(first)s AND %(last)s AND c.outcome = 'solved'"
    ),
    "open_cases": CASES.format(
        where="c.opened_on <= %(last)s "
        "AND (c.closed_on IS NULL OR c.closed_on > %(last)s)"
    ),
    "home_visits": of_visits(where="AND v.kind = 'home_visit'"),
    "institution_contacts": of_visits(where="AND v.institution_id IS NOT NULL"),
    "institutions": of_visits("COUNT(DISTINCT v.institution_id)"),
    "officials": of_visits("COUNT(DISTINCT v.contact_id)"),
    "accompaniments": of_visits(where="AND v.kind = 'accompaniment'"),
    "planned_meetings": STEPS.format(where=""),
    "held_meetings": STEPS.format(where="AND s.status = 'done'"),
}


@pytest.fixture
def log(db):
    """Two mediators, two municipalities, ninety entries, twenty cases and sixty steps by chance."""
    chance = random.Random(20261001)
    places = [MunicipalityFactory(), MunicipalityFactory()]
    mediators = [UserFactory(), UserFactory()]
    families = [
        FamilyFactory(municipality=place) for place in places for _number in range(4)
    ]
    contacts = [InstitutionContactFactory() for _number in range(4)]
    for _number in range(90):
        contact = chance.choice([None, *contacts])
        VisitFactory(
            mediator=chance.choice(mediators),
            municipality=chance.choice(places),
            visited_on=date(2026, 8, 25) + timedelta(days=chance.randrange(80)),
            kind=chance.choice(Kind.values),
            minutes=chance.randrange(1, 200),
            institution=contact and contact.institution,
            contact=chance.choice([None, contact]),
            families_named=chance.sample(families, chance.randrange(3)),
            areas=chance.sample(Area.values, chance.randrange(1, 4)),
        )
    for _number in range(20):
        opened_on = date(2026, 8, 25) + timedelta(days=chance.randrange(60))
        closed_on = opened_on + timedelta(days=chance.randrange(30))
        is_closed = chance.random() < 0.6
        CaseFactory(
            family=chance.choice(families),
            mediator=chance.choice(mediators),
            opened_on=opened_on,
            status=CaseStatus.CLOSED if is_closed else CaseStatus.ACTIVE,
            closed_on=closed_on if is_closed else None,
            outcome=chance.choice(Outcome.values) if is_closed else "",
        )
    for _number in range(60):
        status = chance.choice(NextStep.Status.values)
        contact = chance.choice([None, *contacts])
        NextStepFactory(
            mediator=chance.choice(mediators),
            municipality=chance.choice(places),
            institution=contact and contact.institution,
            due_on=date(2026, 8, 25) + timedelta(days=chance.randrange(80)),
            status=status,
            drop_reason="other" if status == NextStep.Status.DROPPED else "",
        )
    return places, mediators


def recount(mediator, place, first, last):
    """The same numbers by hand-written SQL that knows nothing of the declarations."""
    about = {
        "email": mediator.email,
        "prefix": place.prefix,
        "first": first,
        "last": last,
    }
    counts = {}
    with connection.cursor() as cursor:
        for key, sql in RECOUNT.items():
            cursor.execute(sql, about)
            counts[key] = cursor.fetchone()[0]
    hours = Decimal(counts["hours"]) / 60
    return counts | {"hours": hours.quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")}


def test_every_indicator_is_recounted_here():
    assert set(RECOUNT) == {indicator.key for indicator in INDICATORS}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 9, 1), date(2026, 9, 30)),
        (date(2026, 10, 1), date(2026, 10, 31)),
        (date(2026, 8, 1), date(2026, 12, 31)),
        (date(2026, 10, 5), date(2026, 10, 5)),
        (date(2030, 1, 1), date(2030, 1, 31)),
    ],
)
def test_indicators_equal_a_recount_in_sql(log, first, last):
    places, mediators = log
    for place in places:
        for mediator in mediators:
            scope = Scope(
                first, last, Municipality.objects.filter(pk=place.pk), mediator
            )

            assert compute(scope) == recount(mediator, place, first, last)


def test_by_place_says_the_same_as_place_by_place(log):
    places, _mediators = log
    first, last = date(2026, 9, 1), date(2026, 10, 31)

    table = compute_by_place(Scope(first, last))

    for place in places:
        alone = Scope(first, last, Municipality.objects.filter(pk=place.pk))
        assert table[place.pk] == compute(alone)


def test_by_place_and_month_says_the_same_as_month_by_month(log):
    places, _mediators = log
    months = {9: date(2026, 9, 30), 10: date(2026, 10, 31)}

    table = compute_by_place_and_month(
        Scope(date(2026, 9, 1), date(2026, 10, 31)), HEADLINE
    )

    for place in places:
        for number, last in months.items():
            first = date(2026, number, 1)
            alone = Scope(first, last, Municipality.objects.filter(pk=place.pk))
            assert table[place.pk, first] == compute(alone, HEADLINE)


def test_headline_numbers_are_declared_ones():
    assert [indicator.key for indicator in HEADLINE] == [
        "families",
        "entries",
        "hours",
        "solved_cases",
    ]
    assert len({indicator.code for indicator in INDICATORS}) == len(INDICATORS)
