"""Words that others read: refused when they name a family, without saying whose name it is."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from privacy import audit
from privacy.forms import NoPersonalCodes
from privacy.name_check import StillLooking

COME_AGAIN = gettext_lazy(
    "These words are being held against the names of all families. That takes some "
    "minutes. Nothing of what you typed is lost: press the button again then."
)


class Nameless(NoPersonalCodes):
    """Mixin: refuses names, phones and addresses in the fields called ``nameless``.

    Whose name it is stays untold, and there is no code to take instead. Each refusal
    stands in the audit trail, because it tells that somebody of that name is known.
    """

    nameless = ()
    by = None

    def get_named(self):
        """The row that the words are about; the refusal is recorded with it."""
        raise NotImplementedError

    def name_checks(self, named):
        """``TextCheck`` of every mediator whose families must not be named.

        Its ``hits`` may raise ``StillLooking``: the words have to come once more.
        """
        raise NotImplementedError

    def clean(self):
        data = super().clean()
        texts = {name: self.cleaned_data.get(name) for name in self.nameless}
        written = {
            name: text
            for name, text in texts.items()
            if text and name in self.changed_data
        }
        if written:
            named, waiting = self.get_named(), []
            checks = list(self.name_checks(named))
            for name, text in written.items():
                try:
                    hits = [hit for check in checks for hit in check.hits(text)]
                except StillLooking:
                    waiting.append(name)
                else:
                    self._refuse_names(
                        named, name, dict.fromkeys(h.found for h in hits)
                    )
            # Of several fields once: it is the same for all of them
            for name in waiting[:1]:
                self.add_error(name, ValidationError(COME_AGAIN, code="waits"))
        return data

    def _refuse_names(self, named, name, found):
        for words in found:
            message = _(
                "“%(found)s” may tell which family is meant. Write without names, "
                "phones and addresses."
            ) % {"found": words}
            self.add_error(name, ValidationError(message, code="name"))
        if found:
            audit.record(self.by, audit.Verb.REFUSE, named, fields=[name], names=True)
