"""What stands around a page that the phone keeps: everything but the person."""

from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser

from agenda.context_processors import Frame
from mediators.models import Role


class Somebody(NamedTuple):
    """Stands in for the person in the account menu."""

    full_name: str = ""
    email: str = ""
    initials: str = ""


class KeptFrame(Frame):
    """The frame of a mediator's page without name, number of waiting reports or token.

    Language, theme and text size are those of the account that fetches the page.
    """

    is_signed_in = True
    is_kept = True
    names_are_hidden = False
    """The script of the button asks the cookie."""
    roles = frozenset({Role.MEDIATOR})

    def __init__(self, request, path):
        super().__init__(request)
        self.path = self.address = path
        self.user = Somebody()


def kept_context(request, path):
    """The context of a page for the phone: rendered for nobody in particular."""
    return {
        "frame": KeptFrame(request, path),
        "user": AnonymousUser(),
        "csrf_token": "",
        "messages": (),
    }
