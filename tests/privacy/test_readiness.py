import json
from collections import namedtuple
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django_tasks_db.models import DBTaskResult

from cases.services.deletion import forget
from privacy import readiness

Usage = namedtuple("Usage", "total free")


def test_an_installation_that_can_work_says_one_word(client, db):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


def test_a_clock_that_is_wrong_makes_it_unready(client, db, capsys):
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=90)):
        answer = client.get("/readyz")
        with pytest.raises(SystemExit):
            call_command("readyz", "--json")

    assert (answer.status_code, answer.content) == (503, b"fail\n")
    assert json.loads(capsys.readouterr().out)["clock"] == "fail"


@pytest.mark.parametrize(("free", "state"), [(11, "ok"), (9, "warn"), (1, "fail")])
def test_a_disk_that_fills_up_is_told_in_time(monkeypatch, free, state):
    monkeypatch.setattr(readiness.shutil, "disk_usage", lambda path: Usage(100, free))

    assert readiness.disk() == state


def test_work_that_nobody_does_is_told(db):
    forget.using().enqueue("nothing")
    forget.using(run_after=timezone.now() + timedelta(days=1)).enqueue("nothing")
    assert readiness.worker() == "ok"

    hour_ago = timezone.now() - timedelta(hours=1)
    DBTaskResult.objects.update(enqueued_at=hour_ago)
    assert readiness.worker() == "warn"

    DBTaskResult.objects.ready().delete()
    assert readiness.worker() == "ok"


@pytest.mark.parametrize("year", [2026, 2031])
def test_whom_to_tell_of_a_weakness_is_never_past(client, db, year):
    day = datetime(year, 7, 31, tzinfo=UTC)
    with time_machine.travel(day):
        answer = client.get("/.well-known/security.txt")

    told = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert day < parse_datetime(told["Expires"]) < day + timedelta(days=365)
    assert told["Contact"].startswith("mailto:")
    assert answer["Content-Type"].startswith("text/plain")
