"""Checks of an installation: of the keys at every start, of the rest by ``check --deploy``."""

import os
import stat
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from privacy.keys import read_keys

SECRET_FILES = (
    "SECRET_KEY_FILE",
    "FIELD_KEYS_FILE",
    "BACKUP_KEY_FILE",
    "EMAIL_HOST_PASSWORD_FILE",
    "DATABASE_PASSWORD_FILE",
    "METRICS_TOKEN_FILE",
)
BARE_SECRETS = ("SECRET_KEY", "EMAIL_HOST_PASSWORD")
READABLE_BY_OTHERS = stat.S_IRWXG | stat.S_IRWXO
WRITTEN_AHEAD = b"\x02\x02"


def refuse_equal_keys():
    """Stop where one secret serves two purposes: who finds one would have both."""
    path = Path(settings.FIELD_KEYS_FILE)
    read_keys(path)
    if settings.SECRET_KEY.encode() in path.read_bytes():
        raise ImproperlyConfigured(
            "SECRET_KEY and a field key are the same: give each a secret of its own."
        )


def keys_are_in_order(app_configs, **kwargs):
    """The keys can be read, are long and differ."""
    try:
        refuse_equal_keys()
    except ImproperlyConfigured as problem:
        yield checks.Error(str(problem), id="privacy.E010")


def secrets_are_in_closed_files(app_configs, **kwargs):
    """Nobody but the user of the processes reads a file with a secret."""
    named = {name: os.environ.get(name) for name in SECRET_FILES}
    named["FIELD_KEYS_FILE"] = settings.FIELD_KEYS_FILE
    named["BACKUP_KEY_FILE"] = settings.BACKUP_KEY_FILE
    paths = {name: Path(path) for name, path in named.items() if path}
    for name, path in paths.items():
        if path.is_file() and path.stat().st_mode & READABLE_BY_OTHERS:
            yield checks.Warning(
                _("%(path)s (%(name)s) can be read by others than its owner.")
                % {"path": path, "name": name},
                hint=f"chmod 0400 {path}",
                id="privacy.W011",
            )
    for name in BARE_SECRETS:
        if os.environ.get(name):
            yield _bare(name, f"{name}_FILE")
    if _holds_password(os.environ.get("DATABASE_URL", "")):
        yield _bare(_("The password in DATABASE_URL"), "DATABASE_PASSWORD_FILE")


def _bare(what, name_of_file):
    return checks.Warning(
        _("%(what)s stands in the environment, where other processes see it.")
        % {"what": what},
        hint=_("Put it into a file and name that file in %(name)s.")
        % {"name": name_of_file},
        id="privacy.W012",
    )


def _holds_password(url):
    """Before the host, or among what libpq is told behind it."""
    parts = urlsplit(url)
    return bool(parts.password) or "password=" in parts.query


def the_public_is_served_safely(app_configs, **kwargs):
    """What a public installation needs beside what Django asks for."""
    if settings.DEMO:
        yield checks.Error(
            _("DEMO=true shows its passwords to everybody."), id="privacy.E013"
        )
    if not settings.HTTPS:
        yield checks.Warning(
            _(
                "SITE_URL does not begin with https://: cookies and pages travel "
                "readable."
            ),
            id="privacy.W014",
        )
    elif not (
        settings.SECURE_PROXY_SSL_HEADER and settings.ALLAUTH_TRUSTED_PROXY_COUNT
    ):
        yield checks.Error(
            _(
                "No trusted proxy is set: every visitor would have its address, and one "
                "who fails to sign in would lock out all."
            ),
            id="privacy.E015",
        )
    if not settings.USE_TZ:
        yield checks.Error(
            _("USE_TZ is off: instants would be stored without a zone."),
            id="privacy.E016",
        )
    if _is_far(settings.EMAIL_HOST) and not settings.EMAIL_USE_TLS:
        yield checks.Warning(
            _("Mails, and the links in them, travel readable to another machine."),
            hint=_("Set EMAIL_USE_TLS=true."),
            id="privacy.W020",
        )
    yield from _the_database_is_reached_safely()


def _is_far(host):
    """A name without a dot is a container beside this one."""
    return "." in host and host != "127.0.0.1"


def _the_database_is_reached_safely():
    database = settings.DATABASES["default"]
    options = database.get("OPTIONS", {})
    if database["ENGINE"] != "django.db.backends.sqlite3":
        if _is_far(database["HOST"]) and options.get("sslmode") != "verify-full":
            yield checks.Warning(
                _(
                    "The database is on another machine and its certificate is not "
                    "asked for."
                ),
                hint=_("Add ?sslmode=verify-full to DATABASE_URL."),
                id="privacy.W019",
            )
    elif options.get(
        "transaction_mode"
    ) != "IMMEDIATE" or "synchronous=FULL" not in str(options.get("init_command")):
        yield checks.Error(
            _("SQLite needs transaction_mode IMMEDIATE and synchronous=FULL."),
            id="privacy.E017",
        )


def sqlite_writes_ahead(app_configs, databases, **kwargs):
    """A property of the file: readers do not wait for writers."""
    from_here = databases and settings.DATABASES["default"]
    if not from_here or from_here["ENGINE"] != "django.db.backends.sqlite3":
        return
    path = Path(str(from_here["NAME"]))
    if path.is_file() and _versions(path) not in (b"", WRITTEN_AHEAD):
        yield checks.Warning(
            _("%(path)s is not in WAL mode.") % {"path": path},
            hint=_("Run manage.py init, which sets it."),
            id="privacy.W018",
        )


def _versions(path):
    """With what a SQLite file is written and read, from its header; empty in a new one."""
    with path.open("rb") as file:
        file.seek(18)
        return file.read(2)
