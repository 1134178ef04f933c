"""Holding data that would be erased."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from data_protection.forms.nameless import NamelessAboutFamily
from data_protection.models import LegalHold
from families.models import Family
from interface.widgets import DateInput
from municipalities.forms import MadeOnce


class HoldForm(NamelessAboutFamily, MadeOnce):
    """One family by its code, or everything; why and until when."""

    nameless = ("reason",)

    code = forms.CharField(
        label=_("Code of the family"),
        required=False,
        max_length=12,
        help_text=_("Leave empty to hold everything."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    field_order = ("code", "reason", "starts_on", "ends_on")

    class Meta:
        model = LegalHold
        fields = ["reason", "starts_on", "ends_on"]
        widgets = {
            "reason": forms.Textarea(attrs={"rows": 2}),
            "starts_on": DateInput,
            "ends_on": DateInput,
        }
        help_texts = {"ends_on": _("Leave empty if the end is not known.")}
        error_messages = {
            "reason": {"required": _("Say why the data are held")},
            "starts_on": {"required": _("Choose the day")},
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def get_named(self):
        return self.instance.family

    def name_checks(self, family):
        return super().name_checks(family) if family else []

    def clean_code(self):
        code = self.cleaned_data["code"]
        if not code:
            return ""
        family = Family.objects.not_erased().filter(code__iexact=code).first()
        if family is None:
            raise ValidationError(_("There is no such code."), code="unknown")
        self.instance.family = family
        return code
