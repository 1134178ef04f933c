"""Read configuration from the environment, strictly.

A missing or misspelt variable stops the process at start. It never falls back
to an insecure default. Secrets may come from a file: with ``NAME_FILE`` set,
the value of ``NAME`` is the content of that file.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

_MISSING = object()


def text(name, default=_MISSING):
    """The variable as it is; without a default it has to be set."""
    value = os.environ.get(name, default)
    if value is _MISSING:
        raise ImproperlyConfigured(f"Set the environment variable {name}.")
    return value


def boolean(name, default=_MISSING):
    """``true`` or ``false``, nothing else."""
    value = text(name, default)
    if value not in ("true", "false"):
        raise ImproperlyConfigured(f"{name} must be 'true' or 'false', not {value!r}.")
    return value == "true"


def number(name, default=_MISSING):
    """A whole number."""
    value = text(name, default)
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(
            f"{name} must be a whole number, not {value!r}."
        ) from None


def words(name, default=_MISSING):
    """A list of words separated by spaces."""
    return text(name, default).split()


def secret(name, *, shortest=32, kept_in=None):
    """A secret of at least ``shortest`` characters from ``NAME_FILE`` or ``NAME``.

    Without either, it is read from the file ``kept_in`` if there is one: that is
    how an installation made by ``scripts/run`` finds the key it made.
    """
    path = os.environ.get(f"{name}_FILE")
    if not path and name not in os.environ and kept_in and kept_in.exists():
        path = kept_in
    if path:
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(
                f"{name}_FILE points to {path}, which cannot be read: {error.strerror}."
            ) from None
    else:
        value = text(name)
    if len(value) < shortest:
        raise ImproperlyConfigured(f"{name} is shorter than {shortest} characters.")
    is_typed = value.startswith("django-insecure-") or len(set(value)) < 8
    if shortest >= 32 and is_typed:
        raise ImproperlyConfigured(
            f"{name} was not made at random. Make one: "
            "python -c 'import secrets; print(secrets.token_urlsafe(48))'"
        )
    return value


def remembered(path, default):
    """What an installation noted about itself in a file, or the default."""
    return path.read_text(encoding="utf-8").strip() if path.exists() else default
