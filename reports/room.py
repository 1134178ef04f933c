"""How much room there is for a text, in characters as a person counts them.

A text that does not fit is never cut. It is kept while the report is written, and
has to be made shorter before the report is handed in.
"""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

LINE_LENGTH = 120
ASK_LENGTH = 200
ANSWER_LENGTH = 600

TOO_LONG, TOO_MANY_LINES, LONG_LINE = "too_long", "too_many_lines", "long_line"
NO_ROOM = frozenset({TOO_LONG, TOO_MANY_LINES, LONG_LINE})
"""Codes of the errors that a shorter text puts right."""


class TooLong:
    """Says by how much a text is too long; nothing is ever cut."""

    def __init__(self, limit):
        self.limit = limit

    def __call__(self, text):
        over = len(text) - self.limit
        if over > 0:
            raise ValidationError(
                ngettext(
                    "The text is %(over)d character too long (%(length)d of %(limit)d). "
                    "Nothing was cut: shorten it and save again.",
                    "The text is %(over)d characters too long (%(length)d of %(limit)d). "
                    "Nothing was cut: shorten it and save again.",
                    over,
                ),
                code=TOO_LONG,
                params={"over": over, "length": len(text), "limit": self.limit},
            )


def check_lines(text, allowed):
    """A list of short lines; empty ones do not count."""
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > allowed:
        raise ValidationError(
            ngettext(
                "There is room for %(count)d line here.",
                "There is room for %(count)d lines here.",
                allowed,
            ),
            code=TOO_MANY_LINES,
            params={"count": allowed},
        )
    if any(len(line) > LINE_LENGTH for line in lines):
        raise ValidationError(
            ngettext(
                "A line is longer than %(count)d character. Make it shorter.",
                "A line is longer than %(count)d characters. Make it shorter.",
                LINE_LENGTH,
            ),
            code=LONG_LINE,
            params={"count": LINE_LENGTH},
        )


def why_not_yet(section):
    """Why the text of a part cannot be handed in as it is, in one sentence, or ""."""
    definition = section.definition
    try:
        TooLong(definition.max_length)(section.text)
        if definition.lines:
            check_lines(section.text, definition.lines)
    except ValidationError as error:
        return error.messages[0]
    return ""


def why_not_yet_asked(ask):
    """The same for an ask: words may have been kept before it was complete."""
    if not ask.kind:
        return _("Choose what is needed")
    try:
        TooLong(ASK_LENGTH)(ask.text)
    except ValidationError as error:
        return error.messages[0]
    return ""
