"""Secrets that stand in a link: the person has the token, the database its hash."""

import hashlib
import secrets


def new_token():
    """256 bits for an address; whoever holds it may open what it leads to."""
    return secrets.token_urlsafe(32)


def hash_of(token):
    """What is stored of a token: it tells whether one fits, and leads nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()
