"""An approved report stays as it is, whoever writes into the database."""

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, InternalError, connection, transaction

from reports.models import ReportVersion
from reports.services import review
from tests.factories import MonthlyReportFactory


@pytest.fixture
def version(mediator, coordinator):
    report = MonthlyReportFactory(
        mediator=mediator,
        municipality=mediator.factory_municipality,
        sections="Divas ģimenes.",
    )
    review.submit(report, by=mediator)
    return review.approve(report, by=coordinator)


def fill(version, content=b"%PDF"):
    version.pdf.save("atskaite.pdf", ContentFile(content), save=False)
    version.pdf_sha256, version.pdf_pages = "0" * 64, 2
    version.save()


@pytest.mark.parametrize(
    "change",
    [
        {"snapshot": "{}"},
        {"sha256": "0" * 64},
        {"number": 2},
        {"code": "AAAA-2222"},
        {"pdf": "cits.pdf"},
        {"pdf_sha256": "1" * 64},
        {"pdf_pages": 3},
        {"pdf": "", "pdf_sha256": ""},
    ],
)
def test_neither_the_words_nor_the_pdf_change(version, change):
    fill(version)

    with (
        pytest.raises((IntegrityError, InternalError), match="does not change"),
        transaction.atomic(),
    ):
        ReportVersion.objects.filter(pk=version.pk).update(**change)


def test_a_version_is_not_deleted(version):
    with (
        pytest.raises((IntegrityError, InternalError), match="does not change"),
        transaction.atomic(),
    ):
        version.delete()


REPLACING = {
    "sqlite": "INSERT OR REPLACE INTO reports_reportversion "
    "SELECT * FROM reports_reportversion",
    "postgresql": "INSERT INTO reports_reportversion SELECT * FROM reports_reportversion "
    "WHERE true ON CONFLICT (code) DO UPDATE SET snapshot = '{}'",
}


def test_no_other_version_is_put_in_its_place(version):
    with (
        pytest.raises((IntegrityError, InternalError), match="does not change"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(REPLACING[connection.vendor])


def test_attempts_are_counted_before_and_after_the_pdf_is_there(version):
    rows = ReportVersion.objects.filter(pk=version.pk)
    rows.update(pdf_attempts=1, pdf_error="no room")
    version.refresh_from_db()
    fill(version)
    rows.update(pdf_attempts=2)

    version.refresh_from_db()
    assert (version.has_pdf, version.pdf_attempts) == (True, 2)
