"""Whom a mediator told that a child is in danger, and when."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.models import Authority, Family, SafeguardingNotice
from interface.widgets import Chips, DateInput
from municipalities.forms import TEXT_ERRORS, MadeOnce
from privacy.personal_code import REFUSAL

CLOCKS_DIFFER_BY = timedelta(minutes=10)


def now():
    return timezone.localtime().strftime("%H:%M")


class SafeguardingForm(MadeOnce):
    """To whom, when, and perhaps about which family.

    The family is typed as its code: a list to choose from would put families on
    a page that telephones keep.
    """

    told = forms.ChoiceField(
        choices=Authority.choices,
        label=_("Whom did you tell?"),
        widget=Chips,
        error_messages={"required": _("Choose whom you told")},
    )
    told_on = forms.DateField(
        label=_("Day"),
        initial=timezone.localdate,
        widget=DateInput,
        error_messages={
            "required": _("Choose the day"),
            "invalid": _("Write the day as 12.11.2026."),
        },
    )
    told_time = forms.TimeField(
        label=_("Time"),
        initial=now,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={
            "required": _("Write the time as 14:30"),
            "invalid": _("Write the time as 14:30"),
        },
    )
    family = forms.CharField(
        label=_("Code of the family"),
        required=False,
        max_length=12,
        help_text=_("For example UPC-009. Only a family of your own list."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    class Meta:
        model = SafeguardingNotice
        fields = ("told", "note")
        labels = {"note": _("Short note")}
        help_texts = {"note": _("For example, who took the call. No personal codes.")}
        widgets = {"note": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"note": TEXT_ERRORS}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    @property
    def rules(self):
        """What to say where an answer is missing or says too much, for the phone."""
        return {
            "required": {
                name: str(field.error_messages["required"])
                for name, field in self.fields.items()
                if field.required
            },
            "personal_code": str(REFUSAL),
        }

    def says(self, notice):
        """Whether these are the words of a stored notice, sent once more.

        Its family may have gone to somebody else since and be no answer any more.
        """
        code = (self["family"].data or "").strip().upper()
        return code == (notice.family.code if notice.family else "") and all(
            getattr(notice, name) == getattr(self.instance, name)
            for name in SafeguardingNotice.WORDS
        )

    def clean_family(self):
        code = self.cleaned_data["family"].upper()
        if not code:
            return None
        family = Family.objects.assigned_to(self.by).filter(code=code).first()
        if family is None:
            raise ValidationError(
                _("No family on your list has this code. Leave it empty if unsure.")
            )
        return family

    def clean(self):
        cleaned = super().clean()
        day, time = cleaned.get("told_on"), cleaned.get("told_time")
        if day and time:
            told_at = datetime.combine(day, time, timezone.get_current_timezone())
            if told_at > timezone.now() + CLOCKS_DIFFER_BY:
                self.add_error("told_on", _("The date cannot be in the future"))
            self.instance.told_at = told_at
        self.instance.family = cleaned.get("family")
        return cleaned
