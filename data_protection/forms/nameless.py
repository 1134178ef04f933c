"""Words that officers read: refused when they name the family they are about."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from data_protection.services.texts import mediators_of
from families.services.names import TextCheck
from privacy import audit
from privacy.forms import NoPersonalCodes


class NamelessAboutFamily(NoPersonalCodes, forms.Form):
    """Mixin: refuses names, phones and addresses of the families of its mediators.

    Each refusal stands in the audit trail, because it tells that somebody of that name
    is known.
    """

    nameless = ()
    by = None

    def get_family(self):
        """The family that must not be named; pages that show the form are not handed it."""
        raise NotImplementedError

    def clean(self):
        data = super().clean()
        family = self.get_family()
        for name in self.nameless:
            found = _found_in(self.cleaned_data.get(name) or "", family)
            for word in found:
                message = _(
                    "“%(found)s” may tell which family is meant. Write without names, "
                    "phones and addresses."
                ) % {"found": word}
                self.add_error(name, ValidationError(message, code="name"))
            if found:
                audit.record(
                    self.by, audit.Verb.REFUSE, family, fields=[name], names=True
                )
        return data


def _found_in(text, family):
    if not text:
        return []
    checks = (
        TextCheck(mediator, family.municipality) for mediator in mediators_of(family)
    )
    return sorted({hit.found for check in checks for hit in check.hits(text)})
