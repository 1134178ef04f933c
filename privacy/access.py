"""To whom a view opens at all: declared on the view, read by whoever has to know it.

``OnlyDeclaredMiddleware`` refuses what declares nothing, ``print_urls`` and
``docs/access-matrix.md`` tell it, ``tests/test_access.py`` holds every answer against it.
Which rows somebody sees there is decided by the scopes of ``docs/permissions.md``.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required

from privacy import audit

PUBLIC, LINK, TOKEN, SIGNED_IN = "public", "link", "token", "signed in"


def opens_to(access, view):
    """The view with what ``access_of`` tells of it; what it records is written last."""

    @wraps(view)
    def opened(request, *args, **kwargs):
        with audit.written_last():
            return view(request, *args, **kwargs)

    opened.access = access
    return opened


def signed_in(view):
    """Any account; what it finds there, its scopes say."""
    return opens_to(SIGNED_IN, view)


def by_link(view):
    """Whoever has the secret in the address, with or without an account."""
    return login_not_required(opens_to(LINK, view))


def by_token(view):
    """A program that sends a token; a session opens nothing."""
    return login_not_required(opens_to(TOKEN, view))


def access_of(view):
    """A tuple of role codes, one of the four words above, or None where nothing is declared.

    ``role_required`` (``mediators/access.py``) names roles. Django's own
    ``login_not_required`` is what makes a page public.
    """
    declared = getattr(view, "access", None)
    if declared is None and not getattr(view, "login_required", True):
        return PUBLIC
    return declared
