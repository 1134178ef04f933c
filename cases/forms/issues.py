"""A matter of many families: what, to whom, and later what the municipality answered."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.fields import DayField, Text
from cases.models import Area, ClosedMonth, CommunityIssue, IssueStatus
from families.forms import nameless
from families.forms.names import NameCheckedForm
from families.services.names import TextCheck
from interface.widgets import Chips, DateInput, FoldedChips
from municipalities.areas import MAIN_AREAS
from municipalities.forms import MadeOnce
from municipalities.models import Institution, InstitutionContact, Municipality

LONGEST = 1000


class ToField(forms.ChoiceField):
    """An institution, or one of its people; the value is “i:id” or “c:id”."""

    def offer(self, places):
        self.found = {}
        groups = [("", _("Choose"))]
        people = {}
        contacts = InstitutionContact.objects.of(places).active()
        for contact in contacts.select_related("institution"):
            people.setdefault(contact.institution_id, []).append(contact)
        for institution in Institution.objects.of(places).active():
            choices = [(f"i:{institution.pk}", institution.name)]
            self.found[choices[0][0]] = institution, None
            for contact in people.get(institution.pk, []):
                key = f"c:{contact.pk}"
                choices.append(
                    (key, ", ".join(filter(None, [contact.name, contact.post])))
                )
                self.found[key] = institution, contact
            groups.append((institution.name, choices))
        self.choices = groups

    def clean(self, value):
        return self.found[super().clean(value)]

    @staticmethod
    def key_of(issue):
        """The choice that says to whom an issue was told."""
        return (
            f"c:{issue.contact_id}" if issue.contact_id else f"i:{issue.institution_id}"
        )


class IssueForm(NameCheckedForm, MadeOnce):
    """Written by a mediator; the text names no family, because others read it."""

    checked = ("text",)
    field_order = ("municipality", "text", "area", "to", "reported_on")

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("In which municipality?"),
        widget=Chips,
        empty_label=None,
        error_messages={"required": _("Choose the municipality")},
    )
    text = Text(
        label=_("What is the matter?"),
        max_length=LONGEST,
        help_text=_("A matter of many families. No names."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what the matter is")},
    )
    area = forms.ChoiceField(
        choices=Area.choices,
        label=_("Area"),
        widget=FoldedChips(
            icons={area: area.icon for area in Area},
            more=pgettext_lazy("more chips", "Another area"),
            shown=MAIN_AREAS,
        ),
        error_messages={"required": _("Choose the area")},
    )
    to = ToField(
        label=_("To whom did you tell it?"),
        error_messages={
            "required": _("Choose the institution or the person"),
            "invalid_choice": _("Choose from the list"),
        },
    )
    reported_on = DayField(
        label=_("When?"),
        initial=timezone.localdate,
        widget=DateInput,
        error_messages={
            "required": _("Choose the day"),
            "invalid": _("Write the day as 12.11.2026."),
        },
    )

    class Meta:
        model = CommunityIssue
        fields = ("municipality", "area", "text", "reported_on")

    def __init__(self, *args, mediator, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.mediator = mediator
        self.fields["municipality"].queryset = places
        self.fields["to"].offer(places)
        if not self.instance._state.adding:
            self.initial["to"] = self.fields["to"].key_of(self.instance)
        if len(places) == 1:
            self.instance.municipality = places[0]
            del self.fields["municipality"]

    def clean_reported_on(self):
        day = self.cleaned_data["reported_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The date cannot be in the future"))
        return day

    def clean(self):
        data = super().clean()
        place = data.get("municipality") or (
            self.instance.municipality if self.instance.municipality_id else None
        )
        self.refuse_names("text", data.get("text"))
        self.instance.mediator = self.mediator
        if data.get("to"):
            self.instance.institution, self.instance.contact = data["to"]
        if (
            place
            and data.get("to")
            and data["to"][0].municipality_id not in (None, place.pk)
        ):
            self.add_error("to", _("This institution belongs to another municipality"))
        if place and data.get("reported_on"):
            self._refuse_closed_month(place, data["reported_on"])
        return data

    def _refuse_closed_month(self, place, day):
        if ClosedMonth.objects.covers(
            mediator=self.mediator, municipality=place, day=day
        ):
            self.add_error(
                "reported_on",
                _(
                    "The report of that month has been handed in and does not change. "
                    "Choose a later day."
                ),
            )


class IssueProgressForm(nameless.Nameless, forms.ModelForm):
    """How far it is and what was answered; names of families are refused."""

    nameless = ("reaction",)

    reaction = Text(
        label=_("What was answered?"),
        max_length=LONGEST,
        required=False,
        help_text=_("No names of families."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    class Meta:
        model = CommunityIssue
        fields = ("status", "reaction")
        widgets = {"status": Chips}
        labels = {"status": _("How far is it?")}

    def clean(self):
        data = super().clean()
        status = data.get("status")
        is_silent = not data.get("reaction") and "reaction" not in self.errors
        if status in (IssueStatus.ANSWERED, IssueStatus.DECLINED) and is_silent:
            self.add_error("reaction", _("Write what was answered"))
        return data

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def get_named(self):
        return self.instance

    def name_checks(self, named):
        return [TextCheck(named.mediator, named.municipality)]
