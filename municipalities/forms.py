"""What people write about institutions and the officials who work there."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.choices import put_in_order
from interface.widgets import Chips
from municipalities.models import (
    Institution,
    InstitutionContact,
    Municipality,
    Term,
    Vocabulary,
)
from municipalities.services import similar
from privacy.fold import fold
from privacy.forms import NoPersonalCodes

phone_number = RegexValidator(
    r"^[+\d][\d ()-]*$",
    _("Write the phone number in digits, for example 20 000 000."),
)


# What a person reads who typed or pasted what cannot be stored
TEXT_ERRORS = {
    "max_length": _(
        "At most %(limit_value)d characters fit here, now there are %(show_value)d."
    ),
    "null_characters_not_allowed": _(
        "The text holds a character that cannot be stored. Write it again by hand."
    ),
}


class MadeOnce(NoPersonalCodes, forms.ModelForm):
    """Carries the key of the row to be made, so that a double click makes one row."""

    client_uuid = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.fields["client_uuid"].initial = self.instance.pk
        else:
            del self.fields["client_uuid"]

    def clean_client_uuid(self):
        key = self.cleaned_data["client_uuid"]
        self.instance.pk = key or self.instance.pk
        return key


class AsksAboutSimilar(MadeOnce):
    """A second row of the same splits its story: shows what is alike, the person decides."""

    confirm_duplicate = forms.BooleanField(required=False)

    def __init__(self, *args, person, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = person.own_municipalities()
        self.similar = []
        self.may_be_another = True

    def known(self):
        """The rows among which similar ones are looked for."""
        rows = self._meta.model.objects.of(self.places)
        return rows.exclude(pk=self.instance.pk)

    def clean(self):
        cleaned = super().clean()
        is_new = self.instance._state.adding
        if is_new and not self.errors and not cleaned["confirm_duplicate"]:
            self._warn_of_similar(cleaned)
        return cleaned

    def _warn_of_similar(self, cleaned):
        told = {name: cleaned[name] for name in ("name", "phone", "email")}
        self.similar = similar(self.known(), **told)
        if self.similar:
            raise ValidationError(
                _("Perhaps this is on the list already."), code="similar"
            )


class InstitutionForm(AsksAboutSimilar):
    """An institution of one of the person's places."""

    field_order = ("name", "type", "municipality")

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("In which municipality?"),
        widget=Chips,
        empty_label=None,
        error_messages={"required": _("Choose the municipality")},
    )
    type = forms.ModelChoiceField(
        Term.objects.none(),
        label=_("Type"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose what kind of institution it is")},
    )

    class Meta:
        model = Institution
        fields = ("name", "type", "phone", "email")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "email": forms.EmailInput(attrs={"autocomplete": "off"}),
        }
        labels = {
            "name": _("Name of the institution"),
            "phone": _("Phone"),
            "email": _("E-mail"),
        }
        error_messages = {
            "name": {
                "required": _("Write the name of the institution"),
                **TEXT_ERRORS,
            },
            "phone": TEXT_ERRORS,
            "email": {"invalid": _("Write the e-mail as name@institution.lv")},
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["type"].queryset = Term.objects.of(
            Vocabulary.INSTITUTION_TYPE
        ).valid()
        self.fields["phone"].validators.append(phone_number)
        self._ask_for_place_if_there_are_several(self.places)

    def _ask_for_place_if_there_are_several(self, places):
        self.fields["municipality"].queryset = places
        put_in_order(self.fields["municipality"])
        if self.instance._state.adding and len(places) == 1:
            self.instance.municipality = places[0]
        if self.instance.municipality:
            del self.fields["municipality"]

    def known(self):
        """Of the municipality of the institution and of the whole country."""
        here = Institution.objects.of([self.instance.municipality])
        return here.exclude(pk=self.instance.pk).select_related("type")

    def clean(self):
        """Capitals and diacritics make no other institution."""
        place, name = (
            self.cleaned_data.get("municipality"),
            self.cleaned_data.get("name"),
        )
        if place:
            self.instance.municipality = place
        if name and self.instance.municipality:
            same = [row for row in self.known() if fold(row.name) == fold(name)]
            if same:
                self.similar, self.may_be_another = same, False
                self.add_error("name", _("This institution is already on the list."))
        return super().clean()


class ContactForm(AsksAboutSimilar):
    """An official: name, post and how to reach them at work."""

    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        max_length=200,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Write the e-mail as name@institution.lv")},
    )

    told_of_survey = forms.BooleanField(
        label=_("Told about the evaluation survey"),
        help_text=_("Then the mails of the yearly survey come to this e-mail."),
        required=False,
    )

    class Meta:
        model = InstitutionContact
        fields = ("name", "post", "phone", "email")
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "off"}),
            "post": forms.TextInput(attrs={"autocomplete": "off", "list": "posts"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
        }
        labels = {
            "name": _("First and last name"),
            "post": _("Post"),
            "phone": _("Phone at work"),
        }
        error_messages = {
            "name": {"required": _("Write the name of the person"), **TEXT_ERRORS},
            "post": TEXT_ERRORS,
            "phone": TEXT_ERRORS,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(phone_number)
        told = self.instance.told_of_survey_on is not None
        self.fields["told_of_survey"].initial = told

    def _post_clean(self):
        """The day is that of the first tick."""
        super()._post_clean()
        if not self.cleaned_data.get("told_of_survey"):
            self.instance.told_of_survey_on = None
        elif self.instance.told_of_survey_on is None:
            self.instance.told_of_survey_on = timezone.localdate()

    def known(self):
        return super().known().select_related("institution")

    def posts(self):
        """Usual posts, to choose from while typing."""
        return Term.objects.of(Vocabulary.POST).valid()


class Gone(forms.ModelForm):
    """Marks a row as no longer in use; entries that name it keep it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["gone"].initial = not self.instance.is_active

    def _post_clean(self):
        super()._post_clean()
        self.instance.is_active = not self.cleaned_data.get("gone")


class InstitutionEditForm(Gone, InstitutionForm):
    """The same questions, and whether the institution still exists."""

    gone = forms.BooleanField(
        label=_("This institution is no longer there"),
        help_text=_("Old entries keep its name."),
        required=False,
    )


class ContactEditForm(Gone, ContactForm):
    """The same questions, and whether the person still works there."""

    gone = forms.BooleanField(
        label=_("No longer works at this institution"),
        help_text=_("Old entries keep the name."),
        required=False,
    )
