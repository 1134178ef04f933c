"""Shares of the sources that pay one contract: together they are the whole."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mediators.models.funding import WHOLE


class FundingShares(forms.BaseInlineFormSet):
    """Either none, and the one source of the appointment pays, or 100 % in all."""

    def clean(self):
        super().clean()
        percents = [
            form.cleaned_data["percent"]
            for form in self.forms
            if form.cleaned_data.get("percent") and not form.cleaned_data.get("DELETE")
        ]
        if percents and sum(percents) != WHOLE:
            raise ValidationError(
                _("The shares are %(sum)s %% together; they have to be 100 %%.")
                % {"sum": sum(percents)}
            )
