"""What a new token for programs is for, what it opens and how long."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from interface.widgets import ChipBoxes
from municipalities.models import Municipality
from privacy.forms import NoPersonalCodes
from reports.models import ApiScope, ApiToken

DAYS = (30, ApiToken.LASTS.days, 180, ApiToken.LONGEST.days)


class ApiTokenForm(NoPersonalCodes, forms.Form):
    name = forms.CharField(
        label=_("What it is for"),
        help_text=_("For example the name of the workbook or program that reads."),
        max_length=80,
        error_messages={"required": _("Write what the token is for")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("What it opens"),
        choices=ApiScope,
        widget=ChipBoxes,
        error_messages={"required": _("Choose at least one")},
    )
    municipalities = forms.ModelMultipleChoiceField(
        Municipality.objects.none(),
        label=_("Municipalities"),
        help_text=_("Choose none to open all; rows of all together need that too."),
        widget=ChipBoxes,
        required=False,
    )
    days = forms.TypedChoiceField(
        label=_("How long it lasts"),
        coerce=int,
        initial=ApiToken.LASTS.days,
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].queryset = places
        self.fields["days"].choices = [
            (days, ngettext("%(count)d day", "%(count)d days", days) % {"count": days})
            for days in DAYS
        ]

    @property
    def answers(self):
        """What ``make_token`` takes."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "scopes": data["scopes"],
            "municipalities": list(data["municipalities"]),
            "lasts": timedelta(days=data["days"]),
        }
