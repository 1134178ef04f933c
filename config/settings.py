"""Settings of every installation, read strictly from the environment.

``docs/configuration.md`` describes each variable. Only what differs from
Django's default, or carries a promise, stands here.
"""

import os
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import controller, env, funding

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("VAR_DIR", str(BASE_DIR / "var")))

VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]["version"]

# Mode. The demo shows a banner on every page and holds invented data only.
DEBUG = env.boolean("DEBUG", "false")
IS_MADE_AS_DEMO = env.remembered(VAR_DIR / "mode", "empty") == "demo"
DEMO = env.boolean("DEMO", "true" if IS_MADE_AS_DEMO else "false")

# Counts of families and cases from 1 up to this are not told outside the team (R246)
SMALL_NUMBERS_BELOW = env.number("SMALL_NUMBERS_BELOW", "5")
SUPERVISION_MONTHS = env.number("SUPERVISION_MONTHS", "3")

# Security
SECRET_KEY = env.secret("SECRET_KEY", kept_in=VAR_DIR / "keys" / "secret.key")
FIELD_KEYS_FILE = Path(
    env.text("FIELD_KEYS_FILE", str(VAR_DIR / "keys" / "field.keys"))
)
BACKUP_KEY_FILE = Path(
    env.text("BACKUP_KEY_FILE", str(VAR_DIR / "keys" / "backup.key"))
)
# Where every night leaves a backup, so that its age is known
BACKUPS_DIR = Path(env.text("BACKUPS_DIR", str(VAR_DIR / "backups")))
# Whoever sends this token may read the numbers of /metrics; without it nobody may
METRICS_TOKEN = (
    env.secret("METRICS_TOKEN") if env.text("METRICS_TOKEN_FILE", "") else ""
)
# Of the containers: who they are to each other (docker-compose.yml)
CERTIFICATES_DIR = env.text("CERTIFICATES_DIR", "")
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
HTTPS = SITE_URL.startswith("https://")
# RFC 2142 names this mailbox; read by /.well-known/security.txt
SECURITY_CONTACT = env.text(
    "SECURITY_CONTACT", f"mailto:security@{urlsplit(SITE_URL).hostname}"
)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1 localhost")
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_HTTPONLY = True
SESSION_ENGINE = "mediators.sealed_sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
# Not "no-referrer": under it browsers send forms with "Origin: null", which the CSRF check refuses
SECURE_REFERRER_POLICY = "same-origin"
# Proxies of ours in front: the visitor's address is so many from the end of X-Forwarded-For
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", "1" if HTTPS else "0")
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
# How people came, not how the proxy asks: between those two it is always TLS
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS or TRUSTED_PROXIES else None
)
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_HANDLERS = ["privacy.uploads.NeverOnDisk"]
# No nonces: nothing stands inline, and a nonce would allow what has no business here
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "report-uri": "/csp",
    }
}

# Workbooks are read by the parser that production has, whatever a tool brings along
os.environ.setdefault("OPENPYXL_LXML", "False")

# Rooms of the house, lowest floor last (docs/architecture.md)
INSTALLED_APPS = [
    "offline",
    "operations",
    "agenda",
    "data_protection",
    "reports",
    "stories",
    "evaluation",
    "events",
    "imports",
    "cases",
    "families",
    "mediators",
    "municipalities",
    "privacy",
    "interface",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "import_export",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
]
MIDDLEWARE = [
    "privacy.middleware.RequestLogMiddleware",
    "reports.api.answering.ProblemsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "privacy.middleware.ClosedToOthersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "offline.middleware.SayWhoAnswersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "privacy.middleware.OnlyKnownMethodsMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "mediators.middleware.LanguageOfTheAccountMiddleware",
    "mediators.middleware.SessionLimitsMiddleware",
    "privacy.middleware.OnlyDeclaredMiddleware",
    "mediators.middleware.SignInFirstMiddleware",
    "mediators.middleware.SecondFactorMiddleware",
    "mediators.middleware.EthicsFirstMiddleware",
    "families.middleware.HiddenNamesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "privacy.middleware.PrivatePagesMiddleware",
    "config.problems.ExplainedMethodsMiddleware",
    "config.problems.ReserveMiddleware",
    "privacy.middleware.NoteRefusalsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "interface.unindented.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "agenda.context_processors.frame",
            ],
            "builtins": ["interface.templatetags.interface"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Database: an embedded SQLite file, or PostgreSQL in production
DATABASES = {
    "default": dj_database_url.parse(
        env.text("DATABASE_URL", f"sqlite:///{VAR_DIR / 'tilts.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if env.text("DATABASE_PASSWORD_FILE", ""):
    DATABASES["default"]["PASSWORD"] = env.secret("DATABASE_PASSWORD", shortest=1)
DATABASES["default"]["ATOMIC_REQUESTS"] = True
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A transaction that reads before it writes fails at once under DEFERRED;
    # FULL keeps what was acknowledged through a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Beyond these a third is dropped, whichever: limits are forgotten for who has more
        # addresses than this within an hour, not for who has some hundreds
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
if DEMO and HTTPS:
    raise ImproperlyConfigured(
        "DEMO=true shows its passwords to everybody and must not run on a public "
        "address: set DEMO=false or use an http:// SITE_URL on your own machine."
    )

# Files: PDFs of approved reports
MEDIA_ROOT = VAR_DIR / "files"

# Who pays for the project: printed on reports, frozen with them
FUNDING = funding.read(
    env.text("FUNDERS_FILE", str(BASE_DIR / "agenda/demo/funders.toml") if DEMO else "")
)

# Who answers for the data, and how long they are kept
# A lower room that keeps words for others asks the room of families whom they name
NAME_CHECKS = "families.services.names.checks_in"
CONTROLLER = controller.read(
    env.text(
        "CONTROLLER_FILE", str(BASE_DIR / "agenda/demo/controller.toml") if DEMO else ""
    )
)

# People
AUTH_USER_MODEL = "mediators.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
AUTHENTICATION_BACKENDS = ["mediators.backends.AccountBackend"]
PASSWORD_HASHERS = [
    "mediators.passwords.BoundedArgon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "mediators.passwords.LengthValidator"},
    {"NAME": "mediators.passwords.BreachedPasswordValidator"},
    {"NAME": "mediators.passwords.ContextWordsValidator"},
]
ACCOUNT_ADAPTER = "mediators.adapter.InvitedPeopleOnly"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Tries are counted by mediators.models.Tries: allauth's own counters are not atomic
ACCOUNT_RATE_LIMITS = {
    "check_file": "20/m/ip",
    "answer_survey": "5/m/ip,15/600s/ip,60/h/ip",
    "complain": "5/h/ip",
    **dict.fromkeys(("login", "login_failed", "reauthenticate")),
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 10 * 60
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
# The second factor; the demo shows the pages and asks nobody for one
SECOND_FACTOR_REQUIRED = not DEMO
MFA_ADAPTER = "mediators.factors.SealedFactors"
# Sealed with the field keys, but in no field of ours: a change of keys finds them too
SEALED_ELSEWHERE = ["mediators.sealed.places"]
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "mediators.forms.CodeForm",
    "reauthenticate": "mediators.forms.CodeAgainForm",
    "add_webauthn": "mediators.forms.AddPasskeyForm",
    "authenticate_webauthn": "mediators.forms.PasskeyForm",
    "login_webauthn": "mediators.forms.PasskeyAloneForm",
    "reauthenticate_webauthn": "mediators.forms.PasskeyAgainForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_ISSUER = "Tilts"
MFA_TOTP_TOLERANCE = 1

# Language and time: the month of a visit is the month in Riga
LANGUAGE_CODE = "lv"
LANGUAGES = [("lv", _("Latvian")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "language"
TIME_ZONE = "Europe/Riga"
USE_TZ = True

# Static files, served by WhiteNoise, to our own pages only
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_MIMETYPES = {".svg": "image/svg+xml; charset=utf-8"}
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "interface.storage.HashedFiles"},
}

# Mail: EMAIL_HOST unset means that mails are written as files to var/mail
EMAIL_HOST = env.text("EMAIL_HOST", "")
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "privacy.mail_files.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_PORT = env.number("EMAIL_PORT", "25")
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = (
    env.secret("EMAIL_HOST_PASSWORD", shortest=1) if EMAIL_HOST_USER else ""
)
EMAIL_USE_TLS = env.boolean("EMAIL_USE_TLS", "false")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Tilts <tilts@localhost>")

# Work in the background: an outbox in the same database, drained by db_worker
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# The formulae guard of CSV files; workbooks are typed by their writer
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# Of a request that failed the log tells kind and place; names may stand in the rest
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "privacy.log_lines.JsonLines"}},
    "filters": {"hide_links": {"()": "privacy.log_filter.HideLinks"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["hide_links"],
        }
    },
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    # Handlers of others would write the same lines with the secrets in them
    "loggers": {
        "django": {"handlers": []},
        "django.server": {"handlers": [], "propagate": True},
        # Statements with their parameters
        "django.db.backends": {"level": "WARNING"},
        # 404 and its like; tilts.requests has a line of its own for each
        "django.request": {"level": "ERROR"},
        "gunicorn.error": {"handlers": [], "propagate": True},
        "gunicorn.access": {"handlers": [], "propagate": False},
        # Fifteen lines about each PDF
        "weasyprint.progress": {"level": "WARNING"},
    },
}
