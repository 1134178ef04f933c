"""A document is of one moment: its sums, its rows and what is read while it is drawn."""

from datetime import UTC, date, datetime

import pytest

from reports.models import ToldPart
from reports.services.telling import tell_due
from tests.factories import (
    CategoryFactory,
    EventFactory,
    FamilyFactory,
    HeadcountFactory,
    RecommendationFactory,
    UserFactory,
    VisitFactory,
)
from tests.parallel import in_parallel

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

AS_IN_USE = """
import io

from django.db import connection, transaction
from openpyxl import load_workbook

from mediators.models import User
from municipalities.models import Municipality
from privacy.moment import beside
from reports.periods import Period
from reports.services import documents
from reports.services.documents import take_out


def as_in_use():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # As init sets it
            cursor.execute("PRAGMA journal_mode=WAL")
"""

CHANGED = (
    AS_IN_USE
    + """
from events.models import Event, Headcount
from reports.documents import events
from reports.resources import EventResource

events.AT_ONCE = 2


def act(_number):
    as_in_use()
    rows = EventResource.rows

    def after_another_table(self, *how):
        # The sums were written before, the people are read after
        with transaction.atomic(using=other):
            Headcount.objects.using(other).update(count=90)
            Event.objects.using(other).update(title="Mainīts")
        return rows(self, *how)

    EventResource.rows = after_another_table
    with beside() as other:
        file = take_out(
            lambda: events.register(Period.parse("2025")), "xlsx", by=User.objects.first()
        )
    book = load_workbook(io.BytesIO(file.content))
    return {
        sheet.title: [
            [str(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)
        ]
        for sheet in book
    } | {"afterwards": Headcount.objects.filter(count=90).count()}
"""
)

STRETCH = (
    AS_IN_USE
    + """
from reports.documents.municipality import summary
from reports.models import ToldPart


def act(_number):
    as_in_use()
    place = Municipality.objects.get(slug="upesciems")
    seen = []

    def of_a_stretch():
        first, last = (Period.parse(code) for code in ("2026-02", "2026-05"))
        seen.append("counted")
        return summary(place, Period.between(first.first, last.last))

    def drawn(document, file_type, by):
        # Nothing is locked meanwhile: somebody else writes
        with transaction.atomic(using=other):
            User.objects.using(other).update(last_name="Cita")
        seen.append("drawn")
        return document.indicators[0].now.cell

    documents._draw = drawn
    with beside() as other:
        first = take_out(of_a_stretch, "xlsx", by=User.objects.first()).content
        again = take_out(of_a_stretch, "xlsx", by=User.objects.first()).content
    told = ToldPart.objects.get(code="2026-02/2026-05").cells["families"]
    return seen, first, again, [cell[0] for cell in told.values()]
"""
)

WAITING = (
    AS_IN_USE
    + """
from families.models import LookedThrough
from families.services import everybody
from reports.recommended import recommended

everybody.LARGE = 1


def act(_number):
    as_in_use()
    period = Period.parse("2026-11")
    told = []

    class Words:
        kind, size, municipality, audited, file_stem = "words", 1, None, {}, "words"

        def __init__(self):
            self.period = period
            told[:] = [row.text for heading in recommended(period) for row in heading.rows]

    documents._draw = lambda document, file_type, by: b""
    take_out(Words, "xlsx", by=User.objects.first())
    return told, LookedThrough.objects.waiting().count()
"""
)


def test_an_event_that_changes_between_two_tables_is_the_same_in_both(
    municipality, tmp_path
):
    UserFactory()
    category = CategoryFactory()
    for day in (1, 2, 3, 4):
        event = EventFactory(
            title="Talka", municipality=municipality, held_on=date(2025, 9, day)
        )
        HeadcountFactory(event=event, category=category, count=20)

    [found] = in_parallel(CHANGED, [1], tmp_path)

    assert found.pop("afterwards") == 4
    told = [cell for rows in found.values() for row in rows for cell in row]
    assert "Talka" in told
    assert {"Mainīts", "90", "360"}.isdisjoint(told)
    assert told.count("20") >= 4


def test_what_is_told_once_is_written_down_before_the_moment_that_is_read(
    municipality, mediator, tmp_path
):
    for month in (1, 2, 3, 4, 5, 6):
        VisitFactory(
            mediator=mediator,
            municipality=municipality,
            visited_on=date(2026, month, 3),
            families_named=[FamilyFactory(municipality=municipality) for _ in range(9)],
        )
    tell_due()
    assert not ToldPart.objects.filter(code="2026-02/2026-05").exists()

    [[seen, first, again, told]] = in_parallel(STRETCH, [1], tmp_path)

    assert seen == [*("counted", "counted", "counted", "drawn"), *("counted", "drawn")]
    assert first == again
    assert told == [36]


def test_words_nobody_has_looked_through_are_asked_for_before_the_moment_that_is_read(
    municipality, mediator, tmp_path
):
    FamilyFactory(municipality=municipality, mediator=mediator)
    RecommendationFactory(
        text="Palīdzēt visiem.",
        source="Tilts",
        made_at=datetime(2026, 11, 3, tzinfo=UTC),
    )

    [[told, waiting]] = in_parallel(WAITING, [1], tmp_path)

    assert told == ["[vēl pārbauda, vai nav vārdu]"]
    assert waiting == 2
