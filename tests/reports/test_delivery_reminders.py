"""A report that nobody confirms is reminded of once; a link can be ended."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from privacy.models import AuditEntry, Verb
from reports.models import Delivery
from reports.services import delivery as services
from tests.reports.october import approved, log_october

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("undrawn")]


@pytest.fixture
def report(mediator, coordinator, contact):
    log_october(mediator)
    return approved(mediator, coordinator)


@pytest.fixture
def sent(report, coordinator, post, run_tasks):
    [delivery] = services.request_delivery(report, by=coordinator)
    run_tasks()
    delivery.refresh_from_db()
    return delivery


def a_week_later(run_tasks, days=7):
    with time_machine.travel(timezone.now() + timedelta(days=days, minutes=1)):
        run_tasks()


def link_in(mail):
    return (
        "/s/" + mail.get_body(("plain",)).get_content().partition("/s/")[2].split()[0]
    )


def test_a_week_without_receipt_brings_one_reminder_with_a_link_of_its_own(
    client, sent, post, run_tasks
):
    a_week_later(run_tasks, days=6)
    assert len(post.mails) == 1

    a_week_later(run_tasks)
    a_week_later(run_tasks, days=9)

    first, reminder = post.mails
    about = first["Subject"].strip()
    assert reminder["Subject"].strip() == f"Atgādinājums: {about}"
    for kind in ("plain", "html"):
        body = reminder.get_body((kind,)).get_content()
        assert "Pirms nedēļas nosūtījām" in body
    assert link_in(reminder) != link_in(first)
    for mail in (first, reminder):
        assert client.get(link_in(mail)).status_code == 200


def test_who_has_confirmed_is_not_reminded(client, sent, post, run_tasks):
    client.post(f"{link_in(post.mails[0])}apstiprinat/")

    a_week_later(run_tasks)

    assert len(post.mails) == 1


def test_a_link_that_was_ended_is_not_reminded_of(sent, coordinator, post, run_tasks):
    services.revoke(sent, by=coordinator)

    a_week_later(run_tasks)

    assert len(post.mails) == 1


def test_a_receipt_by_the_reminder_counts(client, sent, report, post, run_tasks):
    a_week_later(run_tasks)

    client.post(f"{link_in(post.mails[1])}apstiprinat/")

    report.refresh_from_db()
    assert report.status == "received"


def address(report, delivery):
    return reverse("reports:revoke", args=[*report.url_args, delivery.pk])


def test_a_link_is_ended_with_one_button(client, sent, report, coordinator, post):
    client.force_login(coordinator)
    review = reverse("reports:review", args=report.url_args)
    assert address(report, sent) in client.get(review).content.decode()

    client.post(address(report, sent))

    assert client.get(link_in(post.mails[0])).status_code == 410
    page = client.get(review).content.decode()
    assert "saite vairs nedarbojas" in page
    assert address(report, sent) not in page
    entry = AuditEntry.objects.get(verb=Verb.WITHDRAW)
    assert entry.object_id == str(sent.pk)


@pytest.mark.parametrize("who", ["mediator", "project_staff", "outsider"])
def test_only_who_may_send_ends_a_link(client, sent, report, request, who):
    client.force_login(request.getfixturevalue(who))

    assert client.post(address(report, sent)).status_code == 404
    assert Delivery.objects.get().is_valid
