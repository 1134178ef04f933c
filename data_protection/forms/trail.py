"""What the officer asks of the audit. The words stand in the address, so in Latvian."""

import re
from datetime import datetime, time, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interface.choices import RowField
from interface.days import check_order, is_near_enough
from interface.widgets import DateInput
from mediators.models import User
from privacy.audit import Anchor, Verb
from privacy.forms import NoPersonalCodes

CODE = re.compile(r"[A-Z0-9]{2,5}-[0-9]{1,6}")
A_MONTH = timedelta(days=30)


class PeriodForm(NoPersonalCodes, forms.Form):
    """From which day to which; both may stay open."""

    no = forms.DateField(
        label=_("From"),
        required=False,
        widget=DateInput,
        validators=[is_near_enough],
    )
    lidz = forms.DateField(
        label=_("To"), required=False, widget=DateInput, validators=[is_near_enough]
    )

    def clean(self):
        cleaned = super().clean()
        check_order(self, "no", "lidz")
        return cleaned

    def in_period(self, entries):
        """Entries of these days, as days are counted in Riga."""
        first, last = self.cleaned_data.get("no"), self.cleaned_data.get("lidz")
        if first:
            entries = entries.filter(at__gte=_begin(first))
        if last:
            entries = entries.filter(at__lt=_begin(last + timedelta(days=1)))
        return entries

    def filters(self):
        return sorted(name for name, value in self.cleaned_data.items() if value)


def _begin(day):
    return timezone.make_aware(datetime.combine(day, time.min))


class FamilyTrailForm(PeriodForm):
    """Whose entries: a family by its code."""

    field_order = ("kods", "no", "lidz")

    kods = forms.CharField(
        label=_("Code of the family"),
        max_length=12,
        help_text=_("For example UPC-009."),
        error_messages={"required": _("Write the code of the family")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_kods(self):
        code = self.cleaned_data["kods"].upper()
        if not CODE.fullmatch(code):
            raise ValidationError(
                _("A code looks like this: UPC-009"), code="not_a_code"
            )
        return code


class AccountTrailForm(PeriodForm):
    """Whose deeds: an account, and if wished one kind of deed."""

    field_order = ("konts", "no", "lidz", "darbiba")

    konts = RowField(
        User.objects.all(),
        label=_("Account"),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose the account"),
            "invalid_choice": _("Choose the account"),
        },
    )
    darbiba = forms.ChoiceField(
        label=_("Deed"),
        required=False,
        choices=[("", pgettext_lazy("deeds", "All")), *Verb.choices],
    )

    def __init__(self, query, **kwargs):
        given = query.copy()
        if "konts" in given and "no" not in given and "lidz" not in given:
            given["no"] = (timezone.localdate() - A_MONTH).isoformat()
        super().__init__(given or None, **kwargs)


class CheckForm(NoPersonalCodes, forms.Form):
    """An end of the chain from a letter or a PDF, to compare with."""

    anchor = forms.CharField(
        label=_("Number and hash from a letter or a report"),
        help_text=_("For example 1204:9f86d081884c7d65. May stay empty."),
        required=False,
        max_length=90,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean_anchor(self):
        text = self.cleaned_data["anchor"].strip().lower()
        if text:
            try:
                Anchor.parse(text)
            except ValueError:
                raise ValidationError(
                    _("Write the number, a colon and at least 16 signs of the hash"),
                    code="not_an_anchor",
                ) from None
        return text
