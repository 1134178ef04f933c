"""What is shipped for production passes the checks of Django and our own."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.core import checks

from privacy import checks as ours
from privacy.keys import new_key_line
from tests.composed import COMPOSE, ROOT, environment

LOOK = """
import json
import django
from django.conf import settings
from django.core.management import call_command
django.setup()
call_command("check", deploy=True, fail_level="WARNING", verbosity=0)
print(json.dumps({
    name: getattr(settings, name)
    for name in dir(settings)
    if name.startswith(("SESSION_COOKIE_", "CSRF_COOKIE_"))
}))
"""

pytestmark = pytest.mark.once


def shipped(folder):
    """The environment of the containers, with a database of one file."""
    return environment(folder) | {
        "DATABASE_URL": f"sqlite:///{folder / 'tilts.sqlite3'}"
    }


def test_the_shipped_production_settings_pass_every_check_and_close_the_cookies(
    tmp_path,
):
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=ROOT,
        env=shipped(tmp_path),
        capture_output=True,
        text=True,
    )

    assert done.returncode == 0, done.stderr
    cookies = json.loads(done.stdout.splitlines()[-1])
    for kind in ("SESSION", "CSRF"):
        assert cookies[f"{kind}_COOKIE_NAME"].startswith("__Host-")
        assert cookies[f"{kind}_COOKIE_SECURE"]
        assert cookies[f"{kind}_COOKIE_HTTPONLY"]
        assert cookies[f"{kind}_COOKIE_SAMESITE"] == "Lax"
        assert cookies[f"{kind}_COOKIE_PATH"] == "/"
        assert cookies[f"{kind}_COOKIE_DOMAIN"] is None


def test_docker_compose_accepts_what_is_shipped_and_no_word_it_does_not_know():
    def accepts(compose):
        command = ["docker-compose", "--env-file", ".env.example", "--file", "-"]
        done = subprocess.run(
            [*command, "config", "--quiet"],
            cwd=ROOT,
            # The one of Debian 12 knows everything but the name of a project
            input=compose.replace("name: tilts\n", "", 1),
            text=True,
            capture_output=True,
        )
        return done.returncode == 0

    assert accepts(COMPOSE)
    assert not accepts(COMPOSE.replace("cap_drop", "cap_drops"))


def test_behind_a_proxy_it_counts_how_people_came_and_not_how_the_proxy_asks(tmp_path):
    """gunicorn is asked by TLS; a form that was sent by http would seem to come from elsewhere."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)",
        ],
        cwd=ROOT,
        env=shipped(tmp_path) | {"SITE_URL": "http://localhost"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == "('HTTP_X_FORWARDED_PROTO', 'https')"


def test_without_a_mail_server_one_mail_is_one_file_for_its_owner_alone(tmp_path):
    send = (
        "import os; os.umask(0); import django; django.setup();"
        "from django.core.mail import send_mail; send_mail('A', 'B', None, ['c@d.example'])"
    )
    subprocess.run(
        [sys.executable, "-c", send],
        cwd=ROOT,
        env=shipped(tmp_path) | {"EMAIL_HOST": ""},
        check=True,
    )

    folder = tmp_path / "mail"
    [mail] = folder.iterdir()
    assert [one.stat().st_mode & 0o777 for one in (folder, mail)] == [0o700, 0o600]


HINTED = {f"privacy.W{number}" for number in ("011", "012", "018", "019", "020")}


def ids(found):
    """Of the problems; each says in words what it is, some what to do."""
    found = list(found)
    assert all(isinstance(problem.msg, str) for problem in found)
    assert {problem.id for problem in found if problem.hint} <= HINTED
    assert all(problem.hint for problem in found if problem.id in HINTED)
    return {problem.id for problem in found}


def test_what_would_be_unsafe_in_public_is_named(settings, monkeypatch):
    settings.DEMO, settings.HTTPS, settings.USE_TZ = True, False, False
    monkeypatch.setitem(settings.DATABASES["default"], "OPTIONS", {})

    assert ids(ours.the_public_is_served_safely(None)) == {
        "privacy.E013",
        "privacy.W014",
        "privacy.E016",
        "privacy.E017",
    }


def test_mails_that_travel_readable_to_another_machine_are_named(settings):
    for host, uses_tls, is_named in [
        ("smtp.example.org", False, True),
        ("smtp.example.org", True, False),
        ("mail", False, False),
        ("", False, False),
    ]:
        settings.EMAIL_HOST, settings.EMAIL_USE_TLS = host, uses_tls
        found = ids(ours.the_public_is_served_safely(None))
        assert ("privacy.W020" in found) is is_named


@pytest.mark.parametrize(
    ("host", "sslmode", "is_named"),
    [
        ("db.example.org", None, True),
        ("db.example.org", "require", True),
        ("db.example.org", "verify-full", False),
        ("db", None, False),
        ("127.0.0.1", None, False),
        ("", None, False),
    ],
)
def test_a_database_elsewhere_has_to_prove_who_it_is(
    settings, monkeypatch, host, sslmode, is_named
):
    database = {"ENGINE": "django.db.backends.postgresql", "HOST": host}
    if sslmode:
        database["OPTIONS"] = {"sslmode": sslmode}
    monkeypatch.setitem(settings.DATABASES, "default", database)

    found = list(ours.the_public_is_served_safely(None))

    assert ("privacy.W019" in ids(found)) is is_named


@pytest.mark.parametrize(
    "changes",
    [{"transaction_mode": "DEFERRED"}, {"init_command": "PRAGMA synchronous=NORMAL"}],
)
def test_sqlite_that_could_lose_an_answered_entry_is_named(
    settings, monkeypatch, changes
):
    safe = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL",
    }
    only_the_mode = {"transaction_mode": "IMMEDIATE"}
    for options, is_named in [
        (safe, False),
        (safe | changes, True),
        (only_the_mode, True),
    ]:
        database = {"ENGINE": "django.db.backends.sqlite3", "OPTIONS": options}
        monkeypatch.setitem(settings.DATABASES, "default", database)
        found = ids(ours.the_public_is_served_safely(None))
        assert ("privacy.E017" in found) is is_named


@pytest.mark.parametrize(("mode", "is_named"), [("delete", True), ("wal", False)])
def test_a_file_that_is_not_written_ahead_is_named(
    settings, monkeypatch, tmp_path, mode, is_named
):
    path = tmp_path / "tilts.sqlite3"
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"PRAGMA journal_mode={mode}")
        database.execute("CREATE TABLE any (thing)")
        database.commit()
    here = {"ENGINE": "django.db.backends.sqlite3", "NAME": path}
    monkeypatch.setitem(settings.DATABASES, "default", here)

    found = list(ours.sqlite_writes_ahead(None, ["default"]))

    assert ("privacy.W018" in ids(found)) is is_named
    assert all(str(path) in problem.msg for problem in found)


def test_a_file_into_which_nothing_was_written_is_not_named(
    settings, monkeypatch, tmp_path
):
    path = tmp_path / "tilts.sqlite3"
    path.touch()
    here = {"ENGINE": "django.db.backends.sqlite3", "NAME": path}
    monkeypatch.setitem(settings.DATABASES, "default", here)

    assert not list(ours.sqlite_writes_ahead(None, ["default"]))


@pytest.mark.parametrize(
    ("header", "count", "is_named"),
    [
        (None, 0, True),
        (None, 1, True),
        (("HTTP_X_FORWARDED_PROTO", "https"), 0, True),
        (("HTTP_X_FORWARDED_PROTO", "https"), 1, False),
    ],
)
def test_https_without_a_trusted_proxy_is_named(settings, header, count, is_named):
    settings.HTTPS, settings.SECURE_PROXY_SSL_HEADER = True, header
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = count

    found = ids(ours.the_public_is_served_safely(None))

    assert ("privacy.E015" in found) is is_named


def test_a_secret_that_others_can_read_or_see_is_named(settings, tmp_path, monkeypatch):
    files = [
        tmp_path / name
        for name in (
            *("SECRET_KEY_FILE", "FIELD_KEYS_FILE"),
            *("BACKUP_KEY_FILE", "EMAIL_HOST_PASSWORD_FILE"),
            *("DATABASE_PASSWORD_FILE", "METRICS_TOKEN_FILE"),
        )
    ]
    for file in files:
        file.write_text(new_key_line())
        file.chmod(0o644)
        monkeypatch.setenv(file.name, str(file))
    settings.FIELD_KEYS_FILE = tmp_path / "FIELD_KEYS_FILE"
    settings.BACKUP_KEY_FILE = tmp_path / "BACKUP_KEY_FILE"
    monkeypatch.setenv("SECRET_KEY", "anything")

    found = list(ours.secrets_are_in_closed_files(None))

    assert ids(found) == {"privacy.W011", "privacy.W012"}
    told = [problem.msg.partition(" (")[0] for problem in found]
    assert told[:-1] == [str(file) for file in files]


@pytest.mark.parametrize(
    ("name", "value", "is_named"),
    [
        ("EMAIL_HOST_PASSWORD", "anything", True),
        ("EMAIL_HOST_PASSWORD", "", False),
        ("DATABASE_URL", "postgres://tilts:anything@db/tilts", True),
        ("DATABASE_URL", "postgres://tilts@db/tilts?password=anything", True),
        ("DATABASE_URL", "postgres://tilts@db/tilts?sslmode=verify-full", False),
        ("DATABASE_URL", "sqlite:////srv/tilts.sqlite3", False),
    ],
)
def test_a_password_in_the_environment_is_named_and_not_told(
    settings, tmp_path, monkeypatch, name, value, is_named
):
    for other in ("SECRET_KEY", "EMAIL_HOST_PASSWORD", "DATABASE_URL"):
        monkeypatch.delenv(other, raising=False)
    settings.FIELD_KEYS_FILE = tmp_path / "nothing"
    monkeypatch.setenv(name, value)

    found = list(ours.secrets_are_in_closed_files(None))

    assert ids(found) == ({"privacy.W012"} if is_named else set())
    file = {"DATABASE_URL": "DATABASE_PASSWORD_FILE"}.get(name, f"{name}_FILE")
    for one in found:
        assert name in one.msg
        assert f" {file}." in one.hint
    assert "anything" not in "".join(f"{one.msg} {one.hint}" for one in found)


def test_the_password_of_the_database_comes_from_its_file(tmp_path):
    file = tmp_path / "password"
    file.write_text("of the database\n")
    file.chmod(0o400)
    look = "from django.conf import settings; print(settings.DATABASES['default'])"
    done = subprocess.run(
        [sys.executable, "-c", look],
        cwd=ROOT,
        env=shipped(tmp_path)
        | {
            "DATABASE_URL": "postgres://tilts@db/tilts",
            "DATABASE_PASSWORD_FILE": str(file),
        },
        capture_output=True,
        text=True,
        check=True,
    )

    assert "'PASSWORD': 'of the database'" in done.stdout


def test_closed_files_and_those_that_are_not_there_are_not_named(
    settings, tmp_path, monkeypatch
):
    closed = tmp_path / "field.keys"
    closed.write_text(new_key_line())
    closed.chmod(0o400)
    settings.FIELD_KEYS_FILE = closed
    monkeypatch.setenv("SECRET_KEY_FILE", str(tmp_path / "nothing"))
    monkeypatch.delenv("BACKUP_KEY_FILE", raising=False)
    monkeypatch.delenv("SECRET_KEY", raising=False)

    assert not list(ours.secrets_are_in_closed_files(None))


def test_one_secret_for_two_purposes_is_named(settings, tmp_path):
    file = tmp_path / "field.keys"
    line = new_key_line()
    file.write_text(line)
    settings.FIELD_KEYS_FILE = file
    settings.SECRET_KEY = line.partition(":")[2]

    [problem] = ours.keys_are_in_order(None)

    assert (type(problem), problem.id) == (checks.Error, "privacy.E010")
    assert "are the same" in problem.msg
    assert settings.SECRET_KEY not in problem.msg
