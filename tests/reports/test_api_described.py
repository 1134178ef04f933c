"""What programs read is as the description of the addresses says."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.urls import reverse
from jsonschema import Draft202012Validator, FormatChecker

from reports.indicators import INDICATORS
from tests.factories import MonthlyReportFactory, TargetFactory
from tests.reports.by_chance import log_by_chance

pytestmark = pytest.mark.django_db

OF_OPENAPI = Path(__file__).parent.parent / "vendor/openapi-3.1.json"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2027, 1, 15, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def many_things(db):
    return log_by_chance()


def test_the_description_is_one_of_openapi_3_1(read):
    schema = json.loads(OF_OPENAPI.read_text())

    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(read("openapi"))


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("indicators", {}),
        ("results", {"period": "2026-Q3"}),
        ("targets", {"year": "2026"}),
        ("reports", {"period": "2026"}),
        ("openapi", {}),
    ],
)
def test_each_answer_is_as_the_description_says(read, many_things, name, query):
    TargetFactory(indicator="jobs", value=50)
    MonthlyReportFactory(municipality=many_things[0][0], mediator=many_things[1][0])
    described = read("openapi")

    answer = read(name, **query)

    [get] = described["paths"][reverse(f"reports:api-{name}")].values()
    schema = get["responses"]["200"]["content"]["application/json"]["schema"]
    Draft202012Validator(
        schema | {"components": described["components"]},
        format_checker=FormatChecker(),
    ).validate(answer)
    assert name == "openapi" or answer[next(reversed(answer))]


def test_a_problem_is_as_the_description_says(client, read):
    described = read("openapi")
    response = client.get(reverse("reports:api-results"))

    Draft202012Validator(described["components"]["schemas"]["Problem"]).validate(
        response.json()
    )


def test_the_catalogue_is_the_declared_one_in_both_languages(read):
    told = read("indicators")["indicators"]

    assert [row["key"] for row in told] == [
        *(i.key for i in INDICATORS if not i.stays_in_team),
        "coordinated_share",
    ]
    families = told[0]
    assert families["label"] == {
        "lv": "Ģimenes, ar kurām strādāts",
        "en": "Families worked with",
    }
    assert families["hides_small_numbers"] is True
