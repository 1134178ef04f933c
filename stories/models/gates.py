"""What has to be true of a story's words before they go a step further."""

import json
import re

from django.utils.translation import gettext as _

from families.models import Consent
from families.services.names import TextCheck
from stories.workflow import ActionNotAllowed, Gate

FAMILY_CODE = re.compile(r"\b[A-ZĀČĒĢĪĶĻŅŠŪŽ]{2,4}-L?\d{3,}\b")
"""Codes of families and cases: whoever has another paper would know who is meant."""


class Gates:
    """Mixin of ``Story``: one method for each ``Gate``, and why it is shut, in words."""

    def require(self, gate):
        """Raise ``ActionNotAllowed`` with the reason if the gate is shut."""
        reason = getattr(self, f"why_not_{Gate(gate).value}")()
        if reason:
            raise ActionNotAllowed(reason)

    def why_not_complete(self):
        missing = [
            str(self._meta.get_field(name).verbose_name)
            for name in self.NEEDED
            if not getattr(self, name).strip()
        ]
        if missing:
            return _("Still to be written: %(what)s") % {"what": ", ".join(missing)}
        return ""

    def text_check(self):
        """Looks for the families of the story's mediator, who alone knows their names."""
        return TextCheck(self.mediator, self.municipality)

    def telling(self, words):
        """Which of the texts, told by the name of their field, may tell of a family."""
        check = self.text_check()
        return [
            name
            for name, text in words.items()
            if FAMILY_CODE.search(text) or check.hits(text)
        ]

    def places_with_names(self):
        """What the fields are called in which a family may be recognised."""
        return [
            str(self._meta.get_field(name).verbose_name)
            for name in self.telling(self.words())
        ]

    def why_not_nameless(self):
        """Without the word itself: an editor is not to learn that it is a name."""
        places = self.places_with_names()
        if places:
            return _(
                "The name check found something that tells of a family in: %(where)s."
            ) % {"where": ", ".join(places)}
        return ""

    @property
    def is_dignified(self):
        return bool(self.mark) and self.dignity_mark == self.mark

    def why_not_dignified(self):
        if self.is_dignified:
            return ""
        return _("The list of questions about dignity is not answered for these words.")

    @property
    def is_approved(self):
        return bool(self.mark) and self.approved_mark == self.mark

    def why_not_approved(self):
        if self.is_approved:
            return ""
        return _("The mediator has not approved these words.")

    @property
    def agreement(self):
        """The one that is about these very words and is not taken back, or None."""
        return self.agreements.in_force().filter(mark=self.mark).last()

    @property
    def _consents(self):
        """Without the family itself, which most readers of the page may not see."""
        return Consent.objects.in_force().filter(
            family=self.family_id, purpose=Consent.Purpose.STORY
        )

    def why_not_agreed(self):
        if not self.agreement:
            return _("The family has not agreed to these words.")
        if self.family_id and not self._consents.exists():
            return _("The family's consent to a story is not in force.")
        return ""

    def remember_as_told(self):
        """What the mediator wrote or approved last, for old beside new."""
        self.told = json.dumps(self.words(), ensure_ascii=False)

    def changes(self):
        """``(question, old, new)`` of what others changed since the mediator saw it."""
        old = json.loads(self.told) if self.told else {}
        return [
            (self._meta.get_field(name).verbose_name, old.get(name, ""), new)
            for name, new in self.words().items()
            if old.get(name, "") != new
        ]
