"""PDF and mail leave the house once, late rather than never, and never by halves."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from families.models import Family
from municipalities.models import ContactPerson
from privacy.models import AuditEntry
from reports.frozen import VERSIONS
from reports.models import Delivery, MonthlyReport, ReportVersion
from reports.services import delivery as services
from reports.services import review
from reports.workflow import ActionNotAllowed, Status
from tests.factories import ContactPersonFactory, UserFactory
from tests.reports.october import NAMES, approved, log_october, submitted
from tests.reports.sink import free_port
from tests.tampering import lifted

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("undrawn")]

APPROVED_AT = datetime(2026, 11, 13, 8, 42, tzinfo=UTC)


@pytest.fixture
def report(mediator, coordinator):
    log_october(mediator)
    return approved(mediator, coordinator)


def sent(report, coordinator, run_tasks):
    [delivery] = services.request_delivery(report, by=coordinator)
    run_tasks()
    delivery.refresh_from_db()
    report.refresh_from_db()
    return delivery


def spoil(version):
    """Make the PDF impossible: the content does not fit its hash any more."""
    with lifted(VERSIONS):
        ReportVersion.objects.filter(pk=version.pk).update(sha256="0" * 64)
    version.refresh_from_db()


# The PDF


def test_a_pdf_is_made_once(report, run_tasks):
    run_tasks()
    version = report.versions.get()
    before = version.pdf.name

    services.render_version.enqueue(str(version.pk))
    run_tasks()

    version.refresh_from_db()
    assert version.pdf.name == before


def test_a_worker_that_comes_second_throws_its_pdf_away(report):
    first, second = report.versions.get(), report.versions.get()
    services.make_pdf(first)
    folder, _slash, _file = first.pdf.name.rpartition("/")
    before = set(first.pdf.storage.listdir(folder)[1])

    assert services.make_pdf(second)

    assert second.pdf.name == first.pdf.name
    assert set(first.pdf.storage.listdir(folder)[1]) == before


def test_approval_stands_while_the_pdf_fails_and_is_tried_five_times(report, run_tasks):
    version = report.versions.get()
    spoil(version)
    waits = []

    with time_machine.travel(timezone.now(), tick=False) as clock:
        while True:
            run_tasks()
            later = DBTaskResult.objects.filter(
                task_path=services.render_version.module_path,
                status="READY",
                run_after__gt=timezone.now(),
            ).first()
            if later is None:
                break
            waits.append(later.run_after - timezone.now())
            clock.move_to(later.run_after)

    version.refresh_from_db()
    assert [wait.seconds // 60 for wait in waits] == [1, 5, 15, 60]
    assert (version.pdf_attempts, version.pdf_is_given_up) == (5, True)
    assert version.pdf_error == "The snapshot does not fit its hash."
    report.refresh_from_db()
    assert report.status == Status.APPROVED


def test_nothing_is_queued_for_an_approval_that_was_rolled_back(mediator, coordinator):
    report = submitted(mediator)
    outsider = UserFactory()

    with pytest.raises(ActionNotAllowed):
        review.approve(report, by=outsider)

    assert not DBTaskResult.objects.exists()
    assert not report.versions.exists()


# The mail


def test_the_contact_person_receives_a_link_in_text_and_html(
    report, coordinator, contact, post, run_tasks
):
    delivery = sent(report, coordinator, run_tasks)

    [mail] = post.mails
    text = mail.get_body(["plain"]).get_content()
    html = mail.get_body(["html"]).get_content()
    [link] = re.findall(r"http://127\.0\.0\.1:8000/s/[\w-]{43}/", text)
    assert mail["To"] == contact.email
    assert mail["Reply-To"] == coordinator.email
    assert (
        mail["Subject"].strip()
        == "Romu mediatores atskaite par oktobri: vajadzīgi 3 lēmumi"
    )
    assert "Upesciema novada romu mediatore oktobrī strādāja ar 3 ģimenēm." in (
        text.replace("\N{NO-BREAK SPACE}", " ")
    )
    assert f'href="{link}"' in html
    assert "<img" not in html
    assert delivery.status == Delivery.Status.SENT
    assert delivery.expires_at - delivery.sent_at > timedelta(days=13, hours=23)
    assert report.status == Status.SENT
    assert report.events.last().by == coordinator


def test_only_the_hash_of_the_token_is_kept(
    report, coordinator, contact, post, run_tasks
):
    delivery = sent(report, coordinator, run_tasks)

    [token] = re.findall(
        r"/s/([\w-]+)/", post.mails[0].get_body(["plain"]).get_content()
    )
    assert Delivery.objects.with_token(token).get() == delivery
    assert token not in str(Delivery.objects.values())
    assert token not in str(DBTaskResult.objects.values())
    assert token not in str(AuditEntry.objects.values())


def test_the_mail_names_no_family(mediator, coordinator, contact, post, run_tasks):
    log_october(mediator)
    code = Family.objects.first().code
    report = approved(mediator, coordinator, hardest=f"Palīdzēju ģimenei {code}.")
    assert code in report.versions.get().snapshot
    sent(report, coordinator, run_tasks)

    [mail] = post.mails
    words = [mail.get_body([kind]).get_content() for kind in ("plain", "html")]
    secrets = [name.split()[0] for name in NAMES] + ["26123456", "Skolas iela"]
    for secret in [*secrets, *Family.objects.values_list("code", flat=True)]:
        assert secret not in mail["Subject"] + "".join(words)


def test_the_pdf_is_made_before_the_mail_speaks_of_it(
    report, coordinator, contact, post, run_tasks
):
    DBTaskResult.objects.all().delete()

    sent(report, coordinator, run_tasks)

    assert report.versions.get().has_pdf
    assert "Atskaite ir 1 lapu gara" in post.mails[0].get_body(["plain"]).get_content()


def test_a_mail_waits_for_a_pdf_that_fails(
    report, coordinator, contact, post, run_tasks
):
    DBTaskResult.objects.all().delete()
    spoil(report.versions.get())

    delivery = sent(report, coordinator, run_tasks)

    assert post.mails == []
    assert (delivery.status, delivery.failure) == ("queued", "no_pdf")
    assert delivery.due_at > timezone.now()


def test_each_contact_person_has_a_link_of_their_own(
    report, coordinator, municipality, post, run_tasks
):
    ContactPersonFactory.create_batch(2, municipality=municipality)
    ContactPersonFactory(
        municipality=municipality, ends_on=timezone.localdate() - timedelta(1)
    )
    ContactPersonFactory()

    services.request_delivery(report, by=coordinator)
    run_tasks()

    assert len({mail["To"] for mail in post.mails}) == len(post.mails) == 2
    assert Delivery.objects.values("token_sha256").distinct().count() == 2


def test_two_clicks_send_one_mail(report, coordinator, contact, post, run_tasks):
    first = services.request_delivery(report, by=coordinator)
    second = services.request_delivery(report, by=coordinator)
    run_tasks()

    assert first == second
    assert len(post.mails) == 1


def test_of_two_workers_one_sends(report, coordinator, contact):
    [delivery] = services.request_delivery(report, by=coordinator)
    same = Delivery.objects.get(pk=delivery.pk)

    assert delivery.claim()
    assert same.claim() is None
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        assert same.claim(), "a worker that died gives the mail back"


def test_a_mail_whose_worker_was_killed_is_sent_when_the_turn_is_over(
    report, coordinator, contact, post, run_tasks
):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        [delivery] = services.request_delivery(report, by=coordinator)
        delivery.claim()
        run_tasks()
        assert post.mails == []

        clock.shift(Delivery.LEASE)
        run_tasks()

    delivery.refresh_from_db()
    assert delivery.status == "sent"
    assert len(post.mails) == 1


def test_asking_again_sends_a_new_link_and_ends_the_old_one(
    report, coordinator, contact, post, run_tasks
):
    first = sent(report, coordinator, run_tasks)
    with time_machine.travel(timezone.now() + Delivery.AGAIN_AFTER):
        second = sent(report, coordinator, run_tasks)
        first.refresh_from_db()
        assert (first.is_valid, second.is_valid) == (False, True)

    assert first.pk != second.pk
    assert len(post.mails) == 2
    assert report.events.filter(action="send").count() == 1


def test_asking_again_at_once_makes_no_second_mail_and_the_link_goes_on(
    report, coordinator, contact, post, run_tasks
):
    first = sent(report, coordinator, run_tasks)

    with pytest.raises(ActionNotAllowed, match="pirms mazāk nekā divām minūtēm"):
        services.request_delivery(report, by=coordinator)
    run_tasks()

    first.refresh_from_db()
    assert first.is_valid
    assert len(post.mails) == 1


def test_who_was_sent_it_just_now_is_left_out_and_others_get_theirs(
    report, coordinator, contact, post, run_tasks
):
    sent(report, coordinator, run_tasks)
    late = ContactPersonFactory(municipality=report.municipality)

    [delivery] = services.request_delivery(report, by=coordinator)

    assert delivery.recipient == late


def test_a_link_that_was_ended_is_replaced_at_once(
    report, coordinator, contact, post, run_tasks
):
    services.revoke(sent(report, coordinator, run_tasks), by=coordinator)

    assert sent(report, coordinator, run_tasks).is_valid


def test_a_refused_mail_leaves_the_report_approved_and_can_be_sent_again(
    report, coordinator, contact, post, run_tasks
):
    post.answer = "550 no such mailbox"
    delivery = sent(report, coordinator, run_tasks)

    assert (delivery.status, delivery.failure) == ("refused", "refused")
    assert delivery.token_sha256 is None
    assert "Pasta serveris" in delivery.reason
    assert report.status == Status.APPROVED

    post.answer = "250 OK"
    assert sent(report, coordinator, run_tasks).status == "sent"
    assert report.status == Status.SENT


def test_a_mail_server_that_asks_to_wait_is_asked_three_times(
    report, coordinator, contact, post, run_tasks
):
    post.answer = "451 greylisted"
    with time_machine.travel(timezone.now(), tick=False) as clock:
        delivery = sent(report, coordinator, run_tasks)
        assert (delivery.status, delivery.attempts) == ("queued", 1)
        clock.shift(timedelta(minutes=2))
        run_tasks()
        clock.shift(timedelta(minutes=15))
        run_tasks()

    delivery.refresh_from_db()
    assert (delivery.status, delivery.failure) == ("refused", "unreachable")
    assert delivery.attempts == 3
    assert report.status == Status.APPROVED


def test_a_mail_goes_out_when_the_server_is_back(
    report, coordinator, contact, post, run_tasks, settings
):
    settings.EMAIL_PORT = free_port()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        delivery = sent(report, coordinator, run_tasks)
        assert (delivery.status, delivery.failure) == ("queued", "unreachable")
        settings.EMAIL_PORT = post.port
        clock.shift(timedelta(minutes=2))
        run_tasks()

    delivery.refresh_from_db()
    assert delivery.status == "sent"
    assert len(post.mails) == 1


def test_a_mail_to_nobody_is_not_sent(report, coordinator, contact, post, run_tasks):
    ContactPerson.objects.update(email="")

    delivery = sent(report, coordinator, run_tasks)

    assert (delivery.status, delivery.failure) == ("refused", "refused")
    assert report.status == Status.APPROVED


def test_without_a_contact_person_nothing_is_sent(report, coordinator):
    with pytest.raises(ActionNotAllowed, match="kontaktpersonas"):
        services.request_delivery(report, by=coordinator)

    assert not Delivery.objects.exists()


def test_only_a_coordinator_of_the_place_sends_and_only_what_is_approved(
    report, mediator, coordinator, contact
):
    elsewhere = UserFactory(role="coordinator")
    for person in [mediator, elsewhere, UserFactory(role="project_staff")]:
        with pytest.raises(ActionNotAllowed):
            services.request_delivery(report, by=person)

    MonthlyReport.objects.update(status=Status.SUBMITTED)
    with pytest.raises(ActionNotAllowed):
        services.request_delivery(report, by=coordinator)
