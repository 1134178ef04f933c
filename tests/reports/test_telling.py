"""What leaves the team is decided in the night, once, and by no reader."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.db import transaction
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from reports.indicators import BY_KEY
from reports.models import ToldPart
from reports.periods import Period
from reports.services import telling
from reports.services.telling import tell, tell_due
from reports.told import Told
from reports.told_year import ALL, told_year
from tests.factories import FamilyFactory, VisitFactory

pytestmark = pytest.mark.django_db

FAMILIES = BY_KEY["families"]
MARCH = Period.parse("2026-03")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 5, 4, 8, 15, tzinfo=UTC), tick=False) as t:
        yield t


@pytest.fixture
def march(municipality, mediator):
    """Nine families visited in March."""
    return VisitFactory(
        mediator=mediator,
        municipality=municipality,
        visited_on=date(2026, 3, 2),
        families_named=[FamilyFactory(municipality=municipality) for _ in range(9)],
    )


def told(period=MARCH):
    return str(Told().value(FAMILIES, ALL, period, 9))


def test_a_reader_is_told_nothing_before_the_night_and_writes_nothing_down(
    client, api_token, march
):
    response = client.get(
        reverse("reports:api-results"),
        {"period": "2026-03"},
        headers={"Authorization": f"Bearer {'t' * 43}"},
    )

    assert response.status_code == 400
    assert told() == "•"
    assert not ToldPart.objects.exists()


def test_the_worker_tells_at_the_start_and_in_each_night(march, run_tasks, today):
    call_command("schedule")
    call_command("schedule")
    run_tasks()

    assert told() == "9"
    assert told(Period.parse("2026-04")) == "•"
    [waiting] = DBTaskResult.objects.filter(
        task_path=telling.night.module_path, status="READY"
    )
    assert f"{waiting.run_after:%Y-%m-%d %H}" == "2026-05-05 01"
    today.move_to(datetime(2026, 5, 15, 2, tzinfo=UTC))
    run_tasks()
    assert told(Period.parse("2026-04")) == "0"


def test_the_year_before_the_log_is_told_too(march):
    tell_due()

    assert told(Period.parse("2025")) == "0"
    assert told(Period.parse("2024")) == "•"


def test_no_year_is_told_of_which_no_address_can_ask(march, mediator, monkeypatch):
    VisitFactory(mediator=mediator, visited_on=date(2000, 5, 2))
    years = []
    monkeypatch.setattr(telling, "tell", years.append)

    tell_due()

    assert years == [*range(2000, 2027)]


def test_what_another_worker_told_meanwhile_stays(march, monkeypatch, municipality):
    def meanwhile(*arguments):
        monkeypatch.undo()
        tell(2026)
        VisitFactory(
            municipality=municipality,
            visited_on=date(2026, 3, 3),
            families_named=[FamilyFactory(municipality=municipality)],
        )
        return telling.with_hidden_counts(*arguments)

    monkeypatch.setattr(telling, "with_hidden_counts", meanwhile)
    with transaction.atomic():
        tell(2026)

    assert told() == "9"
    assert ToldPart.objects.filter(code="2026-03").count() == 1


def test_of_a_part_that_was_told_before_an_indicator_was_declared_it_is_held_back(
    march, today
):
    tell_due()
    for part in ToldPart.objects.all():
        del part.cells["families"]
        part.save()

    assert told() == "•"
    assert str(told_year(2026).value(BY_KEY["people"], ALL, "2026-03")) == "0"
    today.move_to(datetime(2026, 7, 15, 8, tzinfo=UTC))
    tell_due()
    assert told() == "•"
    assert told(Period.parse("2026-Q2")) == "0"
    assert told(Period.parse("2026-Q1")) == "•"
