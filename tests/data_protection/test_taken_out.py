"""Which files left the system, for what and for whom, as the officer reads it."""

from datetime import date

import pytest
from django.urls import reverse

from data_protection.services import requests, taken_out
from data_protection.services.subject_export import hand_out
from privacy import audit
from privacy.models import AuditEntry, Installation, Verb
from reports.periods import Period
from reports.services.export import log_export
from tests.factories import FamilyFactory, SubjectRequestFactory


@pytest.fixture
def asked(mediator, municipality):
    """A confirmed request for a copy."""
    family = FamilyFactory(mediator=mediator, municipality=municipality, label="Ozoli")
    asked = SubjectRequestFactory(family=family)
    requests.confirm(asked, by=mediator)
    return asked


@pytest.fixture
def shown(client, data_protection_officer):
    """The page, opened by the officer."""

    def get():
        client.force_login(data_protection_officer)
        return client.get(reverse("data_protection:exports"))

    return get


def test_a_copy_that_was_handed_out_is_on_the_list_each_time(asked, mediator, shown):
    hand_out(asked, "json", by=mediator)
    hand_out(asked, "json", by=mediator, command="export_subject")

    page = shown()

    newest, first = page.context["files"]
    assert (first.by, first.by_command) == (mediator, False)
    assert (newest.by, newest.by_command) == (mediator, True)
    assert f"{mediator.full_name}, Komandrinda" in page.text
    assert first.what == "Ģimenes vai cilvēka datu kopija, JSON"
    assert first.why == f"Saņemt datu kopiju. Cilvēkam, kas to lūdza, {asked.code}"
    assert "Ozoli" not in page.text


def test_the_register_as_a_document_is_on_the_list_and_a_backup_is_not(
    data_protection_officer, shown
):
    officer = data_protection_officer
    audit.record(officer, Verb.EXPORT, AuditEntry, document="register")
    audit.record(None, Verb.EXPORT, Installation)

    [file] = shown().context["files"]

    assert file.what == "Apstrādes darbību reģistrs, PDF"
    assert (file.by, file.period, file.rows, file.why) == (officer, None, None, "")


def test_results_whose_log_is_gone_are_still_told_of(project_staff, shown):
    log = log_export(
        Period(date(2026, 10, 1), date(2026, 10, 31)),
        by=project_staff,
        rows={"work_time.pdf": 3},
    )
    [file] = shown().context["files"]
    assert (file.what, file.rows) == ("Darba laika uzskaite, PDF", 3)

    log.delete()

    [file] = shown().context["files"]
    assert (file.by, file.what, file.rows) == (project_staff, "eksports", None)


def test_a_list_takes_the_same_queries_however_long(
    asked, mediator, data_protection_officer, django_assert_max_num_queries
):
    for _ in range(6):
        hand_out(asked, "json", by=mediator)

    with django_assert_max_num_queries(5):
        files = taken_out.in_words(taken_out.entries(), by=data_protection_officer)

    assert len(files) == 6
