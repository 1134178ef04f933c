"""What is in order in this installation and what is not, and what to do about it.

``manage.py doctor``, the page of the administrators and the mails about trouble all read
this. What can be asked of one place alone is asked there: ``privacy.readiness`` and the
checks of Django and of ours.
"""

import tempfile
from datetime import timedelta
from smtplib import SMTPException
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.mail import get_connection
from django.db import DatabaseError
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from operations import keys, role
from operations.figures import failed_tasks, last_backup
from operations.finding import Finding
from privacy import readiness

LOGS = "/var/log"
BACKUP_MAY_BE_OLD = timedelta(hours=36)
"""One night may be missed, not two."""
OF_THE_KEYS = {"privacy.E010"}
OF_THE_RIGHTS = {"privacy.W011", "privacy.W012"}
ABOUT_THE_PUBLIC = {"privacy.E013", "privacy.W014"}
THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


def find(*, asks_the_mail_server=True):
    """Everything, in the order in which it is put right: without settings nothing works."""
    found = [*settings_and_keys(), time_zone(), addresses(), *disks(), backup()]
    if asks_the_mail_server:
        found.append(mail())
    if settings.CERTIFICATES_DIR:
        found.append(certificates())
    try:
        found += [*database(), *keys.missing(), *work(), keys.on_paper()]
    except DatabaseError as failure:
        found.append(
            Finding(
                "database",
                False,
                _("The database does not answer (%(kind)s).")
                % {"kind": type(failure).__name__},
                _(
                    "Start it (docker compose up -d db, or systemctl start postgresql) "
                    "and compare DATABASE_URL with docs/configuration.md. On a new "
                    "installation: manage.py init."
                ),
            )
        )
    return [one._replace(do="") if one.holds else one for one in found]


def serves_this_machine_alone():
    return not settings.HTTPS and urlsplit(settings.SITE_URL).hostname in THIS_MACHINE


def settings_and_keys():
    """What the checks of Django and of ours say, by what it is about."""
    told = [
        one
        for one in checks.run_checks(include_deployment_checks=True)
        if one.level >= checks.WARNING and one.id not in settings.SILENCED_SYSTEM_CHECKS
    ]
    if serves_this_machine_alone():
        told = [one for one in told if not _is_about_the_public(one.id or "")]
    named = OF_THE_KEYS | OF_THE_RIGHTS
    rest = [one for one in told if one.id not in named]
    yield from _of_checks("settings", rest, _("The settings suit this address."))
    of_keys = [one for one in told if one.id in OF_THE_KEYS]
    yield from _of_checks(
        "keys",
        of_keys,
        _("The keys can be read and differ."),
        _(
            "New installation: manage.py init. One that worked before: bring its file "
            "back, or manage.py key_sheet --restore FOLDER."
        ),
    )
    yield from keys.trouble()
    of_rights = [one for one in told if one.id in OF_THE_RIGHTS]
    yield from _of_checks(
        "rights", of_rights, _("Nobody else on this machine can read the secrets.")
    )


def _is_about_the_public(name):
    return name in ABOUT_THE_PUBLIC or name.startswith("security.W")


def _of_checks(check, told, good, do=""):
    if not told:
        yield Finding(check, True, good)
    for one in told:
        advice = one.hint or do or _("Look up the variable in docs/configuration.md.")
        yield Finding(check, False, f"{one.msg} ({one.id})", str(advice))


def time_zone():
    """Months and deadlines are those of Riga, whatever the machine believes."""
    is_rigas = settings.TIME_ZONE == "Europe/Riga" and settings.USE_TZ
    return Finding(
        "time zone",
        is_rigas,
        _("Months and deadlines are counted by %(zone)s.")
        % {"zone": timezone.get_default_timezone_name()},
        _("Do not change TIME_ZONE and USE_TZ: put config/settings.py back as it was."),
    )


def addresses():
    """One name everywhere, or people get links and cookies that do not work."""
    host, allowed = urlsplit(settings.SITE_URL).hostname, settings.ALLOWED_HOSTS
    agree = host in allowed and "*" not in allowed
    return Finding(
        "addresses",
        agree,
        _("SITE_URL is %(url)s, ALLOWED_HOSTS is: %(hosts)s.")
        % {"url": settings.SITE_URL, "hosts": " ".join(allowed)},
        _("Put %(host)s, and no “*”, into ALLOWED_HOSTS and restart.") % {"host": host},
    )


def disks():
    """Room for what is kept, for what is made meanwhile and for logs."""
    for name, label, path in (
        ("data", _("data"), settings.VAR_DIR),
        ("files", _("files"), settings.MEDIA_ROOT),
        ("temporary", _("temporary files"), tempfile.gettempdir()),
        ("logs", _("logs"), LOGS),
    ):
        usage = readiness.usage_of(path)
        yield Finding(
            f"disk: {name}",
            readiness.disk_of(path) == readiness.OK,
            _("Free for %(what)s: %(free)s, %(part)d %% of the disk.")
            % {
                "what": label,
                "free": filesizeformat(usage.free),
                "part": 100 * usage.free / usage.total,
            },
            _(
                "Make room: carry old backups and logs away, or enlarge the disk. "
                "Nothing new is stored when less than 64 MB is left; reading goes on."
            ),
        )


def backup():
    """Of backups only those are seen that lie in ``BACKUPS_DIR``."""
    if settings.DEMO:
        return Finding("backup", True, _("A demo needs no backup."))
    last = last_backup()
    if last is None:
        what = _("There is no backup in %(folder)s.")
    else:
        what = _("The last backup was made %(hours)d hours ago.")
    age = timezone.now() - last if last else None
    return Finding(
        "backup",
        age is not None and age <= BACKUP_MAY_BE_OLD,
        what
        % {
            "folder": settings.BACKUPS_DIR,
            "hours": age.total_seconds() // 3600 if last else 0,
        },
        _(
            "Make one now: manage.py backup --out %(folder)s/tilts-%(day)s.age. Why there "
            "was none at night tells docker compose logs backup, or journalctl -u "
            "tilts-backup."
        )
        % {"folder": settings.BACKUPS_DIR, "day": timezone.localdate().isoformat()},
    )


def mail():
    """Signs in to the mail server and sends nothing."""
    if not settings.EMAIL_HOST:
        return Finding(
            "mail",
            settings.DEMO,
            _("No mail server is set: mails become files in %(folder)s.")
            % {"folder": settings.EMAIL_FILE_PATH},
            _("Set EMAIL_HOST and what goes with it (docs/configuration.md)."),
        )
    server = get_connection()
    try:
        server.open()
    except (SMTPException, OSError) as failure:
        return Finding(
            "mail",
            False,
            _("The mail server %(host)s does not let us in (%(kind)s).")
            % {"host": settings.EMAIL_HOST, "kind": type(failure).__name__},
            _(
                "Compare EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER and the password with "
                "what your mail provider tells; ask whether port %(port)d is open."
            )
            % {"port": settings.EMAIL_PORT},
        )
    finally:
        server.close()
    return Finding(
        "mail",
        True,
        _("The mail server %(host)s lets us in.") % {"host": settings.EMAIL_HOST},
    )


def certificates():
    return Finding.either(
        "certificates",
        readiness.certificates() == readiness.OK,
        _("Certificates between the containers, with more than 14 days left."),
        _("A certificate between the containers ends within 14 days."),
        _("docker compose up -d certificates; its log tells why it did not run."),
    )


def database():
    """It answers, its tables are those of this version, its clock is ours."""
    yield Finding.either(
        "clock",
        readiness.clock() == readiness.OK,
        _("The clocks of this machine and of the database differ by less than 60 s."),
        _("The clocks of this machine and of the database differ by more than 60 s."),
        _("Set both clocks by the network: timedatectl set-ntp true."),
    )
    yield Finding.either(
        "migrations",
        readiness.migrations() == readiness.OK,
        _("The tables are those of this version."),
        _("The tables are not yet those of this version."),
        _("manage.py init, then restart."),
    )
    yield from role.rights()
    yield from role.refusals()


def work():
    """Mails and PDFs are made in the background: by somebody, and with success."""
    yield Finding.either(
        "worker",
        readiness.worker() == readiness.OK,
        _("Nothing in the background waits for more than 15 minutes."),
        _("Something in the background has waited for more than 15 minutes."),
        _(
            "Start the worker: docker compose up -d worker, or systemctl restart "
            "tilts-worker."
        ),
    )
    count = failed_tasks().count()
    yield Finding.either(
        "failed tasks",
        not count,
        _("No task in the background failed within a week."),
        ngettext(
            "%(count)d task in the background failed within a week.",
            "%(count)d tasks in the background failed within a week.",
            count,
        )
        % {"count": count},
        _(
            "The page “System” tells which. A mail that was given up is sent again from "
            "where it was asked for; of anything else the log tells the place."
        ),
    )
