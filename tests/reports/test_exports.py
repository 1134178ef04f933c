"""Files of results in the background: asked for, told of, fetched once, ended."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.db import IntegrityError
from django.urls import reverse
from openpyxl import load_workbook

from mediators.models import Role
from privacy import backup, sealed_files
from privacy.models import AuditEntry, AuditHead, Verb
from reports.models import Export, ExportLog
from reports.resources import IndicatorResource, ReportResource, VisitResource
from tests.factories import MonthlyReportFactory, UserFactory, VisitFactory
from tests.reports.exporting import (
    OCTOBER,
    PAGE,
    WHY,
    ask,
    fetch,
    files,
    made,
    the_export,
)
from tests.reports.workbooks import rows_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock", "no_files"),
]


# Asking


def test_asking_queues_the_file_and_says_so(client, staff, visit):
    response = ask(client)

    assert response.url == reverse(PAGE)
    export = the_export()
    assert (export.by, export.status, export.period) == (staff, "waiting", OCTOBER)
    assert AuditEntry.objects.get(verb=Verb.CREATE).object_id == str(export.pk)
    assert not ExportLog.objects.exists()
    page = client.get(reverse(PAGE)).content.decode()
    assert "Waits for its turn" in page
    assert "data-changes" in page


def test_asking_twice_shows_the_first(client, staff, visit):
    ask(client)

    page = client.post(
        reverse(PAGE),
        {"first": "2026-01", "last": "2026-10", "file_type": "csv", **WHY},
        follow=True,
    )

    assert the_export().period == OCTOBER
    assert "asked for before is still being made" in page.content.decode()


def test_the_database_keeps_the_second_out(staff):
    Export.objects.create(by=staff, first=OCTOBER.first, last=OCTOBER.last)

    with pytest.raises(IntegrityError):
        Export.objects.create(by=staff, first=OCTOBER.first, last=OCTOBER.last)


def test_two_people_ask_at_once(client, staff, visit, run_tasks):
    ask(client)
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))
    ask(client)

    run_tasks()

    assert {export.status for export in Export.objects.all()} == {"ready"}
    assert len(files()) == 2


# Making and fetching


def test_only_approved_months_are_taken_out_when_that_is_wanted(
    client, staff, visit, run_tasks
):
    september = VisitFactory(
        mediator=visit.mediator,
        municipality=visit.municipality,
        visited_on=date(2026, 9, 30),
    )
    MonthlyReportFactory(
        mediator=visit.mediator,
        municipality=visit.municipality,
        month=date(2026, 9, 1),
        status="approved",
    )

    made(client, run_tasks, first="2026-09", approved_only="on")
    book = load_workbook(fetch(client, the_export()).taken)

    assert [row["visit_code"] for row in rows_of(book, VisitResource)] == [
        september.code
    ]
    assert len(rows_of(book, ReportResource)) == 1
    entries = [
        row["value"]
        for row in rows_of(book, IndicatorResource)
        if row["code"] == "I02E" and row["municipality"] is row["month"] is None
    ]
    assert entries == [1]
    told = " ".join(str(cell) for row in book.worksheets[0].values for cell in row)
    assert "Apstiprinātas atskaites: 1 no 1" in told


def test_the_form_offers_approved_reports_only_at_first(client, staff):
    form = client.get(reverse(PAGE)).context["form"]

    assert form["approved_only"].initial is True


def test_the_file_is_fetched_once_and_then_it_is_gone(
    client, staff, visit, run_tasks, django_capture_on_commit_callbacks
):
    export = made(client, run_tasks)
    assert len(files()) == 1

    with django_capture_on_commit_callbacks(execute=True):
        response = fetch(client, export)
    again = fetch(client, export)

    book = load_workbook(response.taken)
    assert [row["visit_code"] for row in rows_of(book, VisitResource)] == [visit.code]
    assert response["Content-Disposition"] == (
        'attachment; filename="Tilts_rezultati_2026-10_2026-10.xlsx"'
    )
    assert response["Cache-Control"] == "no-store"
    assert again.url == reverse(PAGE)
    assert files() == []
    export = the_export()
    assert (export.status, export.file, export.opens_with) == ("taken", "", "")


def test_fetching_is_logged_and_audited(client, staff, visit, run_tasks):
    fetch(client, made(client, run_tasks))

    [log] = ExportLog.objects.all()
    assert (log.by, log.first, log.last) == (staff, OCTOBER.first, OCTOBER.last)
    assert (log.file_type, log.rows) == ("Excel", sum(log.sheets.values()))
    entry = AuditEntry.objects.get(verb=Verb.EXPORT)
    assert (entry.actor, entry.object_id) == (staff.pk, str(log.pk))
    assert (entry.detail["rows"], entry.detail["file_type"]) == (log.rows, "xlsx")


def test_purpose_and_recipient_are_kept_and_shown_to_the_officer(
    client, staff, visit, run_tasks, data_protection_officer
):
    fetch(client, made(client, run_tasks))

    [log] = ExportLog.objects.all()
    assert (log.purpose, log.recipient) == ("audit", "Revīzijas birojs")
    entry = AuditEntry.objects.get(verb=Verb.EXPORT)
    assert entry.detail["purpose"] == "audit"
    assert "Rev" not in str(entry.detail)
    client.force_login(data_protection_officer)
    page = client.get(reverse("data_protection:exports")).content.decode()
    assert "Revīzija vai pārbaude. Revīzijas birojs" in page
    assert staff.full_name in page


def test_a_download_that_cannot_be_noted_does_not_happen(
    client, staff, visit, run_tasks
):
    export = made(client, run_tasks)
    client.raise_request_exception = False
    AuditHead.objects.all().delete()

    response = fetch(client, export)

    assert response.status_code == 500
    assert not ExportLog.objects.exists()
    assert the_export().is_ready
    assert len(files()) == 1


def test_nobody_fetches_the_file_of_another(client, staff, visit, run_tasks):
    export = made(client, run_tasks)
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    assert fetch(client, export).status_code == 404
    assert "Download" not in client.get(reverse(PAGE)).content.decode()


def test_who_is_no_longer_of_the_staff_gets_nothing(client, staff, visit, run_tasks):
    export = made(client, run_tasks)
    staff.appointments.update(ends_on=date(2026, 11, 11))

    assert fetch(client, export).status_code == 404


def test_what_lies_on_the_disk_is_sealed_and_in_no_backup(
    client, staff, visit, run_tasks
):
    made(client, run_tasks)

    [name] = files()
    with default_storage.open(f"{sealed_files.FOLDER}/{name}") as file:
        content = file.read()
    assert content.startswith(b"age-encryption.org")
    assert not [name for name in backup.stored_files() if "waiting" in name]


def test_a_file_that_a_backup_did_not_hold_is_said_to_be_gone(
    client, staff, visit, run_tasks
):
    export = made(client, run_tasks)
    sealed_files.forget(export.file)

    page = client.post(reverse("reports:export-fetch", args=[export.pk]), follow=True)

    assert "can no longer be downloaded" in page.content.decode()
    assert not ExportLog.objects.exists()


def test_after_a_day_the_file_is_deleted(
    client, staff, visit, run_tasks, clock, django_capture_on_commit_callbacks
):
    export = made(client, run_tasks)
    clock.shift(timedelta(hours=24))
    client.force_login(staff)

    assert fetch(client, export).url == reverse(PAGE)
    with django_capture_on_commit_callbacks(execute=True):
        run_tasks()

    assert the_export().status == "expired"
    assert files() == []
    assert "Not downloaded in time" in client.get(reverse(PAGE)).content.decode()


# The mail


def test_a_mail_tells_who_still_waits_without_months_and_numbers(
    client, staff, visit, run_tasks, clock
):
    made(client, run_tasks)
    assert not mail.outbox
    clock.shift(timedelta(minutes=2))

    run_tasks()

    [letter] = mail.outbox
    assert letter.to == [staff.email]
    assert reverse(PAGE) in letter.body
    for word in ("2026-10", "October", "Grava", visit.code, "Upesciem"):
        assert word not in letter.subject + letter.body


def test_who_has_the_file_gets_no_mail(client, staff, visit, run_tasks, clock):
    fetch(client, made(client, run_tasks))
    clock.shift(timedelta(minutes=2))

    run_tasks()

    assert not mail.outbox
