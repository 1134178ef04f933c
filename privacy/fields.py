"""Text that is readable in the application and unreadable in the database."""

import base64
import binascii
import os

from cryptography.exceptions import InvalidTag
from django.core import checks
from django.core.exceptions import FieldError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models.lookups import Exact, IsNull
from django.db.models.query_utils import DeferredAttribute

from privacy.keys import cipher_of, field_keys

VERSION = "v1"
NONCE_BYTES = 12


class CannotDecrypt(Exception):
    """A stored value was written with another key, or for another row or column."""


class Sealed:
    """A stored token that nobody has opened yet. It never shows its content."""

    __slots__ = ("token",)

    def __init__(self, token):
        self.token = token

    def __repr__(self):
        return "<Sealed>"

    __str__ = __repr__

    def __eq__(self, other):
        return isinstance(other, Sealed) and self.token == other.token

    def __hash__(self):
        return hash(self.token)


def seal(text, *, bound_to):
    """``v1|key id|base64(nonce + ciphertext)``, valid only where it is bound to."""
    keys = field_keys()
    nonce = os.urandom(NONCE_BYTES)
    ciphertext = keys.ciphers[keys.writes_with].encrypt(
        nonce, text.encode(), bound_to.encode()
    )
    encoded = base64.b64encode(nonce + ciphertext).decode()
    return f"{VERSION}|{keys.writes_with}|{encoded}"


def unseal(token, *, bound_to, find=cipher_of):
    """The text of a token, or ``CannotDecrypt`` that names the place, no content.

    ``find`` gives the cipher of a key id; keys from paper are tried with one of their own.
    """
    try:
        version, key_id, encoded = token.split("|")
        payload = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error):
        raise CannotDecrypt(f"{bound_to} holds no encrypted value.") from None
    if version != VERSION:
        raise CannotDecrypt(f"{bound_to} is encrypted in an unknown way ({version}).")
    cipher = find(key_id)
    if cipher is None:
        raise CannotDecrypt(
            f"{bound_to} needs the key {key_id}, which is not in FIELD_KEYS_FILE."
        )
    nonce, ciphertext = payload[:NONCE_BYTES], payload[NONCE_BYTES:]
    try:
        return cipher.decrypt(nonce, ciphertext, bound_to.encode()).decode()
    except (InvalidTag, ValueError):
        raise CannotDecrypt(
            f"{bound_to} was changed, moved from another place or written with "
            f"another key called {key_id}."
        ) from None


class SealedAttribute(DeferredAttribute):
    """Opens the stored token at the first reading and remembers the text."""

    def __get__(self, instance, cls=None):
        value = super().__get__(instance)
        if isinstance(value, Sealed):
            value = self.field.open(value, instance)
            instance.__dict__[self.field.attname] = value
        return value

    # A descriptor without __set__ would be bypassed by the value in __dict__.
    def __set__(self, instance, value):
        instance.__dict__[self.field.attname] = value


class AsStored(Exact):
    """``field=""`` finds rows without text, ``field=Sealed(token)`` the very token.

    Texts cannot be compared: each is encrypted differently every time.
    """

    def get_prep_lookup(self):
        if isinstance(self.rhs, Sealed):
            return self.rhs.token
        if self.rhs not in ("", None):
            raise _no_lookup(self.lhs.output_field, "exact")
        return self.rhs


def _no_lookup(field, name):
    return FieldError(
        f"{field} is encrypted: the database cannot look it up with '{name}'. Take the "
        "rows of one person's scope and compare in Python (privacy.fold.matches)."
    )


class EncryptedTextField(models.TextField):
    """A text stored as AES-256-GCM, bound to its model, field and row.

    A token copied to another row, column or table does not open. Therefore the
    primary key has to exist before the insert (``default=uuid7``), and renaming
    the app, model or field needs a migration that encrypts anew. ``None`` and ""
    are stored as they are: whether there is a text is no secret.
    """

    descriptor_class = SealedAttribute

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.max_length is not None:
            self.validators.append(MaxLengthValidator(self.max_length))

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_binding()]

    def _check_binding(self):
        if self.unique or self.db_index:
            yield checks.Error(
                "An encrypted field can neither be unique nor indexed.",
                obj=self,
                id="privacy.E001",
            )
        if isinstance(self.model._meta.pk, models.AutoField):
            yield checks.Error(
                "An encrypted field needs a primary key made by the application.",
                hint="Give the model a UUIDField(primary_key=True, default=uuid7).",
                obj=self,
                id="privacy.E002",
            )

    def bound_to(self, instance):
        """The one place where a value of this row may be opened."""
        if instance.pk is None:
            raise ValueError(
                f"{self} is bound to its row: give the {self.model.__name__} its "
                "primary key before the text is encrypted."
            )
        return self._place(self.model._meta.pk.to_python(instance.pk))

    def _place(self, pk):
        return f"{self.model._meta.label}.{self.name}:{pk}"

    def open(self, sealed, instance):
        return self._plain(unseal(sealed.token, bound_to=self.bound_to(instance)))

    def opened(self, value, pk):
        """The text of a value that was read without its row, by ``values`` or its kin."""
        if not isinstance(value, Sealed):
            return value
        return self._plain(unseal(value.token, bound_to=self._place(pk)))

    def sealed(self, instance):
        """The value of the row as it is to be stored."""
        value = instance.__dict__.get(self.attname)
        if value is None or value == "" or isinstance(value, Sealed):
            return value
        if hasattr(value, "resolve_expression"):
            raise FieldError(f"{self} is encrypted: assign a text, not an expression.")
        text = self._padded(str(value))
        return Sealed(seal(text, bound_to=self.bound_to(instance)))

    def _padded(self, text):
        return text

    def _plain(self, text):
        return text

    def from_db_value(self, value, expression, connection):
        return Sealed(value) if value else value

    def pre_save(self, instance, add):
        unopened = instance.__dict__.get(self.attname)
        if add and isinstance(unopened, Sealed):
            # A copy under a new primary key would be a row nobody can read.
            self.open(unopened, instance)
        return self.sealed(instance)

    def get_prep_value(self, value):
        return (
            value.token if isinstance(value, Sealed) else super().get_prep_value(value)
        )

    def get_db_prep_save(self, value, connection):
        if value is None or value == "" or isinstance(value, Sealed):
            return super().get_db_prep_save(value, connection)
        raise FieldError(
            f"{self} is encrypted together with its row: assign it and call save(); "
            "update() and bulk_update() would store it readable."
        )

    def value_to_string(self, obj):
        value = self.sealed(obj)
        return value.token if isinstance(value, Sealed) else value

    def get_lookup(self, lookup_name):
        if lookup_name == "isnull":
            return IsNull
        if lookup_name == "exact":
            return AsStored
        raise _no_lookup(self, lookup_name)

    def get_transform(self, lookup_name):
        raise _no_lookup(self, lookup_name)


class EncryptedChoiceField(EncryptedTextField):
    """A word from a short list, filled up to ``max_length``.

    What is encrypted is as long as the text: “yes” and “no” could be told apart.
    """

    def check(self, **kwargs):
        return [*super().check(**kwargs), *self._check_length()]

    def _check_length(self):
        if self.max_length is None or any(
            len(value) > self.max_length for value, _label in self.flatchoices
        ):
            yield checks.Error(
                "An encrypted choice needs a max_length that holds each of its words.",
                obj=self,
                id="privacy.E004",
            )

    def _padded(self, text):
        return text.ljust(self.max_length)

    def _plain(self, text):
        return text.rstrip()
