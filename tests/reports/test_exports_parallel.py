"""Exports while others go on working, on a database with several connections."""

import pytest
from django.utils import translation

from reports.models import Export
from reports.workflow import Status
from tests.factories import (
    ExportFactory,
    MonthlyReportFactory,
    UserFactory,
    VisitFactory,
)
from tests.parallel import in_parallel

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

REOPENED = """
import io
import json

from django.db import connection
from cases.models import Visit
from privacy.moment import beside
from reports import flat_files
from reports.models import MonthlyReport
from reports.periods import Period
from reports.services.export import fill

flat_files.TELL_EVERY = 1


def act(_number):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # As init sets it
            cursor.execute("PRAGMA journal_mode=WAL")
    file, told = io.BytesIO(), []

    def meanwhile(done, of):
        if not told:
            MonthlyReport.objects.using(other).update(status="returned")
            Visit.objects.using(other).delete()
        told.append(done)

    with beside() as other:
        fill(file, Period.parse("2026-10"), by=None, file_type="json", told=meanwhile)
    found = json.loads(file.getvalue())
    said = [text for text in found["about"].values() if "1 no 1" in text]
    sheets = found["sheets"]
    return {
        "approved by the first sheet": len(said),
        "visits": len(sheets["tbl_apmeklejumi"]["rows"]),
        "status": [row["status"] for row in sheets["tbl_atskaites"]["rows"]],
        "afterwards": [Visit.objects.count(), MonthlyReport.objects.get().status],
    }
"""

ASKED = """
from mediators.models import User
from reports.models import Export
from reports.periods import Period
from reports.services.making import ask_for

barrier = multiprocessing.get_context("fork").Barrier(4)


def act(_number):
    staff = User.objects.get(email="parallel@tilts.example")
    barrier.wait(timeout=60)
    export, is_new = ask_for(
            Period.parse("2026-10"),
            "xlsx",
            by=staff,
            purpose="audit",
            recipient="Birojs",
        )
    return [str(export.pk), is_new]
"""

MADE = """
from django.utils import timezone
from reports.models import Export
from reports.services import making

barrier = multiprocessing.get_context("fork").Barrier(4)


def act(_number):
    barrier.wait(timeout=60)
    export = Export.objects.get()
    return making._claim(export)
"""


def test_what_changes_during_an_export_is_in_all_sheets_or_in_none(
    tmp_path, municipality, mediator
):
    report = MonthlyReportFactory(
        municipality=municipality, mediator=mediator, status=Status.RECEIVED
    )
    VisitFactory(municipality=municipality, mediator=mediator, visited_on=report.month)

    with translation.override("lv"):
        label = str(Status.RECEIVED.label)

    [found] = in_parallel(REOPENED, [0], tmp_path)

    assert found["approved by the first sheet"] == 1
    assert found["visits"] == 1
    assert len(found["status"]) == 1
    assert found["status"][0] == label
    assert found["afterwards"] == [0, "returned"]


def test_of_many_presses_at_once_one_begins_an_export(tmp_path):
    UserFactory(role="project_staff", email="parallel@tilts.example")

    answers = in_parallel(ASKED, [0, 1, 2, 3], tmp_path)

    assert len({pk for pk, _is_new in answers}) == 1
    assert [is_new for _pk, is_new in answers].count(True) == 1


def test_of_many_workers_one_makes_the_file(tmp_path):
    ExportFactory(status=Export.Status.WAITING, failure="")

    assert in_parallel(MADE, [0, 1, 2, 3], tmp_path).count(True) == 1
