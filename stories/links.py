"""Links that people write down: shown to be pressed, never fetched by us."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

https_only = URLValidator(
    schemes=["https"], message=_("Write the link as https://www.example.lv/page.")
)


class LinkField(forms.URLField):
    """A link that begins with https://; without a beginning it is meant so."""

    default_validators = [https_only]

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            max_length=500,
            assume_scheme="https",
            widget=forms.URLInput(attrs={"autocomplete": "off"}),
            error_messages={"invalid": https_only.message},
            **kwargs,
        )
