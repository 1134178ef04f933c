"""An approved report goes out the next morning, to whom and how the municipality wants it."""

import pytest
import time_machine
from django.core import mail
from django.core.files.base import ContentFile
from django.urls import reverse

from reports.models import Delivery
from reports.services import delivery, review
from reports.workflow import Status
from tests.factories import ContactPersonFactory
from tests.reports.october import log_october, submitted

FRIDAY, SATURDAY, MONDAY = "2026-11-13T15:00", "2026-11-14T12:00", "2026-11-16T08:00"


def at(moment):
    return time_machine.travel(f"{moment}+02:00", tick=False)


@pytest.fixture(autouse=True)
def drawn(monkeypatch):
    """The paper is not what is asked about here."""
    monkeypatch.setattr(delivery, "make_pdf", lambda version: True)


@pytest.fixture
def report(mediator, coordinator, contact):
    log_october(mediator)
    with at(FRIDAY):
        coordinator.appointments.update(starts_on="2026-01-01")
        report = submitted(mediator)
        review.approve(report, by=coordinator)
    return report


@pytest.fixture
def morning(run_tasks):
    def pass_by(moment=MONDAY):
        with at(moment):
            run_tasks()

    return pass_by


def test_what_was_approved_on_a_friday_goes_out_on_monday_at_eight(report, morning):
    morning(SATURDAY)
    assert mail.outbox == []

    morning()

    report.refresh_from_db()
    assert report.status == Status.SENT
    assert len(mail.outbox) == 1


def test_the_page_says_when(client, report, coordinator):
    client.force_login(coordinator)

    with at(SATURDAY):
        page = client.get(f"{report.get_absolute_url()}parskatit/").content.decode()

    assert "16.\N{NO-BREAK SPACE}novembrī plkst. 8.00" in page


def test_what_somebody_sent_before_is_not_sent_again(report, coordinator, morning):
    with at(SATURDAY):
        delivery.request_delivery(report, by=coordinator)

    morning()
    morning()

    assert len(mail.outbox) == 1


def test_what_was_opened_again_is_not_sent(report, coordinator, morning):
    with at(SATURDAY):
        review.reopen(report, by=coordinator, reason="Trūkst ieraksta")

    morning()

    assert mail.outbox == []


def test_a_municipality_that_wants_it_so_gets_nothing_by_itself(report, morning):
    report.municipality.sends_reports_itself = False
    report.municipality.save()

    morning()

    assert mail.outbox == []


def test_without_a_contact_person_it_stays_with_the_coordinators(
    report, contact, coordinator, morning
):
    contact.ends_on = "2026-11-14"
    contact.save()

    morning()

    report.refresh_from_db()
    assert report.status == Status.APPROVED


def test_the_municipality_chooses_greeting_and_attachment(report, morning):
    report.municipality.greeting = "Cienījamā vadītāja!"
    report.municipality.attaches_pdf = True
    report.municipality.save()
    version = report.versions.get()
    version.pdf.save("x.pdf", ContentFile(b"%PDF-1.7"), save=False)
    version.pdf_sha256 = "0" * 64
    version.save()

    morning()

    [message] = mail.outbox
    assert message.body.startswith("Cienījamā vadītāja!")
    [(name, content, kind)] = message.attachments
    assert (name, kind) == ("Atskaite_Upesciems_2026-10_v1.pdf", "application/pdf")
    assert content == b"%PDF-1.7"


def test_a_coordinator_chooses_who_of_several_receives_it(
    client, report, coordinator, contact
):
    other = ContactPersonFactory(municipality=report.municipality)
    client.force_login(coordinator)
    address = reverse("reports:send", args=report.url_args)

    page = client.get(address).content.decode()
    assert contact.email in page
    assert other.email in page
    assert client.post(address).status_code == 422
    client.post(address, {"people": [other.pk]})

    assert [row.recipient for row in Delivery.objects.all()] == [other]


def test_a_person_of_another_municipality_cannot_be_chosen(client, report, coordinator):
    stranger = ContactPersonFactory()
    client.force_login(coordinator)

    response = client.post(
        reverse("reports:send", args=report.url_args), {"people": [stranger.pk]}
    )

    assert response.status_code == 422
    assert not Delivery.objects.exists()
