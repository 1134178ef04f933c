"""What the contact person may type."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.forms.text import ReportText
from reports.models import Ask


class ReceiptForm(forms.Form):
    """One line to the mediator, not required: the button alone confirms the receipt."""

    remark = ReportText(
        label=_("A line to the mediator"), limit=300, rows=2, required=False
    )


class AskAnswerForm(forms.Form):
    """One of the three buttons beside an ask."""

    answer = forms.ChoiceField(choices=Ask.Answer.choices)
