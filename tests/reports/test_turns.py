"""Whose turn it is: taking a report back, one reader at a time, opening it again."""

import pytest
from django.urls import reverse

from cases.models import ClosedMonth, Visit
from privacy.models import AuditEntry
from reports.models import MonthlyReport
from reports.services import review
from reports.workflow import Status
from tests.reports.october import log_october, submitted

pytestmark = pytest.mark.usefixtures("undrawn")


@pytest.fixture
def report(client, mediator, coordinator):
    """Submitted; the coordinator is signed in."""
    log_october(mediator)
    client.force_login(coordinator)
    return submitted(mediator)


def address(report, name, *args):
    return reverse(f"reports:{name}", args=[*report.url_args, *args])


def verbs():
    return list(AuditEntry.objects.order_by("seq").values_list("verb", flat=True))


# Taking back


def test_the_mediator_takes_a_report_back_and_its_month_is_open_again(
    client, report, mediator
):
    client.force_login(mediator)
    assert 'value="withdraw"' in client.get(report.get_absolute_url()).content.decode()

    response = client.post(
        address(report, "action"), {"action": "withdraw"}, follow=True
    )

    report.refresh_from_db()
    assert report.status == Status.DRAFT
    assert not ClosedMonth.objects.exists()
    assert "withdraw" in verbs()
    assert address(report, "check") in response.content.decode()


def test_what_somebody_has_begun_to_read_is_not_taken_back(
    client, report, mediator, coordinator
):
    client.get(address(report, "review"))
    client.force_login(mediator)
    page = client.get(report.get_absolute_url()).content.decode()

    response = client.post(address(report, "action"), {"action": "withdraw"})

    assert 'value="withdraw"' not in page
    assert response.status_code == 422
    assert coordinator.full_name in response.content.decode()
    report.refresh_from_db()
    assert report.status == Status.SUBMITTED


# One reader at a time


def test_the_second_reader_is_told_and_may_take_over(
    client, report, coordinator, deputy
):
    client.get(address(report, "review"))
    client.force_login(deputy)

    page = client.get(address(report, "review")).content.decode()
    assert f"{coordinator.full_name} tagad pārskata šo atskaiti." in page
    assert 'value="return"' not in page
    client.post(address(report, "take-over"))

    page = client.get(address(report, "review")).content.decode()
    assert "tagad pārskata šo atskaiti" not in page
    assert 'value="return"' in page


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("comment", {"section": "hardest", "text": "Kad tas bija?"}),
        ("note", {"coordinator_note": "Kad tas bija?"}),
    ],
)
def test_what_is_written_after_somebody_took_over_comes_back_unsaved(
    client, report, deputy, name, data
):
    client.get(address(report, "review"))
    report.take_over_review(deputy)

    response = client.post(address(report, name), data)

    assert response.status_code == 422
    assert "Kad tas bija?" in response.content.decode()
    assert deputy.full_name in response.content.decode()
    report.refresh_from_db()
    assert not report.comments.exists()
    assert report.coordinator_note == ""


def test_a_part_is_not_accepted_after_somebody_took_over(client, report, deputy):
    client.get(address(report, "review"))
    report.take_over_review(deputy)

    response = client.post(address(report, "section-accept", "figures"), follow=True)

    assert deputy.full_name in response.content.decode()
    assert not report.sections.filter(is_accepted=True).exists()


# Opening again


@pytest.fixture
def approved(report, coordinator, run_tasks):
    review.approve(report, by=coordinator)
    run_tasks()
    report.refresh_from_db()
    return report


def test_an_approved_report_is_opened_again_with_a_reason(
    client, approved, coordinator
):
    assert (
        address(approved, "reopen")
        in client.get(address(approved, "review")).content.decode()
    )

    client.post(address(approved, "reopen"), {"reason": "Trūkst divu vizīšu"})

    approved.refresh_from_db()
    assert approved.status == Status.RETURNED
    assert not ClosedMonth.objects.exists()
    event = approved.events.last()
    assert (event.by, event.comment) == (coordinator, "Trūkst divu vizīšu")
    assert (
        "Trūkst divu vizīšu"
        in client.get(address(approved, "history")).content.decode()
    )


def test_without_a_reason_it_stays_closed(client, approved):
    response = client.post(address(approved, "reopen"), {"reason": " "})

    assert response.status_code == 422
    approved.refresh_from_db()
    assert approved.status == Status.APPROVED


def test_the_mediator_reads_why_it_was_opened_again(client, approved, mediator):
    client.post(address(approved, "reopen"), {"reason": "Trūkst divu vizīšu"})
    client.force_login(mediator)

    page = client.get(approved.get_absolute_url()).content.decode()

    assert "Trūkst divu vizīšu" in page


def test_a_new_version_leaves_the_approved_one_as_it_was(
    client, approved, mediator, coordinator, run_tasks
):
    first = approved.versions.get()
    content = first.pdf.read()
    review.reopen(approved, by=coordinator, reason="Trūkst")
    Visit.objects.first().delete()
    review.submit(approved, by=mediator)
    second = review.approve(approved, by=coordinator)
    run_tasks()

    seal, snapshot = first.sha256, first.snapshot
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert (first.sha256, first.snapshot) == (seal, snapshot)
    assert first.pdf.read() == content
    assert second.snapshot != first.snapshot
    assert first.is_replaced
    for number in (1, 2):
        page = client.get(address(approved, "pdf-version", number))
        assert page["Content-Type"] == "application/pdf"


def test_only_who_may_send_it_opens_it_again(client, approved, mediator, outsider):
    for person in (mediator, outsider):
        client.force_login(person)
        response = client.post(address(approved, "reopen"), {"reason": "Tā"})
        assert response.status_code == 404
    assert MonthlyReport.objects.get().status == Status.APPROVED
