"""The monthly meeting with the municipality, as mediator or coordinator writes it down."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families.forms.names import NameCheckedForm
from interface.days import has_come
from interface.widgets import DateInput
from reports.forms.nameless import Nameless
from reports.forms.text import ReportText
from reports.models import ReportMeeting

AGREED_LENGTH = 600


class MeetingForm(NameCheckedForm, forms.ModelForm):
    """When, with whom, what was agreed, as its mediator writes it down."""

    checked = ("agreed",)

    agreed = ReportText(
        label=gettext_lazy("What was agreed"),
        limit=AGREED_LENGTH,
        rows=4,
        required=False,
    )

    class Meta:
        model = ReportMeeting
        fields = ["held_on", "contact", "post", "agreed"]
        widgets = {"held_on": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.report = self.instance.report
        contact = self.fields["contact"]
        contact.queryset = self.report.municipality.contact_people.current()
        contact.empty_label = _("Somebody else")
        self.fields["held_on"].error_messages["required"] = _("Say on which day it was")

    def clean_held_on(self):
        day = self.cleaned_data["held_on"]
        has_come(day)
        if day < self.report.month:
            raise ValidationError(
                _("This day is before the month of the report."), code="too_early"
            )
        return day

    def clean_agreed(self):
        agreed = self.cleaned_data["agreed"]
        self.refuse_names("agreed", agreed)
        return agreed

    def clean(self):
        data = super().clean()
        if not data.get("contact") and not data.get("post", "").strip():
            self.add_error("post", _("Say with whom the meeting was"))
        return data


class MeetingOfAnotherForm(Nameless, MeetingForm):
    """The same for a coordinator, who is not told whose name it is."""

    nameless = ("agreed", "post")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.named_report = self.instance.by, self.instance.report
