"""The officer checks the chain, and hears each Monday where it ends."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from data_protection.models import AuditCheck, AuditLetter
from data_protection.services import chain
from mediators.emails import Notice
from mediators.services import notices
from privacy import audit
from privacy.append_only import AUDIT
from privacy.models import AuditEntry, Verb
from tests.tampering import lifted

PAGE = "/datu-aizsardziba/kede/"


@pytest.fixture
def officer(client, data_protection_officer):
    client.force_login(data_protection_officer)
    return client


def test_the_worker_checks_and_the_page_tells_the_result(officer, run_tasks):
    assert officer.post(PAGE, {"anchor": ""}).status_code == 302
    assert officer.get(PAGE).context["checks"][0].holds is None

    run_tasks()

    check = officer.get(PAGE).context["checks"][0]
    assert (check.holds, check.first_broken) == (True, None)
    assert check.rows == 2


def test_a_broken_chain_is_named_by_its_first_entry(officer, mediator, run_tasks):
    for _ in range(3):
        audit.record(mediator, Verb.LIST, AuditEntry)
    with lifted(AUDIT):
        AuditEntry.objects.filter(seq=2).update(actor=None)

    officer.post(PAGE, {"anchor": ""})
    run_tasks()

    check = AuditCheck.objects.get()
    assert (check.holds, check.first_broken) == (False, 2)
    assert officer.get(PAGE).status_code == 200


def test_an_older_end_is_compared(officer, mediator, run_tasks):
    audit.record(mediator, Verb.LIST, AuditEntry)
    end = audit.head()

    officer.post(PAGE, {"anchor": f"{end.seq}:{end.hash}"})
    officer.post(PAGE, {"anchor": f"{end.seq}:{'0' * 64}"})
    run_tasks()

    known = AuditCheck.objects.values_list("knows_anchor", flat=True)
    assert sorted(known) == [False, True]


def test_pressing_twice_checks_once(officer, run_tasks):
    officer.post(PAGE, {"anchor": ""})
    officer.post(PAGE, {"anchor": ""})

    assert AuditCheck.objects.count() == 1


@pytest.mark.parametrize(("last_sign", "count"), [(14, 1), (16, 2)])
def test_a_check_that_goes_on_for_long_is_not_asked_for_anew(officer, last_sign, count):
    officer.post(PAGE, {"anchor": ""})
    now = timezone.now()
    AuditCheck.objects.update(
        asked_at=now - timedelta(hours=1),
        walked_at=now - timedelta(minutes=last_sign),
    )

    officer.post(PAGE, {"anchor": ""})

    assert AuditCheck.objects.count() == count


@pytest.fixture
def in_parts(mediator, monkeypatch):
    """Nine entries, two at a time."""
    monkeypatch.setattr(audit, "A_WALK", 2)
    for _ in range(9):
        audit.record(mediator, Verb.LIST, AuditEntry)


def do_one():
    call_command(
        "db_worker", "--max-tasks=1", "--no-startup-delay", interval=0, verbosity=0
    )


@pytest.fixture
def one_task(run_tasks):
    """The worker does what is next, and nothing else."""
    return do_one


def test_between_two_parts_of_a_check_the_worker_does_what_else_waits(
    in_parts, officer, mediator, one_task
):
    officer.post(PAGE, {"anchor": ""})
    notices.tell(mediator, Notice.PASSWORD)

    one_task()
    check = officer.get(PAGE).context["checks"][0]
    assert (check.holds, check.walk["rows"]) == (None, 2)
    one_task()

    assert [letter.to for letter in mail.outbox] == [[mediator.email]]
    assert AuditCheck.objects.get().walk["rows"] == 2


def test_a_check_in_parts_finds_what_a_whole_one_finds(in_parts, officer, run_tasks):
    with lifted(AUDIT):
        AuditEntry.objects.filter(seq=6).update(actor=None)

    officer.post(PAGE, {"anchor": ""})
    run_tasks()

    check, whole = AuditCheck.objects.get(), audit.check_chain()
    assert (
        (check.first_broken, check.rows) == (6, 10) == (whole.first_broken, whole.rows)
    )
    assert (check.rows_of_the_week, check.walk) == (10, {})


def test_a_part_that_two_workers_do_counts_once(in_parts, officer, monkeypatch):
    officer.post(PAGE, {"anchor": ""})
    check = AuditCheck.objects.get()
    go_on = audit.Walk.go_on

    def slow(walk, **since):
        """Another worker takes the part for abandoned, and is faster."""
        monkeypatch.setattr(audit.Walk, "go_on", go_on)
        chain.run_check.call(str(check.pk))
        return walk.go_on(**since)

    monkeypatch.setattr(audit.Walk, "go_on", slow)
    chain.run_check.call(str(check.pk))

    check.refresh_from_db()
    assert check.walk["rows"] == 2
    assert (
        DBTaskResult.objects.filter(task_path=chain.run_check.module_path).count() == 2
    )


def test_what_is_no_end_of_a_chain_is_named(officer):
    response = officer.post(PAGE, {"anchor": "1204"})

    assert response.status_code == 422
    assert not AuditCheck.objects.exists()


def test_every_start_queues_the_next_monday_once(db):
    call_command("schedule")
    call_command("schedule")

    waiting = DBTaskResult.objects.get(task_path=chain.monday.module_path)
    assert timezone.localtime(waiting.run_after).strftime("%A %H") == "Monday 08"


@pytest.mark.once
@pytest.mark.parametrize(
    ("moment", "monday"),
    [("2026-11-26", "30"), ("2026-11-30", "07"), ("2026-11-29", "30")],
)
def test_a_monday_waits_for_the_next_one(moment, monday):
    at = datetime.fromisoformat(moment).replace(hour=10, tzinfo=UTC)

    assert f"{timezone.localtime(chain.next_monday(at)):%d}" == monday


def test_each_officer_gets_the_end_the_count_and_nothing_else(
    data_protection_officer, mediator, run_tasks
):
    for _ in range(3):
        audit.record(mediator, Verb.LIST, AuditEntry)
    end = audit.head()

    chain.monday.call()
    run_tasks()
    chain.monday.call()
    run_tasks()

    [letter] = mail.outbox
    assert letter.to == [data_protection_officer.email]
    assert f"{end.seq}:{end.hash}" in letter.body
    assert ": 3" in letter.body
    assert mediator.last_name not in letter.body
    assert AuditLetter.objects.get().sent_at


def test_a_mail_server_that_is_away_is_tried_again(
    data_protection_officer, settings, run_tasks
):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    chain.monday.call()
    run_tasks()
    assert AuditLetter.objects.get().sent_at is None

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        run_tasks()

    assert len(mail.outbox) == 1
