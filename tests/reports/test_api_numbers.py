"""What programs read: the numbers of the log, few of them hidden, as they are described."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.urls import reverse

from mediators.models import Role
from municipalities.models import Municipality
from reports.indicators import BY_KEY, INDICATORS, compute, compute_by_place
from reports.measures import measured, measured_by_place
from reports.periods import Period
from reports.reach import in_use, scope_of
from reports.targets import plans, plans_by_place
from tests.factories import (
    MonthlyReportFactory,
    MunicipalityFactory,
    TargetFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.by_chance import log_by_chance
from tests.reports.recounted import IN_MINUTES, RECOUNT

pytestmark = pytest.mark.django_db

SECRET = "t" * 43
MONTHS = [f"2026-{month:02}" for month in range(1, 13)]
QUARTERS = ["2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4"]
ALL_PLACES = "%"
BOTH_PARTS = ("coordinated_cases", "uncoordinated_cases")
READ = {i.key for i in INDICATORS if not i.stays_in_team} | {"coordinated_share"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2027, 1, 15, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def many_things(db):
    return log_by_chance()


def recounted(key, place, period):
    """The number by SQL that knows nothing of the declarations.

    What belongs to no municipality is in the number of all together.
    """
    sql = (
        RECOUNT[key]
        .replace(
            "u.email = %(email)s AND m.prefix = %(prefix)s",
            "COALESCE(m.prefix, '') LIKE %(prefix)s",
        )
        .replace("JOIN municipalities_", "LEFT JOIN municipalities_")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            sql, {"prefix": place, "first": period.first, "last": period.last}
        )
        [count] = cursor.fetchone()
    if key not in IN_MINUTES:
        return count
    return (Decimal(round(count)) / 60).quantize(
        Decimal("0.1"), rounding="ROUND_HALF_UP"
    )


def prefixes():
    places = Municipality.objects.values_list("slug", "prefix")
    return {None: ALL_PLACES, **dict(places)}


@pytest.mark.parametrize("limit", [1, 5])
@pytest.mark.parametrize("code", ["2026-Q3", "2026-10", "2026"])
def test_every_value_equals_a_recount_in_sql(read, many_things, settings, code, limit):
    settings.SMALL_NUMBERS_BELOW = limit
    prefix = prefixes()

    answer = read("results", period=code)

    seen, shares = {None: 0, "<5": 0, "•": 0}, []
    for row in answer["rows"]:
        period = Period.parse(row["month"] or code)
        of = prefix[row["municipality"]], period
        if row["indicator"] == "coordinated_share":
            shares.append((row, *(recounted(key, *of) for key in BOTH_PARTS)))
            continue
        count = recounted(row["indicator"], *of)
        seen[row["hidden"]] += 1
        if row["hidden"] is None:
            assert Decimal(str(row["value"])) == count, row
            assert not (
                0 < count < limit and BY_KEY[row["indicator"]].is_about_families
            )
        else:
            assert row["value"] is None
        if row["hidden"] == "<5":
            assert 0 < count < 5, row
    assert seen[None] > 50
    assert (seen["<5"] > 20) == (limit == 5)
    assert {row["indicator"] for row in answer["rows"]} == READ
    for row, part, rest in shares:
        if row["hidden"] is None and part + rest:
            assert row["value"] == round(100 * part / (part + rest) + 0.001), row
        else:
            assert row["value"] is None
        assert not (row["hidden"] is None and (0 < part < limit or 0 < rest < limit))
    assert limit > 1 or any(row["value"] for row, *_both in shares)


def test_the_values_are_those_of_the_dashboard_and_the_workbook(
    read, many_things, settings
):
    settings.SMALL_NUMBERS_BELOW = 1
    scope = scope_of(Period.parse("2026-Q3"), None)

    rows = read("results", period="2026-Q3")["rows"]

    told = {
        (row["municipality"], row["indicator"]): row["value"]
        for row in rows
        if row["level"] != "municipality_month"
    }
    values, table = compute(scope), compute_by_place(scope)
    values |= measured(scope, values)
    shares = measured_by_place(scope, table)
    expected = {(None, key): value for key, value in values.items()}
    for place in in_use(Municipality.objects.all(), Period.parse("2026")):
        values = table.get(place.pk, {}) | shares.get(place.pk, {})
        nothing = dict.fromkeys(READ, 0) | {"coordinated_share": None}
        expected |= {(place.slug, key): n for key, n in (nothing | values).items()}
    expected = {cell: n for cell, n in expected.items() if cell[1] in READ}
    assert told == {
        cell: value if value is None else float(value)
        for cell, value in expected.items()
    }


def test_whichever_answer_tells_a_number_they_tell_it_alike(read, many_things):
    """What one hides no other shows: all periods of a year, put side by side."""
    told = {}
    for code in [*MONTHS, *QUARTERS, "2026"]:
        for row in read("results", period=code)["rows"]:
            cell = (row["indicator"], row["municipality"], row["month"] or code)
            told.setdefault(cell, set()).add((row["value"], row["hidden"]))

    assert [cell for cell, values in told.items() if len(values) > 1] == []
    assert sum(("•" in {hidden for _n, hidden in v}) for v in told.values()) > 20


def test_a_period_is_told_when_it_is_over(client, read, mediator, municipality):
    for day in (date(2026, 11, 30), date(2026, 12, 1)):
        VisitFactory(mediator=mediator, municipality=municipality, visited_on=day)

    rows = read("results", period="2026-Q4")["rows"]

    assert [
        row["value"]
        for row in rows
        if (row["indicator"], row["level"]) == ("entries", "total")
    ] == [2]
    with time_machine.travel(datetime(2027, 1, 14, 12, tzinfo=UTC), tick=False):
        assert read("results", period="2026-11")["last_day"] == "2026-11-30"
        for query in ({"period": "2026-12"}, {"period": "2026-Q4"}, {"period": "2026"}):
            response = client.get(
                reverse("reports:api-results"),
                query,
                headers={"Authorization": f"Bearer {SECRET}"},
            )
            assert response.status_code == 400


def test_targets_reach_to_the_last_quarter_that_is_over(read, mediator, municipality):
    TargetFactory(indicator="entries", value=10)
    for day in (date(2026, 9, 30), date(2026, 10, 1)):
        VisitFactory(mediator=mediator, municipality=municipality, visited_on=day)

    with time_machine.travel(datetime(2027, 1, 14, 12, tzinfo=UTC), tick=False):
        answer = read("targets", year="2026")

    assert (answer["first_day"], answer["last_day"]) == ("2026-01-01", "2026-09-30")
    assert [row["value"] for row in answer["rows"]] == [1]


def test_a_token_for_few_reads_their_rows_and_no_sum(read, api_token, many_things):
    places, _mediators = many_things
    everything = read("results", period="2026-Q3")["rows"]
    api_token.reaches_all = False
    api_token.save()
    api_token.municipalities.set(places[:1])

    answer = read("results", period="2026-Q3")

    assert [place["key"] for place in answer["municipalities"]] == [places[0].slug]
    assert answer["rows"] == [
        row for row in everything if row["municipality"] == places[0].slug
    ]


def test_the_order_is_the_same_each_time_and_in_each_language(
    read,
    api_token,
    many_things,
    client,
):
    first = read("results", period="2026-Q3")
    client.cookies["language"] = "en"

    assert read("results", period="2026-Q3") == first


def test_the_answer_says_how_far_reports_are(read, municipality, mediator):
    for month, status in ((8, "submitted"), (9, "approved")):
        MonthlyReportFactory(
            municipality=municipality,
            mediator=mediator,
            month=date(2026, month, 1),
            status=status,
        )

    answer = read("results", period="2026-Q3")

    assert answer["only_approved_months"] is False
    assert answer["reports"] == {"approved": 1, "all": 2}
    assert answer["as_of"] == "2027-01-15T10:15:00+02:00"
    assert answer["definitions"] == read("indicators")["definitions"]


def test_targets_stand_beside_what_was_done(read, api_token, many_things, settings):
    places, _mediators = many_things
    TargetFactory(indicator="entries", value=200)
    TargetFactory(indicator="jobs", value=50, municipality=places[0])
    [of_all] = plans(Period.parse("2026"))
    of_place = plans_by_place(Period.parse("2026"))[places[0].pk]["jobs"]

    rows = read("targets", year="2026")["rows"]

    assert rows[0] == {
        "indicator": "entries",
        "municipality": None,
        "target": 200,
        "expected": int(of_all.expected),
        "value": recounted("entries", ALL_PLACES, Period.parse("2026")),
        "hidden": None,
        "share": round(of_all.done / 200, 3),
    }
    assert (rows[1]["municipality"], rows[1]["target"]) == (places[0].slug, 50)
    assert rows[1]["value"] in (None, of_place.done)
    [year] = [
        row
        for row in read("results", period="2026")["rows"]
        if row["indicator"] == "jobs"
        and (row["level"], row["municipality"]) == ("municipality", places[0].slug)
    ]
    assert {key: rows[1][key] for key in ("value", "hidden")} == {
        key: year[key] for key in ("value", "hidden")
    }
    api_token.reaches_all = False
    api_token.save()
    api_token.municipalities.set(places[:1])
    assert read("targets", year="2026")["rows"] == rows[1:]


def test_a_small_number_is_not_told_by_its_share(read, mediator, municipality):
    TargetFactory(indicator="families", value=10)
    VisitFactory(
        mediator=mediator,
        municipality=municipality,
        visited_on=date(2026, 9, 3),
        families_named=[],
    )
    TargetFactory(indicator="new_cases", value=4, municipality=MunicipalityFactory())

    rows = read("targets", year="2026")["rows"]

    assert [(row["value"], row["share"]) for row in rows] == [(0, 0.0), (0, 0.0)]


def test_what_became_part_of_another_municipality_is_told_under_that_one(
    read, api_token, municipality
):
    former = MunicipalityFactory(successor=municipality)
    mediator = UserFactory(role=Role.MEDIATOR, municipality=former)
    VisitFactory(
        mediator=mediator, municipality=former, visited_on=date(2026, 9, 3), minutes=60
    )
    MonthlyReportFactory(
        municipality=former,
        mediator=mediator,
        month=date(2026, 9, 1),
        status="approved",
    )
    api_token.reaches_all = False
    api_token.save()
    api_token.municipalities.set([municipality])

    answer = read("results", period="2026-09")
    states = read("reports", period="2026-09")["rows"]

    [hours] = [
        row["value"]
        for row in answer["rows"]
        if (row["indicator"], row["level"]) == ("hours", "municipality")
    ]
    assert hours == 1
    assert answer["reports"] == {"approved": 1, "all": 1}
    assert [(row["municipality"], row["approved"]) for row in states] == [
        (municipality.slug, 1)
    ]


def test_no_answer_holds_a_code_of_a_family_or_a_name(read, many_things):
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM families_family")
        codes = [code for [code] in cursor.fetchall()]
        cursor.execute("SELECT last_name FROM mediators_user")
        names = [name for [name] in cursor.fetchall()]
    answers = [
        read("results", period="2026"),
        read("targets", year="2026"),
        read("reports", period="2026"),
    ]

    told = json.dumps(answers, ensure_ascii=False)

    assert codes
    assert [word for word in [*codes, *names] if word in told] == []


def test_the_number_of_queries_depends_on_no_data(
    read,
    many_things,
    django_assert_max_num_queries,
):
    read("results", period="2026-Q1")

    with django_assert_max_num_queries(120):
        read("results", period="2026")
