"""Keys for people who review and follow reports at a desk; everything has a button too.

``static/js/shortcuts.js`` presses what carries the key as ``data-key``; to go to a place,
the key of :class:`agenda.navigation.Place` follows G. A single letter works only outside
of fields and can be switched off (WCAG 2.1.4); what cannot be undone asks first.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Shortcut(NamedTuple):
    """Keys as they are written on the keyboard; ``in_bar`` shows it on the review page."""

    keys: tuple[str, ...]
    does: Promise
    in_bar: bool = False


ROWS = (
    Shortcut(("J", "K"), _("next, previous part or row"), in_bar=True),
    Shortcut(("Enter",), _("open the row")),
    Shortcut(("/",), _("search")),
)
REVIEW = (
    Shortcut(("O",), pgettext_lazy("shortcut", "in order"), in_bar=True),
    Shortcut(("C",), _("comment on the part or the selected words"), in_bar=True),
    Shortcut(("Ctrl", "Enter"), _("save the comment or form"), in_bar=True),
    Shortcut(("E",), _("show all evidence of the part")),
    Shortcut(("P",), _("preview the PDF")),
    Shortcut(("Shift", "R"), _("return with comments")),
    Shortcut(("Shift", "A"), _("approve and close")),
    Shortcut(("Esc",), _("leave the comment, close the window")),
)
HELP = Shortcut(("?",), _("all keys, and switching them off"), in_bar=True)
SHORTCUTS = (*ROWS, *REVIEW, HELP)
BAR = tuple(shortcut for shortcut in SHORTCUTS if shortcut.in_bar)
