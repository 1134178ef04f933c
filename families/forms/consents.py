"""What a family was told and agreed to."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families import words
from families.models import Consent
from interface.widgets import ChipBoxes, Chips, DateInput
from privacy.forms import NoPersonalCodes


class AsksConsent(NoPersonalCodes):
    """A form about a family: refuses new personal data where there is no consent."""

    def clean(self):
        cleaned = super().clean()
        reason = words.why_no_personal_data(self.family)
        if reason:
            raise ValidationError(reason, code="consent")
        return cleaned


class ConsentForm(forms.Form):
    """What the family was told and agreed to, how, in which language, since when."""

    purposes = forms.MultipleChoiceField(
        choices=Consent.Purpose.choices,
        label=_("The family"),
        widget=ChipBoxes,
        error_messages={"required": _("Choose at least one")},
    )
    manner = forms.ChoiceField(
        choices=Consent.Manner.choices,
        label=_("In what way?"),
        initial=Consent.Manner.ORAL,
        widget=Chips,
        error_messages={"required": _("Choose in what way it was said")},
    )
    language = forms.ChoiceField(
        choices=Consent.Language.choices,
        label=_("In which language?"),
        initial=Consent.Language.LATVIAN,
        widget=Chips,
        error_messages={"required": _("Choose the language")},
    )
    given_on = forms.DateField(
        label=_("When?"),
        initial=timezone.localdate,
        widget=DateInput,
        error_messages={
            "required": _("Choose the day"),
            "invalid": _("Write the day as 12.11.2026."),
        },
    )
    valid_until = forms.DateField(
        label=_("Valid until"),
        required=False,
        help_text=_("Leave empty if no end was agreed."),
        widget=DateInput,
        error_messages={"invalid": _("Write the day as 12.11.2026.")},
    )

    def clean_given_on(self):
        day = self.cleaned_data["given_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The date cannot be in the future"))
        return day

    def clean_valid_until(self):
        day = self.cleaned_data["valid_until"]
        if day and day < timezone.localdate():
            raise ValidationError(_("Choose a day that is still to come"))
        return day
