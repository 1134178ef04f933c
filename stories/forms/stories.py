"""What is written into a story, what is agreed to, and the picture beside it."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from families.forms.names import NameCheckedForm
from families.models import Family
from interface.choices import put_in_order
from interface.latvian import full_date
from interface.widgets import ChipBoxes, Chips, DateInput
from mediators.models import Role
from municipalities.forms import TEXT_ERRORS, MadeOnce
from municipalities.models import Municipality
from privacy import audit
from privacy.pictures import NoPicture, redrawn
from stories.forms.names import NamelessInStory
from stories.models import Story, StoryAgreement, StoryPhoto
from stories.workflow import Action, Dignity

HINTS = {
    "hard": _("Two to four sentences. Write as if the family read along."),
    "helped": _("People and institutions. Name what the institution did."),
    "quote": _("As it was said, with the permission of who said it."),
    "effect": _(
        "What they say of it themselves, for example what they are glad about."
    ),
    "in_brief": _("For example: five visits, two talks at school, one form filled in."),
    "call": _("For example: Social Service, phone 20 000 000."),
}


class StoryForm(NameCheckedForm, MadeOnce):
    """Four questions and a quote; names stop it later, when others are to read it."""

    checked = Story.TEXTS
    use_required_attribute = False

    municipality = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("In which municipality?"),
        widget=Chips,
        empty_label=None,
        error_messages={"required": _("Choose the municipality")},
    )
    family = forms.ModelChoiceField(
        Family.objects.none(),
        label=_("Which family does it tell of?"),
        required=False,
        empty_label=_("No family of my list"),
        help_text=_(
            "Only you see this. If the family takes its consent back, the story ends."
        ),
    )
    read_mark = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Story
        fields = Story.TEXTS
        widgets = {
            name: forms.Textarea(attrs={"rows": 4})
            for name in (*Story.PROMPTS, "effect", "municipality_did", "in_brief")
        } | {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "quote": forms.Textarea(attrs={"rows": 2}),
            "call": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        help_texts = HINTS
        error_messages = {
            name: TEXT_ERRORS | {"required": _("Give the story a title")}
            for name in Story.TEXTS
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.is_own = self.instance.mediator_id == by.pk
        self.initial["read_mark"] = self.instance.mark
        for name in Story.TEXTS:
            # A browser cuts what is pasted without a word; we say how much it is
            self.fields[name].widget.attrs.pop("maxlength", None)
        places = by.municipalities_as(Role.MEDIATOR)
        self._ask_for_place(places)
        self._ask_for_family(by)

    def _ask_for_place(self, places):
        self.fields["municipality"].queryset = places
        put_in_order(self.fields["municipality"])
        if not self.instance.municipality_id and len(places) == 1:
            self.instance.municipality = places[0]
        if self.instance.municipality_id:
            del self.fields["municipality"]

    def _ask_for_family(self, by):
        """Of a story that others edit its mediator alone knows the family."""
        if not self.is_own:
            del self.fields["family"]
            return
        field = self.fields["family"]
        field.queryset = Family.objects.visible_to(by)
        field.label_from_instance = lambda family: family.name_and_code
        put_in_order(field)
        self.initial["family"] = self.instance.family_id

    def clean(self):
        cleaned = super().clean()
        place = cleaned.get("municipality")
        if place:
            self.instance.municipality = place
        if "family" in self.fields:
            family = cleaned.get("family")
            if family and family.municipality_id != self.instance.municipality_id:
                self.add_error(
                    "family", _("This family lives in another municipality.")
                )
            self.instance.family = family
        if not self.is_own:
            self._refuse_what_tells(cleaned)
        return cleaned

    def _refuse_what_tells(self, cleaned):
        """Of an editor, without the word: it is not to be learned that it is a name."""
        written = {
            name: cleaned[name]
            for name in Story.TEXTS
            if cleaned.get(name) and name in self.changed_data
        }
        telling = self.instance.telling(written)
        for name in telling:
            self.add_error(
                name,
                ValidationError(
                    _("This tells of a family. Write without names and codes."),
                    code="name",
                ),
            )
        if telling:
            audit.record(
                self.by, audit.Verb.REFUSE, self.instance, fields=telling, names=True
            )


class AgreementForm(NamelessInStory, forms.ModelForm):
    """Who agreed to these words, when, how and how far."""

    use_required_attribute = False
    nameless = ("who",)
    mark = forms.CharField(widget=forms.HiddenInput)

    class Meta:
        model = StoryAgreement
        fields = ("who", "agreed_on", "manner", "scope", "stays_when_erased")
        labels = {
            "who": _("Who agreed?"),
            "agreed_on": _("When?"),
            "manner": _("In what way?"),
            "scope": _("For what?"),
        }
        widgets = {
            "who": forms.TextInput(attrs={"autocomplete": "off"}),
            "agreed_on": DateInput,
            "manner": Chips,
            "scope": Chips,
        }
        error_messages = {
            "who": TEXT_ERRORS | {"required": _("Write who agreed, without a name")},
            "agreed_on": {
                "required": _("Choose the day"),
                "invalid": _("Write the day as 12.11.2026."),
            },
        }

    def __init__(self, *args, story, by, **kwargs):
        super().__init__(*args, initial={"mark": story.mark}, **kwargs)
        self.story, self.by = story, by

    def clean_agreed_on(self):
        """Nobody agrees to words that are not written yet."""
        day = self.cleaned_data["agreed_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The date cannot be in the future"))
        if day < self.story.worded_on:
            raise ValidationError(
                gettext(
                    "These words were last changed on %(day)s; nobody can have agreed "
                    "to them before that day."
                )
                % {"day": full_date(self.story.worded_on)}
            )
        return day

    def save(self, commit=True):
        self.instance.mark = self.cleaned_data["mark"]
        return super().save(commit=commit)


class PhotoForm(NamelessInStory, forms.ModelForm):
    """A picture of a place, of work, of hands; people only if they signed for it."""

    use_required_attribute = False
    nameless = ("description",)
    file = forms.FileField(
        label=_("Photo"),
        help_text=_(
            "JPEG, PNG or WebP, up to 5 MB. Place, time and device are taken out of it."
        ),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        error_messages={
            "required": _("Choose the photo"),
            "invalid": _("Choose the photo"),
            "empty": _("The file is empty."),
        },
    )

    class Meta:
        model = StoryPhoto
        fields = ("shows", "signed_on", "description")
        widgets = {
            "shows": Chips,
            "signed_on": DateInput,
            "description": forms.TextInput(attrs={"autocomplete": "off"}),
        }
        error_messages = {
            "shows": {"required": _("Say what the photo shows")},
            "signed_on": {"invalid": _("Write the day as 12.11.2026.")},
            "description": TEXT_ERRORS
            | {"required": _("Describe the photo in a sentence")},
        }

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.story, self.by = self.instance.story, by

    def clean_file(self):
        try:
            self.instance.jpeg = redrawn(self.cleaned_data["file"])
        except NoPicture as refused:
            raise ValidationError(str(refused), code="photo") from refused
        return self.cleaned_data["file"]

    def clean_signed_on(self):
        day = self.cleaned_data["signed_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The date cannot be in the future"))
        return day

    def clean(self):
        cleaned = super().clean()
        shows_people = cleaned.get("shows") == StoryPhoto.Shows.PEOPLE
        if (
            shows_people
            and not cleaned.get("signed_on")
            and "signed_on" not in self.errors
        ):
            self.add_error(
                "signed_on",
                _("People may be shown only with a permission that they signed."),
            )
        return cleaned


class DignityForm(forms.Form):
    """All of the list, ticked by whoever edited the words."""

    dignity = forms.MultipleChoiceField(
        label=_("Read the story once more. Is it so?"),
        choices=Dignity.choices,
        widget=ChipBoxes,
        error_messages={"required": _("Tick each of them, or change the words first")},
    )

    def clean_dignity(self):
        if set(self.cleaned_data["dignity"]) != set(Dignity.values):
            raise ValidationError(_("Tick each of them, or change the words first"))
        return self.cleaned_data["dignity"]


class RemarkForm(NamelessInStory, forms.Form):
    """What should be different, for whoever is next: a step back says why."""

    use_required_attribute = False
    nameless = ("comment",)

    comment = forms.CharField(
        label=_("What should be different?"),
        max_length=500,
        help_text=_("One sentence is enough. No names of families."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages=TEXT_ERRORS
        | {"required": _("Write in a sentence what should be different")},
    )

    def __init__(self, *args, story, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.story, self.by = story, by
        del self.fields["comment"].widget.attrs["maxlength"]


ASKS_WHY = (Action.OBJECT, Action.RETURN)
"""Steps back, which nobody can follow without a reason."""
