"""Taking the workbook out: page, command line, who may, what is noted."""

from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from mediators.models import Role
from privacy.models import AuditEntry, Verb
from reports.models import ExportLog
from reports.resources import IndicatorResource, VisitResource
from tests.factories import MunicipalityFactory, UserFactory, VisitFactory
from tests.reports.workbooks import rows_of

pytestmark = pytest.mark.django_db


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


def take_out(client, first="2026-01", last="2026-10"):
    return client.post(reverse("reports:export"), {"first": first, "last": last})


def test_staff_take_the_workbook_out(client, staff, visit):
    response = take_out(client)

    book = load_workbook(BytesIO(response.getvalue()))
    assert [row["visit_code"] for row in rows_of(book, VisitResource)] == [visit.code]
    assert response["Content-Type"] == (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    assert response["Content-Disposition"] == (
        'attachment; filename="Tilts_rezultati_2026-01_2026-10.xlsx"'
    )
    assert response["Cache-Control"] == "no-store"


def test_an_export_is_logged_and_audited(client, staff, visit):
    take_out(client)

    [export] = ExportLog.objects.all()
    assert export.by == staff
    assert (export.first, export.last) == (date(2026, 1, 1), date(2026, 10, 31))
    assert export.sheets["tbl_apmeklejumi"] == 1
    assert export.rows == sum(export.sheets.values())
    assert export.is_workbook
    entry = AuditEntry.objects.get(verb=Verb.EXPORT)
    assert (entry.actor, entry.object_id) == (staff.pk, str(export.pk))
    assert entry.detail["rows"] == export.rows


def test_the_first_sheet_says_who_made_it_of_what(client, staff, visit):
    book = load_workbook(BytesIO(take_out(client).getvalue()))

    said = [
        value for row in book.worksheets[0].iter_rows(values_only=True) for value in row
    ]
    assert "01.01.2026.–31.10.2026." in said
    assert any("12.11.2026." in (text or "") and "Līga Grava" in text for text in said)
    assert "Upesciema novads" in said


def test_the_page_shows_who_took_what_out(client, staff, visit):
    take_out(client)

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
    assert not ExportLog.objects.exists()


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PROJECT_STAFF])
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_else_may_take_the_workbook_out(client, role, method):
    client.force_login(UserFactory(role=role))

    response = getattr(client, method)(
        reverse("reports:export"), {"first": "2026-01", "last": "2026-10"}
    )

    assert response.status_code == 404
    assert not ExportLog.objects.exists()


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

    # session, account, roles, days of the log, exports, count in the menu, savepoint
    # and its release
    with django_assert_num_queries(11):
        client.get(reverse("reports:export"))


def test_an_export_that_cannot_be_noted_does_not_happen(client, staff, visit):
    client.raise_request_exception = False
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE privacy_auditentry")

    response = take_out(client)

    assert response.status_code == 500
    assert not ExportLog.objects.exists()


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
        stdout=told,
    )

    rows = rows_of(load_workbook(file), IndicatorResource)
    assert {row["value"] for row in rows if row["code"] == "I02E"} == {1}
    [export] = ExportLog.objects.all()
    assert (export.by, export.sheets["tbl_apmeklejumi"]) == (None, 1)
    assert "tbl_apmeklejumi" in told.getvalue()


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
        )

    assert not ExportLog.objects.exists()
