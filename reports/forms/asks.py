"""How an ask to the municipality goes on."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from interface.two_windows import NothingOverwritten
from interface.widgets import Chips, DateInput
from municipalities.models import Institution
from reports.forms.nameless import Nameless
from reports.forms.text import ReportText
from reports.models import Ask

OUTCOME_LENGTH = 300


def may_take(municipality, *owners):
    """Institutions of the place that may take an ask, and those that took one before."""
    return Institution.objects.filter(
        Q(is_active=True) | Q(pk__in=owners), municipality=municipality
    )


class AskProgressForm(NothingOverwritten, Nameless, forms.ModelForm):
    """Who takes it, until when, how far it is, and what was decided."""

    nameless = ("outcome",)

    class Meta:
        model = Ask
        fields = ["status", "owner", "due_on", "outcome"]
        widgets = {"status": Chips, "due_on": DateInput}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.named_report = by, self.instance.report
        municipality = self.instance.report.municipality
        self.fields["status"].label = _("How far is it?")
        owner = self.fields["owner"]
        owner.label, owner.empty_label = _("Who takes it?"), _("Nobody yet")
        owner.queryset = may_take(municipality, self.instance.owner_id)
        self.fields["due_on"].label = _("By when?")
        self.fields["outcome"] = ReportText(
            label=_("What was decided?"),
            help_text=_("Is printed in the next report. No names of families."),
            limit=OUTCOME_LENGTH,
            rows=3,
            required=False,
        )
