"""Work on what grows for ten years holds a part of it at a time, and finds the same."""

import pytest

from data_protection.services import breaches
from privacy import audit
from tests.factories import BreachFactory, FamilyFactory, VisitFactory
from tests.held_rows import held_rows


@pytest.fixture
def family(mediator, municipality):
    return FamilyFactory(mediator=mediator, municipality=municipality)


def entries(family, mediator, number):
    facts = {"mediator": mediator, "municipality": family.municipality}
    return [VisitFactory(**facts, family=family) for _ in range(number)]


def test_families_affected_by_a_breach_are_counted_some_rows_at_a_time(
    family, mediator, monkeypatch
):
    monkeypatch.setattr(breaches, "A_STATEMENT", 10)
    seen = entries(family, mediator, 25)
    for row in [*seen, *seen, family]:
        audit.record(mediator, audit.Verb.READ, row)
    breach = BreachFactory(account=mediator)

    with held_rows(monkeypatch) as held:
        assert breaches.affected(breach) == [(family.code, 51)]

    assert held.most == 10, held.sql
