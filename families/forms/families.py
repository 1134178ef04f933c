"""What every family has, and the question before data are uncovered."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from families import words
from families.forms.conflicts import NO, known_as_field
from families.models import Consent, Family
from families.services.consents import Told
from families.services.families import ASKED_NEEDS, PROTECTED, similar_families
from families.services.members import listed
from interface.widgets import ChipBoxes, Chips, Stepper
from mediators.models import Role
from municipalities.forms import TEXT_ERRORS, MadeOnce, phone_number
from municipalities.models import Municipality

MOST_PEOPLE = 30
NOBODY = _("A family has at least one person")
PEOPLE_ERRORS = {
    "required": _("Write a number, 0 if there are none"),
    "invalid": _("Write a whole number"),
    "min_value": _("Write a number from 0 to 30"),
    "max_value": _("Write a number from 0 to 30"),
}


def people_field(label, initial):
    return forms.IntegerField(
        label=label,
        initial=initial,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=Stepper(attrs={"inputmode": "numeric"}),
        error_messages=PEOPLE_ERRORS,
    )


class FamilyForm(MadeOnce):
    """The few facts that every family has, new or not."""

    adults = people_field(_("Adults"), 1)
    children = people_field(_("Children"), 0)

    class Meta:
        model = Family
        fields = ("label", "town_part", "adults", "children")
        labels = {
            "label": _("Name or nickname of the family"),
            "town_part": _("Part of town"),
        }
        help_texts = {
            "label": _("A nickname will do, so that a stranger does not recognise it."),
            "town_part": _("For example, a district or a street without the number."),
        }
        widgets = {
            "label": forms.TextInput(attrs={"autocomplete": "off"}),
            "town_part": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        error_messages = {
            "label": {
                "required": _("Write the name or nickname of the family"),
                **TEXT_ERRORS,
            },
            "town_part": TEXT_ERRORS,
        }

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("adults") == cleaned.get("children") == 0:
            self.add_error("adults", NOBODY)
        return cleaned


class NewFamilyForm(FamilyForm):
    """Four questions; the code of the family is given by the system."""

    field_order = ("label", "municipality", "town_part")

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("In which municipality?"),
        widget=Chips,
        empty_label=None,
        error_messages={"required": _("Choose the municipality")},
    )
    told = forms.TypedChoiceField(
        coerce=Told,
        choices=Told.choices,
        label=_("Did you tell them what you write down?"),
        help_text=_(
            "For example: “Here I write down what I promised, so that I do not "
            "forget. The municipality does not see your name.”"
        ),
        widget=Chips,
        error_messages={"required": _("Choose whether you have told the family")},
    )
    language = forms.ChoiceField(
        choices=Consent.Language.choices,
        label=_("In which language?"),
        initial=Consent.Language.LATVIAN,
        widget=Chips,
        required=False,
    )
    manner = forms.ChoiceField(
        choices=Consent.Manner.choices,
        label=_("In what way?"),
        initial=Consent.Manner.ORAL,
        widget=Chips,
        required=False,
    )
    known_as = known_as_field(required=False)
    confirm_duplicate = forms.BooleanField(required=False)

    def __init__(self, *args, mediator, **kwargs):
        super().__init__(*args, **kwargs)
        self.mediator = mediator
        self.similar = []
        places = mediator.municipalities_as(Role.MEDIATOR)
        self.fields["municipality"].queryset = places
        if len(places) == 1:
            self.instance.municipality = places[0]
            del self.fields["municipality"]

    def clean_language(self):
        return self.cleaned_data["language"] or Consent.Language.LATVIAN

    def clean_known_as(self):
        """Empty for a family that the mediator does not know besides her work."""
        kind = self.cleaned_data["known_as"]
        return "" if kind == NO else kind

    def clean_manner(self):
        return self.cleaned_data["manner"] or Consent.Manner.ORAL

    def clean(self):
        cleaned = super().clean()
        if "municipality" in cleaned:
            self.instance.municipality = cleaned["municipality"]
        if not self.errors and not cleaned["confirm_duplicate"]:
            self._warn_of_similar(cleaned["label"])
        return cleaned

    def _warn_of_similar(self, label):
        """A second record of a family splits its story; the person decides."""
        families = Family.objects.visible_to(self.mediator)
        self.similar = similar_families(label, families.exclude(pk=self.instance.pk))
        if self.similar:
            raise ValidationError(
                _("Perhaps this family is on your list already."), code="similar"
            )


class FamilyEditForm(FamilyForm):
    """The same facts and what is otherwise covered."""

    class Meta(FamilyForm.Meta):
        fields = (*FamilyForm.Meta.fields, *PROTECTED)
        labels = {
            **FamilyForm.Meta.labels,
            "phone": _("Phone"),
            "address": _("Address"),
            "note": _("Note"),
        }
        help_texts = {
            **FamilyForm.Meta.help_texts,
            "note": _("Do not write diagnoses, offences or personal codes."),
        }
        widgets = {
            **FamilyForm.Meta.widgets,
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "address": forms.TextInput(attrs={"autocomplete": "off"}),
            "note": forms.Textarea(attrs={"rows": 4}),
        }
        error_messages = {
            **FamilyForm.Meta.error_messages,
            "phone": TEXT_ERRORS,
            "address": TEXT_ERRORS,
            "note": TEXT_ERRORS,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(phone_number)

    def clean(self):
        cleaned = super().clean()
        self._refuse_fewer_than_listed(cleaned)
        self._refuse_without_consent(cleaned)
        return cleaned

    def _refuse_fewer_than_listed(self, cleaned):
        """The size of the household may not contradict the list of its people."""
        for name, least in zip(
            ("adults", "children"), listed(self.instance), strict=True
        ):
            if name in cleaned and cleaned[name] < least:
                self.add_error(
                    name,
                    ngettext(
                        "%(count)d is on the list of people. Mark there who has left.",
                        "%(count)d are on the list of people. Mark there who has left.",
                        least,
                    )
                    % {"count": least},
                )

    def _refuse_without_consent(self, cleaned):
        """Nothing personal is added; taking away is always possible."""
        reason = words.why_no_personal_data(self.instance)
        added = [name for name in PROTECTED if cleaned.get(name)]
        for name in added if reason else ():
            if name in self.changed_data:
                self.add_error(name, ValidationError(reason, code="consent"))


class ForgetForm(forms.Form):
    """All that is left to change once a family has withdrawn: what is covered may go."""

    fields_to_empty = forms.MultipleChoiceField(
        label=_("What do you delete?"), widget=ChipBoxes
    )

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["fields_to_empty"]
        field.choices = [
            (name, capfirst(Family._meta.get_field(name).verbose_name))
            for name in PROTECTED
            if getattr(family, name)
        ]
        field.error_messages["required"] = words.why_no_personal_data(family)


class RevealForm(forms.Form):
    """Asks why before a covered field is shown."""

    need = forms.ChoiceField(
        choices=[(need.value, need.label) for need in ASKED_NEEDS],
        widget=Chips,
        error_messages={"required": _("Choose why you need it")},
    )

    def __init__(self, *args, field, **kwargs):
        super().__init__(*args, auto_id=f"{field}_%s", **kwargs)
        self.name = field
        self.fields["need"].label = {
            "phone": _("Why do you need the phone number?"),
            "address": _("Why do you need the address?"),
            "note": _("Why do you need the note?"),
        }[field]
