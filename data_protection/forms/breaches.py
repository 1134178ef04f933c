"""A data breach, as it becomes known bit by bit."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from data_protection.models import Breach
from interface.widgets import Chips
from mediators.models import User
from municipalities.forms import MadeOnce

MOMENTS = (
    "discovered_at",
    "seen_from",
    "seen_to",
    "authority_told_at",
    "people_told_at",
)
WORDS = ("what", "consequences", "measures", "decision")


class MomentInput(forms.DateTimeInput):
    """Day and time by the device's own calendar and clock."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class BreachForm(MadeOnce):
    """Everything may be filled in later but what happened and when it was discovered."""

    is_over = forms.BooleanField(
        label=_("Everything is done: close the entry"), required=False
    )

    class Meta:
        model = Breach
        fields = [
            "what", "discovered_at", "is_exercise", "risk", "consequences", "measures",
            "account", "seen_from", "seen_to", "authority_told_at", "people_told_at",
            "decision",
        ]  # fmt: skip
        widgets = {
            **dict.fromkeys(MOMENTS, MomentInput),
            **{name: forms.Textarea(attrs={"rows": 3}) for name in WORDS},
            "risk": Chips,
        }
        error_messages = {
            "what": {"required": _("Say what happened")},
            "discovered_at": {"required": _("Say when it was discovered")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["account"].queryset = User.objects.order_by("last_name")
        self.fields["account"].empty_label = _("No account in particular")
        # The clock of 72 hours began then, and nobody sets it back
        self.fields["discovered_at"].disabled = not self.instance._state.adding
        self.initial["is_over"] = self.instance.closed_on is not None

    def clean_discovered_at(self):
        discovered_at = self.cleaned_data["discovered_at"]
        if discovered_at > timezone.now():
            raise ValidationError(_("This time is still to come."), code="future")
        return discovered_at

    def clean(self):
        data = super().clean()
        if data.get("is_over") and not data.get("decision", "").strip():
            self.add_error("decision", _("Say what was decided, and why"))
        if data.get("is_over") and not data.get("risk"):
            self.add_error("risk", _("Say how great the risk is"))
        return data

    def save(self, commit=True):
        if not self.cleaned_data["is_over"]:
            self.instance.closed_on = None
        elif self.instance.closed_on is None:
            self.instance.closed_on = timezone.localdate()
        return super().save(commit)
