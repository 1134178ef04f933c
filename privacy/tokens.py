"""Secrets that stand in a link: the person has the token, the database its hash."""

import hashlib
import secrets


def new_token():
    """256 bits for an address; whoever holds it may open what it leads to."""
    return secrets.token_urlsafe(32)


# None of them looks like another on paper
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_code(*, groups):
    """Four signs a group, to be copied by hand: “8KQ2-M4TF” of two."""
    return "-".join(
        "".join(secrets.choice(SIGNS) for _sign in range(4)) for _group in range(groups)
    )


def hash_of(token):
    """What is stored of a token: it tells whether one fits, and leads nowhere."""
    return hashlib.sha256(token.encode()).hexdigest()
