"""Results of a large log: counted by the worker, told with their moment, never otherwise."""

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from mediators.models import Role
from reports.models import KeptResults
from reports.results_page import ResultsPage
from reports.services import recounting
from reports.services.telling import night
from tests.factories import UserFactory, VisitFactory
from tests.reports.third_quarter import QUARTER, keep_log

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 11, 12, 8, 15, tzinfo=UTC)
ADDRESS = reverse("reports:results")
BEING_COUNTED = "kaitļus pašlaik saskaita"
COUNTED_ANEW = "skaitļus pašlaik saskaita no jauna"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(MORNING, tick=False)
    return time_machine


@pytest.fixture
def log(municipality):
    return keep_log(municipality)


@pytest.fixture
def large(log, monkeypatch):
    """A log that is too large to be counted while somebody waits."""
    monkeypatch.setattr(recounting, "LARGE", 3)


@pytest.fixture
def staff(client):
    user = UserFactory(role=Role.PROJECT_STAFF)
    client.force_login(user)
    return user


@pytest.fixture
def page(client, staff):
    """The page of the quarter as somebody opens it."""

    def opened(**query):
        answer = client.get(ADDRESS, {"period": "2026-Q3", **query})
        assert answer.status_code == 200
        return answer.content.decode()

    return opened


def one_more(day=date(2026, 9, 30), **facts):
    return VisitFactory(visited_on=day, minutes=60, **facts)


def without_filters(html):
    """What was counted, from the sentence about its moment on."""
    return html[html.index('<ul class="kpis">') : html.index("</main>")]


def test_a_small_log_is_counted_while_its_page_is_opened(page, log, municipality):
    before = page()
    one_more(municipality=municipality)

    assert BEING_COUNTED not in before
    assert without_filters(page()) != without_filters(before)
    assert not KeptResults.objects.exists()


def test_a_large_log_is_counted_by_the_worker_and_nobody_waits(page, large, run_tasks):
    first = page()
    run_tasks()
    second = page()

    assert BEING_COUNTED in first
    assert "kpis" not in first
    assert BEING_COUNTED not in second
    assert "Dati uz 12.11.2026. plkst. 10.15" in second


def test_what_is_kept_is_what_a_recount_finds(page, large, run_tasks, monkeypatch):
    page()
    run_tasks()
    kept = page()
    monkeypatch.setattr(recounting, "LARGE", 1000)

    assert without_filters(kept) == without_filters(page())


def test_old_numbers_say_of_when_they_are_until_new_ones_are_there(
    page, large, run_tasks, clock, municipality
):
    page()
    run_tasks()
    one_more(municipality=municipality)
    fresh = page()
    clock.shift(recounting.FRESH)

    old = page()
    run_tasks()
    new = page()

    assert COUNTED_ANEW not in fresh
    assert COUNTED_ANEW in old
    assert "Dati uz 12.11.2026. plkst. 10.15" in old
    assert without_filters(old) == without_filters(fresh)
    assert "Dati uz 12.11.2026. plkst. 10.30" in new
    assert without_filters(new) != without_filters(old)


def test_ten_who_look_have_it_counted_once(page, large):
    for _reader in range(10):
        page()

    assert waiting() == 1


def waiting():
    path = recounting.count.module_path
    return DBTaskResult.objects.filter(task_path=path).count()


def test_a_count_that_died_is_asked_for_once_more(page, large, clock):
    page()
    clock.shift(recounting.LEASE + timedelta(seconds=1))
    page()

    assert waiting() == 2


def test_what_one_role_may_not_know_is_not_in_the_page_of_another(
    client, page, large, run_tasks
):
    page()
    run_tasks()
    assert "Stundas" in page()

    client.force_login(UserFactory(role=Role.LEAD_MEDIATOR))
    page()
    run_tasks()

    assert "csv=hours" not in page()


def test_its_files_hold_the_numbers_of_the_page(client, page, large, run_tasks):
    assert BEING_COUNTED in page(csv="areas")
    run_tasks()
    kept = client.get(ADDRESS, {"period": "2026-Q3", "csv": "areas"})
    rows = list(
        csv.reader(kept.content.decode("utf-8-sig").splitlines(), delimiter=";")
    )
    counted = ResultsPage.of(QUARTER).counted().tables["areas"]()

    assert rows == [[str(value) for value in row] for row in counted]


def test_its_files_say_of_when_they_are_as_the_page_does(
    client, page, large, run_tasks, clock
):
    page()
    run_tasks()
    clock.shift(timedelta(minutes=5))

    for name in ("areas", "families"):
        kept = client.get(ADDRESS, {"period": "2026-Q3", "csv": name})
        lines = kept.content.decode("utf-8-sig").splitlines()
        assert lines[lines.index("") + 1] == "Dati uz 12.11.2026. plkst. 10.15."


def test_the_pages_that_open_first_are_counted_in_the_night(
    page, large, run_tasks, clock
):
    for day in (2, 3, 4):
        one_more(date(2026, 11, day))
    night.func()
    run_tasks()

    assert BEING_COUNTED not in page(period="2026-Q4")
    assert BEING_COUNTED not in page(period="2026")


def test_pages_that_nobody_opens_any_more_are_dropped(page, large, run_tasks, clock):
    page()
    run_tasks()
    clock.shift(recounting.KEPT + timedelta(days=1))
    recounting.count_ahead()

    assert not KeptResults.objects.filter(as_of__lte=MORNING).exists()


def test_pages_that_were_asked_for_and_never_counted_are_dropped(page, large, clock):
    page()
    asked = KeptResults.objects.get()
    recounting.count_ahead()
    assert KeptResults.objects.contains(asked)

    clock.shift(recounting.KEPT + timedelta(seconds=1))
    recounting.count_ahead()

    assert not KeptResults.objects.contains(asked)
