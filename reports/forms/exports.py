"""Which results somebody takes out."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from interface.widgets import Chips
from mediators.forms.account import PasswordInput
from privacy.forms import NoPersonalCodes
from reports.forms.results import MonthField, months_since
from reports.models import ExportPurpose, FileType
from reports.periods import Period

MOST_OF_EXCEL = 255
"""Characters of a password that Excel takes."""


class ExportForm(NoPersonalCodes, forms.Form):
    """What for and for whom, from which to which month, as what file, with what password."""

    purpose = forms.ChoiceField(
        label=_("What is the file for?"),
        choices=[("", _("Choose")), *ExportPurpose.choices],
        help_text=_(
            "It is a working file of the team, with small numbers as they are. What may be "
            "passed on is made under “Documents”: summary for the municipality, final "
            "evaluation, EU Roma framework, register of events, education statistics."
        ),
        error_messages={"required": _("Choose what the file is for")},
    )
    recipient = forms.CharField(
        label=_("Who works with it, and for whom?"),
        help_text=_(
            "The office, for example “we ourselves, for the report to the ministry”. "
            "Nobody's name."
        ),
        min_length=3,
        max_length=120,
        error_messages={
            "required": _("Write who works with the file"),
            "min_length": _("Write who works with the file"),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    first = MonthField(
        label=pgettext_lazy("first month", "From"),
        error_messages={"required": _("Choose the first month")},
    )
    last = MonthField(
        label=pgettext_lazy("last month", "To"),
        error_messages={"required": _("Choose the last month")},
    )

    approved_only = forms.BooleanField(
        label=_("Approved reports only"),
        help_text=_(
            "Log entries and indicators of months whose report is not approved yet are "
            "left out. Cases, reports and events are told as they stand."
        ),
        required=False,
        initial=True,
    )
    file_type = forms.ChoiceField(
        label=_("File"),
        choices=FileType.choices,
        initial=FileType.EXCEL,
        widget=Chips,
        error_messages={
            "required": _("Choose a file"),
            "invalid_choice": _("Choose a file"),
        },
    )
    password = forms.CharField(
        label=_("Password of the file, if it is to have one"),
        help_text=_(
            "Excel asks for it before it shows anything. At least 12 characters. We forget "
            "it as soon as the file is made, so keep it: nobody can open the file without."
        ),
        required=False,
        strip=False,
        min_length=12,
        error_messages={"min_length": _("Choose a password of at least 12 characters")},
        max_length=MOST_OF_EXCEL,
        widget=PasswordInput("new-password"),
    )

    def __init__(self, *args, since, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first", "last"):
            self.fields[name].offer(
                [(_("Months"), months_since(since))],
                self.data.get(name) or self.initial.get(name, ""),
            )

    def clean(self):
        data = super().clean()
        first, last = data.get("first"), data.get("last")
        if first and last and first.first > last.first:
            self.add_error("last", _("The last month is before the first"))
        if data.get("password") and data.get("file_type") not in (FileType.EXCEL, None):
            self.add_error("password", _("Only Excel files can have a password"))
        return data

    @property
    def period(self):
        data = self.cleaned_data
        return Period.between(data["first"].first, data["last"].first)
