"""The keys of encrypted fields, read from the file ``FIELD_KEYS_FILE``.

Each line is ``id:base64 of 32 bytes``. The first key writes, the others still
read what they wrote. Losing the file means losing the names, addresses and
notes: keep a copy apart from the database (``manage.py key_sheet``).
"""

import base64
import binascii
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from privacy.files import write_for_owner

KEY_BYTES = 32
FEWEST_DIFFERENT_BYTES = 12
"""A random key has about 30; one with fewer than a dozen was typed."""
KEY_ID = re.compile(r"[A-Za-z0-9_.-]{1,32}")


@dataclass(frozen=True)
class FieldKeys:
    """One key that writes and all keys that read, by their ids."""

    writes_with: str
    ciphers: dict[str, AESGCM]


@cache
def field_keys():
    """The keys of this installation, read once per process."""
    return read_keys(Path(settings.FIELD_KEYS_FILE))


def cipher_of(key_id):
    """The cipher of a key, or None.

    An unknown id sends us to the file once more: a key that was added for a rotation
    is found by every process without a restart, and written with from then on.
    """
    if key_id not in field_keys().ciphers:
        field_keys.cache_clear()
    return field_keys().ciphers.get(key_id)


def read_keys(path):
    """The keys in the file, or ``ImproperlyConfigured`` that says what is wrong."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise ImproperlyConfigured(
            f"The field keys in {path} cannot be read: {error.strerror}. A new "
            "installation makes them with 'manage.py make_keys'; an existing one "
            "needs its own file back, or its names and notes stay unreadable."
        ) from None
    except UnicodeDecodeError:
        raise ImproperlyConfigured(f"{path} is not a file of field keys.") from None
    ciphers, known = {}, set()
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        key_id, key = _parse(line.strip(), where=f"{path}, line {number}")
        if key_id in ciphers:
            raise ImproperlyConfigured(f"{path} has the key id {key_id} twice.")
        if key in known:
            raise ImproperlyConfigured(f"{path} has the key of {key_id} twice.")
        ciphers[key_id] = AESGCM(key)
        known.add(key)
    if not ciphers:
        raise ImproperlyConfigured(f"{path} holds no key.")
    return FieldKeys(writes_with=next(iter(ciphers)), ciphers=ciphers)


def _parse(line, *, where):
    # The message never quotes the line: it would put a key into the log.
    key_id, separator, encoded = line.partition(":")
    if not separator or not KEY_ID.fullmatch(key_id):
        raise ImproperlyConfigured(
            f"{where}: write 'id:key', the id with letters, digits, '_', '.' or '-'."
        )
    try:
        key = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        raise ImproperlyConfigured(f"{where}: the key is not base64.") from None
    if len(key) != KEY_BYTES:
        raise ImproperlyConfigured(
            f"{where}: the key has {len(key)} bytes and needs {KEY_BYTES}."
        )
    if len(set(key)) < FEWEST_DIFFERENT_BYTES:
        raise ImproperlyConfigured(f"{where}: the key was not made at random.")
    return key_id, key


def parsed(line):
    """Id and cipher of one line, for keys that come from paper instead of the file."""
    key_id, key = _parse(line.strip(), where="the sheet")
    return key_id, AESGCM(key)


def write_lines(path, lines):
    """Replace the file in one step, readable by its owner alone."""
    write_for_owner(path, "".join(f"{line}\n" for line in lines).encode())


def lines_of(path):
    lines = path.read_bytes().decode().splitlines()
    return [line for line in lines if line.strip()]


def new_key_line():
    """A line with a fresh random key; the id begins with the day it was made."""
    key_id = f"{datetime.now(UTC):%Y%m%d}-{secrets.token_hex(2)}"
    key = base64.b64encode(AESGCM.generate_key(8 * KEY_BYTES)).decode()
    return f"{key_id}:{key}"
