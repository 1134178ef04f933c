"""Words that officers read: refused when they name the family they are about."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from data_protection.services.texts import mediators_of
from families.services.names import TextCheck
from privacy import audit


class NamelessAboutFamily(forms.Form):
    """Mixin: refuses names, phones and addresses of the families of its mediators.

    Each refusal stands in the audit trail, because it tells that somebody of that name
    is known.
    """

    nameless = ()
    family = None
    by = None

    def clean(self):
        data = super().clean()
        for name in self.nameless:
            found = self._found_in(self.cleaned_data.get(name) or "")
            for word in found:
                message = _(
                    "“%(found)s” may tell which family is meant. Write without names, "
                    "phones and addresses."
                ) % {"found": word}
                self.add_error(name, ValidationError(message, code="name"))
            if found:
                audit.record(
                    self.by, audit.Verb.REFUSE, self.family, fields=[name], names=True
                )
        return data

    def _found_in(self, text):
        if not text or self.family is None:
            return []
        checks = (
            TextCheck(mediator, self.family.municipality)
            for mediator in mediators_of(self.family)
        )
        return sorted({hit.found for check in checks for hit in check.hits(text)})
