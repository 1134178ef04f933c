"""Administrators hear of trouble by mail, once a day for each, and of nothing else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from operations.models import Alarm
from operations.services import alarms

NOON = datetime(2026, 11, 12, 10, tzinfo=UTC)


@pytest.fixture
def no_backup(well):
    for file in well.BACKUPS_DIR.glob("*.age"):
        file.unlink()
    return well


def look_at(moment, run_tasks):
    with time_machine.travel(moment):
        alarms.look.call()
        run_tasks()


def test_trouble_is_told_to_each_administrator_once_a_day(
    no_backup, administrator, mediator, run_tasks
):
    for hours in (0, 1, 2):
        look_at(NOON + timedelta(hours=hours), run_tasks)
    assert [letter.to for letter in mail.outbox] == [[administrator.email]]

    look_at(NOON + timedelta(days=1), run_tasks)
    assert len(mail.outbox) == 2


def test_a_second_trouble_of_the_same_day_is_told_by_itself(
    no_backup, administrator, run_tasks
):
    look_at(NOON, run_tasks)
    no_backup.ALLOWED_HOSTS = ["*"]
    look_at(NOON + timedelta(hours=1), run_tasks)

    first, second = mail.outbox
    assert "rezerves kopij" in first.body
    assert "rezerves kopij" not in second.body
    assert "ALLOWED_HOSTS" in second.body


def test_the_mail_says_what_to_do_and_names_nobody(
    no_backup, administrator, mediator, run_tasks
):
    look_at(NOON, run_tasks)

    [letter] = mail.outbox
    assert "manage.py backup" in letter.body
    assert f"{no_backup.SITE_URL}/sistema/" in letter.body
    for person in (administrator, mediator):
        assert person.last_name not in letter.body


def test_where_all_is_well_or_invented_nobody_hears(well, administrator, run_tasks):
    with time_machine.travel(timezone.now()):
        alarms.look.call()
        run_tasks()
        well.DEMO, well.EMAIL_HOST, well.ALLOWED_HOSTS = True, "", ["*"]
        alarms.look.call()
        run_tasks()

    assert mail.outbox == []
    assert not Alarm.objects.exists()


def test_what_was_put_right_before_the_mail_went_is_not_told(
    no_backup, administrator, run_tasks
):
    alarms.look.call()
    (no_backup.BACKUPS_DIR / "tilts-now.age").touch()
    run_tasks()

    assert mail.outbox == []


def test_every_start_and_every_look_queues_the_next_look_once(db, settings):
    settings.DEMO = True
    call_command("schedule")
    call_command("schedule")
    alarms.look.call()

    waiting = DBTaskResult.objects.get(task_path=alarms.look.module_path)
    assert timedelta(0) < waiting.run_after - timezone.now() <= alarms.AN_HOUR
