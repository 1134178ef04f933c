"""What files of results hold as CSV, JSON and with a password."""

import csv
import io
import json
import re
import zipfile
from io import BytesIO

import msoffcrypto
import pytest
from django.db import connection
from openpyxl import load_workbook

from privacy.models import AuditEntry, Verb
from reports import workbook_rows
from reports.models import Export, FileType
from reports.resources import VisitResource
from reports.services import making
from tests.reports.exporting import OCTOBER, ask, fetch, made, the_export
from tests.reports.workbooks import rows_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("clock", "no_files"),
]


# Passwords


def test_a_password_opens_the_workbook_and_is_forgotten(
    client, staff, visit, run_tasks
):
    word = "garš un drošs vārds"
    ask(client, password=word)
    with connection.cursor() as cursor:
        cursor.execute("SELECT password FROM reports_export")
        assert word not in str(cursor.fetchall())
    run_tasks()
    export = the_export()

    content = fetch(client, export).taken

    assert export.password == ""
    locked = msoffcrypto.OfficeFile(content)
    assert locked.is_encrypted()
    opened = BytesIO()
    locked.load_key(password=word, verify_password=True)
    locked.decrypt(opened, verify_integrity=True)
    assert rows_of(load_workbook(opened), VisitResource)[0]["visit_code"] == visit.code
    assert AuditEntry.objects.get(verb=Verb.EXPORT).detail["has_password"] is True


@pytest.mark.parametrize(
    ("file_type", "password"), [("xlsx", "par īsa"), ("csv", "long enough password")]
)
def test_a_password_that_protects_nothing_is_refused(
    client, staff, file_type, password
):
    response = ask(client, file_type, password=password)

    assert list(response.context["form"].errors) == ["password"]
    assert password not in response.content.decode()
    assert not Export.objects.exists()


# CSV and JSON


def test_csv_is_an_archive_of_tables(client, staff, visit, run_tasks):
    export = made(client, run_tasks, "csv")

    response = fetch(client, export)

    assert export.file_name.endswith(".zip")
    archive = zipfile.ZipFile(response.taken)
    assert archive.testzip() is None
    text = archive.read("2_tbl_apmeklejumi.csv").decode("utf-8")
    assert text.startswith("\ufeff")
    header, row = csv.reader(io.StringIO(text[1:]), delimiter=";")
    values = dict(zip(VisitResource().columns, row, strict=True))
    assert len(header) == len(row)
    assert values["visit_date"] == "2026-10-05"
    assert (values["minutes"], values["hours"]) == ("75", "1,25")
    assert values["institution"] == "'=1+1"
    assert values["case_code"] == ""
    assert {name.partition("_")[2] for name in archive.namelist()} == {
        "lasi_mani.csv",
        *(f"{table}.csv" for table in export.sheets),
    }


def test_json_tells_columns_and_rows(client, staff, visit, run_tasks):
    export = made(client, run_tasks, "json")

    found = json.load(fetch(client, export).taken)

    assert set(found["sheets"]) == set(export.sheets)
    sheet = found["sheets"]["tbl_apmeklejumi"]
    [row] = sheet["rows"]
    assert [column["name"] for column in sheet["columns"]] == list(row)
    assert (row["visit_code"], row["visit_date"]) == (visit.code, "2026-10-05")
    assert (row["minutes"], row["hours"], row["case_code"]) == (75, 1.25, None)
    assert row["institution"] == "=1+1"


@pytest.mark.parametrize("file_type", ["csv", "json"])
def test_a_period_without_surveys_and_events_has_their_tables_with_columns_alone(
    client, staff, visit, run_tasks, file_type
):
    export = made(client, run_tasks, file_type)

    file = fetch(client, export).taken

    empty = ("tbl_aptauja", "tbl_ieteikumi", "tbl_pasakumi", "tbl_nosutijumi")
    assert [export.sheets[table] for table in empty] == [0] * 4
    if file_type == "json":
        sheets = json.load(file)["sheets"]
        assert all(sheets[t]["columns"] and not sheets[t]["rows"] for t in empty)
        return
    archive = zipfile.ZipFile(file)
    lines = {
        name.partition("_")[2].removesuffix(".csv"): archive.read(name).splitlines()
        for name in archive.namelist()
    }
    assert [len(lines[table]) for table in empty] == [1] * 4


@pytest.mark.parametrize(
    ("file_type", "told"), [("csv", b";1,17;"), ("json", b": 1.17")]
)
def test_hours_are_told_to_the_hundredth_where_a_file_has_no_formats(
    client, staff, visit, run_tasks, file_type, told
):
    visit.minutes = 70
    visit.save()
    export = made(client, run_tasks, file_type)

    content = fetch(client, export).taken.read()

    if file_type == "csv":
        archive = zipfile.ZipFile(BytesIO(content))
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert told in content
    assert not re.search(rb"\d[.,]\d{5}", content)


def test_all_file_types_count_the_same_rows(client, staff, visit, run_tasks):
    sheets = []
    for file_type in FileType:
        ask(client, file_type)
        run_tasks()
        sheets.append(Export.objects.first().sheets)

    assert sheets[0] == sheets[1] == sheets[2]


@pytest.mark.parametrize("file_type", ["csv", "json"])
def test_flat_files_tell_how_far_they_are(visit, monkeypatch, file_type):
    monkeypatch.setattr("reports.flat_files.TELL_EVERY", 10)
    told = []

    rows = making.fill(
        BytesIO(),
        OCTOBER,
        by=None,
        file_type=file_type,
        told=lambda done, of: told.append((done, of)),
    )

    assert [done for done, _of in told] == list(range(10, sum(rows.values()) + 1, 10))
    assert {of for _done, of in told} == {sum(rows.values())}


def test_the_workbook_tells_how_far_it_is(visit, monkeypatch):
    monkeypatch.setattr(workbook_rows, "AT_ONCE", 10)
    told = []

    rows = making.fill(
        BytesIO(), OCTOBER, by=None, told=lambda done, of: told.append((done, of))
    )

    assert told == sorted(told)
    assert told[-1] == (sum(rows.values()), sum(rows.values()))
