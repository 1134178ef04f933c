"""The monthly meeting about a report: written down by both sides, without families."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from privacy.models import AuditEntry
from reports.models import ReportMeeting
from tests.factories import ContactPersonFactory
from tests.reports.october import approved, log_october, submitted


@pytest.fixture
def report(mediator, coordinator, contact):
    log_october(mediator)
    return approved(mediator, coordinator)


@pytest.fixture
def write(client, report):
    def send(by, **typed):
        client.force_login(by)
        return client.post(
            reverse("reports:meeting", args=report.url_args),
            {
                "held_on": timezone.localdate().isoformat(),
                "post": "Priekšsēdētāja vietnieks",
            }
            | typed,
        )

    return send


@pytest.mark.parametrize("side", ["mediator", "coordinator"])
def test_both_sides_write_it_down_and_both_read_it(
    request, client, report, write, mediator, coordinator, side
):
    write(request.getfixturevalue(side), agreed="Telpa no janvāra")

    for user in (mediator, coordinator):
        client.force_login(user)
        page = client.get(report.get_absolute_url(), follow=True).content.decode()
        assert "Priekšsēdētāja vietnieks" in page
        assert "Telpa no janvāra" in page
    assert AuditEntry.objects.filter(verb="create").exists()


def test_it_was_with_a_contact_person_or_another_post(write, mediator, contact):
    assert write(mediator, post="").status_code == 422

    write(mediator, post="", contact=contact.pk)

    assert ReportMeeting.objects.get().partner == contact.post


def test_a_contact_person_of_another_municipality_is_refused(write, mediator):
    assert write(mediator, contact=ContactPersonFactory().pk).status_code == 422


@pytest.mark.parametrize("days", [1, -400])
def test_a_day_that_cannot_be_is_refused(write, mediator, days):
    day = timezone.localdate() + timedelta(days=days)

    assert write(mediator, held_on=day.isoformat()).status_code == 422
    assert not ReportMeeting.objects.exists()


def test_the_mediator_is_told_of_the_name_of_a_family(write, mediator):
    response = write(mediator, agreed="Runājām par Kārkliņu ģimeni.")

    assert response.status_code == 422
    assert response.context["form"].has_error("agreed", code="name")


def test_a_double_click_writes_it_down_once(write, mediator):
    first, second = write(mediator), write(mediator)

    assert (first.status_code, second.status_code) == (302, 302)
    assert ReportMeeting.objects.count() == 1


def test_a_report_that_is_not_approved_has_no_meeting(client, mediator):
    report = submitted(mediator)
    client.force_login(mediator)

    response = client.get(reverse("reports:meeting", args=report.url_args))

    assert response.status_code == 404
