"""No family is recognised in a text that leaves the mediator's hands."""

import pytest

from privacy.name_check import Known, What, find

KNOWN = [
    Known("UPC-009", "Kārkliņu ģimene", "+371 26 123 456", "Skolas iela 5-12"),
    Known("UPC-010", "Kalnu ģimene"),
    Known("UPC-011", "Rozā māja pie stacijas"),
    Known("UPC-012", "Lāču ģimene"),
]
MAY_BE_NAMED = ["Inga Kalniņa", "Sanita Vītola", "Zane Rozīte"]


def found(text):
    return [
        (hit.what, hit.code, hit.found)
        for hit in find(text, KNOWN, allowed=MAY_BE_NAMED)
    ]


@pytest.mark.parametrize(
    ("text", "code", "word"),
    [
        ("Visgrūtāk gāja Kārkliņu ģimenei.", "UPC-009", "Kārkliņu"),
        ("Runāju ar kārkliņiem.", "UPC-009", "kārkliņiem"),
        ("Piezvanīt Karklinai", "UPC-009", "Karklinai"),
        ("Pie KĀRKLIŅA bija labi.", "UPC-009", "KĀRKLIŅA"),
        ("Помогала Карклиню.", "UPC-009", "Карклиню"),
        ("kalnu ģimenei nav darba", "UPC-010", "kalnu"),
        ("Rozajā mājā bija auksti.", "UPC-011", "Rozajā"),
        ("Aizgāju pie Lāča.", "UPC-012", "Lāča"),
    ],
)
def test_a_name_is_found_in_every_case_and_spelling(text, code, word):
    assert found(text) == [(What.NAME, code, word)]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kalnamuižā uz kalna ir skola.",
        "Mājas apmeklējumi un ģimenes stacijas rajonā.",
        "Skolā mācās 5 bērni no 12 ģimenēm.",
        "Inga Kalniņa un Zane Rozīte palīdzēja, paldies Sanitai Vītolai.",
        "Ģimenei UPC-009 ir 26 gadi un 123456 problēmas.",
        "Dienesta tālrunis ir 63 012 345.",
    ],
)
def test_a_text_without_families_is_left_alone(text):
    assert found(text) == []


def test_the_name_of_an_official_that_is_also_a_family_name_is_found():
    hits = find("Prasīju Kalnai.", KNOWN, allowed=["Anna Kalna"])

    assert [hit.found for hit in hits] == ["Kalnai"]


@pytest.mark.parametrize("number", ["26123456", "2612 3456", "+371 26-123-456"])
def test_a_phone_is_found_however_it_is_written(number):
    assert found(f"Zvanīt {number}, lūdzu.") == [(What.PHONE, "UPC-009", number)]


@pytest.mark.parametrize(
    "stored", ["0044 7700 900123", "+44 7700 900123", "07700 900123", "447700900123"]
)
@pytest.mark.parametrize(
    "written",
    ["0044 7700 900123", "+44 (0) 7700 900 123", "07700-900123", "00447700900123"],
)
def test_a_phone_from_abroad_is_found_whatever_is_dialled_before_it(stored, written):
    known = [Known("UPC-009", "Kārkliņu ģimene", stored)]

    hits = find(f"Zvanīt {written}, lūdzu.", known)

    assert [(hit.what, hit.code) for hit in hits] == [(What.PHONE, "UPC-009")]
    assert not find("Zvanīt 0044 7700 900124.", known)


@pytest.mark.parametrize(
    "stored",
    [
        *("26123456", "+371 26123456", "00371 26123456", "26123456 67123457"),
        *("371 26123456 67123457", "00371 2612 3456"),
    ],
)
def test_a_phone_of_latvia_is_not_found_in_a_longer_number_that_ends_alike(stored):
    known = [Known("UPC-009", "Kārkliņu ģimene", stored)]

    assert [hit.found for hit in find("Zvanīt 26123456.", known)] == ["26123456"]
    assert find("Zvanīt 0037126123456.", known)
    assert not find("Līgums 4426123456, rēķins 1226123456.", known)


def test_before_a_phone_from_abroad_stand_no_more_digits_than_anybody_dials():
    known = [Known("UPC-009", "Kārkliņu ģimene", "+44 7700 900123")]

    assert find("Zvanīt 0011440700900123.", known)
    assert not find("Konts 12300114400900123.", known)


def test_a_short_phone_is_found_and_no_part_of_a_longer_number():
    known = [Known("UPC-009", "Kārkliņu ģimene", "112 233")]

    assert [hit.found for hit in find("Zvanīt 112233.", known)] == ["112233"]
    assert not find("Līgums 51122337.", known)


def test_an_address_is_found_by_street_and_number_together():
    assert found("Dzīvo Skolas ielā, mājā 5.") == [
        (What.ADDRESS, "UPC-009", "Skolas ielā, mājā 5")
    ]


def test_a_personal_code_is_found_without_any_family():
    assert found("Kods 010190-12345 ir lietā.") == [
        (What.PERSONAL_CODE, "", "010190-12345")
    ]


def test_a_hit_stands_between_the_words_around_it():
    [hit] = find("Oktobrī\nKārkliņu ģimenei bija īres parāds.", KNOWN)

    assert (hit.before, hit.found, hit.after) == (
        "Oktobrī ",
        "Kārkliņu",
        " ģimenei bija īres parāds.",
    )


def test_hits_come_in_the_order_of_the_text():
    text = "Lācis zvanīja uz 26123456, tad Kārkliņi."

    assert [hit.what for hit in find(text, KNOWN)] == [
        What.NAME,
        What.PHONE,
        What.NAME,
    ]


PEOPLE = [Known("UPC-013", "Māja aiz dzelzceļa", people=("Jānis", "Inga", "Rūdis"))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Aizvedu Jāni pie ārsta.", ["Jāni"]),
        ("Jāņa mamma zvanīja, ar Rūdi viss labi.", ["Jāņa", "Rūdi"]),
        ("Ingai vajag grāmatas.", ["Ingai"]),
        ("Janvārī bija auksti, rudenī labi.", []),
        ("Rudens.", []),
        ("Inga Paraudziņa no skolas palīdzēja.", []),
        ("Runāju ar Ingu Paraudziņu par Ingu.", ["Ingu"]),
    ],
)
def test_first_names_of_a_family_are_found_but_not_in_the_name_of_an_official(
    text, words
):
    hits = find(text, PEOPLE, allowed=["Inga Paraudziņa"])

    assert [hit.found for hit in hits] == words
    assert {hit.code for hit in hits} <= {"UPC-013"}
