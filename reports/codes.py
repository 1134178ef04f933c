"""Codes in texts that leave the team, or that many reports tell together."""

import re

from django.utils.translation import gettext as _

CODE = re.compile(r"\b[A-Z]{2,4}-(?:[A-Z]?\d{3,}|\d\d-\d{3,})\b")
"""A family, a case or an entry: of use inside the team alone."""


def without_codes(text):
    """The text with a word in place of each code of a family, a case or an entry."""
    return CODE.sub(_("[code]"), text)
