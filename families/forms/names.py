"""Forms whose texts others read: what stands in them that names a family."""

from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from families.services.names import Fix
from privacy.forms import NoPersonalCodes
from privacy.name_check import Hit, What

FIX = "fix"
"""The name of the buttons that stand beside a hit."""


class FoundIn(NamedTuple):
    """A hit and what the text in which it stands is called."""

    place: str
    hit: Hit


class NameCheckedForm(NoPersonalCodes):
    """Mixin: the texts in ``checked`` are looked through before they leave the team.

    A button beside a hit changes what is typed, or remembers the mediator's decision,
    and saves nothing: the form comes back with everything else as it was. Without a
    check nobody outside the team reads the texts.
    """

    checked = ()

    def __init__(self, data=None, *args, text_check=None, **kwargs):
        super().__init__(data, *args, **kwargs)
        self.text_check = text_check
        self.fix = None
        if text_check and data and FIX in data:
            self.fix = Fix.from_button(data[FIX])
            self._apply(self.fix)

    def _apply(self, fix):
        self.data = self.data.copy()
        for name in map(self.add_prefix, self.checked):
            if name in self.data:
                text = _lines(self.data[name])
                self.data[name] = self.text_check.fixed(text, fix)

    @property
    def typed(self):
        """The texts as they were sent, for the decision about one of their words."""
        return [
            _lines(self.data.get(self.add_prefix(name), "")) for name in self.checked
        ]

    def is_valid(self):
        return super().is_valid() and not self.fix

    def refuse_names(self, name, text):
        """An error for each hit in the text of a field."""
        for hit in self.text_check.hits(text or "") if self.text_check else ():
            self.add_error(name, said_too_much(hit))

    @property
    def names(self):
        """The hits in the texts as the page shows them."""
        if not self.text_check:
            return []
        return [
            FoundIn(self[name].label, hit)
            for name in self.checked
            for hit in self.text_check.hits(_lines(self[name].value() or ""))
        ]


def _lines(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


def said_too_much(hit):
    """What was found, with the words around it, and what to write instead."""
    advice = _(
        "“…%(before)s%(found)s%(after)s…” says too much about a family. "
        "Delete “%(found)s”."
    )
    if hit.what is What.NAME:
        advice = _(
            "“…%(before)s%(found)s%(after)s…” names a family. "
            "Write “family %(code)s” instead of “%(found)s”."
        )
    found = {"before": hit.before, "found": hit.found, "after": hit.after}
    return ValidationError(advice % {**found, "code": hit.code}, code="name")
