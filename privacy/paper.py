"""A document drawn as PDF in a process of its own, with a limit of time and memory."""

import hashlib
from dataclasses import dataclass

from privacy import child


class PdfFailed(Exception):
    """The PDF could not be drawn; says in a few words why, without its content."""


@dataclass(frozen=True)
class Pdf:
    content: bytes
    pages: int

    @property
    def sha256(self):
        return hashlib.sha256(self.content).hexdigest()


def drawn(draw, *document, seconds):
    """Bytes and pages of what ``draw(asker, *document)`` sends within so many seconds."""
    try:
        answer = child.ask(draw, *document, seconds=seconds)
    except child.TookTooLong as failure:
        raise PdfFailed(f"Drawing {failure}.") from None
    except child.ChildFailed as failure:
        raise PdfFailed(f"The renderer {failure}.") from failure
    if isinstance(answer, str):
        raise PdfFailed(answer)
    return answer
