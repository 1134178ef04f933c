"""Forms about supervision."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interface.days import has_a_likely_year
from interface.widgets import Chips, DateInput, Tiles
from mediators.models import SupervisionRequest, SupervisionSession, Supervisor
from municipalities.forms import MadeOnce, phone_number


class WithSupervisor(MadeOnce):
    """Asks for the supervisor only where there are several."""

    supervisor = forms.ModelChoiceField(
        Supervisor.objects.none(),
        label=_("With which supervisor?"),
        widget=Tiles(columns=1),
        empty_label=None,
        error_messages={"required": _("Choose the supervisor")},
    )

    def __init__(self, *args, supervisors, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["supervisor"].queryset = supervisors
        if len(supervisors) == 1:
            self.instance.supervisor = supervisors[0]
            del self.fields["supervisor"]

    def clean(self):
        """Only now, because the constraints of the row are about its supervisor too."""
        cleaned = super().clean()
        if cleaned.get("supervisor"):
            self.instance.supervisor = cleaned["supervisor"]
        return cleaned


class SupervisionRequestForm(WithSupervisor):
    """When it suits and how; nobody asks why."""

    field_order = ("supervisor", "when", "how", "phone")

    class Meta:
        model = SupervisionRequest
        fields = ("when", "how", "phone")
        widgets = {
            "when": Chips,
            "how": Chips(
                icons={
                    SupervisionRequest.How.MEETING: "users",
                    SupervisionRequest.How.CALL: "phone",
                    SupervisionRequest.How.VIDEO: "device-mobile",
                }
            ),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
        }
        labels = {
            "when": _("When does it suit you?"),
            "how": _("How would you like to talk?"),
            "phone": _("On which phone can you be reached?"),
        }
        error_messages = {
            "when": {"required": _("Choose when it suits you")},
            "how": {"required": _("Choose how you would like to talk")},
            "phone": {"required": _("Write a phone number")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(phone_number)


class SupervisionSessionForm(WithSupervisor):
    """A day in the past, or one that is agreed."""

    field_order = ("supervisor", "held_on", "hours", "kind")

    class Meta:
        model = SupervisionSession
        fields = ("held_on", "hours", "kind")
        widgets = {"held_on": DateInput, "kind": Chips}
        labels = {
            "held_on": _("On which day?"),
            "hours": _("How many hours?"),
            "kind": pgettext_lazy("supervision", "What kind?"),
        }
        error_messages = {
            "held_on": {
                "required": _("Choose the day"),
                "invalid": _("Choose the day"),
            },
            "hours": {
                "required": _("Say how many hours"),
                "invalid": _("Write the hours as a number, for example 1.5"),
                "min_value": _("A supervision lasts from half an hour to 12 hours"),
                "max_value": _("A supervision lasts from half an hour to 12 hours"),
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["held_on"].validators.append(has_a_likely_year)
