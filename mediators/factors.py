"""The second factor: how its secrets are kept, which code is right, who has one."""

from hmac import compare_digest

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.utils.translation import gettext_lazy as _

from mediators.devices import device_of
from privacy.fields import seal, unseal

BOUND_TO = "mfa.Authenticator.secret"
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
CODES = Authenticator.Type.RECOVERY_CODES


class SealedFactors(DefaultMFAAdapter):
    """Seeds of codes are sealed with the keys of the encrypted fields."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This is not right. Try again."),
    }

    def encrypt(self, text):
        return seal(text, bound_to=BOUND_TO)

    def decrypt(self, encrypted_text):
        return unseal(encrypted_text, bound_to=BOUND_TO)

    def generate_authenticator_name(self, user, type):  # noqa: A002 -- allauth calls it so
        """Where the passkey was made, so that a lost phone is found in the list."""
        return device_of(context.request.headers.get("User-Agent", ""))

    def get_public_key_credential_rp_entity(self):
        return super().get_public_key_credential_rp_entity() | {"name": "Tilts"}

    def can_delete_authenticator(self, authenticator):
        """The last factor is replaced, not removed."""
        others = of(authenticator.user).exclude(pk=authenticator.pk)
        return others.filter(type__in=FACTORS).exists()


def of(user):
    """What the account has, codes on paper included."""
    return Authenticator.objects.filter(user=user)


def is_complete(user):
    """There is a factor, and the codes for the day when it is lost were shown."""
    kept = dict(of(user).values_list("type", "data"))
    if kept.keys().isdisjoint(FACTORS):
        return False
    return CODES not in kept or "viewed_at" in kept[CODES]


def accept_code(user, code):
    """The app or the list of codes that a code is right for, or None. It is used up.

    A code of the app opens once, and after it no earlier one: its number has to grow.
    Call it inside a transaction; of two at the same moment one is right.
    """
    code = "".join(code.split())
    rows = of(user).exclude(type=Authenticator.Type.WEBAUTHN)
    for row in rows.select_for_update().order_by("-type"):
        is_app = row.type == Authenticator.Type.TOTP
        if _accept_of_app(row, code) if is_app else row.wrap().validate_code(code):
            return row
    return None


def _accept_of_app(row, code):
    secret = row.wrap().instance.data["secret"]
    secret = SealedFactors().decrypt(secret)
    for counter in yield_hotp_counters_from_time():
        if counter <= row.data.get("last_counter", 0):
            continue
        right = format_hotp_value(hotp_value(secret, counter))
        if compare_digest(right.encode(), code.encode()):
            row.data["last_counter"] = counter
            row.save(update_fields=["data"])
            return True
    return False


def remove_all(user):
    """For somebody who has lost everything: the next sign-in begins with a new factor."""
    of(user).delete()
