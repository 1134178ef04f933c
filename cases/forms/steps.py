"""To which day a next step moves."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField
from interface.widgets import DateInput


class StepMoveForm(forms.Form):
    """A new day for a next step."""

    due_on = DayField(
        label=_("Another day"),
        widget=DateInput,
        error_messages={
            "required": _("Choose the day of the next step"),
            "invalid": _("Choose the day of the next step"),
        },
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < self.today:
            raise forms.ValidationError(
                _("The next step cannot be in the past"), code="past"
            )
        return day

    @property
    def shortcuts(self):
        """Tomorrow and in a week: ``[(date, words)]``."""
        return [
            (self.today + timedelta(days=1), _("Tomorrow")),
            (self.today + timedelta(days=7), _("In a week")),
        ]
