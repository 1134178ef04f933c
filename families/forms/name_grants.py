"""Asking for the name behind a code."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinLengthValidator
from django.utils.translation import gettext_lazy as _

from families.models import Family
from families.models.name_grant import SHORTEST_REASON, places_of
from municipalities.forms import TEXT_ERRORS
from privacy.forms import NoPersonalCodes

FEWEST_WORDS, FEWEST_LETTERS = 3, 6
"""Different ones, in whatever says why."""


def says_something(reason):
    """Somebody decides by these words, and an officer reads them a year later."""
    words = set(re.findall(r"[^\W\d_]{2,}", reason.casefold()))
    if len(words) < FEWEST_WORDS or len(set("".join(words))) < FEWEST_LETTERS:
        raise ValidationError(
            _("Please say in a few words what the name is needed for."),
            code="says_nothing",
        )


class NameRequestForm(NoPersonalCodes, forms.Form):
    """The code of one family, and why its name is needed."""

    use_required_attribute = False

    code = forms.CharField(
        label=_("Code of the family"),
        max_length=12,
        help_text=_("For example UPC-009."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
        error_messages={"required": _("Write the code of the family")},
    )
    reason = forms.CharField(
        label=_("Why do you need the name?"),
        max_length=500,
        help_text=_(
            "At least 20 characters. The mediator and the data-protection officer read it."
        ),
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[
            MinLengthValidator(
                SHORTEST_REASON,
                _("Write at least 20 characters, so that it can be decided."),
            ),
            says_something,
        ],
        error_messages={"required": _("Write why you need the name"), **TEXT_ERRORS},
    )

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_code(self):
        """A family of another municipality is not told apart from one that nobody made."""
        code = self.cleaned_data["code"].strip().upper()
        families = Family.objects.filter(municipality__in=places_of(self.person))
        self.family = families.filter(code=code).first()
        if self.family is None:
            raise ValidationError(_("There is no family with this code here."))
        return code
