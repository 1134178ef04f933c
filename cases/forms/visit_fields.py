"""The questions of the log form: labels, limits and what is said when an answer is missing."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.fields import DayField, OneOf, Text
from cases.forms.widgets import (
    OTHER,
    AreaBoxes,
    ChipsOrOther,
    DescribedSelect,
    DescribedTiles,
    MinutesOrOther,
)
from cases.models import Area, Kind, LanguagePair, Venue, Visit
from cases.models.choices import KIND_ICONS
from interface.widgets import Chips, DateInput, Stepper, Tiles
from municipalities.areas import AREA_ICONS
from privacy.forms import NoPersonalCodes

MAX_PEOPLE = 999


def _people(label):
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MAX_PEOPLE,
        required=False,
        widget=Stepper(attrs={"min": 0, "max": MAX_PEOPLE}),
    )


class VisitFields(NoPersonalCodes, forms.Form):
    """The questions, in the order in which a person tells what happened."""

    use_required_attribute = False

    client_uuid = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={
            "required": _("The form had no number. It has one now: save again."),
            "invalid": _("The form had no number. It has one now: save again."),
        },
    )
    family = OneOf(
        label=_("With whom?"),
        allows_none=True,
        error_messages={
            "required": _("Choose a family or “No family”"),
            "invalid_choice": _("Choose a family or “No family”"),
        },
        widget=ChipsOrOther(
            Tiles(columns=2), {"other": (_("Another family"), DescribedSelect())}
        ),
    )
    without = forms.ChoiceField(
        label=_("Why no family?"),
        choices=Visit.Without,
        required=False,
        widget=Chips,
    )
    municipality = OneOf(
        label=_("In which municipality?"),
        required=False,
        error_messages={"required": _("Choose the municipality")},
        widget=Chips,
    )
    case = OneOf(
        label=_("Which case?"),
        allows_none=True,
        required=False,
        error_messages={"invalid_choice": _("Choose a case of this family")},
        widget=DescribedSelect,
    )
    kind = forms.ChoiceField(
        label=_("What was it?"),
        choices=Kind,
        error_messages={
            "required": _("Choose what it was"),
            "invalid_choice": _("Choose what it was"),
        },
        widget=Tiles(icons=KIND_ICONS),
    )
    visited_on = DayField(
        label=_("When?"),
        error_messages={
            "required": _("Choose the day"),
            "invalid": _("Choose the day"),
        },
        widget=ChipsOrOther(
            Chips(icons={OTHER: "calendar"}), {"other": (_("Date"), DateInput())}
        ),
    )
    minutes = forms.IntegerField(
        label=_("How long?"),
        min_value=1,
        max_value=24 * 60,
        error_messages={
            "required": _("Say how long it took"),
            "invalid": _("Say how long it took"),
            "min_value": _("Say how long it took"),
            "max_value": _("A contact lasts between 1 minute and 24 hours."),
        },
        widget=MinutesOrOther(
            Chips(),
            {
                "other_hours": (
                    pgettext_lazy("duration", "Hours"),
                    forms.NumberInput(attrs={"min": 0, "max": 24}),
                ),
                "other_minutes": (
                    pgettext_lazy("duration", "Minutes"),
                    forms.NumberInput(attrs={"min": 0, "max": 59}),
                ),
            },
        ),
    )
    areas = forms.MultipleChoiceField(
        label=_("About what?"),
        choices=Area,
        error_messages={
            "required": _("Choose at least one area"),
            "invalid_choice": _("Choose at least one area"),
            "invalid_list": _("Choose at least one area"),
        },
        widget=AreaBoxes(icons=AREA_ICONS),
    )
    children = _people(_("Children"))
    youth = _people(_("Young people"))
    adults = _people(_("Adults"))
    place = Text(label=_("Place"), max_length=160, required=False)
    contact = OneOf(
        label=_("With which institution and person?"),
        allows_none=True,
        required=False,
        error_messages={"invalid_choice": _("Choose the person from the list")},
        widget=ChipsOrOther(
            DescribedTiles(columns=1),
            {"other": (_("Another person"), DescribedSelect())},
        ),
    )
    institution = OneOf(
        label=_("Institution"),
        required=False,
        error_messages={"invalid_choice": _("Choose the institution from the list")},
        widget=DescribedSelect,
    )
    new_institution_name = Text(
        label=_("Name of the institution"),
        max_length=200,
        required=False,
        # Tells the style sheet an empty field from a filled one
        widget=forms.TextInput(attrs={"placeholder": " "}),
    )
    new_institution_type = OneOf(
        label=_("What kind of institution?"), required=False, widget=forms.Select
    )
    new_contact_name = Text(
        label=_("Name of the person"), max_length=120, required=False
    )
    new_contact_post = Text(label=_("Post"), max_length=160, required=False)
    note = Text(
        label=_("Short note"),
        max_length=2000,
        required=False,
        help_text=_("Do not write surnames, personal codes or names of illnesses."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    next_step_on = DayField(
        label=_("What to do next?"),
        required=False,
        error_messages={"invalid": _("Choose the day of the next step")},
        widget=ChipsOrOther(
            Chips(icons={OTHER: "calendar"}), {"other": (_("Date"), DateInput())}
        ),
    )
    next_step = Text(
        label=_("What has to be done?"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "next-steps", "autocomplete": "off"}),
    )
    activity = OneOf(label=_("What was done?"), required=False, widget=forms.Select)
    change = forms.ChoiceField(
        label=_("What changed?"), choices=Visit.Change, required=False, widget=Chips
    )
    response = forms.ChoiceField(
        label=_("How did the family answer?"),
        choices=Visit.Response,
        required=False,
        widget=Chips,
    )
    is_coordinated = forms.BooleanField(
        label=_("I coordinated this with the institution"), required=False
    )
    interpreting = forms.ChoiceField(
        label=_("Did you interpret?"),
        choices=[("", _("No")), *LanguagePair.choices],
        required=False,
        widget=forms.Select,
    )
    interpreted_minutes = forms.IntegerField(
        label=_("How many minutes?"),
        min_value=1,
        max_value=24 * 60,
        required=False,
        help_text=_("Leave it empty if you interpreted all the time."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    is_in_court = forms.BooleanField(label=_("I interpreted in court"), required=False)
    venue = forms.ChoiceField(
        label=_("Where did it take place?"),
        choices=[("", _("Not chosen")), *Venue.choices],
        required=False,
        widget=forms.Select,
    )
    transport = OneOf(
        label=_("How did you get there?"), required=False, widget=forms.Select
    )
    kilometres = forms.IntegerField(
        label=_("How many kilometres, there and back?"),
        min_value=1,
        max_value=999,
        required=False,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write a number from 1 to 999")
        ),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    highlight = forms.BooleanField(
        label=_("Highlight in the monthly report"), required=False
    )
    confirm_partner = forms.BooleanField(required=False)
    fulfils = forms.Field(required=False, widget=forms.HiddenInput)
    confirm_duplicate = forms.BooleanField(
        label=_("Yes, there were two. Save one more."), required=False
    )
