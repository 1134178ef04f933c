"""Text that people write into a report."""

import unicodedata

from django import forms
from django.utils.translation import gettext_lazy

from reports.room import TooLong

COUNT = gettext_lazy("{used} of {limit} characters")
"""Filled in by ``text-count.js`` while somebody types."""


class ReportText(forms.CharField):
    """A text with a limit in characters, as a person counts them.

    The browser is not told the limit: it would silently cut what is pasted.
    """

    widget = forms.Textarea

    def __init__(self, *, limit, rows=6, may_wait=False, **kwargs):
        """``may_wait``: has to be written one day, but the form is saved without it."""
        super().__init__(**kwargs)
        self.limit, self.may_wait = limit, may_wait
        self.widget.attrs.update(
            {"rows": rows, "data-count": limit, "data-count-text": COUNT}
        )
        self.validators.append(TooLong(limit))

    def validate(self, value):
        if not self.may_wait:
            super().validate(value)

    def to_python(self, value):
        """One character for a letter with its mark and one for a new line."""
        text = super().to_python(value)
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        return unicodedata.normalize("NFC", lines)
