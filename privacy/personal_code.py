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

BETWEEN = r"[\s._/\-\u2010\u2012\u2013\u2014\u2212]"
"""What people write between digits: 01.01.90-12345, 0101 9012345, 32 0000 00000."""
FIRST_SIX = (
    rf"(?:(?:0{BETWEEN}?[1-9]|[12]{BETWEEN}?\d|3{BETWEEN}?[01]){BETWEEN}?"
    rf"(?:0{BETWEEN}?[1-9]|1{BETWEEN}?[0-2])(?:{BETWEEN}?\d){{2}}(?={BETWEEN}*[012])"
    rf"|3{BETWEEN}?[2-9](?:{BETWEEN}?\d){{4}})"
)
# Amounts have their spaces among the last five: 21.01.20 25 000 is no code
LAST_FIVE = rf"(?:\d{{5}}|\d(?:{BETWEEN}\d){{4}})"
PERSONAL_CODE = re.compile(
    r"(?<![\d+])"
    # A Latvian phone number: 37126xxxxxx, 371 26xxxxxx
    rf"(?!371[26]\d{{7}}(?!\d)|371{BETWEEN}[26])"
    rf"{FIRST_SIX}{BETWEEN}{{0,5}}{LAST_FIVE}(?!\d)"
)


REFUSAL = _(
    "The text contains a personal code. Delete it: personal codes are not kept here. "
    "Everything else you wrote is still in the form."
)


def contains_personal_code(text):
    """Whether the text holds an old or a new code, whatever stands between its digits."""
    # Compatibility forms: digits of other widths, non-breaking spaces and hyphens.
    shown = "".join(
        one
        for one in unicodedata.normalize("NFKC", text)
        if unicodedata.category(one)
        != "Cf"  # soft hyphens and the like, copied from PDF
    )
    return PERSONAL_CODE.search(shown) is not None


def no_personal_code(text):
    """Refuse a text with a personal code: purpose and law need none of them here."""
    if contains_personal_code(text):
        raise ValidationError(REFUSAL, code="personal_code")
