"""How passwords are hashed, and which ones are refused."""

import threading
from bisect import bisect_left
from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from municipalities.models import Municipality
from privacy.fold import fold

BREACHED = Path(__file__).parent / "reference" / "breached_passwords.bin"
BYTES_OF_EACH = 4
CONTEXT_WORDS = (
    *("tilts", "mediators", "mediatori", "mediatore", "mediator", "koordinators"),
    *("koordinatore", "roma", "romi", "romu", "cigani", "pasvaldiba", "novads"),
    *("pilseta", "dome", "parole"),
)
"""Folded, without diacritics: what somebody would try first against this system."""


class BoundedArgon2(Argon2PasswordHasher):
    """Argon2id with 64 MiB; at most two at a time in a process, or sign-ins eat the memory."""

    time_cost, memory_cost, parallelism = 3, 64 * 1024, 1
    _turn = threading.BoundedSemaphore(2)

    def encode(self, password, salt):
        with self._turn:
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with self._turn:
            return super().verify(password, encoded)


class LengthValidator:
    """Twelve characters of any kind are asked for, and 128 are enough for a sentence."""

    shortest, longest = 12, 128

    def validate(self, password, user=None):
        if len(password) < self.shortest:
            raise ValidationError(
                _("The password is too short: at least %(count)d characters.")
                % {"count": self.shortest}
            )
        if len(password) > self.longest:
            raise ValidationError(
                _("The password is too long: at most %(count)d characters.")
                % {"count": self.longest}
            )

    def get_help_text(self):
        return _("At least 12 characters of any kind; several words are good.")


@cache
def _breached():
    return BREACHED.read_bytes()


def is_breached(password):
    """Whether the list holds its hash; ``scripts/breached-passwords`` makes the list."""
    hashes = _breached()
    wanted = sha256(password.casefold().encode()).digest()[:BYTES_OF_EACH]
    positions = range(len(hashes) // BYTES_OF_EACH)

    def at(position):
        start = position * BYTES_OF_EACH
        return hashes[start : start + BYTES_OF_EACH]

    found = bisect_left(positions, wanted, key=at)
    return found < len(positions) and at(found) == wanted


class BreachedPasswordValidator(CommonPasswordValidator):
    """What stands in lists of stolen passwords is tried first by those who break in."""

    def validate(self, password, user=None):
        if password.lower().strip() in self.passwords or is_breached(password):
            raise ValidationError(
                _(
                    "This password stands in lists of stolen passwords. Choose another one."
                )
            )

    def get_help_text(self):
        return _("Not one that stands in lists of stolen passwords.")


class ContextWordsValidator:
    """A password is not made of words that everybody here knows, with a number behind."""

    longest_rest = 7
    """So many letters and digits beside such words are too few to make it a secret."""

    def validate(self, password, user=None):
        rest = fold(password).replace(" ", "")
        for word in sorted(self._words(user), key=len, reverse=True):
            rest = rest.replace(word, "")
        if len(rest) <= self.longest_rest and len(rest) < len(
            fold(password).replace(" ", "")
        ):
            raise ValidationError(
                _(
                    "The password is made of names and words that are easy to guess here. "
                    "Choose other words."
                )
            )

    def _words(self, user):
        yield from CONTEXT_WORDS
        for label in Municipality.objects.values_list("label_lv", flat=True):
            # “Kuldīgas novads” stands there, and “Kuldīga” or “Kuldīgā” is what people type
            yield from (word[:-2] for word in fold(label).split() if len(word) > 4)
        if user is not None:
            for text in (user.first_name, user.last_name, user.email):
                yield from (word for word in fold(text).split() if len(word) > 3)

    def get_help_text(self):
        return _("Not made of your name, your municipality or the name of this system.")
