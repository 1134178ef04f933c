"""What a register of events adds up: the numbers of the indicators, and no small one."""

import random
from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from events.models import Event
from municipalities.models import Municipality
from reports.documents.events import register
from reports.indicators import BY_KEY, compute
from reports.periods import Period
from reports.reach import scope_of
from reports.resources import (
    EventPeopleResource,
    EventResource,
    EventTotalResource,
)
from tests.factories import (
    CategoryFactory,
    EventFactory,
    HeadcountFactory,
    MunicipalityFactory,
)
from tests.fetched import fetched
from tests.reports.paper import text_of

pytestmark = pytest.mark.django_db

YEAR = Period.parse("2025")
PERIODS = [
    *(YEAR, Period.parse("2025-Q1"), Period.parse("2025-Q3")),
    Period.between(date(2025, 2, 1), date(2025, 5, 1)),
    *(Period.parse(f"2025-{month:02}") for month in range(1, 13)),
]


def came(event, *counts):
    for number, count in enumerate(counts):
        HeadcountFactory(
            event=event, category=CategoryFactory(code=f"C{number}"), count=count
        )
    return event


def by_chance():
    """Events and series of three municipalities and of the whole project."""
    chance = random.Random(7)
    places = [*MunicipalityFactory.create_batch(3), None]

    def counts():
        few = [0, 1, 3, 4, 6, 9, 14]
        return [n for n in chance.choices(few, k=chance.randint(1, 3)) if n]

    def day():
        return date(2025, chance.randint(1, 12), chance.randint(1, 28))

    for _number in range(30):
        event = EventFactory(municipality=chance.choice(places), held_on=day())
        came(event, *counts())
    for _number in range(8):
        place, days = chance.choice(places), sorted(day() for _number in range(3))
        series = EventFactory(is_series=True, municipality=place, held_on=days[0])
        if chance.random() < 0.7:
            came(series, *counts())
        for held_on in days[: chance.randint(1, 3)]:
            where = place or chance.choice(places)
            session = EventFactory(municipality=where, held_on=held_on, series=series)
            came(session, *counts())


def sessions_of(found):
    return [session for whole in found.wholes for session in whole.sessions]


def registers(**how):
    for place in [None, *Municipality.objects.all()]:
        places = place and Municipality.objects.filter(pk=place.pk)
        for period in PERIODS:
            yield places, period, register(period, places, place, **how)


def test_it_tells_the_participants_and_attendances_of_the_indicators():
    by_chance()
    people, attendances = BY_KEY["participants"], BY_KEY["attendances"]
    seen = 0

    for places, period, found in registers(tells_all=True):
        values = compute(scope_of(period, places), [people, attendances])
        told = found.people.total.value, found.attendances.total.value
        assert told == (values["participants"], values["attendances"]), period
        seen += bool(values["participants"])

    assert seen > 20


@pytest.mark.parametrize("tells_all", [True, False])
def test_in_batches_it_is_the_same_and_holds_a_batch_alone(monkeypatch, tells_all):
    by_chance()
    sheets = (EventTotalResource, EventResource, EventPeopleResource)

    def told():
        found = register(YEAR, tells_all=tells_all)
        sums = (found.people, found.attendances, found.centres, found.has_dashes)
        return found, sums, {sheet: list(sheet(found).rows()) for sheet in sheets}

    _found, sums, rows = told()
    monkeypatch.setattr("reports.documents.events.AT_ONCE", 4)

    with fetched(Event) as events:
        found = register(YEAR, tells_all=tells_all)
        whole = next(iter(found.wholes))

    assert len(events) <= 2 * 6
    assert whole.event.held_on == min(
        session.event.held_on for session in sessions_of(found)
    )
    assert told()[1:] == (sums, rows)
    assert min(map(len, rows.values())) > 20
    assert found.size == len(sessions_of(found)) == len(rows[EventResource])


def test_of_more_than_fit_on_paper_it_tells_the_sums_and_where_the_others_are(
    client, project_staff, monkeypatch
):
    client.force_login(project_staff)
    for day in (1, 2, 3):
        event = EventFactory(title=f"Talka {day}", held_on=date(2025, 9, day))
        came(event, 20)
    monkeypatch.setattr("reports.documents.events.ON_PAPER", 2)

    def asked(file_type):
        order = {"period": "2025", "format": file_type}
        return client.post("/dokumenti/pasakumi/", order).content

    text = text_of(asked("pdf"), "-raw")
    assert "Talka" not in text
    assert "Kopā 0 3 60 60" in text
    assert "Tik daudz pasākumu uz papīra neietilpst: katrs ir Excel failā" in text
    rows = load_workbook(BytesIO(asked("xlsx")))["Pasākumi"].values
    assert {f"Talka {day}" for day in (1, 2, 3)} <= {
        cell for row in rows for cell in row
    }


def test_a_sum_says_nothing_that_the_register_of_the_year_does_not():
    """So registers that are put together give no more away than that one."""
    by_chance()
    of_year = register(YEAR)
    each = {s.event.pk: s.counts.total for s in sessions_of(of_year)}
    people = {w.event.pk: w.people.total for w in of_year.wholes if w.people}
    left_out = 0

    for _places, _period, found in registers():
        for session in sessions_of(found):
            assert session.counts.total == each[session.event.pk]
        sessions = [each[session.event.pk] for session in sessions_of(found)]
        counted = [people[whole.event.pk] for whole in found.wholes if whole.people]
        for cells, told in (
            (sessions, found.attendances),
            (counted, found.people),
            *(
                ([each[s.event.pk] for s in whole.sessions], whole.attendances)
                for whole in found.wholes
            ),
        ):
            if told.total.is_open:
                assert told.total.value == sum(c.value for c in cells if c.is_open)
                assert told.left_out == sum(not c.is_open for c in cells)
            left_out += told.left_out

    assert left_out > 20


def test_a_register_says_how_many_small_ones_its_totals_leave_out(
    client, project_staff
):
    client.force_login(project_staff)
    came(EventFactory(title="Talka", held_on=date(2025, 9, 5)), 3)
    series = EventFactory(
        title="Nodarbības", is_series=True, held_on=date(2025, 9, 1), municipality=None
    )
    came(series, 25)
    for day, count in ((2, 4), (9, 12), (16, 20)):
        came(EventFactory(held_on=date(2025, 9, day), series=series), count)

    answer = client.post("/dokumenti/pasakumi/", {"period": "2025", "format": "pdf"})

    text = text_of(answer.content, "-raw")
    assert "Nodarbības, viss projekts 0 3 25 32* –" in text
    assert "Kopā 0 4 25* 32*" in text
    assert "* Dalībnieki kopā – bez 1 pasākuma, kura skaits nav norādīts." in text
    assert "* Apmeklējumi – bez 2 nodarbībām, kuru skaits nav norādīts." in text


def test_only_small_events_have_no_sum():
    for day in (1, 2):
        came(EventFactory(held_on=date(2025, 9, day)), 2)

    found = register(YEAR).attendances

    assert (str(found.total), found.left_out) == ("•", 0)


def test_a_series_is_told_with_its_first_day_though_its_sessions_follow():
    series = EventFactory(is_series=True, held_on=date(2025, 3, 1))
    came(series, 29)
    came(EventFactory(held_on=date(2025, 4, 2), series=series), 20)

    first, second = (register(Period.parse(f"2025-Q{number}")) for number in (1, 2))

    assert [str(found.people.total) for found in (first, second)] == ["29", "0"]
    assert [found.size for found in (first, second)] == [0, 1]
    assert second.wholes[0].people is None
    assert Event.objects.get(pk=series.pk).held_on == first.wholes[0].first
