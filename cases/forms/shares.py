"""Which case the coordinators may read, why and until when."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField, Text
from cases.models import CaseShare
from cases.models.share import MOST_DAYS
from cases.services.names import check_for
from families import words
from families.forms.names import NameCheckedForm, said_too_much
from interface.widgets import DateInput

USUAL_DAYS = 30


class CaseShareForm(NameCheckedForm, forms.ModelForm):
    """The family's agreement comes first: without it nothing is shared."""

    checked = ("reason",)
    use_required_attribute = False
    field_order = ("agreed", "shows_label", "reason", "ends_on")

    agreed = forms.BooleanField(
        label=_("The family agreed that the coordinators read this case"),
        error_messages={
            "required": _(
                "Ask the family first. Without its agreement nothing is shared."
            )
        },
    )
    reason = Text(
        label=_("Why do you share it?"),
        max_length=300,
        help_text=_("For example: a decision of the municipality is needed."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write in one sentence why you share the case")},
    )
    ends_on = DayField(
        label=_("Until when?"),
        help_text=_("At most 90 days from today. You can end it earlier at any time."),
        widget=DateInput,
        error_messages={
            "required": _("Choose the last day"),
            "invalid": _("Choose the last day"),
        },
    )

    class Meta:
        model = CaseShare
        fields = ("shows_label", "reason", "ends_on")
        labels = {
            "shows_label": _("The family agreed that its name may be seen too"),
        }

    def __init__(self, *args, mediator, **kwargs):
        super().__init__(*args, **kwargs)
        self.mediator = mediator
        self.today = timezone.localdate()
        self.initial["ends_on"] = self.today + timedelta(days=USUAL_DAYS)
        self.fields["ends_on"].widget.attrs |= {
            "min": self.today.isoformat(),
            "max": self._latest.isoformat(),
        }

    @property
    def _latest(self):
        return self.today + timedelta(days=MOST_DAYS)

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day < self.today:
            raise ValidationError(_("Choose a day that is still to come"), code="past")
        if day > self._latest:
            raise ValidationError(
                _("A case is shared for at most 90 days."), code="too_long"
            )
        return day

    def clean(self):
        """All that the coordinators will read as it was written."""
        cleaned = super().clean()
        reason = words.why_no_share(self.instance.case.family)
        if reason:
            raise ValidationError(reason, code="consent")
        case, may_name = self.instance.case, cleaned.get("shows_label", False)
        self.text_check = check_for(case, self.mediator, may_name_own=may_name)
        self.refuse_names("reason", cleaned.get("reason"))
        for hit in self.text_check.hits(f"{case.title}\n{case.goal}"):
            self.add_error(None, said_too_much(hit))
        return cleaned
