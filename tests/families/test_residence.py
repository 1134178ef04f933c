"""Who left for another country and who came back, by what was true before."""

from datetime import date

import pytest

from families.models import Residence
from families.models.residence import LEFT_ABROAD
from privacy.ids import uuid7
from tests.factories import FamilyFactory, ResidenceFactory

PERIOD = date(2026, 10, 1), date(2026, 10, 31)


def departures():
    rows = Residence.objects.with_previous()
    return rows.filter(LEFT_ABROAD, since_on__range=PERIOD)


@pytest.mark.parametrize(
    ("changes", "leaves"),
    [
        ([(5, "abroad")], 1),
        ([(1, "lives_here"), (5, "abroad"), (7, "wants_to_return")], 1),
        ([(5, "lives_here"), (5, "abroad")], 1),
        ([(5, "abroad"), (5, "wants_to_return")], 1),
        # Written down late: what was true before is told by the days
        ([(20, "abroad"), (10, "lives_here"), (5, "abroad")], 2),
        ([(20, "wants_to_return"), (10, "abroad"), (5, "lives_here")], 1),
    ],
)
def test_somebody_leaves_who_was_here_before(db, changes, leaves):
    family, neighbours = FamilyFactory(), FamilyFactory()
    ResidenceFactory(family=neighbours, status="lives_here", since_on=PERIOD[0])
    for number, status in changes:
        ResidenceFactory(family=family, status=status, since_on=date(2026, 10, number))
    ResidenceFactory(family=neighbours, status="moved", since_on=date(2026, 10, 6))

    assert departures().count() == leaves


def test_who_wants_to_return_has_left_already_whatever_neighbours_did(db):
    family, neighbours = FamilyFactory(), FamilyFactory()
    ResidenceFactory(family=family, status="abroad", since_on=date(2026, 9, 1))
    ResidenceFactory(family=neighbours, since_on=date(2026, 10, 2))
    ResidenceFactory(
        family=family, status="wants_to_return", since_on=date(2026, 10, 3)
    )

    assert not departures().exists()


def test_of_one_day_the_last_answer_is_what_was_true_before(db):
    family = FamilyFactory()
    first, second, third = (uuid7() for _ in range(3))
    for pk, status in [
        (second, "abroad"),
        (first, "lives_here"),
        (third, "wants_to_return"),
    ]:
        ResidenceFactory(pk=pk, family=family, status=status, since_on=PERIOD[0])

    assert [row.pk for row in departures()] == [second]
