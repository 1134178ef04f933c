"""Whether the keys are no sample, whether backups have one, and whether all are on paper."""

import pyrage
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from operations.finding import Finding
from privacy.backup import BackupRefused, recipients
from privacy.keys import field_keys
from privacy.models import AuditEntry, Installation, Verb
from privacy.rotation import keys_lost

OF_THE_IMAGE = "only-for-the-build-of-the-image"
"""The Dockerfile signs nothing with it, and nobody else may."""


def trouble():
    """What the checks of Django and of ours do not ask."""
    if settings.SECRET_KEY.startswith(OF_THE_IMAGE):
        yield Finding(
            "keys",
            False,
            _("SECRET_KEY is the one that everybody can read in the Dockerfile."),
            _("Let SECRET_KEY_FILE name a file of your own."),
        )
    try:
        recipients()
    except (BackupRefused, pyrage.IdentityError, pyrage.RecipientError):
        yield Finding(
            "keys",
            False,
            _("The key of backups in %(file)s cannot be read.")
            % {"file": settings.BACKUP_KEY_FILE},
            _(
                "Bring it back from the key sheet, or let manage.py make_keys make a "
                "new one: with it old backups cannot be opened."
            ),
        )


def missing():
    """Keys that texts in the database need and that are not in the file."""
    try:
        lost = sorted(keys_lost())
    except ImproperlyConfigured:
        # Told among the keys
        return
    if lost:
        yield Finding(
            "keys",
            False,
            _(
                "Texts in the database were written with keys that are not there: %(keys)s."
            )
            % {"keys": " ".join(lost)},
            _(
                "Bring them back from the key sheet with manage.py key_sheet --restore FOLDER "
                "and put their lines below those in the file. Delete no line."
            ),
        )


def on_paper():
    """Every key that writes or reads texts was printed, or its sheet rehearsed."""
    try:
        needed = field_keys().ciphers.keys()
    except ImproperlyConfigured:
        # Told among the keys
        needed = set()
    printed = set()
    told = AuditEntry.objects.filter(
        verb=Verb.PDF, object_type=Installation._meta.label_lower
    )
    for detail in told.values_list("detail", flat=True):
        printed.update(detail.get("keys", []))
    missing = sorted(needed - printed)
    if not missing:
        return Finding("keys on paper", True, _("The key sheet knows every key."))
    if settings.DEMO:
        return Finding("keys on paper", True, _("A demo needs no key sheet."))
    return Finding(
        "keys on paper",
        False,
        _("No key sheet was printed with: %(keys)s.") % {"keys": " ".join(missing)},
        _(
            "manage.py key_sheet --out FILE.pdf: print it, give the halves to two "
            "people, delete the file. Without a key nobody can read the names again."
        ),
    )
