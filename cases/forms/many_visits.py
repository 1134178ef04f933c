"""One log form for many entries, one after the other: choices are fetched once."""

from django.http import QueryDict

from cases.forms.visit import VisitForm


class RepeatedVisitForm(VisitForm):
    """Whatever holds for an entry on the page holds for each that is told here."""

    def __init__(self, *, options):
        super().__init__(QueryDict(), options=options)

    @property
    def _known(self):
        return self.options

    def tell(self, answers):
        """Whether the next entry may be stored; else ``errors`` says why not."""
        self.data = QueryDict(mutable=True)
        for name, value in answers.items():
            self.data.setlist(name, value if isinstance(value, list) else [value])
        self._errors = None
        return self.is_valid()
