"""Everything an installation holds in one encrypted file, and back again.

The file is made by age (https://age-encryption.org) of a tar archive: a manifest, the
database, the files of approved reports. Its key is its own; the texts in it stay
encrypted with the field keys, which are not in it.
"""

import fcntl
import hashlib
import json
import os
import shutil
import tarfile
import tempfile
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pyrage
from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection, transaction

from privacy import audit, database_copy, rotation, sealed_files
from privacy.database_copy import RESTORED
from privacy.digest import VOLATILE_TABLES, counts, digest
from privacy.keys import field_keys
from privacy.models import AuditEntry, AuditHead, Installation

FORMAT = 1
MANIFEST, DATABASE, FILES = "manifest.json", "database", "files/"
OWN_PLACE = ".tilts-"


class BackupRefused(Exception):
    """Nothing was changed; says why."""


class WrongKey(BackupRefused):
    """Neither the key of backups nor the field keys fit."""


def identities():
    """The keys that open a backup: the lines ``AGE-SECRET-KEY-…`` of the key file."""
    return [
        pyrage.x25519.Identity.from_str(line)
        for line in _key_lines()
        if not line.startswith("age1")
    ]


def recipients():
    """Whom a backup is made for. A line ``age1…`` makes backups and opens none."""
    public = [
        pyrage.x25519.Recipient.from_str(line)
        for line in _key_lines()
        if line.startswith("age1")
    ]
    return public + [identity.to_public() for identity in identities()]


def _key_lines():
    try:
        text = Path(settings.BACKUP_KEY_FILE).read_bytes().decode()
    except OSError as error:
        raise BackupRefused(
            f"The key of backups in {settings.BACKUP_KEY_FILE} cannot be read: "
            f"{error.strerror}. A new one is made by: manage.py make_keys"
        ) from None
    lines = [line.strip() for line in text.splitlines()]
    return [line for line in lines if line and not line.startswith("#")]


def write(out):
    """Make a backup; returns its manifest. ``out`` appears when it is complete."""
    keys = recipients()
    with transaction.atomic():
        # Before the copy, so that the copy is as new as what it was taken from
        audit.record(None, audit.Verb.EXPORT, Installation)
    with _own_place_beside(out) as folder:
        archive, fresh = Path(folder) / "archive.tar", Path(folder) / "sealed"
        manifest = _pack(Path(folder), archive)
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with archive.open("rb") as plain, os.fdopen(descriptor, "wb") as sealed:
            pyrage.encrypt_io(plain, sealed, keys)
            sealed.flush()
            os.fsync(sealed.fileno())
        fresh.replace(out)
    return manifest


@contextmanager
def _own_place_beside(path):
    """Where there is room for a backup there is room to unpack it; else in TMPDIR.

    What somebody was killed over goes first: it is readable, and takes room.
    """
    beside = path.parent if os.access(path.parent, os.W_OK) else None
    for left in (beside or Path(tempfile.gettempdir())).glob(f"{OWN_PLACE}*"):
        with _held(left) as is_ours:
            if is_ours:
                shutil.rmtree(left, ignore_errors=True)
    with (
        tempfile.TemporaryDirectory(prefix=OWN_PLACE, dir=beside) as folder,
        _held(folder),
    ):
        yield folder


@contextmanager
def _held(folder):
    """Whether nobody else is at it; the lock ends with the process, however that ends."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        yield False
        return
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        yield False
    else:
        yield True
    finally:
        os.close(descriptor)


def _pack(folder, archive):
    database = folder / DATABASE
    tables = database_copy.copy_to(database)
    files = {name: _sha256(default_storage.open(name)) for name in stored_files()}
    manifest = {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "engine": connection.vendor,
        "field_keys": list(field_keys().ciphers),
        "database": _sha256(database.open("rb")),
        "tables": tables,
        "files": files,
    }
    (folder / MANIFEST).write_bytes(json.dumps(manifest).encode())
    with tarfile.open(archive, "w") as tar:
        tar.add(folder / MANIFEST, MANIFEST)
        tar.add(database, DATABASE)
        for name in files:
            with default_storage.open(name) as file:
                member = tarfile.TarInfo(FILES + name)
                member.size = file.size
                tar.addfile(member, file)
    return manifest


def stored_files(folder=""):
    """The names of all files of the installation but those that wait to be fetched."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    prefix = f"{folder}/" if folder else ""
    yield from sorted(f"{prefix}{name}" for name in files)
    for name in sorted(folders):
        if prefix + name == sealed_files.FOLDER:
            continue
        yield from stored_files(f"{prefix}{name}")


def _sha256(file):
    with file:
        return hashlib.file_digest(file, hashlib.sha256).hexdigest()


@contextmanager
def checked(path, *, every_row=True):
    """The unpacked backup in a place of its own, after every check; yields its parts.

    Its database is compared as a file in any case. That it was loaded whole say its digests,
    row by row, or in a hurry (``every_row=False``) how many rows each table has.
    """
    with _own_place_beside(path) as folder:
        folder = Path(folder)
        manifest = _unpack(path, folder)
        try:
            database = folder / DATABASE
            with database_copy.unpacked(database, every_row=every_row) as name:
                if database_copy.is_earlier():
                    # As a file it was compared; its digests are of the tables it had
                    database_copy.bring_up_to_date(name)
                elif _differs(manifest, every_row):
                    raise BackupRefused("The tables differ from their digests.")
                _try_keys()
                yield manifest, folder, name
        except database_copy.DatabaseFailed as failure:
            raise BackupRefused(str(failure)) from None


def _unpack(path, folder):
    archive = folder / "archive.tar"
    try:
        with path.open("rb") as sealed, archive.open("wb") as plain:
            pyrage.decrypt_io(sealed, plain, identities())
        with tarfile.open(archive) as tar:
            if not all(_stays_in(folder, member) for member in tar):
                raise BackupRefused("This file is no backup, or damaged.")
            # Debian 12 has a Python 3.11.2 that knows no filter; the key says whose file it is
            tar.extraction_filter = getattr(tarfile, "data_filter", None)
            tar.extractall(folder)  # noqa: S202
        manifest = json.loads((folder / MANIFEST).read_bytes())
    except pyrage.DecryptError as failure:
        if "matching keys" in str(failure):
            raise WrongKey("The key of backups does not open this file.") from None
        raise BackupRefused("This file is no backup, or damaged.") from None
    except (OSError, tarfile.TarError, ValueError, KeyError) as failure:
        raise BackupRefused(
            f"The backup is damaged or cannot be read ({type(failure).__name__})."
        ) from None
    archive.unlink()
    _compare(manifest, folder)
    return manifest


def _differs(manifest, every_row):
    # Once backups told of the work in the background too
    told = {
        table: rows
        for table, rows in manifest["tables"].items()
        if table not in VOLATILE_TABLES
    }
    if every_row:
        return digest(RESTORED) != told
    return counts(RESTORED) != {table: one["rows"] for table, one in told.items()}


def _stays_in(folder, member):
    """Whether a part of an archive is a file or folder below ``folder``, and no link."""
    place = (folder / member.name).resolve()
    is_plain = member.isfile() or member.isdir()
    return is_plain and place.is_relative_to(folder.resolve())


def _compare(manifest, folder):
    """Each part is there and as it was written down."""
    if manifest.get("format") != FORMAT:
        raise BackupRefused("The backup was made by another version of Tilts.")
    if manifest["engine"] != connection.vendor:
        raise BackupRefused(
            f"The backup is of {manifest['engine']}, this database of {connection.vendor}."
        )
    parts = {DATABASE: manifest["database"]}
    parts |= {FILES + name: told for name, told in manifest["files"].items()}
    for name, told in parts.items():
        part = folder / name
        if not part.is_file() or _sha256(part.open("rb")) != told:
            raise BackupRefused(f"A part of the backup is missing or damaged: {name}")


def _try_keys():
    """One text of each field opens with the keys at hand, or ``CannotDecrypt``."""
    for place in rotation.places(RESTORED):
        for pk, token in place.tokens()[:1]:
            place.text(pk, token)


def restore(path, *, force=False, before=None):
    """Replace database and files by those of the backup, after the checks that take seconds.

    Whoever waits for the way back waits for no digest of each row: ``checked`` says it before.
    ``before`` is called when nothing stands in the way and nothing is replaced yet.
    """
    with checked(path, every_row=False) as (manifest, folder, name):
        if not force:
            _refuse_newer_data()
        if before:
            before()
        for file_name in manifest["files"]:
            _put_back(file_name, folder / FILES / file_name)
        database_copy.take_over(name)
    return manifest


def _refuse_newer_data():
    """What was written here since, or by another installation, would be lost."""
    if AuditHead._meta.db_table not in connection.introspection.table_names():
        return
    here = audit.head()
    known = AuditEntry.objects.using(RESTORED).filter(hash=here.hash)
    if here.seq and not known.exists():
        raise BackupRefused(
            "This database holds data that the backup does not know. To give them up, "
            "take a backup of them first and restore with --force."
        )


def _put_back(name, source):
    if default_storage.exists(name):
        default_storage.delete(name)
    with source.open("rb") as content:
        default_storage.save(name, File(content))
