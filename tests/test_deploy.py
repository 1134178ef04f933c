"""What is shipped for production passes the checks of Django and our own."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import checks

from privacy import checks as ours
from privacy.keys import new_key_line

ROOT = Path(__file__).resolve().parent.parent
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


def shipped_environment(folder):
    """What docker-compose.yml makes of .env.example, with keys and database of our own."""
    example = dict(
        re.findall(
            r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE
        )
    )
    compose = (ROOT / "docker-compose.yml").read_text()
    block = compose.partition("environment: &environment\n")[2].partition("  secrets:")[
        0
    ]
    environment = {}
    for name, value in re.findall(r"^    ([A-Z_]+): (.*)$", block, re.MULTILINE):
        environment[name] = re.sub(
            r"\$\{([A-Z_]+):-([^}]*)\}",
            lambda found: example[found[1]] or found[2],
            value,
        )
    secrets = {
        "SECRET_KEY_FILE": "pj4Vq0sXk2Tn8Rb6Wd1Zy7Lm3Hc9Gf5EaUuIiOoPp_-AaSsDdFf",
        "FIELD_KEYS_FILE": new_key_line(),
        "BACKUP_KEY_FILE": "AGE-SECRET-KEY-1",
    }
    for name, content in secrets.items():
        file = folder / name
        file.write_text(content)
        file.chmod(0o400)
        environment[name] = str(file)
    return environment | {
        "DATABASE_URL": f"sqlite:///{folder / 'tilts.sqlite3'}",
        "VAR_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PATH": os.environ["PATH"],
    }


def test_the_shipped_production_settings_pass_every_check_and_close_the_cookies(
    tmp_path,
):
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        cwd=ROOT,
        env=shipped_environment(tmp_path),
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


def ids(found):
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


def test_https_without_a_trusted_proxy_is_named(settings):
    settings.HTTPS, settings.ALLAUTH_TRUSTED_PROXY_COUNT = True, 0

    assert "privacy.E015" in ids(ours.the_public_is_served_safely(None))


def test_a_secret_that_others_can_read_or_see_is_named(settings, tmp_path, monkeypatch):
    open_file = tmp_path / "field.keys"
    open_file.write_text(new_key_line())
    open_file.chmod(0o644)
    settings.FIELD_KEYS_FILE = open_file
    monkeypatch.setenv("SECRET_KEY", "anything")

    found = list(ours.secrets_are_in_closed_files(None))

    assert ids(found) == {"privacy.W011", "privacy.W012"}
    assert str(open_file) in found[0].msg


def test_one_secret_for_two_purposes_is_named(settings, tmp_path):
    file = tmp_path / "field.keys"
    line = new_key_line()
    file.write_text(line)
    settings.FIELD_KEYS_FILE = file
    settings.SECRET_KEY = line.partition(":")[2]

    [problem] = ours.keys_are_in_order(None)

    assert isinstance(problem, checks.Error)
    assert settings.SECRET_KEY not in problem.msg
