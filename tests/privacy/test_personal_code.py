import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from privacy.personal_code import contains_personal_code, no_personal_code


@pytest.mark.parametrize(
    "text",
    [
        "161175-19997",
        "16117519997",
        "161175 19997",
        "161175–19997",
        "161175\u201119997",
        "161175 - 19997",
        "161175\u00a019997",
        "\uff11\uff16\uff11\uff11\uff17\uff15-19997",
        "Pers. kods:010100-21234.",
        "pk010100-21234",
        "(311299-01234)",
        "327891-12345",
        "32789112345",
        "390001 00000",
        "371261-23456",
        "371261 23456",
        "Dzimis 01.01.2000, 010100-21234, Upesciems",
    ],
)
def test_a_personal_code_is_recognised(text):
    assert contains_personal_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Kārkliņu ģimene, UPC-009",
        "26123456",
        "26 123 456",
        "+371 26123456",
        "+37126123456",
        "37126123456",
        "37167123456",
        "00371 26123456",
        "+371 261 23456",
        "tālr. 26123456, 29654321",
        "26123456 29654321",
        "16.11.1975.",
        "2026-11-16",
        "2026-11-16 10:30",
        "16.11.2026. plkst. 12.30–14.00",
        "20261116 12345",
        "1 234,56 EUR",
        "120 000 EUR",
        "350 000,00",
        "40003000000",
        "90000012345",
        "LV40003000000",
        "LV80BANK0000435195001",
        "LV97HABA0551234567890",
        "LV-1010, 5-12",
        "161375-19997",
        "161175-39997",
        "1611751-19997",
        "161175-199970",
        "161175-1999",
        "01a2024e-73d3-7c6c-8998-c57623fe1383",
    ],
)
def test_phone_numbers_dates_and_amounts_pass(text):
    assert not contains_personal_code(text)


def test_the_validator_explains_what_to_do():
    with pytest.raises(ValidationError) as caught:
        no_personal_code("Skolā teica: 161175-19997")

    assert caught.value.code == "personal_code"
    with translation.override("en"):
        assert caught.value.messages[0].startswith("The text contains a personal code.")


def test_the_validator_lets_other_texts_pass():
    assert no_personal_code("Skolā teica: rīt plkst. 10") is None
