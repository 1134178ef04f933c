"""Work on what grows for ten years holds a part of it at a time, and finds the same."""

from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cases.models import CalendarFeed
from data_protection.services import breaches, erasure, restoring
from privacy import audit
from tests.factories import (
    BreachFactory,
    CalendarFeedFactory,
    EventFactory,
    FamilyFactory,
    VisitFactory,
)
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


@pytest.fixture
def ended_links(db):
    """Twenty-five, each at a moment of its own."""
    now = timezone.now()
    return [
        CalendarFeedFactory(revoked_at=now - timedelta(hours=hours, microseconds=1))
        for hours in range(25)
    ]


def test_what_ended_is_remembered_over_a_restore_some_rows_at_a_time(
    ended_links, monkeypatch
):
    monkeypatch.setattr(restoring, "A_STATEMENT", 10)
    ended = {link.pk: link.revoked_at for link in ended_links}
    file = StringIO()

    with held_rows(monkeypatch) as held:
        restoring.known_here(file)
        # In the restored database one of them is still open
        CalendarFeed.objects.filter(pk=ended_links[7].pk).update(revoked_at=None)
        with CaptureQueriesContext(connection) as asked:
            restoring._end_again(file)

    assert dict(CalendarFeed.objects.values_list("pk", "revoked_at")) == ended
    assert held.most == 10, held.sql
    writes = [one["sql"] for one in asked if one["sql"].startswith("UPDATE")]
    assert len(writes) == 1, "What the database knows is not written again"


def test_an_erasure_holds_of_the_texts_of_its_mediator_what_has_to_change(
    mediator, municipality, monkeypatch
):
    family = FamilyFactory(
        mediator=mediator, municipality=municipality, label="Kārkliņu ģimene"
    )
    other = FamilyFactory(
        mediator=mediator, municipality=municipality, label="Ozolu ģimene"
    )
    for number in range(25):
        note = "Bija arī Kārkliņi." if number == 7 else "Ozoli gaida pabalstu."
        VisitFactory(
            mediator=mediator, municipality=municipality, family=other, note=note
        )
        EventFactory(municipality=municipality)

    with held_rows(monkeypatch) as held:
        plan = erasure.plan_family(family)

    assert len(plan.mentions) == 1
    assert held.most <= 2, held.sql
