"""What the contact person may type."""

from django import forms
from django.utils.translation import gettext_lazy as _

from municipalities.models import ContactPerson
from privacy.forms import NoPersonalCodes
from reports.forms.text import ReportText
from reports.models import Ask


class RecipientsForm(forms.Form):
    """Who receives the report: every contact person of today, unless some are left out."""

    people = forms.ModelMultipleChoiceField(
        ContactPerson.objects.none(),
        label=_("Who receives it"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one person")},
    )

    def __init__(self, *args, report, **kwargs):
        super().__init__(*args, **kwargs)
        people = report.municipality.contact_people.current()
        self.fields["people"].queryset = people
        self.fields["people"].initial = people
        self.fields["people"].label_from_instance = _with_address


def _with_address(person):
    return f"{person.name}, {person.post}, {person.email}"


class ReceiptForm(NoPersonalCodes, forms.Form):
    """One line to the mediator, not required: the button alone confirms the receipt."""

    remark = ReportText(
        label=_("A line to the mediator"), limit=300, rows=2, required=False
    )


class AskAnswerForm(forms.Form):
    """One of the three buttons beside an ask."""

    answer = forms.ChoiceField(choices=Ask.Answer.choices)
