import json
import logging
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
import time_machine
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.test import Client
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django_tasks_db.models import DBTaskResult

from cases.services.deletion import forget
from privacy import readiness

Usage = namedtuple("Usage", "total free")
MB = 1024 * 1024


def test_an_installation_that_can_work_says_one_word(client, db):
    answer = client.get("/readyz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")


@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_nothing_is_sent_to_the_addresses_that_tell_how_it_is(address, db):
    strict = Client(enforce_csrf_checks=True)

    answer = strict.post(address)

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_a_clock_that_is_wrong_makes_it_unready(client, db, capsys):
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=90)):
        answer = client.get("/readyz")
        with pytest.raises(SystemExit):
            call_command("readyz", "--json")

    assert (answer.status_code, answer.content) == (503, b"fail\n")
    assert json.loads(capsys.readouterr().out)["clock"] == "fail"


@pytest.mark.parametrize(("seconds", "state"), [(59.5, "ok"), (60.5, "fail")])
def test_clocks_may_differ_by_a_minute(db, monkeypatch, seconds, state):
    told = timezone.now() - timedelta(seconds=seconds)
    ask = {connection.vendor: f"SELECT '{told.isoformat()}'"}
    monkeypatch.setattr(readiness, "ASK_THE_TIME", ask)

    assert readiness.clock() == state


@pytest.mark.parametrize(
    ("free", "state"), [(10, "ok"), (9.9, "warn"), (2, "warn"), (1.9, "fail")]
)
def test_a_disk_that_fills_up_is_told_in_time(monkeypatch, free, state):
    monkeypatch.setattr(readiness.shutil, "disk_usage", lambda path: Usage(100, free))

    assert readiness.disk() == state


@pytest.mark.parametrize(
    ("data", "media", "state"),
    [(50, 50, "ok"), (5, 50, "warn"), (50, 5, "warn"), (5, 1, "fail"), (1, 50, "fail")],
)
def test_the_fuller_of_the_two_disks_counts(
    settings, tmp_path, monkeypatch, data, media, state
):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.MEDIA_ROOT.mkdir()
    free = {settings.VAR_DIR: data, settings.MEDIA_ROOT: media}
    monkeypatch.setattr(
        readiness.shutil, "disk_usage", lambda path: Usage(100, free[path])
    )

    assert readiness.disk() == state


@pytest.mark.parametrize(
    ("free", "total", "is_touched"),
    [
        (64 * MB, 10**12, False),
        (64 * MB - 1, 10**12, True),
        # On a small disk a part of it
        (1 * MB, 24 * MB, False),
        (0.4 * MB, 24 * MB, True),
    ],
)
def test_the_reserve_is_64_megabytes_or_a_part_of_a_small_disk(
    monkeypatch, free, total, is_touched
):
    usage = Usage(total, free)
    monkeypatch.setattr(readiness.shutil, "disk_usage", lambda path: usage)

    assert readiness.is_reserve_touched() is is_touched


def test_work_that_nobody_does_is_told(db):
    forget.using().enqueue("nothing")
    forget.using(run_after=timezone.now() + timedelta(days=1)).enqueue("nothing")
    assert readiness.worker() == "ok"

    for minutes, state in [(14.5, "ok"), (15.5, "warn")]:
        then = timezone.now() - timedelta(minutes=minutes)
        DBTaskResult.objects.update(enqueued_at=then)
        assert readiness.worker() == state

    DBTaskResult.objects.ready().delete()
    assert readiness.worker() == "ok"


CHECKS = ("disk", "certificates", "clock", "migrations", "worker")


@pytest.fixture
def every_check(monkeypatch):
    """Finds ok, but for what is told otherwise."""

    def find(**states):
        for name in CHECKS:
            state = states.get(name, "ok")
            monkeypatch.setattr(readiness, name, lambda state=state: state)

    return find


@pytest.mark.parametrize("state", ["warn", "fail"])
@pytest.mark.parametrize("name", CHECKS)
def test_each_check_counts_and_is_written_down_when_it_fails(
    every_check, caplog, name, state
):
    every_check(**{name: state})

    with caplog.at_level(logging.WARNING, "tilts.readiness"):
        found = readiness.look()

    assert found == dict.fromkeys([*CHECKS, "database"], "ok") | {name: state}
    assert readiness.worst(found) == state
    [record] = caplog.records
    assert (record.name, record.getMessage()) == ("tilts.readiness", "not ready")
    assert record.facts == {"check": name, "is": state}


def test_what_is_worst_counts():
    assert readiness.worst({"disk": "warn", "clock": "fail", "worker": "ok"}) == "fail"


def test_without_a_database_there_is_nothing_more_to_ask(every_check, monkeypatch):
    def gone():
        raise DatabaseError

    every_check()
    monkeypatch.setattr(readiness, "clock", gone)

    assert readiness.look() == {"disk": "ok", "certificates": "ok", "database": "fail"}


@pytest.mark.parametrize(("plan", "state"), [([], "ok"), (["0001"], "fail")])
def test_a_migration_that_waits_makes_it_unready(monkeypatch, plan, state):
    class Executor:
        def __init__(self, of):
            assert of is readiness.connection
            graph = SimpleNamespace(leaf_nodes=lambda: ["leaf"])
            self.loader = SimpleNamespace(graph=graph)

        def migration_plan(self, targets):
            assert targets == ["leaf"]
            return plan

    monkeypatch.setattr(readiness, "MigrationExecutor", Executor)

    assert readiness.migrations() == state


def certificate(ends):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "db")])
    made = x509.CertificateBuilder(name, name, key.public_key(), 1)
    made = made.not_valid_before(ends - timedelta(days=90)).not_valid_after(ends)
    return made.sign(key, hashes.SHA256()).public_bytes(Encoding.PEM)


@pytest.mark.parametrize(
    ("days", "state"),
    [([], "warn"), ([14], "ok"), ([13], "warn"), ([90, 13], "warn"), ([90, 15], "ok")],
)
def test_certificates_are_made_anew_two_weeks_before_their_end(
    settings, tmp_path, days, state
):
    settings.CERTIFICATES_DIR = str(tmp_path)
    now = datetime(2026, 11, 12, 12, tzinfo=UTC)
    for number, left in enumerate(days):
        file = tmp_path / str(number) / "own.pem"
        file.parent.mkdir()
        file.write_bytes(certificate(now + timedelta(days=left)))

    with time_machine.travel(now, tick=False):
        assert readiness.certificates() == state


def test_where_nothing_speaks_by_certificates_none_is_asked_for(settings):
    settings.CERTIFICATES_DIR = ""

    assert readiness.certificates() == "ok"


@pytest.mark.parametrize("year", [2026, 2031])
def test_whom_to_tell_of_a_weakness_is_never_past(client, db, year):
    day = datetime(year, 7, 31, tzinfo=UTC)
    with time_machine.travel(day):
        answer = client.get("/.well-known/security.txt")

    told = dict(line.split(": ", 1) for line in answer.content.decode().splitlines())
    assert day < parse_datetime(told["Expires"]) < day + timedelta(days=365)
    assert told["Contact"].startswith("mailto:")
    assert answer["Content-Type"].startswith("text/plain")
