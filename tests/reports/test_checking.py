"""The check of a file: genuine, replaced or unknown, and nothing of the upload is kept."""

import hashlib
import re
import tempfile
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from reports.forms.checking import LARGEST
from reports.services import delivery
from reports.snapshot import Snapshot
from tests.reports.october import approved, log_october

PDF = b"%PDF-1.7\n" + b"a report, as it was drawn " * 20_000


@pytest.fixture
def version(mediator, coordinator):
    log_october(mediator)
    version = approved(mediator, coordinator).versions.get()
    version.pdf.save("report.pdf", ContentFile(PDF), save=False)
    version.pdf_sha256 = hashlib.sha256(PDF).hexdigest()
    version.save()
    return version


def hand_over(client, content, name="atskaite.pdf"):
    file = BytesIO(content)
    file.name = name
    return client.post(reverse("reports:verify-file"), {"paper": file})


def words(response):
    text = re.sub("<[^>]+>", " ", response.content.decode())
    return re.sub(r" (?=[.,])", "", " ".join(text.split()))


def test_the_file_that_was_issued_is_genuine_and_nothing_of_it_is_told(client, version):
    response = hand_over(client, PDF)

    text = words(response)
    chain_end = Snapshot.from_json(version.snapshot).chain_end
    assert response.status_code == 200
    assert "Fails ir īsts: tieši tāds tas ir izdots, 1. redakcija." in text
    assert version.sha256[:16] in text
    assert f"beidzās ar {chain_end.number}. ierakstu, {chain_end.hash}" in text
    for content in ["Upesciem", "oktobr", "Vītola", "Kronberga", "UPC-2026-10"]:
        assert content not in text


def test_the_check_of_a_code_shows_the_end_of_the_audit_too(client, version):
    response = client.get(reverse("reports:verify-code", args=[version.code]))

    assert Snapshot.from_json(version.snapshot).chain_end.hash in words(response)


def test_a_file_of_an_older_version_is_genuine_but_replaced(
    client, version, coordinator
):
    delivery.freeze(version.report, by=coordinator)

    text = words(hand_over(client, PDF))

    assert "Fails ir īsts" in text
    assert "Vēlāk ir izdota jaunāka redakcija." in text


@pytest.mark.parametrize(
    "changed", [PDF + b"\n", PDF.replace(b"drawn", b"drown", 1), b"%PDF-1.7"]
)
def test_a_changed_or_foreign_file_was_not_issued(client, version, changed):
    response = hand_over(client, changed)

    assert response.status_code == 404
    assert "Šis fails nav izdots šeit." in words(response)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "Fails ir tukšs."),
        (b"PK\x03\x04 a workbook", "Tas nav PDF."),
        (b"%PDF-" + b"x" * LARGEST, "Fails ir lielāks par 5 MB."),
    ],
)
def test_what_cannot_be_a_report_is_refused_with_a_clear_word(
    client, db, content, told
):
    response = hand_over(client, content)

    assert response.status_code == 422
    assert told in words(response)


def test_no_file_at_all_is_explained(client, db):
    response = client.post(reverse("reports:verify-file"))

    assert response.status_code == 422
    assert "Izvēlieties PDF, kuru gribat pārbaudīt." in words(response)


def test_nothing_of_an_upload_is_written_anywhere(client, version, monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError("An upload was put into a file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refuse)
    with connection.execute_wrapper(only_reads_or_counts):
        hand_over(client, b"%PDF-" + b"y" * 3_000_000)


def only_reads_or_counts(execute, sql, params, many, context):
    assert sql.startswith("SELECT"), sql
    return execute(sql, params, many, context)


def test_the_check_of_a_file_needs_no_cookie(version):
    strict = Client(enforce_csrf_checks=True)

    assert hand_over(strict, PDF).status_code == 200


def test_whoever_hands_over_files_too_often_waits(client, db):
    answers = [hand_over(client, b"%PDF-").status_code for _attempt in range(21)]

    assert answers == [*[404] * 20, 429]


def test_the_check_speaks_english_too(client, version, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"

    assert "The file is genuine" in words(hand_over(client, PDF))
