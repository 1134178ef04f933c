"""What every form of the project refuses."""

from django import forms

from privacy.personal_code import no_personal_code


class NoPersonalCodes:
    """A form in which every text refuses personal codes, whichever fields it gets.

    The one place that decides which fields hold texts. It stands first among the
    bases; what else was typed stays in the form, as with any other error.
    """

    NOT_TEXTS = (forms.EmailField, forms.URLField, forms.UUIDField)

    def _clean_fields(self):
        for field in self.fields.values():
            self._refuse_personal_codes(field)
        super()._clean_fields()

    def _refuse_personal_codes(self, field):
        is_text = isinstance(field, forms.CharField)
        is_text = is_text and not isinstance(field, self.NOT_TEXTS)
        if is_text and no_personal_code not in field.validators:
            field.validators.append(no_personal_code)
