"""What a family needs and where it lives, by a tap for each answer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from families.forms.consents import AsksConsent
from families.models import NeedLevel, Residence, ResidenceStatus
from families.models.residence import OUTSIDE_LATVIA, STATUS_LOOKS, WITH_COUNTRY
from interface.days import has_a_likely_year, has_come
from interface.widgets import Chips, DateInput, Tiles
from municipalities.areas import MAIN_AREAS
from municipalities.forms import TEXT_ERRORS
from municipalities.models import Term, Vocabulary


class NeedsForm(AsksConsent, forms.Form):
    """One three-way question for each main area; what is not answered stays open."""

    def __init__(self, *args, family, known, **kwargs):
        """``known``: ``{area: FamilyNeed or None}``."""
        super().__init__(*args, **kwargs)
        self.family = family
        for area in MAIN_AREAS:
            self.fields[area.value] = forms.ChoiceField(
                choices=NeedLevel.choices,
                label=area.label,
                required=False,
                initial=known[area].level if known[area] else None,
                widget=Chips,
            )

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not any(cleaned.values()):
            raise ValidationError(_("Answer for at least one area"), code="required")
        return cleaned

    def levels(self):
        return {area: level for area, level in self.cleaned_data.items() if level}

    def rows(self):
        """``[(area, bound field)]`` for the page."""
        return [(area, self[area.value]) for area in MAIN_AREAS]


class ResidenceForm(AsksConsent, forms.ModelForm):
    """Where the family lives, since when, and in which country if abroad."""

    status = forms.ChoiceField(
        choices=ResidenceStatus.choices,
        label=_("Where does the family live?"),
        widget=Tiles(
            columns=2, icons={status: look[1] for status, look in STATUS_LOOKS.items()}
        ),
        error_messages={"required": _("Choose where the family lives")},
    )
    country = forms.ModelChoiceField(
        Term.objects.none(),
        label=_("Country"),
        required=False,
        empty_label=_("Choose"),
        help_text=_("Needed if the family is abroad."),
    )

    class Meta:
        model = Residence
        fields = ("status", "since_on", "country", "place")
        labels = {"since_on": _("Since when?"), "place": _("Place")}
        help_texts = {
            "since_on": _(
                "If you do not know the day, the first of the month will do."
            ),
            "place": _("Town or parish, without street and number."),
        }
        widgets = {
            "since_on": DateInput,
            "place": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        error_messages = {
            "since_on": {
                "required": _("Choose the day"),
                "invalid": _("Write the day as 12.11.2026."),
            },
            "place": TEXT_ERRORS,
        }

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.family = self.instance.family = family
        self.fields["since_on"].validators += [has_come, has_a_likely_year]
        self.fields["country"].queryset = Term.objects.of(Vocabulary.COUNTRY).valid()

    def clean(self):
        cleaned = super().clean()
        status = cleaned.get("status")
        if status in OUTSIDE_LATVIA and not cleaned.get("country"):
            self.add_error(
                "country", ValidationError(_("Choose the country"), code="required")
            )
        elif status not in WITH_COUNTRY:
            cleaned["country"] = None
        return cleaned
