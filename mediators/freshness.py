"""When somebody last proved who they are, in the words that allauth keeps in the session."""

import time

from allauth.account.internal.flows.login import (
    _AUTHENTICATION_METHODS_USER_SESSION_KEY as OWNER_KEY,
)
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY

FRESH_FOR = 10 * 60
"""Seconds in which an export, a grant or a change of roles asks for nothing more."""


def proved_at(session):
    """The last time, in seconds of the clock; 0 for a session that does not say."""
    records = session.get(AUTHENTICATION_METHODS_SESSION_KEY) or [{}]
    return records[-1].get("at", 0)


def is_fresh(request):
    return (
        request.user.is_authenticated
        and request.session.get(OWNER_KEY) == str(request.user.pk)
        and time.time() - proved_at(request.session) < FRESH_FOR
    )


def note_proof(session, user, *, at=None):
    """What allauth writes itself at a sign-in; for tests and for keeping a session."""
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "password", "at": at or time.time()}
    ]
    session[OWNER_KEY] = str(user.pk)
