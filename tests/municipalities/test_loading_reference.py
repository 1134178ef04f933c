"""Loading the reference data again, and files that are not as they should be."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from municipalities import reference_data
from municipalities.models import Region, Term
from privacy.models import AuditEntry, Verb

FOLDER = reference_data.FOLDER


@pytest.fixture
def loaded(db):
    return reference_data.load()


@pytest.fixture
def own_files(tmp_path, monkeypatch):
    """Write reference files of one's own: ``own_files(**{"regions.csv": "…"})``."""
    for path in reference_data.FOLDER.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    monkeypatch.setattr(reference_data, "FOLDER", tmp_path)
    return tmp_path


def change(folder, name, old, new):
    path = folder / name
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def terms_that_come():
    """Rows of the file of vocabularies, without its header."""
    return len((FOLDER / "vocabulary.csv").read_text().splitlines()) - 1


def test_loading_again_changes_nothing(loaded):
    again = reference_data.load()

    assert [(result.added, result.changed) for result in again] == [(0, 0)] * 3
    assert [result.unchanged for result in again] == [5, 44, terms_that_come()]
    assert AuditEntry.objects.filter(verb=Verb.LOAD).count() == 3


def test_a_label_that_was_spoilt_is_put_right(loaded):
    Term.objects.filter(pk="post.HEAD").update(label_lv="priekšnieks")

    reference_data.load()

    assert Term.objects.get(pk="post.HEAD").label_lv == "iestādes vadītājs"


def test_what_an_office_added_or_ended_stays(loaded):
    Term.objects.filter(pk="post.ACTIVIST").update(valid_to=date(2026, 1, 1))
    own = Term.objects.create(
        vocabulary="post", code="OWN", label_lv="savs", label_en="own"
    )

    reference_data.load()

    assert Term.objects.get(pk="post.ACTIVIST").valid_to == date(2026, 1, 1)
    assert Term.objects.filter(pk=own.pk).exists()


def test_a_list_for_a_later_version_is_left_out_and_named(db, own_files, capsys):
    with (own_files / "vocabulary.csv").open("a") as file:
        file.write("of_tomorrow,ERASMUS,Erasmus+,Erasmus+,,\n")

    call_command("load_reference")

    assert not Term.objects.filter(code="ERASMUS").exists()
    assert capsys.readouterr().out.splitlines() == [
        "regions.csv: 5 added, 0 changed, 0 as before",
        "municipalities.csv: 44 added, 0 changed, 0 as before",
        f"vocabulary.csv: {terms_that_come()} added, 0 changed, 0 as before",
        "  not used by this version: of_tomorrow",
        "consent_texts.toml: 1 added, 0 changed, 0 as before",
        "ethics_codes.toml: 1 added, 0 changed, 0 as before",
    ]


def test_a_broken_row_loads_nothing_at_all(db, own_files):
    change(own_files, "municipalities.csv", "LV0002000,DGV", "LV0002000,RIX")

    with pytest.raises(CommandError, match=r"Nothing was loaded\. LV0002000"):
        call_command("load_reference")

    assert not Region.objects.exists()
