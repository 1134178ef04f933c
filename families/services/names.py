"""The name check as a mediator meets it: what was found, what was decided about it."""

from functools import cached_property
from typing import NamedTuple

from django.db import transaction

from families import names
from families.models import SparedWord
from mediators.models import Appointment, Role
from privacy import audit
from privacy.name_check import NameCheck, What

REPLACE, SPARE = "replace", "spare"


class Fix(NamedTuple):
    """What a button of a hit asks for: another word there, or to leave it."""

    verb: str
    mark: str
    code: str

    @classmethod
    def from_button(cls, value):
        verb, mark, code = [*str(value).split(":"), "", "", ""][:3]
        return cls(verb, mark, code)


class TextCheck:
    """Looks for the families of a mediator in texts that others will read.

    ``except_for`` is the code of a family that agreed to be named there, ``about`` that
    of the family which the texts are about: of several that share a name it is meant.
    ``asked`` knows what may be named and what not; see ``checks_at`` for several mediators.
    """

    def __init__(self, mediator, municipality, *, except_for="", about="", asked=names):
        self.mediator, self.municipality = mediator, municipality
        self.except_for, self.about, self.asked = except_for, about, asked

    @cached_property
    def _names(self):
        return NameCheck(
            [
                one
                for one in self.asked.known_to(self.mediator)
                if one.code != self.except_for
            ],
            allowed=self.asked.may_be_named(self.mediator, self.municipality),
            emails=self.asked.may_be_written_to(self.mediator, self.municipality),
        )

    @cached_property
    def _spared(self):
        return self.asked.spared_by(self.mediator)

    def hits(self, text):
        """Without those about which the mediator has decided."""
        if not text.strip():
            return []
        return [
            hit.about(self.about)
            for hit in self._names.find(text)
            if not self._is_spared(hit)
        ]

    def _is_spared(self, hit):
        return hit.may_be_spared and hit.mark in self._spared

    def fixed(self, text, fix):
        """The text after a button that replaces; as it was when its hit is gone."""
        if fix.verb != REPLACE:
            return text
        # From the end, so that the places of the others stay right
        for hit in reversed(self.hits(text)):
            is_code_meant = hit.what is not What.NAME or fix.code in hit.codes
            if hit.mark == fix.mark and is_code_meant:
                text = hit.replaced_in(text, fix.code)
        return text

    @transaction.atomic
    def spare(self, fix, texts, *, by):
        """Remember the decision about a hit of one of the texts; whether there was one."""
        hits = [hit for text in texts for hit in self.hits(text)]
        if fix.verb != SPARE or not any(
            hit.may_be_spared and hit.mark == fix.mark for hit in hits
        ):
            return False
        word, is_new = SparedWord.objects.get_or_create(
            mediator=self.mediator, mark=fix.mark
        )
        if is_new:
            audit.record(by, audit.Verb.CREATE, word)
        self._spared |= {fix.mark}
        return True


def checks_at(desks, among=None):
    """``TextCheck`` of every mediator of these appointments, asking for all together.

    ``among`` are ids of families, where others are not looked for.
    """
    desks = list(desks)
    asked = names.AskedTogether([desk.user_id for desk in desks], among)
    return [TextCheck(desk.user, desk.municipality, asked=asked) for desk in desks]


def checks_in(municipalities):
    """``TextCheck`` of every mediator who works there: for words about no one family."""
    rows = Appointment.objects.filter(
        role=Role.MEDIATOR, municipality__in=municipalities
    ).select_related("user", "municipality")
    desks = {(row.user_id, row.municipality_id): row for row in rows}
    return checks_at(desks.values())
