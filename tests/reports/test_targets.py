"""Targets: set by project staff, shown beside what was done, recounted in plain SQL."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from mediators.models import Role
from municipalities.models import Municipality
from privacy.models import AuditEntry, Verb
from reports.indicators import BY_KEY
from reports.models import Target
from reports.periods import Period
from reports.resources import IndicatorResource
from reports.targets import PLANNABLE, plans
from tests.factories import TargetFactory, UserFactory
from tests.reports.test_results_page import read_csv
from tests.reports.third_quarter import QUARTER, keep_log
from tests.reports.workbooks import rows_of, workbook

pytestmark = pytest.mark.django_db

FAMILIES_OF_THE_YEAR = """
    SELECT COUNT(DISTINCT vf.family_id) FROM cases_visit v
    JOIN cases_visitfamily vf ON vf.visit_id = v.id
    JOIN municipalities_municipality m ON m.id = v.municipality_id
    WHERE v.visited_on BETWEEN '2026-01-01' AND '2026-09-30' AND m.prefix IN ({})
"""


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def staff(client):
    user = UserFactory(role=Role.PROJECT_STAFF, language="en")
    client.force_login(user)
    return user


@pytest.fixture
def log(municipality):
    return keep_log(municipality)


def recounted(prefixes):
    with connection.cursor() as cursor:
        cursor.execute(FAMILIES_OF_THE_YEAR.format(prefixes))
        return cursor.fetchone()[0]


def test_done_is_counted_from_january_to_the_end_of_the_period(log):
    TargetFactory(value=8)
    TargetFactory(value=4, municipality=log["VDM"])
    TargetFactory(value=99, year=2025)

    [whole], [own] = plans(QUARTER), plans(QUARTER, log["VDM"])

    assert (whole.target, whole.done) == (8, recounted("'UPC', 'VDM'"))
    assert (own.target, own.done) == (4, recounted("'VDM'"))
    assert whole.done == 4  # one family of June more than in the quarter


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("2026-Q1", 90),
        ("2026-Q3", 273),
        ("2026-Q4", 316),  # the quarter is not over: today is the 12th of November
        ("2026", 316),
        ("2026-12", 316),
        ("2027-01", 0),
        ("2025", 365),
    ],
)
def test_what_is_expected_is_the_share_of_the_year_that_is_over(code, expected):
    for year in (2025, 2026, 2027):
        TargetFactory(year=year, value=365)

    [plan] = plans(Period.parse(code))

    assert plan.expected == expected


def test_without_a_target_nothing_is_expected(log):
    TargetFactory(municipality=log["UPC"])
    TargetFactory(indicator="no_longer_counted")

    assert plans(QUARTER) == plans(QUARTER, log["VDM"]) == []


def test_a_stock_has_no_target():
    assert BY_KEY["open_cases"] not in PLANNABLE
    assert BY_KEY["survey_yes"] not in PLANNABLE


@pytest.mark.parametrize("named", [True, False])
def test_one_indicator_has_one_target_a_year(municipality, named):
    place = municipality if named else None
    TargetFactory(municipality=place)

    with pytest.raises(IntegrityError), transaction.atomic():
        TargetFactory(municipality=place, value=7)
    with pytest.raises(IntegrityError), transaction.atomic():
        TargetFactory(municipality=place, year=2027, value=0)


def test_targets_are_set_changed_and_taken_away(client, staff, municipality):
    TargetFactory(indicator="entries", value=500)
    TargetFactory(indicator="hours", value=50)
    TargetFactory(indicator="entries", value=70, municipality=municipality)

    response = client.post(
        reverse("reports:targets"),
        {
            "families-2026": "120",
            "initial-entries-2026": "500",
            "entries-2026": "600",
            "initial-hours-2026": "50",
            "hours-2026": "",
        },
        follow=True,
    )

    assert "Saved: 3 targets." in response.content.decode()
    assert set(Target.objects.values_list("indicator", "value")) == {
        ("families", 120),
        ("entries", 600),
        ("entries", 70),
    }
    noted = AuditEntry.objects.exclude(verb=Verb.LIST).filter(actor=staff.pk)
    assert {(entry.verb, entry.detail["indicator"]) for entry in noted} == {
        (Verb.CREATE, "families"),
        (Verb.UPDATE, "entries"),
        (Verb.DELETE, "hours"),
    }


def test_what_somebody_else_has_set_meanwhile_stays(client, staff):
    TargetFactory(indicator="entries", value=600)

    client.post(
        reverse("reports:targets"),
        {
            "initial-entries-2026": "500",
            "entries-2026": "500",
            "families-2026": "1",
        },
    )

    assert Target.objects.get(indicator="entries").value == 600


@pytest.mark.parametrize("value", ["0", "-3", "12.5", "daudz", "1000001"])
def test_a_wrong_target_is_told_and_nothing_is_stored(client, staff, value):
    response = client.post(
        reverse("reports:targets"), {"families-2026": value, "entries-2026": "5"}
    )

    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"families-2026"}
    assert f'value="{value}"' in response.content.decode()
    assert not Target.objects.exists()


def test_the_results_say_plan_beside_done(client, staff, log):
    TargetFactory(value=8)
    TargetFactory(value=3, municipality=log["VDM"])
    TargetFactory(indicator="accompaniments", value=200)
    url = reverse("reports:results")

    whole = client.get(url, {"period": "2026-Q3"}).content.decode()
    own = client.get(
        reverse("reports:results-municipality", args=["vidmale"]),
        {"period": "2026-Q3"},
    ).content.decode()

    assert "In 2026: 4 of 8 (50\N{NO-BREAK SPACE}%). Expected by now: 6." in whole
    assert "Targets on course: 0 of 2" in whole
    assert "In 2026: 1 of 3 (33\N{NO-BREAK SPACE}%). Expected by now: 2." in own
    assert "Accompaniments: 0 of 200, expected by now 150" in whole


def test_the_table_of_targets_that_leaves_hides_few_families(client, staff, log):
    TargetFactory(value=8)
    TargetFactory(indicator="entries", value=20)

    response = client.get(
        reverse("reports:results"), {"period": "2026-Q3", "csv": "targets"}
    )

    assert read_csv(response)[1:] == [
        ["Families worked with", "2026", "8", "•", "", "6"],
        ["Visits, meetings, calls", "2026", "20", "8", "40\N{NO-BREAK SPACE}%", "15"],
    ]


def test_no_target_is_added_up_from_those_of_municipalities(log):
    for place in Municipality.objects.all():
        TargetFactory(municipality=place, value=5)

    assert plans(QUARTER) == []
    assert [plan.target for plan in plans(QUARTER, log["UPC"])] == [5]


def test_the_workbook_tells_target_done_and_share(log):
    TargetFactory(value=8)
    TargetFactory(value=3, municipality=log["VDM"])
    TargetFactory(indicator="hours", value=50, municipality=log["VDM"])

    rows = rows_of(workbook(QUARTER), IndicatorResource)

    told = {
        (row["code"], row["municipality"]): (row["target"], row["done"], row["share"])
        for row in rows
        if row["target"] is not None
    }
    assert told == {
        ("I01", None): (8, 4, 0.5),
        ("I01", "Vidmale"): (3, 1, 0.333),
        ("I21", "Vidmale"): (50, 2.5, 0.05),
    }
    assert not any(row["target"] for row in rows if row["month"])
