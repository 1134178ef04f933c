"""The fingerprint of a table, computed once more by hand."""

import json
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from privacy.digest import Canonical, digest
from tests.factories import MonthlyReportFactory, RegionFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_it_covers_the_columns_in_order_of_their_names_row_by_row():
    for code, label in [("vidzeme", "Vidzeme"), ("selija", "Sēlija")]:
        RegionFactory(code=code, label_lv=label)
    with connection.cursor() as cursor:
        table = connection.introspection.get_table_description(
            cursor, "municipalities_region"
        )
        names = ", ".join(sorted(column.name for column in table))
        cursor.execute(f"SELECT {names} FROM municipalities_region ORDER BY id")  # noqa: S608 -- names of columns
        rows = [json.dumps(row, ensure_ascii=False) for row in cursor.fetchall()]

    assert digest()["municipalities_region"] == {
        "rows": 2,
        "sha256": sha256("".join(f"{row}\n" for row in rows).encode()).hexdigest(),
    }


def test_every_table_is_told_but_sessions_and_work_in_the_background():
    tables = set(connection.introspection.table_names())

    assert tables - set(digest()) - {"django_migrations"} == {
        *("django_session", "django_tasks_database_dbtaskresult")
    }


def test_signing_in_changes_nothing_and_another_name_does():
    user = UserFactory()
    before = digest()["mediators_user"]

    user.last_login = timezone.now()
    user.save()
    assert digest()["mediators_user"] == before

    user.first_name = "Vija"
    user.save()
    assert digest()["mediators_user"] != before


def test_the_order_in_which_a_database_keeps_keys_does_not_count():
    report = MonthlyReportFactory(status="submitted", figures={"b": 1, "a": 2})
    before = digest()

    report.figures = {"a": 2, "b": 1}
    report.save()

    assert digest() == before


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (
            datetime(2026, 10, 5, 12, 30, tzinfo=ZoneInfo("Europe/Riga")),
            "2026-10-05T09:30:00.000000+00:00",
        ),
        (b"\x00\xff", "00ff"),
        (memoryview(b"\x00\xff"), "00ff"),
    ],
)
def test_both_databases_write_a_value_down_alike(value, written):
    assert json.loads(json.dumps(value, cls=Canonical)) == written
