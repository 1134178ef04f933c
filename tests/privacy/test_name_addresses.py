"""The address of a family is found as far as it reaches, and half of one is none."""
# ruff: noqa: RUF001 -- letters that look alike are the matter here

import pytest

from privacy.name_check import Known, NameCheck, What

pytestmark = pytest.mark.once


def found(address, text):
    check = NameCheck([Known("UPC-001", "", address=address)])
    return [hit.found for hit in check.find(text) if hit.what is What.ADDRESS]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Dzīvo Skolas ielā 5-12, otrajā stāvā.", "Skolas ielā 5-12"),
        ("Dzīvo Skolas ielā 5 – 12.", "Skolas ielā 5 – 12"),
        ("Dzīvo Skolas ielā 5a.", "Skolas ielā 5a"),
        ("Dzīvo Skolas ielā 5a/12.", "Skolas ielā 5a/12"),
        ("Dzīvo Skolas ielā 5B/12.", "Skolas ielā 5B/12"),
        ("Dzīvo Skolas ielā 5.", "Skolas ielā 5"),
        ("Dzīvo Skolas ielā 5abc.", "Skolas ielā 5"),
        ("Skolas ielas mājā Nr. 5", "Skolas ielas mājā Nr. 5"),
        ("skolas 5", "skolas 5"),
        ("Живёт на Сколас 5.", "Сколас 5"),
        ("На улице Сколас, дом 5", "Сколас, дом 5"),
    ],
)
def test_street_and_number_are_found_with_the_flat(text, piece):
    assert found("Skolas iela 5-12", text) == [piece]


@pytest.mark.parametrize(
    "text",
    [
        "Dzīvo Skolas ielā.",
        "Dzīvo Skolas ielā 15.",
        "Dzīvo Skolas ielā 55.",
        "Skolas gads sākas 5. septembrī.",
        "Skolas",
    ],
)
def test_the_street_without_its_number_is_no_address(text):
    assert found("Skolas iela 5-12", text) == []


@pytest.mark.parametrize("text", ["Vecā", "Vecā māja 5.", "Vecā māja stāv tukša."])
def test_the_first_word_of_a_street_is_no_address(text):
    assert found("Vecā Skolas iela 5", text) == []


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Biju Lejas Ābeļos vakar.", ["Lejas Ābeļos"]),
        ("Пришла в Леяс Абели вчера.", ["Леяс Абели"]),
        ("Biju lejas ābeļos vakar.", []),
        ("Lejas ielā biju vakar.", []),
        ("Lejas", []),
    ],
)
def test_a_house_is_found_by_all_words_of_its_name_in_capitals(text, pieces):
    assert found("„Lejas Ābeļi”, Vidmale", text) == pieces


def test_the_number_of_a_post_office_is_none_of_the_house():
    text = "Biju Lejas Ābeļos."

    assert found("„Lejas Ābeļi”, Vidmales pagasts, LV-4101", text) == ["Lejas Ābeļos"]


@pytest.mark.parametrize("address", ["5", "m. 5", "Nr. 12", "Skolas iela", "„”", ""])
def test_an_address_without_a_name_or_without_a_number_is_never_found(address):
    assert found(address, "Mājā Nr. 12, m. 5, Skolas ielā 5.") == []


def test_an_address_that_two_families_share_offers_each_code_once():
    known = [
        Known(code, "", address="Skolas iela 5") for code in ("UPC-002", "UPC-001")
    ]
    [hit] = NameCheck([*known, known[0]]).find("Skolas ielā 5")

    assert hit.codes == ("UPC-002", "UPC-001")
