"""What an app with codes shows at a moment, and signing in by the form."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.factories import PASSWORD

SECRET = "JBSWY3DPEHPK3PXP"


def code(step=0, secret=SECRET):
    """The six digits of now, or of so many half-minutes later."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def sign_in(client, email, password=PASSWORD, **extra):
    return client.post("/ieiet/", {"login": email, "password": password}, **extra)
