"""What mediators' data say about the EU Roma framework: people once, and few as few."""

from collections import Counter
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from families.models import Sex
from mediators.models import Role
from reports.documents.framework import AGES, OBJECTIVES, framework
from reports.indicators import BY_KEY, Scope, compute
from reports.models import DocumentKind, ExportLog
from reports.periods import Period
from reports.services.telling import tell_due
from tests.factories import (
    AchievementFactory,
    CaseFactory,
    FamilyFactory,
    TermFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.by_chance import log_by_chance

pytestmark = pytest.mark.django_db

URL = "/dokumenti/es-ietvars/"
YEAR = Period.parse("2026")


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2027, 1, 15, 8, 15, tzinfo=UTC), tick=False):
        yield


def told():
    tell_due()
    return framework(YEAR)


def achieve(code, *people, day=date(2026, 5, 4)):
    """Each of the people, (sex, age band), achieved it in a case of their own."""
    what = TermFactory(vocabulary="achievement", code=code)
    family = FamilyFactory()
    return [
        AchievementFactory(
            case=CaseFactory(family=family, opened_on=date(2026, 1, 1)),
            what=what,
            achieved_on=day,
            person_id=f"00000000-0000-0000-0000-{number:012}",
            sex=sex,
            age_band=band,
        )
        for number, (sex, band) in enumerate(people, start=1)
    ]


def cells_of(found, key):
    [people] = [people for people in found.people if people.indicator.key == key]
    return {(str(sex), str(age)): shown for sex, age, shown in people.cells}


def test_every_number_is_the_declared_indicator():
    log_by_chance()

    found = told()

    values = compute(Scope(YEAR.first, YEAR.last))
    assert {row.indicator.key: row.value.value for row in found.rows} == {
        row.indicator.key: values[row.indicator.key] for row in found.rows
    }
    for people in found.people:
        assert people.total == values[people.indicator.key]


def test_people_by_sex_and_age_equal_a_recount_in_sql(settings):
    settings.SMALL_NUMBERS_BELOW = 0
    young = [("female", "A16_17")] * 3 + [("female", "A20_24"), ("male", "A18_19")]
    achieve("EMP_JOB_OBTAINED", *young, ("male", "A30_54"), ("unknown", "UNKNOWN"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(DISTINCT person_id) FROM cases_achievement"
            " WHERE sex = 'female' AND age_band IN ('A16_17', 'A18_19', 'A20_24')"
        )
        [expected] = cursor.fetchone()

    with translation.override("en"):
        cells = cells_of(told(), "jobs_people")

    assert cells["Woman or girl", "16–24 years"].value == expected == 4
    assert cells["Man or boy", "16–24 years"].value == 1
    assert cells["Woman or girl", "All ages"].value == 4
    assert cells["All", "All ages"].value == 7


def test_a_person_counts_once_as_old_as_at_the_last_time(settings):
    settings.SMALL_NUMBERS_BELOW = 0
    achieve("EMP_JOB_OBTAINED", ("female", "A18_19"), day=date(2026, 2, 1))
    achieve("EMP_SUMMER_JOB", ("female", "A30_54"), day=date(2026, 6, 1))

    with translation.override("en"):
        cells = cells_of(told(), "jobs_people")

    assert cells["All", "All ages"].value == 1
    assert cells["Woman or girl", "25–64 years"].value == 1


def test_people_are_told_apart_by_the_database_as_by_hand():
    log_by_chance()
    seen = 0

    with CaptureQueriesContext(connection) as queries:
        found = told()

    for people in found.people:
        last = {}
        rows = people.indicator.people(Scope(YEAR.first, YEAR.last))
        for row in rows.values_list("day", "sex", "age_band", "person"):
            last[row[3]] = max(row[:3], last.get(row[3], row[:3]))
        counts = Counter((sex, band) for _day, sex, band in last.values())
        assert people.grid == [
            [sum(counts[sex, band] for band in bands) for _label, bands in AGES]
            for sex in Sex.values
        ]
        seen += people.total > 0
    assert seen > 5
    apart = [q["sql"] for q in queries if "PARTITION BY" in q["sql"]]
    assert len(apart) == len(found.people)
    assert all(sql.startswith("SELECT COUNT(") for sql in apart)


def test_few_people_are_told_as_few_and_nothing_gives_them_away():
    achieve(
        "EDU_ENROLLED",
        *[("female", "A05_06")] * 9,
        *[("male", "A05_06")] * 2,
        *[("male", "A07_12")] * 12,
        *[("female", "A07_12")] * 11,
    )

    with translation.override("en"):
        cells = cells_of(told(), "enrolled_people")

    assert str(cells["Man or boy", "0–6 years"]) == "<5"
    assert cells["All", "All ages"].cell == 34
    hidden = [key for key, shown in cells.items() if not shown.is_open]
    assert len([key for key in hidden if key[0] == "Man or boy"]) > 1
    assert len([key for key in hidden if key[1] == "0–6 years"]) > 1


@pytest.mark.parametrize(
    ("people", "words"),
    [
        # Two lonely people would give each other away in the table of sex and age
        (
            [("female", "A05_06")] * 30 + [("male", "A07_12")] * 2,
            {"All, All ages": "32", "Woman or girl, All ages": "•"},
        ),
        ([("female", "A05_06")] * 3, {"All, All ages": "<5"}),
    ],
)
def test_the_number_of_all_is_told_before_their_sex_and_age(people, words):
    achieve("EDU_ENROLLED", *people)

    with translation.override("en"):
        cells = cells_of(told(), "enrolled_people")

    said = {", ".join(key): str(shown) for key, shown in cells.items()}
    assert words.items() <= said.items()
    assert "2" not in said.values()


@pytest.mark.parametrize("code", ["2026-Q3", "2026-09"])
def test_of_any_other_period_than_a_year_people_are_told_without_sex_and_age(code):
    tell_due()

    found = framework(Period.parse(code))

    assert {len(people.cells) for people in found.people} == {1}
    assert len(found.sheets()) == 2


def test_each_objective_names_declared_indicators():
    assert [objective.number for objective in OBJECTIVES] == list(range(1, 8))
    assert {key for objective in OBJECTIVES for key in objective.keys} <= set(BY_KEY)


def test_staff_take_it_out_as_excel_and_it_is_noted(client):
    achieve("EDU_ENROLLED", *[("female", "A05_06")] * 6)
    user = UserFactory(role=Role.PROJECT_STAFF)
    client.force_login(user)
    tell_due()

    response = client.post(URL, {"period": "2026", "format": "xlsx"})

    book = load_workbook(BytesIO(response.content))
    assert response.headers["Content-Disposition"].endswith(
        'filename="ES_romu_ietvars_2026.xlsx"'
    )
    objectives, people = book.worksheets[1:3]
    assert objectives.tables.keys() == {"tbl_merki"}
    assert people.tables.keys() == {"tbl_dzimums_vecums"}
    rows = list(objectives.iter_rows(min_row=2, values_only=True))
    enrolled = [row for row in rows if row[2] == "I10P"]
    assert [row[0:2] + row[5:6] for row in enrolled] == [(4, "Izglītība", 6)]
    about = book.worksheets[0]
    heights = {
        row[0].value: about.row_dimensions[row[0].row].height for row in about.rows
    }
    assert heights["Kas tas ir"] > heights["Periods"]
    words = " ".join(str(cell) for row in about.values for cell in row)
    assert "nereprezentē visus romus" in words
    [log] = ExportLog.objects.all()
    assert (log.by, log.document, log.file_type) == (
        user,
        DocumentKind.FRAMEWORK,
        "Excel",
    )


@pytest.mark.parametrize("file_type", ["pdf", "exe"])
def test_it_comes_in_no_other_format(client, file_type):
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    response = client.post(URL, {"period": "2026", "format": file_type})

    assert response.status_code == 404
    assert not ExportLog.objects.exists()


def test_the_newest_year_that_is_over_is_offered_unless_the_log_is_younger(client):
    client.force_login(UserFactory(role=Role.PROJECT_STAFF))

    assert client.get(URL).context["form"].initial["period"] == "2027"
    VisitFactory(visited_on=date(2025, 3, 4))
    assert client.get(URL).context["form"].initial["period"] == "2026"
