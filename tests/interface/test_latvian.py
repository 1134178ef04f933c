import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import time_machine
from django.template import Context, Template
from django.utils import translation

from interface import latvian

DAY = date(2026, 11, 12)

IN_BOTH = [
    ("month_name", DAY, "novembris", "November"),
    ("month_genitive", DAY, "novembra", "November"),
    ("month_accusative", DAY, "novembri", "November"),
    ("month_locative", DAY, "novembrī", "November"),
    ("month_short", DAY, "nov.", "Nov"),
    ("month_year", DAY, "2026. gada novembris", "November 2026"),
    ("month_year_genitive", DAY, "2026. gada novembra", "November 2026"),
    ("month_year_locative", DAY, "2026. gada novembrī", "November 2026"),
    ("long_date", DAY, "12. novembris", "12 November"),
    ("long_date_dative", DAY, "12. novembrim", "12 November"),
    ("long_date_locative", DAY, "12. novembrī", "12 November"),
    ("full_date", DAY, "12.11.2026.", "12/11/2026"),
    (
        "moment",
        datetime(2026, 11, 12, 7, 5, tzinfo=UTC),
        "12.11.2026. 9.05",
        "12/11/2026 09:05",
    ),
    ("short_date", DAY, "12. nov.", "12 Nov"),
    ("day_month", date(2026, 10, 6), "06.10.", "06/10"),
    ("weekday_name", DAY, "ceturtdiena", "Thursday"),
    ("weekday_locative", DAY, "ceturtdien", "Thursday"),
    ("weekday_date", DAY, "Ceturtdiena, 12. novembris", "Thursday, 12 November"),
    ("hours", 90, "1,5", "1.5"),
    ("hours", 120, "2", "2"),
    ("hours", 100, "1,7", "1.7"),
    ("hours", 0, "0", "0"),
    ("duration", 45, "45 min", "45 min"),
    ("duration", 60, "1 h", "1 h"),
    ("duration", 90, "1,5 h", "1.5 h"),
    ("duration", 80, "1 h 20 min", "1 h 20 min"),
    ("duration", 600, "10 h", "10 h"),
    ("number", 1234.5, "1 234,5", "1,234.5"),
    ("number", 100, "100", "100"),
    ("initials", "Sanita Vītola", "SV", "SV"),
]


def shown(name, value):
    text = Template("{{ value|" + name + " }}").render(Context({"value": value}))
    return text.replace(latvian.NBSP, " ")


@pytest.mark.parametrize(("name", "value", "lv", "en"), IN_BOTH)
@time_machine.travel(DAY, tick=False)
def test_a_filter_follows_the_active_language(name, value, lv, en):
    with translation.override("lv"):
        assert shown(name, value) == lv
    with translation.override("en"):
        assert shown(name, value) == en


@pytest.mark.parametrize(
    ("name", "lv", "en"),
    [
        ("long_date", "2025. gada 12. novembris", "12 November 2025"),
        ("short_date", "12.11.2025.", "12/11/2025"),
        (
            "weekday_date",
            "Trešdiena, 2025. gada 12. novembris",
            "Wednesday, 12 November 2025",
        ),
    ],
)
@time_machine.travel(DAY, tick=False)
def test_a_day_of_another_year_tells_its_year(name, lv, en):
    with translation.override("lv"):
        assert shown(name, DAY.replace(year=2025)) == lv
    with translation.override("en"):
        assert shown(name, DAY.replace(year=2025)) == en


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_is_found_by_its_number_and_by_a_date_in_it(number):
    with translation.override("lv"):
        assert latvian.month_name(number) == latvian.month_name(date(2026, number, 1))


def test_every_month_has_four_different_cases():
    assert len(latvian.MONTHS) == 12
    assert all(len(set(cases)) == 4 for cases in latvian.MONTHS)


def test_the_dative_knows_both_declensions():
    with translation.override("lv"):
        march = latvian.long_date_dative(date(2026, 3, 5))
        april = latvian.long_date_dative(date(2026, 4, 5))

    assert (march, april) == ("5.\xa0martam", "5.\xa0aprīlim")


@pytest.mark.once
def test_people_read_dates_by_our_filters_alone():
    """What Django's own filter writes is for addresses and machines, or a bare year."""
    for template in Path("templates").rglob("*.html"):
        shapes = re.findall(r'\|(?:date|time):"([^"]*)"', template.read_text())
        assert set(shapes) <= {"Y", "Y-m", "Y-m-d", "Ymd", "c"}, template


@time_machine.travel(DAY, tick=False)
def test_a_date_does_not_break_at_the_end_of_a_line():
    with translation.override("lv"):
        assert latvian.long_date(DAY) == "12.\xa0novembris"
        assert latvian.duration(80) == "1\xa0h 20\xa0min"


def test_an_instant_is_told_in_riga_time():
    late_evening = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)

    with translation.override("lv"):
        assert latvian.clock(late_evening) == "1.30"
        assert latvian.full_date(late_evening) == "01.12.2026."
    with translation.override("en"):
        assert latvian.clock(late_evening) == "01:30"


def test_a_share_of_nothing_is_not_written():
    assert latvian.percent(3, 0) == ""
    assert latvian.percent(2, 3) == "67\xa0%"


NAMES_IN_ORDER = [
    *("10. skola", "2. skola", "Abele", "Abolas", "Ābele", "Āboliņa", "Ābols"),
    *("Berziņš", "Bērziņš", "Cukurs", "Čakste", "Dāle", "Ezers", "Ērglis", "Grava"),
    *("Ģipslis", "Ile", "Ilze", "Yle", "Īle", "Jānis", "Kalns", "Kalnu ģimene"),
    *("Kļava", "Ķirsis", "Lācis", "Liepa", "Ļaudis", "Muller", "Müller", "Mūrnieks"),
    *("Nīce", "Ņikita", "O'Brien", "Ozola Kalna", "Ozola-Kalna", "ozols", "Ozols"),
    *("Ozolu", "Ozolu ģimene", "Ōzols", "Rubenis", "Ŗubenis", "Sala", "Straße"),
    *("Šķūnis", "Upe", "Ūdris", "Zvirbulis", "Žagars", "Юрис"),
]


def test_names_are_sorted_as_in_the_latvian_alphabet():
    backwards = reversed(NAMES_IN_ORDER)

    assert sorted(backwards, key=latvian.latvian_order) == NAMES_IN_ORDER


def test_a_name_of_marks_and_spaces_alone_can_be_sorted():
    assert sorted(["a", "", " ", "\u0304"], key=latvian.latvian_order)[0] == ""


@time_machine.travel(DAY, tick=False)
def test_a_range_of_days_has_one_style():
    here, next_year = date(2026, 10, 6), date(2027, 10, 6)

    with translation.override("lv"):
        found = [
            latvian.day_range(*days)
            for days in (
                (here, here),
                (here, date(2026, 12, 3)),
                (here, next_year),
            )
        ]

    assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in found] == [
        "6. okt.",
        "6. okt.–3. dec.",
        "06.10.2026.–06.10.2027.",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Zvaniet +371 310 00001 no 9 rītā", "Zvaniet +371_310_00001 no 9 rītā"),
        ("2 gadi, 3 tikšanās", "2 gadi, 3 tikšanās"),
        ("67 12 34 56", "67_12_34_56"),
    ],
)
def test_no_line_breaks_inside_a_phone_number(text, shown):
    assert latvian.unbroken(text).replace("\N{NO-BREAK SPACE}", "_") == shown
