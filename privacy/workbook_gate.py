"""Is this file a workbook that may be opened? Asked before any library looks into it.

By its structure, not by its name: what a small archive unpacks to is counted while it
inflates, because its own table of contents can say anything.
"""

import stat
import zipfile
from io import BytesIO

from django.utils.translation import gettext_lazy as _

LARGEST_FILE = 5 * 1024 * 1024
LARGEST_UNPACKED = 50 * 1024 * 1024
LARGEST_RATIO = 100
MOST_PARTS = 200
SMALL_PART = 64 * 1024
"""Bytes below which a ratio says nothing: a few blank cells are mostly repetition."""
BLOCK = 64 * 1024
ENCRYPTED = 0x1
BEGINS = b"PK\x03\x04"
OLD_WORKBOOK_BEGINS = b"\xd0\xcf\x11\xe0"
NEEDED_PARTS = {"[Content_Types].xml", "xl/workbook.xml"}
ACTIVE_PARTS = ("vbaproject", "externallink", "activex", "embeddings", "oleobject")
DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")


REASONS = {
    "large": _("The file is larger than 5 MB. Split it into several files."),
    "protected": _(
        "This is an old or a protected workbook. Save it as .xlsx without a password."
    ),
    "broken": _("The file cannot be read. Save it as .xlsx in your program once more."),
    "parts": _("The workbook has too many parts."),
    "csv": _(
        "The CSV file cannot be read: a quotation mark in it has no end, or a cell is far "
        "too long. Save it in your program once more, as .xlsx if it can."
    ),
    "kind": _(
        "This is neither a workbook nor a CSV file. Choose one that ends with .xlsx or "
        ".csv."
    ),
    "name": _(
        "By its name this is a workbook, but there is plain text in it. Save it in your "
        "program once more as .xlsx, or give it a name that ends with .csv."
    ),
    "foreign": _("The workbook holds parts that do not belong there."),
    "active": _(
        "The workbook holds macros or links to other files. Save it without them."
    ),
    "dense": _("The workbook is far larger than it looks."),
    "long": _("The file has more than 5000 rows. Split it into several files."),
    "heavy": _("The file takes too much to read. Copy its rows into a new file."),
}


class NotReadable(Exception):
    """The file is refused, by the key of a reason; as text it says what to do.

    The reader in its process of its own knows no language, so it sends the key.
    """

    def __str__(self):
        return str(REASONS[self.args[0]])


def check_workbook(content):
    """Raise ``NotReadable`` unless this is a plain workbook of bearable size."""
    if len(content) > LARGEST_FILE:
        raise NotReadable("large")
    if content.startswith(OLD_WORKBOOK_BEGINS):
        raise NotReadable("protected")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            _check_parts(archive.infolist())
            _check_what_is_inside(archive)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as broken:
        raise NotReadable("broken") from broken


def _check_parts(parts):
    names = [part.filename for part in parts]
    if len(parts) > MOST_PARTS or len(set(names)) < len(names):
        raise NotReadable("parts")
    if not set(names) >= NEEDED_PARTS:
        raise NotReadable("kind")
    for part in parts:
        if _leads_astray(part) or part.flag_bits & ENCRYPTED:
            raise NotReadable("foreign")
        if any(word in part.filename.lower() for word in ACTIVE_PARTS):
            raise NotReadable("active")


def _leads_astray(part):
    """Its name leads out of the archive, or it stands for another file."""
    name = part.orig_filename
    steps = name.replace("\\", "/").split("/")
    return (
        ".." in steps
        or name.startswith("/")
        or ":" in name
        or "\x00" in name
        or stat.S_ISLNK(part.external_attr >> 16)
    )


def _check_what_is_inside(archive):
    total = 0
    for part in archive.infolist():
        size, end = 0, b""
        with archive.open(part) as opened:
            while block := opened.read(BLOCK):
                size += len(block)
                total += len(block)
                too_dense = size > max(SMALL_PART, LARGEST_RATIO * part.compress_size)
                if too_dense or total > LARGEST_UNPACKED:
                    raise NotReadable("dense")
                _refuse_declarations(end + block)
                end = block[-len(DECLARATIONS[0]) :]


def _refuse_declarations(text):
    """No part of a workbook needs them; they make parsers fetch and multiply."""
    # In the other encodings of XML every second byte is zero
    plain = text.replace(b"\x00", b"").upper()
    if any(word in plain for word in DECLARATIONS):
        raise NotReadable("foreign")
