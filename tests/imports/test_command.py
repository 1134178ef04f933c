"""``manage.py import_file``: what the page does, for whoever works at the server."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from families.models import Family
from imports.models import Import
from municipalities.models import Institution
from privacy.models import AuditEntry
from tests.factories import TermFactory
from tests.imports.lists import csv_of

FAMILIES = (("Ģimene", "Pieaugušie", "Bērni"), ("Ķirši", 2, 3), ("Ozoli", 1, 0))


@pytest.fixture
def run(tmp_path):
    def command(*rows, **options):
        path = tmp_path / "saraksts.csv"
        path.write_bytes(csv_of(*rows))
        out = StringIO()
        try:
            call_command("import_file", path, json=True, stdout=out, **options)
        finally:
            command.answer = json.loads(out.getvalue() or "null")
        return command.answer

    return command


def test_families_become_those_of_the_mediator_who_is_named(run, mediator):
    answer = run(*FAMILIES, kind="families", mediator=mediator.email)

    assert (answer["added"], answer["errors"]) == (2, [])
    assert Family.objects.visible_to(mediator).count() == 2
    created = AuditEntry.objects.filter(object_type="families.family")
    assert {row.actor for row in created} == {None}


def test_a_dry_run_stores_nothing_and_says_what_would_come(run, mediator):
    answer = run(*FAMILIES, kind="families", mediator=mediator.email, dry_run=True)

    assert answer["would_add"] == 2
    assert not Family.objects.exists()
    assert not Import.objects.exists()


def test_errors_end_with_1_and_name_cells_not_people(run, mediator):
    with pytest.raises(CommandError) as refused:
        run(*FAMILIES, ("Slepenie", "x", 1), kind="families", mediator=mediator.email)

    assert refused.value.returncode == 1
    [error] = run.answer["errors"]
    assert error.startswith("B4: ")
    assert "Slepenie" not in error
    assert not Family.objects.exists()


def test_the_chain_is_held_only_after_the_numbers_of_the_rows_are_taken(run, mediator):
    """As by whoever logs an entry at the same moment, or each would wait for the other."""
    with CaptureQueriesContext(connection) as queries:
        run(
            ("Datums", "Veids", "Minūtes", "Jomas"),
            (f"{timezone.localdate():%d.%m.%Y}", "home_visit", "45", "education"),
            kind="visits",
            mediator=mediator.email,
        )

    touched = [query["sql"] for query in queries]
    numbers = [n for n, sql in enumerate(touched) if "municipalities_counter" in sql]
    chain = [n for n, sql in enumerate(touched) if "privacy_audithead" in sql]
    assert numbers
    assert min(chain) > max(numbers)


def test_institutions_of_the_whole_country_need_nobody(run, db):
    TermFactory(vocabulary="institution_type", code="SCHOOL", label_lv="Skola")

    run(("Nosaukums", "Veids"), ("Valsts skola", "skola"), kind="institutions")

    assert Institution.objects.get().municipality is None


def test_an_import_is_taken_out_again(run, mediator):
    done = run(*FAMILIES, kind="families", mediator=mediator.email)

    call_command("import_file", undo=done["import"], stdout=StringIO())

    assert not Family.objects.exists()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"kind": "families"}, 2),
        ({"kind": "contacts"}, 2),
        ({"kind": "families", "mediator": "nav@example.test"}, 2),
        ({"undo": "00000000-0000-0000-0000-000000000000"}, 1),
    ],
)
def test_arguments_that_make_no_sense_end_with_2(run, db, options, code):
    with pytest.raises(CommandError) as refused:
        run(*FAMILIES, **options)

    assert refused.value.returncode == code


def test_what_cannot_be_the_number_of_an_import_is_refused_in_a_sentence():
    with pytest.raises(CommandError, match="--undo: invalid UUID value: 'bla'"):
        call_command("import_file", "--undo", "bla")


def test_who_is_no_mediator_gets_no_families(run, coordinator):
    with pytest.raises(CommandError) as refused:
        run(*FAMILIES, kind="families", mediator=coordinator.email)

    assert refused.value.returncode == 1
    assert not Family.objects.exists()


def test_columns_nobody_knows_are_refused(run, mediator):
    rows = [(*FAMILIES[0], "Tautība"), ("Ķirši", 1, 0, "x")]

    with pytest.raises(CommandError, match="4"):
        run(*rows, kind="families", mediator=mediator.email)
