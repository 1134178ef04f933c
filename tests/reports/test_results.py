"""The results page: its numbers against a recount, its filters, its sentences."""

from datetime import date
from decimal import Decimal

import pytest

from reports.indicators import Scope, compute, compute_by_mediator
from tests.factories import VisitFactory

pytestmark = pytest.mark.django_db

OCTOBER = Scope(date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize(
    ("minutes", "hours"),
    [(15, "0.3"), (45, "0.8"), (75, "1.3"), (80, "1.3"), (3, "0.1")],
)
def test_half_of_a_tenth_of_an_hour_is_rounded_up_as_people_do(minutes, hours):
    VisitFactory(visited_on=date(2026, 10, 5), minutes=minutes)

    assert compute(OCTOBER)["hours"] == Decimal(hours)


def test_indicators_of_each_mediator_are_counted_apart(
    municipality, mediator, colleague
):
    for person, minutes in [(mediator, 30), (mediator, 60), (colleague, 45)]:
        VisitFactory(
            mediator=person,
            municipality=municipality,
            visited_on=date(2026, 10, 5),
            minutes=minutes,
        )

    table = compute_by_mediator(OCTOBER)

    assert {key: (cell["entries"], cell["hours"]) for key, cell in table.items()} == {
        (municipality.pk, mediator.pk): (2, Decimal("1.5")),
        (municipality.pk, colleague.pk): (1, Decimal("0.8")),
    }
