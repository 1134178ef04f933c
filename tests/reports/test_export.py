"""The page of exports and the command line: who may, which months, what is noted."""

import errno
import json
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.urls import reverse
from openpyxl import load_workbook

from mediators.models import Role
from reports.management.commands import export_results as export_command
from reports.models import Export, ExportLog
from reports.periods import Period
from reports.resources import IndicatorResource
from reports.services.export import export_results
from tests.factories import MunicipalityFactory, UserFactory, VisitFactory
from tests.reports.workbooks import rows_of, workbook

pytestmark = pytest.mark.django_db

TEN_MONTHS = Period.between(date(2026, 1, 1), date(2026, 10, 1))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def staff(client):
    user = UserFactory(
        first_name="Līga", last_name="Grava", role=Role.PROJECT_STAFF, language="en"
    )
    client.force_login(user)
    return user


@pytest.fixture
def visit(municipality, mediator):
    return VisitFactory(
        mediator=mediator,
        municipality=municipality,
        visited_on=date(2026, 10, 5),
        minutes=45,
    )


WHY = {"purpose": "evaluation", "recipient": "Pētnieku birojs"}
REASON = ("--purpose=evaluation", "--recipient=Pētnieku birojs")


def take_out(client, first="2026-01", last="2026-10", **changes):
    return client.post(
        reverse("reports:export"),
        {"first": first, "last": last, "file_type": "xlsx"} | WHY | changes,
    )


def test_the_first_sheet_says_who_made_it_of_what(staff, visit):
    book = workbook(TEN_MONTHS, by=staff)

    said = [
        value for row in book.worksheets[0].iter_rows(values_only=True) for value in row
    ]
    assert "01.01.2026.–31.10.2026." in said
    assert any("12.11.2026." in (text or "") and "Līga Grava" in text for text in said)
    assert "Upesciema novads" in said


def test_the_page_shows_who_took_what_out(client, staff, visit):
    export_results(BytesIO(), TEN_MONTHS, by=staff)

    content = client.get(reverse("reports:export")).content.decode()

    assert "Līga Grava" in content
    assert "January–October 2026" in content
    assert ExportLog.objects.count() == 1


def test_looking_at_the_page_takes_nothing_out(client, staff):
    response = client.get(
        reverse("reports:export"), {"first": "2026-02", "last": "2026-03"}
    )

    assert response.status_code == 200
    assert response.context["form"]["first"].value() == "2026-02"
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize(
    ("first", "last", "field"),
    [
        ("", "2026-10", "first"),
        ("2026-10", "", "last"),
        ("2026-10", "2026-09", "last"),
        ("2026", "2026-10", "first"),
        ("2026-13", "2026-10", "first"),
        ("\x00", "2026-10", "first"),
        ("x" * 10_000, "2026-10", "first"),
    ],
)
def test_wrong_months_are_told(client, staff, first, last, field):
    response = take_out(client, first, last)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"purpose": ""}, "purpose"),
        ({"purpose": "curiosity"}, "purpose"),
        ({"recipient": ""}, "recipient"),
        ({"recipient": " x "}, "recipient"),
        ({"recipient": "Birojs, 010190-12345"}, "recipient"),
    ],
)
def test_without_a_purpose_and_a_recipient_nothing_is_taken_out(
    client, staff, changes, field
):
    response = take_out(client, **changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Export.objects.exists()


def test_the_command_needs_a_purpose_and_a_recipient(db, tmp_path):
    out = f"--out={tmp_path / 'x.xlsx'}"
    with pytest.raises(CommandError, match="--purpose, --recipient"):
        call_command("export_results", "--from=2026-10", "--to=2026-10", out)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROJECT_STAFF])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_may_take_the_workbook_out(client, role, method):
    client.force_login(UserFactory(role=role))

    response = getattr(client, method)(
        reverse("reports:export"), {"first": "2026-01", "last": "2026-10"}
    )

    assert response.status_code == 404
    assert not Export.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_a_constant_number_of_queries(
    client, staff, django_assert_num_queries, count
):
    for _number in range(count):
        ExportLog.objects.create(
            by=UserFactory(),
            municipality=MunicipalityFactory(),
            first=date(2026, 1, 1),
            last=date(2026, 10, 31),
        )

    # session, account, roles, days of the log, the log, own files, roles anew, 3 counts
    # in the menu, savepoint and its release
    with django_assert_num_queries(12):
        client.get(reverse("reports:export"))


def test_the_command_writes_the_workbook(visit, tmp_path):
    file, told = tmp_path / "out.xlsx", StringIO()

    call_command(
        "export_results",
        "--from",
        "2026-10",
        "--to",
        "2026-10",
        "--out",
        str(file),
        *REASON,
        stdout=told,
    )

    rows = rows_of(load_workbook(file), IndicatorResource)
    assert {row["value"] for row in rows if row["code"] == "I02E"} == {1}
    [export] = ExportLog.objects.all()
    assert (export.by, export.sheets["tbl_apmeklejumi"]) == (None, 1)
    assert (export.purpose, export.recipient) == ("evaluation", "Pētnieku birojs")
    assert "tbl_apmeklejumi" in told.getvalue()
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("first", "last", "out", "message"),
    [
        ("2026-13", "2026-10", "x.xlsx", "is not a month"),
        ("2026", "2026-10", "x.xlsx", "is not a month"),
        ("2026-10", "2026-09", "x.xlsx", "later"),
        ("2026-10", "2026-10", "missing/x.xlsx", "Cannot write"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path, first, last, out, message):
    with pytest.raises(CommandError, match=message):
        call_command(
            "export_results",
            "--from",
            first,
            "--to",
            last,
            "--out",
            str(tmp_path / out),
            *REASON,
        )

    assert not ExportLog.objects.exists()


def test_a_full_disk_leaves_the_file_of_before(tmp_path, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "x.xlsx"
    out.write_text("of before")
    monkeypatch.setattr(export_command, "export_results", full)

    with pytest.raises(CommandError, match="No space left on device"):
        call_command(
            "export_results",
            *("--from=2026-10", "--to=2026-10", f"--out={out}"),
            *REASON,
        )

    assert [file.name for file in tmp_path.iterdir()] == ["x.xlsx"]
    assert out.read_text() == "of before"


def test_the_command_writes_json_too(visit, tmp_path):
    out = tmp_path / "x.json"

    call_command(
        *("export_results", "--from=2026-10", "--to=2026-10"),
        *(f"--out={out}", "--as=json"),
        *REASON,
        stdout=StringIO(),
    )

    [row] = json.loads(out.read_text())["sheets"]["tbl_apmeklejumi"]["rows"]
    assert row["visit_code"] == visit.code
    assert ExportLog.objects.get().file_type == "JSON"
