"""The form of the administration for an appointment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from mediators.models import Appointment
from privacy.forms import NoPersonalCodes


class AppointmentForm(NoPersonalCodes, forms.ModelForm):
    """A role for somebody else: the administration offers everybody but whoever asks."""

    class Meta:
        model = Appointment
        fields = (
            *("user", "role", "municipality", "starts_on", "ends_on"),
            *("position", "hours_per_day", "funding", "pays_groups_only"),
        )
        help_texts = {
            "user": _("Nobody appoints themselves: another administrator does."),
        }
