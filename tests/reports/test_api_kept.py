"""Answers about a large log are counted by the worker, told with their moment, never otherwise."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from reports.models import KeptResults
from reports.services import kept_answers as kept
from reports.services import recounting
from reports.services.telling import night, tell_due
from tests.factories import TargetFactory, VisitFactory
from tests.reports.by_chance import log_by_chance

pytestmark = pytest.mark.django_db

MORNING = datetime(2027, 1, 15, 8, 15, tzinfo=UTC)
AS_OF = "2027-01-15T10:15:00+02:00"
QUERIES = [("results", {"period": "2026-Q3"}), ("targets", {"year": "2026"})]
SECRET = "t" * 43


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MORNING, tick=False)
    return time_machine


@pytest.fixture
def places(db):
    """Those of a log that has targets and was told."""
    places, _mediators = log_by_chance()
    TargetFactory(indicator="entries", value=200)
    TargetFactory(indicator="jobs", value=50, municipality=places[0])
    tell_due()
    return places


@pytest.fixture
def large(monkeypatch):
    """A log is too large to be counted while a program waits."""
    monkeypatch.setattr(recounting, "LARGE", 3)


@pytest.fixture
def ask(client, api_token):
    def get(name, **query):
        return client.get(
            reverse(f"reports:api-{name}"),
            query,
            headers={"Authorization": f"Bearer {SECRET}"},
        )

    return get


def one_more(place):
    return VisitFactory(municipality=place, visited_on=date(2026, 9, 30), minutes=60)


def waiting():
    return DBTaskResult.objects.filter(task_path=kept.count_answer.module_path).count()


@pytest.mark.parametrize(("name", "query"), QUERIES)
def test_of_a_small_log_it_is_counted_at_once(ask, places, name, query):
    assert ask(name, **query).status_code == 200
    assert not KeptResults.objects.exists()


@pytest.mark.parametrize(("name", "query"), QUERIES)
def test_where_nothing_is_kept_yet_a_program_is_asked_to_come_again(
    ask, places, large, run_tasks, name, query
):
    first = ask(name, **query)
    run_tasks()
    second = ask(name, **query)

    assert first.status_code == 202
    assert int(first["Retry-After"]) == kept.SOON
    assert "rows" not in first.json()
    assert second.status_code == 200
    assert second.json()["as_of"] == AS_OF


@pytest.mark.parametrize(("name", "query"), QUERIES)
@pytest.mark.parametrize("of_few", [False, True])
def test_what_is_kept_is_what_a_recount_finds(
    ask, api_token, places, large, run_tasks, monkeypatch, name, query, of_few
):
    if of_few:
        api_token.reaches_all = False
        api_token.save()
        api_token.municipalities.set(places[:2])
    ask(name, **query)
    run_tasks()
    told = ask(name, **query).json()
    monkeypatch.setattr(recounting, "LARGE", 100_000)

    assert told == ask(name, **query).json()
    assert told["rows"]


def test_old_numbers_say_of_when_they_are_until_new_ones_are_there(
    ask, places, large, run_tasks, clock
):
    ask("results", period="2026-09")
    run_tasks()
    first = ask("results", period="2026-09").json()
    one_more(places[0])
    clock.shift(recounting.FRESH)

    old = ask("results", period="2026-09").json()
    run_tasks()
    new = ask("results", period="2026-09").json()

    assert old == first
    assert new["as_of"] == "2027-01-15T10:30:00+02:00"
    assert entries_of(new) == entries_of(old) + 1


def entries_of(answer):
    [row] = [
        row
        for row in answer["rows"]
        if (row["indicator"], row["level"]) == ("entries", "total")
    ]
    return row["value"]


def test_ten_programs_have_it_counted_once(ask, places, large):
    for _program in range(10):
        ask("results", period="2026-09")

    assert waiting() == 1


def test_what_one_token_opens_is_not_in_the_answer_of_another(
    ask, api_token, places, large, run_tasks
):
    ask("results", period="2026-09")
    run_tasks()
    api_token.reaches_all = False
    api_token.save()
    api_token.municipalities.set(places[:1])

    answer = ask("results", period="2026-09").json()

    assert {row["municipality"] for row in answer["rows"]} == {places[0].slug}
    assert [place["key"] for place in answer["municipalities"]] == [places[0].slug]


def test_a_period_that_is_not_told_is_refused_and_not_counted(ask, places, large):
    assert ask("results", period="2027-01").status_code == 400
    assert ask("targets", year="2027").status_code == 400
    assert waiting() == 0


def test_what_was_told_last_is_counted_in_the_night(ask, places, large, run_tasks):
    night.func()
    run_tasks()

    for name, query in (
        ("results", {"period": "2026-12"}),
        ("results", {"period": "2026-Q4"}),
        ("results", {"period": "2026"}),
        ("targets", {"year": "2026"}),
    ):
        assert ask(name, **query).status_code == 200


def test_answers_that_nobody_asks_for_any_more_are_dropped(
    ask, places, large, run_tasks, clock
):
    ask("results", period="2026-09")
    run_tasks()
    clock.shift(recounting.KEPT + timedelta(days=1))
    recounting.count_ahead()

    assert not KeptResults.objects.filter(as_of__lte=MORNING).exists()
