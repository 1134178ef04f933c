"""A data breach, as it becomes known bit by bit."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from data_protection.models import Breach
from interface.latvian import moment
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
OVERTAKEN = _(
    "This has been changed in another window, so nothing was saved over it. What is "
    "stored now stands below. Save once more if yours is to stay."
)


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

    @property
    def mark(self):
        """Of what is stored. The page sends the one of what it showed (``seen``)."""
        stored = "\n".join(f"{name}={self.initial.get(name)}" for name in self.watched)
        digest = salted_hmac("data_protection.breach", stored, algorithm="sha256")
        return digest.hexdigest()[:24]

    @property
    def watched(self):
        return [name for name in self.fields if name != "client_uuid"]

    @cached_property
    def overtaken(self):
        """``[(label, what is stored)]`` of what would be saved over somebody's words."""
        if self.data.get("seen", self.mark) == self.mark:
            return []
        return [(self[name].label, self._stored(name)) for name in self.changed_data]

    def _stored(self, name):
        value = self.initial[name]
        if isinstance(value, datetime):
            return moment(value)
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        chosen = dict(getattr(self.fields[name], "choices", ()))
        return chosen.get(value, value)

    def clean_discovered_at(self):
        discovered_at = self.cleaned_data["discovered_at"]
        if discovered_at > timezone.now():
            raise ValidationError(_("This time is still to come."), code="future")
        return discovered_at

    def clean(self):
        data = super().clean()
        if self.overtaken:
            raise ValidationError(OVERTAKEN, code="overtaken")
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
