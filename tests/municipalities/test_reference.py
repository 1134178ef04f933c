"""The reference data that comes with the product, as loaded."""

import re
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from municipalities import reference_data
from municipalities.models import Municipality, Region, Term, Vocabulary
from privacy.models import AuditEntry, Verb


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


def test_latvia_has_five_regions(loaded):
    assert set(Region.objects.values_list("label_lv", flat=True)) == {
        *("Rīga", "Vidzeme", "Kurzeme", "Zemgale", "Latgale")
    }


def test_latvia_has_42_municipalities_since_the_merger_of_2025(loaded):
    valid = Municipality.objects.valid(date(2026, 1, 1))

    assert valid.count() == 42
    assert valid.filter(region__code="kurzeme").count() == 8


def test_before_the_merger_there_were_43(loaded):
    assert Municipality.objects.valid(date(2025, 6, 30)).count() == 43


def test_varaklani_and_the_old_madona_are_followed_by_the_new_madona(loaded):
    madona = Municipality.objects.get(atvk="LV0038001")

    assert madona.valid_from == date(2025, 7, 1)
    assert set(
        madona.predecessors.values_list("atvk", "valid_to", "prefix", "slug")
    ) == {
        ("LV0055000", date(2025, 6, 30), "VAR", "varaklanu-novads"),
        ("LV0038000", date(2025, 6, 30), "MADO", "madonas-novads-2021"),
    }


def test_a_city_inside_a_municipality_is_none_of_its_own(loaded):
    labels = set(Municipality.objects.values_list("label_lv", flat=True))

    assert {"Jēkabpils", "Ogre", "Valmiera"} & labels == set()
    assert {"Jēkabpils novads", "Ogres novads", "Valmieras novads"} <= labels


def test_prefixes_and_addresses_are_plain_and_unique(loaded):
    places = Municipality.objects.values_list("prefix", "slug")

    assert all(re.fullmatch("[A-Z]{3,4}", prefix) for prefix, _slug in places)
    assert all(re.fullmatch("[a-z0-9-]+", slug) for _prefix, slug in places)
    assert len({prefix for prefix, _slug in places}) == 44
    assert len({slug for _prefix, slug in places}) == 44


def test_a_municipality_knows_how_it_is_written_in_sentences(loaded):
    riga = Municipality.objects.get(prefix="RIX")

    assert (riga.label_en, riga.locative_lv) == ("Riga", "Rīgā")
    assert riga.full_name_dative == "Rīgas valstspilsētas pašvaldībai"


@pytest.mark.parametrize(
    ("vocabulary", "count"),
    [
        (Vocabulary.INSTITUTION_TYPE, 74),
        (Vocabulary.POST, 32),
        (Vocabulary.CASE_CATEGORY, 93),
        (Vocabulary.FAMILY_RELATION, 17),
        (Vocabulary.COUNTRY, 21),
        (Vocabulary.REFERRAL_REQUEST, 28),
    ],
)
def test_each_vocabulary_has_its_terms(loaded, vocabulary, count):
    assert Term.objects.of(vocabulary).valid().count() == count


def test_terms_stand_in_the_order_of_the_file(loaded):
    assert list(
        Term.objects.of(Vocabulary.INSTITUTION_TYPE).values_list("code", flat=True)[:3]
    ) == ["PII", "PII_24H", "SCHOOL_PRIMARY"]


def test_loading_again_changes_nothing(loaded):
    again = reference_data.load()

    assert [(result.added, result.changed) for result in again] == [(0, 0)] * 3
    assert [result.unchanged for result in again] == [5, 44, 265]
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
        file.write("programme,ERASMUS,Erasmus+,Erasmus+,,\n")

    call_command("load_reference")

    assert not Term.objects.filter(code="ERASMUS").exists()
    assert capsys.readouterr().out.splitlines() == [
        "regions.csv: 5 added, 0 changed, 0 as before",
        "municipalities.csv: 44 added, 0 changed, 0 as before",
        "vocabulary.csv: 265 added, 0 changed, 0 as before",
        "  not used by this version: programme",
        "consent_texts.toml: 1 added, 0 changed, 0 as before",
    ]


def test_a_broken_row_loads_nothing_at_all(db, own_files):
    change(own_files, "municipalities.csv", "LV0002000,DGV", "LV0002000,RIX")

    with pytest.raises(CommandError, match=r"Nothing was loaded\. LV0002000"):
        call_command("load_reference")

    assert not Region.objects.exists()
