"""A material for the library, and the copies of it that were handed out."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.forms.nameless import NamelessAtPlace
from interface.choices import put_in_order
from interface.days import check_order
from interface.widgets import Chips, DateInput
from municipalities.forms import TEXT_ERRORS, MadeOnce
from privacy.pdf_gate import NoPdf, checked
from stories.forms.media import NOT_IN_FUTURE, places_of
from stories.links import LinkField
from stories.models import Handout, Material

DAY_ERRORS = {
    "required": _("Choose the day"),
    "invalid": _("Write the day as 12.11.2026."),
}


class MaterialForm(NamelessAtPlace, MadeOnce):
    """A PDF that only shows pages, or a link to somebody else's."""

    use_required_attribute = False
    nameless = ("title", "link")
    field_order = ("title", "kind", "target_group", "language", "file", "link")

    file = forms.FileField(
        label=_("PDF"),
        required=False,
        help_text=_(
            "Up to 5 MB, without scripts, forms or passwords. Or a link below."
        ),
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"empty": _("The file is empty.")},
    )
    link = LinkField(label=_("Link"))

    class Meta:
        model = Material
        fields = (
            *("title", "kind", "language", "target_group", "link"),
            *("valid_from", "valid_to"),
        )
        labels = {"target_group": _("For whom?")}
        widgets = {
            "kind": Chips,
            "language": Chips,
            "target_group": Chips,
            "valid_from": DateInput,
            "valid_to": DateInput,
        }
        error_messages = {
            "title": TEXT_ERRORS | {"required": _("Give the material a title")},
            "kind": {"required": _("Choose the kind")},
            "target_group": {"required": _("Choose for whom it is")},
            "valid_from": DAY_ERRORS,
            "valid_to": DAY_ERRORS,
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file:
            try:
                self.instance.pdf = checked(file)
            except NoPdf as refused:
                raise forms.ValidationError(str(refused), code="pdf") from refused
        return file

    def clean(self):
        cleaned = super().clean()
        check_order(self, "valid_from", "valid_to")
        is_there = self.instance.pdf or cleaned.get("link")
        if not is_there and not {"file", "link"} & set(self.errors):
            self.add_error("file", _("Choose a PDF or write a link"))
        return cleaned


class HandoutForm(NamelessAtPlace, MadeOnce):
    """How many copies, today unless another day is chosen."""

    use_required_attribute = False
    nameless = ("place",)

    class Meta:
        model = Handout
        fields = ("copies", "handed_on", "place", "municipality")
        labels = {
            "copies": _("How many copies?"),
            "handed_on": _("When?"),
            "place": _("Where?"),
        }
        help_texts = {"place": _("For example: library, school. No names of families.")}
        widgets = {
            "handed_on": DateInput,
            "municipality": Chips,
            "place": forms.TextInput(attrs={"autocomplete": "off"}),
            "copies": forms.NumberInput(attrs={"min": 1, "max": 5000}),
        }
        error_messages = {
            "copies": {"required": _("Write how many copies")},
            "handed_on": DAY_ERRORS,
            "place": TEXT_ERRORS,
            "municipality": {"required": _("Choose the municipality")},
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        places = places_of(by)
        field = self.fields["municipality"]
        field.queryset, field.empty_label = places, None
        put_in_order(field)
        if len(places) == 1:
            self.instance.municipality = places[0]
            del self.fields["municipality"]

    def clean_handed_on(self):
        day = self.cleaned_data["handed_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_IN_FUTURE)
        return day


class LibraryFilterForm(forms.Form):
    """Narrows the library, and says of which time the copies are counted."""

    kind = forms.ChoiceField(
        choices=[("", _("All")), *Material.Kind.choices],
        label=_("Kind"),
        required=False,
    )
    language = forms.ChoiceField(
        choices=[("", _("All")), *Material.Language.choices],
        label=_("Language"),
        required=False,
    )
    target_group = forms.ChoiceField(
        choices=[("", _("All")), *Material.Group.choices],
        label=_("For whom?"),
        required=False,
    )
    first = forms.DateField(
        label=_("Handed out since"), required=False, widget=DateInput
    )
    last = forms.DateField(
        label=_("Handed out until"), required=False, widget=DateInput
    )

    def clean(self):
        cleaned = super().clean()
        check_order(self, "first", "last")
        return cleaned

    def narrow(self, materials):
        self.is_valid()
        names = ("kind", "language", "target_group")
        chosen = {name: self.cleaned_data.get(name) for name in names}
        return materials.filter(**{k: v for k, v in chosen.items() if v})

    def narrow_copies(self, handouts):
        self.is_valid()
        lookups = {"first": "handed_on__gte", "last": "handed_on__lte"}
        days = {
            lookup: self.cleaned_data[name]
            for name, lookup in lookups.items()
            if self.cleaned_data.get(name)
        }
        return handouts.filter(**days)
