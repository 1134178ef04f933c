"""Recognise Latvian personal codes, so that they are never stored.

Until 2017 a code began with the date of birth (DDMMYY) and 0, 1 or 2 for the
century; since then it begins with 32 to 39 and the rest is random, so that there
is no check digit to rely on. Registration numbers of organisations have eleven
digits too, but begin with 4, 5 or 9.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DASHES = "-\u2010\u2012\u2013\u2014\u2212"
SEPARATOR = rf"\s?[{DASHES}]?\s?"
BIRTH_DATE = r"(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d\d"
PERSONAL_CODE = re.compile(
    r"(?<![\d+])"
    # Written without a separator this is a Latvian phone number: 371 26xxxxxx.
    r"(?!371[26]\d{7}(?!\d))"
    rf"(?:{BIRTH_DATE}{SEPARATOR}[012]\d{{4}}|3[2-9]\d{{4}}{SEPARATOR}\d{{5}})"
    r"(?!\d)"
)


REFUSAL = _(
    "The text contains a personal code. Delete it: personal codes are not kept here. "
    "Everything else you wrote is still in the form."
)


def contains_personal_code(text):
    """Whether the text holds an old or a new code, with or without its hyphen."""
    # Compatibility forms: digits of other widths, non-breaking spaces and hyphens.
    return PERSONAL_CODE.search(unicodedata.normalize("NFKC", text)) is not None


def no_personal_code(text):
    """Refuse a text with a personal code: purpose and law need none of them here."""
    if contains_personal_code(text):
        raise ValidationError(REFUSAL, code="personal_code")
