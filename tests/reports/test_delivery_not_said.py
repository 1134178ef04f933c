"""A mail server that takes a mail and denies it, or never says: nothing is lost or promised."""

import socket
import threading

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from reports.models import Delivery
from reports.services import delivery as services
from reports.workflow import Status
from tests.reports.october import approved, log_october

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("undrawn")]


@pytest.fixture
def report(mediator, coordinator, contact):
    log_october(mediator)
    return approved(mediator, coordinator)


@pytest.fixture
def sent_to(report, coordinator, post, run_tasks, settings):
    """Send to a server that says such things, and try again as long as there is a reason."""
    settings.EMAIL_TIMEOUT = 0.5

    def sent(*verdicts):
        post.verdicts = list(verdicts)
        with time_machine.travel(timezone.now(), tick=False) as clock:
            [delivery] = services.request_delivery(report, by=coordinator)
            run_tasks()
            for delay in services.MAIL_RETRIES:
                clock.shift(delay)
                run_tasks()
        delivery.refresh_from_db()
        report.refresh_from_db()
        return delivery

    return sent


def link_in(mail):
    text = mail.get_body(("plain",)).get_content()
    return "/s/" + text.partition("/s/")[2].split()[0]


def test_a_mail_that_was_taken_and_denied_for_good_counts_as_not_sent(
    sent_to, post, report
):
    delivery = sent_to("554 5.7.1 denied")

    assert (delivery.status, delivery.failure) == ("refused", "refused")
    assert delivery.sent_at is None
    assert report.status == Status.APPROVED
    assert len(post.mails) == 1


def test_a_mail_that_was_taken_and_put_off_is_sent_again_and_its_own_link_works(
    client, sent_to, post, report
):
    delivery = sent_to("451 4.3.0 come again")

    assert (delivery.status, delivery.attempts) == ("sent", 2)
    assert report.status == Status.SENT
    _first, second = post.mails
    assert client.get(link_in(second)).status_code == 200


def test_where_the_server_never_says_the_mail_goes_out_twice_and_no_third_time(
    sent_to, post, report
):
    delivery = sent_to(None, None, None)

    assert len(post.mails) == 2
    assert (delivery.status, delivery.failure) == ("refused", "not_said")
    assert delivery.sent_at is None
    assert report.status == Status.APPROVED


def test_a_mail_of_which_nobody_said_anything_is_sent_when_the_second_is_taken(
    client, sent_to, post, report
):
    delivery = sent_to(None)

    assert (delivery.status, delivery.failure) == ("sent", "")
    assert report.status == Status.SENT
    _first, second = post.mails
    assert client.get(link_in(second)).status_code == 200


def test_where_nobody_knows_the_last_link_works_and_a_receipt_proves_the_mail(
    client, sent_to, post, report
):
    sent_to(None, None)
    link = link_in(post.mails[-1])
    assert client.get(link).status_code == 200

    token = link.removeprefix("/s/").strip("/")
    client.post(reverse("reports:acknowledge", args=[token]))

    report.refresh_from_db()
    assert report.status == Status.RECEIVED


def test_the_coordinator_reads_that_it_may_have_arrived_and_can_end_the_link(
    client, sent_to, post, report, coordinator
):
    delivery = sent_to(None, None)
    client.force_login(coordinator)

    page = client.get(report.get_absolute_url(), follow=True).text
    assert "nepateica, vai vēstuli pieņem" in page
    assert "Nav nosūtīta." not in page

    ends = reverse("reports:revoke", args=[*report.url_args, delivery.pk])
    client.post(ends)
    assert client.get(link_in(post.mails[-1])).status_code == 410


def test_a_new_mail_ends_the_link_of_the_one_that_nobody_knows_of(
    sent_to, post, report, coordinator, run_tasks
):
    first = sent_to(None, None)

    [second] = services.request_delivery(report, by=coordinator)
    run_tasks()

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.is_valid, second.is_valid) == (False, True)
    assert second.status == Delivery.Status.SENT


def test_a_server_that_hangs_up_before_it_has_the_mail_is_asked_three_times(
    sent_to, settings
):
    """Nothing was handed over, so nothing can be doubled."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def hang_up():
            for _attempt in range(3):
                door.accept()[0].close()

        answering = threading.Thread(target=hang_up)
        answering.start()
        settings.EMAIL_PORT = door.getsockname()[1]
        delivery = sent_to()
        answering.join()

    assert (delivery.failure, delivery.attempts) == ("unreachable", 3)
