"""Commands that operators and auditors use."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import resolve

from agenda.management.commands.init import Command as Preparation
from mediators.models import Role
from tests.access_table import ACCESS

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def addresses_in_order():
    output = []

    class Out:
        def write(self, text):
            output.append(text)

    call_command("print_urls", "--json", stdout=Out())
    return json.loads("".join(output))


@pytest.fixture(scope="module")
def addresses(addresses_in_order):
    return {row["name"]: row for row in addresses_in_order}


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "access"),
    [
        ("families:list", [Role.MEDIATOR]),
        ("settings", "signed in"),
        ("home", "public"),
        ("healthz", "public"),
        ("account_login", "public"),
        ("mfa_index", "signed in"),
        ("mfa_reauthenticate", "signed in"),
        ("reports:public", "link"),
        ("reports:api-results", "token"),
        ("admin:index", [Role.ADMINISTRATOR]),
        ("admin:mediators_user_deed", [Role.ADMINISTRATOR]),
        ("admin:login", "public"),
    ],
)
def test_an_address_is_listed_with_who_may_open_it(addresses, name, access):
    assert addresses[name]["access"] == access


@pytest.mark.once
def test_every_address_is_listed_with_its_access(addresses):
    assert {name for _method, name in ACCESS} <= addresses.keys()
    assert all(row["access"] for row in addresses.values())


@pytest.mark.once
def test_an_address_is_listed_with_its_methods_and_a_sample(addresses):
    assert addresses["reports:action"]["methods"] == ["POST"]
    assert addresses["reports:pdf-version"] == {
        "pattern": "atskaites/<slug:desk>/<month:month>/pdf/v<int:number>.pdf",
        "name": "reports:pdf-version",
        "methods": ["GET", "HEAD"],
        "access": "signed in",
        "sample": "/atskaites/x/2026-10/pdf/v1.pdf",
    }


@pytest.mark.once
def test_every_sample_leads_to_the_address_that_it_stands_for(addresses_in_order):
    led = [(row["pattern"], resolve(row["sample"]).route) for row in addresses_in_order]

    assert [pattern for pattern, _route in led] == [route for _pattern, route in led]


@pytest.mark.once
@pytest.mark.parametrize(
    ("is_demo", "who"), [(True, "demo_accounts"), (False, "create_user")]
)
def test_what_comes_next_after_the_preparation_fits_the_installation(
    settings, is_demo, who
):
    settings.DEMO, said = is_demo, StringIO()

    Preparation(stdout=said).say_what_comes_next()

    assert f"2. manage.py {who}" in said.getvalue()


@pytest.mark.once
def test_without_its_settings_a_command_says_in_one_line_what_is_missing(tmp_path):
    left = os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"}
    left |= {"VAR_DIR": str(tmp_path)}
    del left["SECRET_KEY"]

    answer = subprocess.run(
        [sys.executable, "manage.py", "readyz"],
        cwd=ROOT,
        env=left,
        capture_output=True,
        text=True,
    )

    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.endswith("Set the environment variable SECRET_KEY.\n")
    assert answer.stderr.count("\n") == 1


@pytest.fixture
def manage(tmp_path):
    """A command in an installation of its own that has no tables yet."""

    def run(*arguments):
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=os.environ
            | {
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "SECRET_KEY": "pj4Vq0sXk2Tn8Rb6Wd1Zy7Lm3Hc9Gf5Ea",
                "VAR_DIR": str(tmp_path),
                "DATABASE_URL": f"sqlite:///{tmp_path / 'tilts.sqlite3'}",
            },
            capture_output=True,
            text=True,
        )

    return run


@pytest.mark.once
def test_a_command_in_a_database_without_tables_says_what_to_do(manage):
    answer = manage("verify_audit", "--json")

    assert (answer.returncode, answer.stdout) == (1, "")
    what_happened, what_to_do = answer.stderr.splitlines()
    assert what_happened.endswith("no such table: privacy_audithead")
    assert "“init”" in what_to_do


@pytest.mark.once
@pytest.mark.slow
def test_an_installation_is_prepared_once_and_kept_the_second_time(manage, tmp_path):
    first = manage("init")
    assert (first.returncode, first.stderr) == (0, "")
    assert "create_user" in first.stdout
    keys = (tmp_path / "keys/field.keys").read_text()
    again = manage("init", "--verbosity", "0")
    assert (again.returncode, (tmp_path / "keys/field.keys").read_text()) == (0, keys)
    with closing(sqlite3.connect(tmp_path / "tilts.sqlite3")) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)

    wrong_key = "from privacy.fields import CannotDecrypt; raise CannotDecrypt('x')"
    assert manage("shell", "--no-imports", "-c", wrong_key).returncode == 100
