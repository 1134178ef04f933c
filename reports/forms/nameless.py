"""Texts of coordinators: kept, printed or read by many, therefore without families."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from privacy import audit
from privacy.forms import NoPersonalCodes
from reports.names import text_check


class Nameless(NoPersonalCodes):
    """Mixin: refuses what names a family of the report's mediator, and says no more.

    Whose name it is stays untold, and there is no code to take instead. Each refusal
    stands in the audit trail, because it tells that somebody of that name is known.
    """

    nameless = ()

    def clean(self):
        data = super().clean()
        texts = {name: self.cleaned_data.get(name) for name in self.nameless}
        written = {name: text for name, text in texts.items() if text}
        check = text_check(self.named_report) if written else None
        for name, text in written.items():
            if name in self.changed_data:
                self._refuse_names(name, check.hits(text))
        return data

    def _refuse_names(self, name, hits):
        for hit in hits:
            message = _(
                "“%(found)s” may tell which family is meant. Write without names, "
                "phones and addresses."
            ) % {"found": hit.found}
            self.add_error(name, ValidationError(message, code="name"))
        if hits:
            audit.record(
                self.by, audit.Verb.REFUSE, self.named_report, fields=[name], names=True
            )
