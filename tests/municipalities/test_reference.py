"""The reference data that comes with the product, as loaded."""

import re
from datetime import date

import pytest

from municipalities import reference_data
from municipalities.models import Municipality, Region, Term, Vocabulary


@pytest.fixture(scope="module")
def reference(made_once):
    return reference_data.load()


@pytest.fixture
def loaded(reference, db):
    return reference


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
        (Vocabulary.CASE_CATEGORY, 94),
        (Vocabulary.FAMILY_RELATION, 17),
        (Vocabulary.COUNTRY, 21),
        (Vocabulary.REFERRAL_REQUEST, 28),
        (Vocabulary.ACTIVITY, 39),
        (Vocabulary.DOCUMENT, 26),
        (Vocabulary.FUNDING_SOURCE, 9),
        (Vocabulary.EVENT_TYPE, 27),
        (Vocabulary.INITIATOR, 5),
        (Vocabulary.PARTICIPANT_CATEGORY, 18),
        (Vocabulary.ROOM_STATUS, 4),
        (Vocabulary.TRANSPORT, 4),
        (Vocabulary.TRAINING_TOPIC, 16),
        (Vocabulary.LANGUAGE, 5),
    ],
)
def test_each_vocabulary_has_its_terms(loaded, vocabulary, count):
    assert Term.objects.of(vocabulary).valid().count() == count


JUDGES = re.compile(
    r"čigān|gyps|problemāt|problem famil|nelabvēl|asociāl|antisocial|slinkum|lazy"
    r"|zagļ|thie[fv]|noziedznieks|criminal person|normāl|normal famil",
    re.IGNORECASE,
)


def test_no_word_of_a_list_judges_people(loaded):
    words = Term.objects.values_list("label_lv", "label_en")

    assert words
    assert not [pair for pair in words if JUDGES.search(" ".join(pair))]


@pytest.mark.parametrize(
    ("vocabulary", "code", "word"),
    [
        (Vocabulary.INSTITUTION_TYPE, "PROBATION", "Valsts probācijas dienests"),
        (Vocabulary.EVENT_TYPE, "SUMMER_CAMP", "Vasaras nometne"),
        (
            Vocabulary.ACTIVITY,
            "ANY_INFO",
            "Informēšana par tiesībām un pakalpojumiem",
        ),
    ],
)
def test_what_the_sources_name_can_be_chosen(loaded, vocabulary, code, word):
    assert Term.objects.of(vocabulary).get(code=code).label_lv == word


def test_terms_stand_in_the_order_of_the_file(loaded):
    assert list(
        Term.objects.of(Vocabulary.INSTITUTION_TYPE).values_list("code", flat=True)[:3]
    ) == ["PII", "PII_24H", "SCHOOL_PRIMARY"]
