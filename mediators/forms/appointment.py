"""The form of the administration for an appointment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mediators.models import Appointment
from privacy.forms import NoPersonalCodes


class AppointmentForm(NoPersonalCodes, forms.ModelForm):
    """A role for somebody else; ``by`` is whoever fills it in, set by the page."""

    by = None

    class Meta:
        model = Appointment
        fields = (
            *("user", "role", "municipality", "starts_on", "ends_on"),
            *("hours_per_day", "funding", "pays_groups_only"),
        )

    def clean(self):
        data = super().clean()
        user = data.get("user") or (self.instance.user_id and self.instance.user)
        if user and user == self.by:
            raise forms.ValidationError(
                _("Nobody appoints themselves: another administrator does."),
                code="oneself",
            )
        return data
