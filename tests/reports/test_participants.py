"""Which participants of a programme are told of a period."""

from datetime import date

import pytest

from cases.models import Participant
from mediators.models import Role
from municipalities.models import Vocabulary
from reports.documents.participants import participants
from reports.periods import Period
from tests.factories import (
    InvolvementFactory,
    ParticipantFactory,
    TermFactory,
    UserFactory,
)
from tests.fetched import fetched

pytestmark = pytest.mark.django_db

YEAR = Period.parse("2025")


def test_who_began_in_another_year_is_not_read():
    programme = TermFactory(vocabulary=Vocabulary.PROGRAMME, code="PROTI_DARI2")
    ways = {
        "before": [("applied", date(2024, 5, 1)), ("accepted", date(2024, 12, 31))],
        "accepted": [("applied", date(2024, 12, 1)), ("accepted", date(2025, 1, 1))],
        "began": [("accepted", date(2024, 12, 1)), ("started", date(2025, 12, 31))],
        "after": [("accepted", date(2025, 6, 1)), ("started", date(2026, 1, 1))],
        "refused": [("applied", date(2025, 6, 1)), ("refused", date(2025, 7, 1))],
    }
    numbers = {
        name: ParticipantFactory(
            involvement=InvolvementFactory(programme=programme, steps=steps)
        ).number
        for name, steps in ways.items()
    }
    staff = UserFactory(role=Role.PROJECT_STAFF)

    with fetched(Participant) as read:
        told = participants(programme, YEAR, user=staff)

    assert {row.number for row in told.rows} == {numbers["accepted"], numbers["began"]}
    assert len(read) == 2
    assert all(YEAR.first <= row.entered_on <= YEAR.last for row in told.rows)
