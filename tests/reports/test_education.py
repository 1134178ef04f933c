"""Education statistics: beside each other, never added; few children are told as few."""

import html
import re
import zipfile
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.utils import translation
from openpyxl import load_workbook

from families.models import YearlyCount
from mediators.models import Role
from reports.documents.education import education_statistics
from reports.models import ExportLog
from tests.factories import (
    AppointmentFactory,
    EducationRecordFactory,
    FamilyFactory,
    MunicipalityFactory,
    ResidenceFactory,
    TermFactory,
    UserFactory,
    YearlyCountFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def page(municipality):
    return f"/rezultati/{municipality.slug}/izglitiba/"


@pytest.fixture
def coordinator(municipality):
    return UserFactory(role=Role.COORDINATOR, municipality=municipality)


def learn(municipality, number, **fields):
    family = FamilyFactory(municipality=municipality)
    return [EducationRecordFactory(family=family, **fields) for _ in range(number)]


def in_level(code):
    return TermFactory(vocabulary="edu_level", code=code, label_lv=code, label_en=code)


def rows_of(sheet):
    return [row[:4] for row in sheet.iter_rows(values_only=True)]


def counted(municipality, division, value, number, **fields):
    return YearlyCountFactory(
        municipality=municipality,
        division=division,
        value=value,
        number=number,
        **fields,
    )


@pytest.fixture
def kindergarten(municipality):
    """21 Roma children at a kindergarten: 1 in the day group, 20 in 24-hour groups."""
    for value, number in (("day", 1), ("all_day", 20)):
        counted(municipality, "group", value, number, source="school")
    for value, number in (("day", 300), ("all_day", 20)):
        counted(municipality, "group", value, number, source="school", whom="everybody")


def test_over_representation_is_shown_plainly(kindergarten, municipality):
    with translation.override("en"):
        shares = education_statistics(municipality, 2026).shares

    told = {share.whose: (share.number, share.of, share.percent) for share in shares}
    assert told == {
        "Roma children: Institution": (20, 21, "95\N{NO-BREAK SPACE}%"),
        "All children: Institution": (20, 320, "6\N{NO-BREAK SPACE}%"),
    }


def test_the_team_reads_the_numbers_on_the_page(
    client, kindergarten, coordinator, page
):
    client.force_login(coordinator)

    text = client.get(page).content.decode()

    assert "20 no 21" in text
    assert "95\N{NO-BREAK SPACE}%" in text


def excel(client, municipality, year="2026"):
    response = client.post(
        "/dokumenti/izglitiba/",
        {"municipality": municipality.slug, "year": year, "format": "xlsx"},
    )
    assert response.status_code == 200, response.content.decode()
    return load_workbook(BytesIO(response.content))


def test_in_the_file_one_child_is_told_as_few_and_found_by_no_subtraction(
    client, kindergarten, coordinator, municipality
):
    client.force_login(coordinator)

    book = excel(client, municipality)

    cells = [cell for sheet in book for row in rows_of(sheet) for cell in row]
    assert "<5" in cells
    assert 1 not in cells
    ours = [row for row in rows_of(book["Citu skaitļi"]) if "Romu" in str(row[0])]
    assert [row[3] for row in ours] == ["<5", "•", 21]
    shares = [
        row for row in rows_of(book["Nodalīti no citiem"])[1:] if "Romu" in row[1]
    ]
    assert [row[2] for row in shares] == ["•"]
    assert ExportLog.objects.get().municipality == municipality


def test_the_tables_come_as_csv_too_with_the_same_numbers_hidden(
    client, kindergarten, coordinator, municipality
):
    client.force_login(coordinator)

    response = client.post(
        "/dokumenti/izglitiba/",
        {"municipality": municipality.slug, "year": "2026", "format": "csv"},
    )

    assert response["Content-Disposition"].endswith('2026-2027.zip"')
    with zipfile.ZipFile(BytesIO(response.content)) as archive:
        texts = [archive.read(name).decode("utf-8-sig") for name in archive.namelist()]
    assert len(texts) == 5
    assert any("<5" in text for text in texts[1:])
    assert ExportLog.objects.get().file_type == "CSV"


def test_the_page_of_a_municipality_and_year_leads_to_their_file(
    client, kindergarten, coordinator, page
):
    client.force_login(coordinator)
    MunicipalityFactory()
    AppointmentFactory(user=coordinator, role=Role.COORDINATOR)

    text = client.get(f"{page}?gads=2025").text
    [address] = re.findall(r'href="(/dokumenti/izglitiba/[^"]*)"', text)
    form = client.get(html.unescape(address)).text

    assert f'<option value="{page.split("/")[2]}" selected>' in form
    assert '<option value="2025" selected>' in form


def test_single_children_and_typed_numbers_are_never_added(municipality):
    learn(municipality, 7, group="day")
    counted(municipality, "group", "day", 9)

    found = education_statistics(municipality, 2026)

    assert found.learners == 7
    [typed] = found.counted
    assert typed.tables["group"].number_of("day") == 9


def test_children_of_returned_families_are_told_apart(municipality):
    back = learn(municipality, 2, level=in_level("BASIC"))
    learn(municipality, 6, level=in_level("BASIC"))
    ResidenceFactory(
        family=back[0].family, status="returned", since_on=date(2025, 6, 1)
    )

    found = education_statistics(municipality, 2026)

    [table] = [one for one in found.learning if one.key == "has_returned"]
    assert [number for _value, _label, number in table.rows] == [2, 6]
    assert not any(cell.is_open for _value, _label, cell in table.told[0])


@pytest.fixture
def details(municipality):
    """20 children, of whom only some are told more."""
    why = {
        code: TermFactory(vocabulary="absence_reason", code=code, label_lv=code)
        for code in ("TRANSPORT", "CLOTHES", "HEALTH")
    }
    told = {"home_language": "romani", "view_heard": "alone", "told_by": "school"}
    children = learn(municipality, 18, is_supported=True, **told)
    children += learn(municipality, 2, may_drop_out=True)
    for child in children[:18]:
        child.reasons.add(why["TRANSPORT"])
    for child in children[:9]:
        child.reasons.add(why["HEALTH"])
    for child in children[8:11]:
        child.reasons.add(why["CLOTHES"])
    learn(municipality, 5, level=in_level("NONE"), home_language="russian")


def test_what_is_told_of_children_is_counted(details, municipality):
    with translation.override("lv"):
        tables = {t.key: t for t in education_statistics(municipality, 2026).learning}

    def numbers(key):
        return {label: number for _value, label, number in tables[key].rows}

    assert numbers("reasons") == {"TRANSPORT": 18, "HEALTH": 9, "CLOTHES": 3}
    assert numbers("may_drop_out") == {"Var pamest mācības": 2, "Nav norādīts": 18}
    assert numbers("is_supported") == {"Skolā saņem atbalstu": 18, "Nav norādīts": 2}
    assert numbers("home_language") == {"Romu": 18, "Nav zināms": 2}
    assert list(numbers("view_heard").values()) == [18, 2]
    assert list(numbers("told_by").values()) == [18, 2]


def test_in_the_file_no_detail_of_few_children_is_found(
    client, details, coordinator, municipality
):
    client.force_login(coordinator)

    rows = rows_of(excel(client, municipality)["Zināmie bērni"])

    told = {(division, value): number for division, value, number in rows}
    assert told["Kavējumu iemesli", "CLOTHES"] == "<5"
    # Only two are without it, as nobody may find
    assert told["Kavējumu iemesli", "TRANSPORT"] == "•"
    assert told["Kavējumu iemesli", "HEALTH"] == 9
    assert told["Kavējumu iemesli", "Bērni, kas mācās"] == 20
    for title in (
        *("Pamešanas risks", "Atbalsts skolā", "Valoda mājās"),
        *("Vai bērna viedoklis uzklausīts?", "Kas to pastāstīja?"),
    ):
        cells = [
            number for (division, _value), number in told.items() if division == title
        ]
        assert sorted(map(str, cells)) == ["20", "<5", "•"], title


def test_details_that_nobody_told_make_no_table(municipality):
    learn(municipality, 6)

    found = education_statistics(municipality, 2026).learning

    keys = {table.key for table in found}
    assert not keys & {"reasons", "may_drop_out", "is_supported", "home_language"}


def test_children_in_no_education_are_apart(municipality):
    learn(municipality, 6)
    learn(municipality, 5, level=in_level("NONE"))

    found = education_statistics(municipality, 2026)

    assert (found.learners, found.not_learning) == (6, 5)
    assert found.learning[0].total == 6


def test_a_year_and_a_place_count_for_themselves(municipality):
    learn(municipality, 2)
    learn(municipality, 3, school_year=2025)
    learn(MunicipalityFactory(), 4)

    assert education_statistics(municipality, 2026).learners == 2


def test_every_table_of_the_file_tells_the_same_total_or_the_children_are_few(
    municipality,
):
    learn(municipality, 2, group="day", sex="female")
    learn(municipality, 9, group="boarding", sex="male")

    found = education_statistics(municipality, 2026)

    assert {str(table.told[1]) for table in found.learning} == {"11"}
    by_group = next(t for t in found.learning if t.number_of("boarding"))
    assert [str(cell) for _v, _label, cell in by_group.told[0]] == ["<5", "•"]


def test_what_is_missing_to_all_together_gives_nothing_away(municipality):
    counted(municipality, "all", "", 21)
    counted(municipality, "group", "all_day", 20)

    [typed] = education_statistics(municipality, 2026).counted

    assert [str(c) for *_rest, c in typed.tables["group"].told[0]] == ["•", "<5"]


def answers(**changes):
    return {
        "whom": "roma",
        "source": "board",
        "part": "all:",
        "number": "21",
        "girls": "",
        "boys": "",
    } | changes


def test_a_coordinator_types_a_number_with_its_source(
    client, coordinator, municipality, page
):
    client.force_login(coordinator)

    response = client.post(f"{page}?gads=2025", answers(girls="10", boys="11"))

    assert response["Location"] == f"{page}?gads=2025"
    row = YearlyCount.objects.get()
    assert (row.number, row.girls, row.boys) == (21, 10, 11)
    assert (row.school_year, row.source, row.by) == (2025, "board", coordinator)


def test_a_double_click_and_a_correction_are_one_number(client, coordinator, page):
    client.force_login(coordinator)
    for number in ("21", "21", "22"):
        client.post(page, answers(number=number))

    assert YearlyCount.objects.get().number == 22


def test_an_empty_number_takes_it_out(client, coordinator, page):
    client.force_login(coordinator)
    client.post(page, answers())

    client.post(page, answers(number=""))
    client.post(page, answers(number=""))

    assert not YearlyCount.objects.exists()


@pytest.mark.parametrize(
    "bad",
    [
        {"number": "-1"},
        {"number": "10000"},
        {"number": "daudz"},
        {"number": "20", "girls": "11", "boys": "10"},
        {"number": "", "girls": "3"},
        {"part": "group:x"},
        {"part": ""},
        {"source": "x"},
        {"whom": ""},
    ],
)
def test_what_cannot_be_is_refused(client, coordinator, page, bad):
    client.force_login(coordinator)

    assert client.post(page, answers(**bad)).status_code == 422
    assert not YearlyCount.objects.exists()


def test_the_lead_mediator_reads_and_types_nothing(client, page):
    client.force_login(UserFactory(role=Role.LEAD_MEDIATOR))

    assert client.get(page).status_code == 200
    assert client.post(page, answers()).status_code == 404


def test_a_coordinator_of_another_place_finds_nothing(client, page):
    other = UserFactory(role=Role.COORDINATOR, municipality=MunicipalityFactory())
    client.force_login(other)

    assert client.get(page).status_code == 404
    assert client.post(page, answers()).status_code == 404


@pytest.mark.parametrize("year", ["2020", "2027", "gads"])
def test_other_years_are_not_there(client, coordinator, page, year):
    client.force_login(coordinator)

    assert client.get(f"{page}?gads={year}").status_code == 404


def test_a_year_of_which_nothing_is_known_says_so(client, coordinator, page):
    client.force_login(coordinator)

    assert "vēl nekas nav zināms" in client.get(page).content.decode()
