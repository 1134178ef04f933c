"""Sessions whose content nobody reads in the database: ``SESSION_ENGINE`` of the settings.

What somebody sent waits in the session until a fresh proof, with passwords of files and
the cookie itself. Django signs it and leaves it readable, in every backup too.
"""

from django.contrib.sessions.backends import db

from privacy.fields import CannotDecrypt, seal, unseal

BOUND_TO = "sessions.Session.session_data"


class SessionStore(db.SessionStore):
    """As Django's in the database; what no key opens any more is an empty session."""

    def encode(self, session_dict):
        return seal(super().encode(session_dict), bound_to=BOUND_TO)

    def decode(self, session_data):
        try:
            signed = unseal(session_data, bound_to=BOUND_TO)
        except CannotDecrypt:
            return {}
        return super().decode(signed)
