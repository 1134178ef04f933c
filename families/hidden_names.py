"""Names and notes of families on the screen: shown, or hidden while others can see it.

The choice is a cookie, so that pages which a phone keeps obey it without signal
(``static/js/phone/names.js``). What is decided here is display alone; what may be seen
at all is decided by the scopes.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

HIDDEN, SHOWN = "hidden", "shown"

_are_hidden = ContextVar("names are hidden", default=False)


def cookie():
    """Its name; ``names.js`` makes the same. With https no other host can set it."""
    return "__Host-names" if settings.HTTPS else "names"


def are_hidden():
    return _are_hidden.get()


@contextmanager
def override(*, hidden):
    """Within the block names are hidden, or shown, whatever the person has chosen."""
    token = _are_hidden.set(hidden)
    try:
        yield
    finally:
        _are_hidden.reset(token)


def unless_hidden(text, instead=""):
    """What to show for a name, a place or a note."""
    return instead if are_hidden() else text
