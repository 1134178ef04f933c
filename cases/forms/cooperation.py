"""Delegations, agreements and resources of a municipality; none of them names a family."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.fields import DayField, Text
from cases.models import Agreement, Delegation, Resource
from families.forms import nameless
from families.services.names import TextCheck
from interface.widgets import Chips, DateInput
from municipalities.areas import DELEGATED_AREAS
from municipalities.forms import TEXT_ERRORS, MadeOnce
from municipalities.models import InstitutionContact, Municipality

DAY_ERRORS = {
    "required": _("Choose the day"),
    "invalid": _("Write the day as 12.11.2026."),
}


class OfOwnPlace(nameless.Nameless, MadeOnce):
    """A row of one of the person's municipalities; the only one needs no choosing."""

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("In which municipality?"),
        widget=Chips,
        empty_label=None,
        error_messages={"required": _("Choose the municipality")},
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.places = by.own_municipalities()
        if not self.instance._state.adding:
            del self.fields["municipality"]
        elif len(self.places) == 1:
            self.instance.municipality = self.places[0]
            del self.fields["municipality"]
        else:
            self.fields["municipality"].queryset = self.places

    @property
    def place(self):
        chosen = getattr(self, "cleaned_data", {}).get("municipality")
        return chosen or (self.instance.municipality_id and self.instance.municipality)

    def get_named(self):
        return self.place or self.places[0]

    def name_checks(self, named):
        return [TextCheck(self.by, named)]


class DelegationForm(OfOwnPlace):
    """Who, for what, from when until when."""

    area = forms.ChoiceField(
        choices=[(area.value, area.label) for area in DELEGATED_AREAS],
        label=_("Area"),
        error_messages={"required": _("Choose the area")},
    )
    contact = forms.ModelChoiceField(
        InstitutionContact.objects.none(),
        label=_("Contact person"),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose the person"),
            "invalid_choice": _("Choose the person from the list"),
        },
    )
    starts_on = DayField(label=_("From"), widget=DateInput, error_messages=DAY_ERRORS)
    ends_on = DayField(
        label=_("Until"), required=False, widget=DateInput, error_messages=DAY_ERRORS
    )

    class Meta:
        model = Delegation
        fields = ("municipality", "area", "contact", "starts_on", "ends_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        people = InstitutionContact.objects.of(self.places).active()
        self.fields["contact"].queryset = people.select_related("institution")
        self.fields["contact"].label_from_instance = _name_and_about

    def clean(self):
        data = super().clean()
        contact, place = data.get("contact"), self.place
        if contact and place:
            if contact.institution.municipality_id not in (None, place.pk):
                self.add_error(
                    "contact", _("This institution belongs to another municipality")
                )
            self._refuse_twice(contact, place, data)
        return data

    def _refuse_twice(self, contact, place, data):
        known = Delegation.objects.filter(
            contact=contact, municipality=place, area=data.get("area"), ends_on=None
        )
        # A double click comes with the key of the row that it made
        if known.exclude(pk=self.instance.pk).exists():
            self.add_error("contact", _("This person is the contact person already."))


def _name_and_about(contact):
    return ", ".join(part for part in (contact.name, contact.about) if part)


class AgreementForm(OfOwnPlace):
    """With whom at the institution, what, by when, and how it stands."""

    nameless = ("content",)
    field_order = (
        "municipality",
        "content",
        "contact",
        "agreed_on",
        "due_on",
        "status",
    )

    content = Text(
        label=_("What was agreed?"),
        max_length=1000,
        help_text=_("No names of families."),
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write what was agreed")},
    )
    contact = forms.ModelChoiceField(
        InstitutionContact.objects.none(),
        label=_("With whom?"),
        required=False,
        empty_label=_("Not on the list, or none"),
    )
    agreed_on = DayField(label=_("When?"), widget=DateInput, error_messages=DAY_ERRORS)
    due_on = DayField(
        label=_("By when?"), required=False, widget=DateInput, error_messages=DAY_ERRORS
    )

    class Meta:
        model = Agreement
        fields = ("municipality", "content", "contact", "agreed_on", "due_on", "status")
        widgets = {"status": Chips}
        labels = {"status": _("How far is it?")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        institution = self.instance.institution
        if self.instance._state.adding and institution.municipality_id:
            self.instance.municipality = institution.municipality
            self.fields.pop("municipality", None)
        self.fields["contact"].queryset = institution.contacts.all()


class ResourceForm(OfOwnPlace):
    """What there is, for whom, how to reach it, until when."""

    nameless = ("name", "what", "for_whom", "reach")

    class Meta:
        model = Resource
        fields = (
            *("municipality", "kind", "name", "what"),
            *("for_whom", "reach", "valid_until"),
        )
        widgets = {"kind": Chips, "valid_until": DateInput}
        labels = {
            "kind": _("Kind"),
            "name": pgettext_lazy("resource", "Name"),
            "what": _("What does it offer?"),
            "for_whom": _("For whom?"),
            "reach": _("How to reach it?"),
            "valid_until": _("Valid until"),
        }
        help_texts = {"valid_until": _("Leave empty if no end is known.")}
        error_messages = {
            "kind": {"required": _("Choose the kind")},
            "name": {"required": _("Write the name"), **TEXT_ERRORS},
            "what": TEXT_ERRORS,
            "for_whom": TEXT_ERRORS,
            "reach": TEXT_ERRORS,
            "valid_until": DAY_ERRORS,
        }
