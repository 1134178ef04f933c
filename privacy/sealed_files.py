"""Files that wait to be fetched: each sealed with a key of its own, and in no backup.

The key is kept in an encrypted field of the row that the file belongs to. When the row
forgets it, the file is noise, wherever a copy of it may lie.
"""

import io
import tempfile
from contextlib import ExitStack

import pyrage
from django.core.files import File
from django.core.files.storage import default_storage

FOLDER = "waiting"
"""Left out of backups: what lies here is made anew by whoever wants it."""
IN_MEMORY = 1024 * 1024
"""Bytes of a fetched file up to which it never touches the disk."""


def scratch():
    """A file without a name, so that nothing is left of it whatever happens."""
    return tempfile.TemporaryFile()


def name_of(row, attempt):
    """The name of a row's file, so that what a dead worker left can be found."""
    return f"{FOLDER}/{row.pk}-{attempt}.age"


def keep(file, name):
    """Seal the content of a file under a name; returns the key. Raises OSError."""
    identity = pyrage.x25519.Identity.generate()
    with scratch() as sealed:
        file.seek(0)
        writer = _Writer(sealed)
        try:
            pyrage.encrypt_io(file, writer, [identity.to_public()])
        except pyrage.EncryptError as failure:
            raise writer.failure or failure from None
        if writer.failure:
            # age does not look at how the last piece was written
            raise writer.failure
        sealed.seek(0)
        try:
            default_storage.save(name, File(sealed))
        except OSError:
            # A full disk leaves half a file
            forget(name)
            raise
    return str(identity)


class _Writer:
    """Keeps the error of the disk, of which age tells the words alone."""

    def __init__(self, file):
        self.file = file
        self.failure = None

    def write(self, content):
        try:
            return self.file.write(content)
        except OSError as failure:
            self.failure = failure
            raise

    def flush(self):
        self.file.flush()


def fetch(name, key):
    """The content as an open file without a name. Raises OSError when it is gone."""
    is_small = default_storage.size(name) <= IN_MEMORY
    with ExitStack() as stack:
        opened = stack.enter_context(io.BytesIO() if is_small else scratch())
        with default_storage.open(name) as sealed:
            pyrage.decrypt_io(sealed, opened, [pyrage.x25519.Identity.from_str(key)])
        stack.pop_all()
    opened.seek(0)
    return opened


def forget(name):
    """Delete it, if it is there."""
    default_storage.delete(name)
