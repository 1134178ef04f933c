"""The page of the administrators and the numbers for monitoring: no name, no id."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from mediators.services.notices import send_notice
from operations import figures
from privacy.mails import MailGivenUp
from reports.models import Delivery, ReportVersion
from tests.factories import (
    ContactPersonFactory,
    FamilyFactory,
    MonthlyReportFactory,
)

TOKEN = "a-token-of-monitoring-with-more-than-32-characters"
PAGE = "/sistema/"


def test_it_tells_what_is_wrong_what_to_do_and_what_is_right(
    well, client, administrator
):
    client.force_login(administrator)
    assert "Viss ir kārtībā." in client.get(PAGE).content.decode()

    well.ALLOWED_HOSTS = ["testserver", "*"]
    page = client.get(PAGE).content.decode()

    assert "ALLOWED_HOSTS" in page
    assert "Viss ir kārtībā." not in page
    assert well.VERSION in page


def test_it_counts_what_failed_and_names_nobody(
    well, client, administrator, coordinator, mediator
):
    FamilyFactory(mediator=mediator)
    report = MonthlyReportFactory(mediator=mediator)
    tried, lost = (
        ReportVersion.objects.create(
            report=report,
            number=number,
            code=f"AAAA-222{number}",
            snapshot="{}",
            approved_by=coordinator,
            pdf_attempts=attempts,
        )
        for number, attempts in ((2, 1), (3, ReportVersion.PDF_ATTEMPTS))
    )
    Delivery.objects.create(
        version=lost,
        recipient=ContactPersonFactory(municipality=report.municipality),
        requested_by=coordinator,
        status=Delivery.Status.REFUSED,
    )
    send_notice.enqueue(str(mediator.pk), "nothing")
    task = DBTaskResult.objects.get(task_path=send_notice.module_path)
    task.set_failed(MailGivenUp(send_notice.module_path))

    assert figures.failed_mails() == 2
    assert figures.waiting_pdfs() == (1, 1)
    client.force_login(administrator)
    page = client.get(PAGE).content.decode()

    assert send_notice.module_path in page
    for hidden in (str(mediator.pk), mediator.last_name, str(tried.pk), lost.code):
        assert hidden not in page


def test_the_mail_server_is_not_asked_while_somebody_looks(well, client, administrator):
    well.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    well.EMAIL_PORT = 1
    client.force_login(administrator)

    assert "Viss ir kārtībā." in client.get(PAGE).content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize("sent", [None, "", "Bearer ", "Bearer wrong", TOKEN + "x"])
def test_numbers_are_not_there_for_who_has_no_token(client, db, settings, sent):
    settings.METRICS_TOKEN = TOKEN
    headers = {} if sent is None else {"Authorization": sent}

    assert client.get("/metrics", headers=headers).status_code == 404


def test_without_a_token_file_nobody_gets_numbers(client, db, settings):
    settings.METRICS_TOKEN = ""

    response = client.get("/metrics", headers={"Authorization": "Bearer "})

    assert response.status_code == 404


LINE = re.compile(
    r"# (HELP|TYPE) tilts_\w+ .+"
    r"|tilts_info\{version=\"[\w.]+\"\} 1"
    r"|tilts_check\{check=\"[a-z]+\"\} [012]"
    r"|tilts_[a-z_]+ \d+"
)


def test_numbers_follow_the_text_format_and_carry_no_ids(client, settings, well):
    settings.METRICS_TOKEN = TOKEN

    response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    assert response["Content-Type"].startswith("text/plain; version=0.0.4")
    lines = response.content.decode().splitlines()
    assert [line for line in lines if not LINE.fullmatch(line)] == []
    values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    assert values['tilts_check{check="database"}'] == "0"
    assert 0 <= int(values["tilts_backup_age_seconds"]) < 3600
    assert values["tilts_tasks_failed"] == "0"


def test_what_is_not_known_is_left_out(client, settings, well):
    settings.METRICS_TOKEN, settings.BACKUPS_DIR = TOKEN, well.BACKUPS_DIR / "none"

    response = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})

    assert "backup_age" not in response.content.decode()


def test_the_oldest_work_that_is_due_is_told(db):
    send_notice.enqueue("nobody", "nothing")
    send_notice.using(run_after=timezone.now() + timedelta(days=1)).enqueue(
        "nobody", "nothing"
    )
    then = timezone.now() - timedelta(minutes=5)
    DBTaskResult.objects.update(enqueued_at=then)

    numbers = figures.numbers()

    assert (numbers["tasks_due"], numbers["tasks_planned"]) == (1, 1)
    assert 300 <= numbers["oldest_task_seconds"] < 400


@pytest.mark.parametrize("person", ["mediator", "administrator", "coordinator"])
def test_who_is_signed_in_finds_the_version_among_the_settings(
    client, request, settings, person
):
    client.force_login(request.getfixturevalue(person))

    page = client.get(reverse("settings")).content.decode()

    assert settings.VERSION in page
