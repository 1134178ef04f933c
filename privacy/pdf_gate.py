"""Is this file a PDF that may be handed on? Looked through in a process of its own.

A PDF may carry scripts, other files and orders to the reader. What names one of these is
refused, also inside compressed parts; what cannot be looked into is refused too.
"""

import re
import resource
import signal
import zlib

from django.utils.translation import gettext_lazy as _

from privacy import child
from privacy.workbook_gate import LARGEST_FILE

LARGEST_UNPACKED = 100 * 1024 * 1024
MEMORY = 512 * 1024 * 1024
SECONDS = 10
BEGINS, ENDS = b"%PDF-", b"%%EOF"
ACTIVE = re.compile(
    rb"/(?:JavaScript|JS|Launch|EmbeddedFiles?|OpenAction|AA|RichMedia|SubmitForm"
    rb"|ImportData|GoToR|GoToE|XFA)(?![A-Za-z0-9])"
)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)

REASONS = {
    "large": _("The file is larger than 5 MB. Give a link to it instead."),
    "kind": _("This is not a PDF. Save it as PDF in your program first."),
    "protected": _("The PDF is protected by a password. Save it without one."),
    "active": _(
        "The PDF holds scripts, forms or other files. Print it into a new PDF first."
    ),
    "heavy": _("The PDF takes too much to read. Print it into a new PDF first."),
}


class NoPdf(Exception):
    """The file is refused, by the key of a reason; as text it says what to do."""

    def __str__(self):
        return str(REASONS[self.args[0]])


def checked(file, *, look=None, seconds=SECONDS):
    """The bytes of a PDF that only shows pages. Raises ``NoPdf`` with words to read."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise NoPdf("large")
    try:
        reason = child.ask(look or answer_why_not, content, seconds=seconds)
    except child.ChildFailed as failure:
        raise NoPdf("heavy") from failure
    if reason:
        raise NoPdf(reason)
    return content


def answer_why_not(asker, content):
    """In a process of its own: send the key of the reason against the file, or ""."""
    signal.alarm(SECONDS + 1)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    asker.send(why_not(content))


def why_not(content):
    """What the child does, without its limits."""
    if not content.startswith(BEGINS) or ENDS not in content[-1024:]:
        return "kind"
    outside = STREAM.sub(b"", content)
    if b"/Encrypt" in outside:
        return "protected"
    room = LARGEST_UNPACKED
    pieces = [outside]
    for stream in STREAM.finditer(content):
        inflated = _inflated(stream[1], room)
        if inflated is None:
            return "heavy"
        room -= len(inflated)
        pieces.append(inflated)
    return "active" if any(map(_is_active, pieces)) else ""


def _is_active(piece):
    """Also where the name is written with escapes: /J#61vaScript."""
    plain = ESCAPED.sub(lambda hex_: bytes([int(hex_[1], 16)]), piece)
    return bool(ACTIVE.search(plain))


def _inflated(stream, room):
    """Unpacked, b"" if it is not compressed by zlib, None if it is larger than ``room``."""
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(stream, room + 1)
    except zlib.error:
        return b""
    return None if len(plain) > room else plain
