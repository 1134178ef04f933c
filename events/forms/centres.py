"""What is asked about a resource centre."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField
from events.models import Centre
from families.forms.nameless import NamelessAtPlace
from interface.choices import put_in_order
from interface.widgets import ChipBoxes, Chips, DateInput
from mediators.models import Role
from municipalities.forms import TEXT_ERRORS, MadeOnce
from municipalities.models import Municipality, Term, Vocabulary


class CentreForm(NamelessAtPlace, MadeOnce):
    """A centre of one of the person's places; for staff of any."""

    use_required_attribute = False
    nameless = ("name", "place", "opening_times")
    field_order = ("name", "kind", "municipality", "place", "opened_on")

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("In which municipality?"),
        widget=Chips,
        empty_label=None,
        error_messages={"required": _("Choose the municipality")},
    )
    opened_on = DayField(
        label=_("Opened on"),
        widget=DateInput,
        error_messages={
            "required": _("Choose the day"),
            "invalid": _("Choose the day"),
        },
    )
    closed_on = DayField(
        label=_("Closed on"),
        required=False,
        widget=DateInput,
        error_messages={"invalid": _("Choose the day")},
    )

    class Meta:
        model = Centre
        fields = (
            *("name", "kind", "place", "opened_on", "closed_on", "opening_times"),
            "funding",
        )
        labels = {
            "name": _("Name of the centre"),
            "kind": _("What is it?"),
            "place": _("Address or place"),
            "opening_times": _("When is it open?"),
            "funding": _("Who pays for the upkeep?"),
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "place": forms.TextInput(attrs={"autocomplete": "off"}),
            "kind": Chips,
            "funding": ChipBoxes,
        }
        error_messages = {
            "name": {"required": _("Write the name of the centre"), **TEXT_ERRORS},
            "place": TEXT_ERRORS,
            "opening_times": TEXT_ERRORS,
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        funding = Term.objects.of(Vocabulary.FUNDING_SOURCE).valid()
        self.fields["funding"].queryset = funding
        places = by.own_municipalities()
        field = self.fields["municipality"]
        if by.has_role(Role.PROJECT_STAFF):
            places = Municipality.objects.standing().valid()
            field.widget, field.empty_label = forms.Select(), _("Choose")
        field.queryset = places
        put_in_order(field)
        is_new = self.instance._state.adding
        if is_new and len(places) == 1:
            self.instance.municipality = places[0]
        if self.instance.municipality_id:
            del self.fields["municipality"]

    def clean(self):
        if self.cleaned_data.get("municipality"):
            self.instance.municipality = self.cleaned_data["municipality"]
        return super().clean()
