"""What is written about a mediator as a person who works, and on her public card."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from interface.widgets import Chips, DateInput
from mediators.models import (
    LanguageSkill,
    MediatorProfile,
    Training,
    TrainingCourse,
    TrainingNeed,
)
from municipalities.forms import TEXT_ERRORS, phone_number
from municipalities.models import Term, Vocabulary
from municipalities.support_forms import RowForm
from privacy.forms import NoPersonalCodes


class TrainingForm(RowForm):
    """A course of the catalogue, or a title of one's own.

    What is left empty is taken from the course.
    """

    nameless = ("title", "provider", "certificate_number")
    FROM_COURSE = ("title", "topic", "provider", "hours")

    class Meta:
        model = Training
        fields = (
            "course",
            "title",
            "kind",
            "topic",
            "provider",
            "municipality",
            "starts_on",
            "ends_on",
            "hours",
            "certificate_number",
            "certificate_issued_on",
            "certificate_expires_on",
        )
        help_texts = {
            "title": _("Empty where it is a course of the list."),
            "ends_on": _("Empty for one day."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        course = self.fields["course"]
        course.queryset = TrainingCourse.objects.filter(is_active=True) | (
            TrainingCourse.objects.filter(pk=self.instance.course_id)
        )
        course.empty_label = _("Not of the list")
        place = self.fields["municipality"]
        if len(self.places) == 1:
            self.instance.municipality = self.places[0]
            del self.fields["municipality"]
        else:
            pks = [one.pk for one in self.places]
            place.queryset = place.queryset.filter(pk__in=pks)
            place.empty_label = _("Choose")

    def clean(self):
        data = super().clean()
        course = data.get("course")
        for name in self.FROM_COURSE:
            if data.get(name) in (None, "") and name not in self.errors:
                if course:
                    data[name] = getattr(course, name)
                elif name != "provider":
                    self.add_error(name, _("Write it, or choose a course of the list."))
        if not data.get("ends_on") and data.get("starts_on"):
            data["ends_on"] = data["starts_on"]
        return data

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day is still to come."), code="future")
        return day

    def _get_validation_exclusions(self):
        """What came from the course is checked as if it had been typed."""
        left_out = super()._get_validation_exclusions()
        return left_out - {name for name in self.FROM_COURSE if name not in self.errors}


class TrainingNeedForm(RowForm):
    """What a mediator would like to learn; one sentence is enough."""

    nameless = ("wish",)

    class Meta:
        model = TrainingNeed
        fields = ("topic", "wish")
        widgets = {"wish": forms.TextInput}
        labels = {"wish": _("What for? One sentence")}
        help_texts = {"wish": _("No names of families.")}


class TrainingPlanForm(RowForm):
    """What becomes of it, as those say who plan the training of the team."""

    class Meta:
        model = TrainingNeed
        fields = ("status", "planned_for", "training")
        labels = {"status": _("How far is it?")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        training = self.fields["training"]
        training.queryset = Training.objects.of(self.instance.mediator)
        training.empty_label = _("None yet")


class FactsForm(NoPersonalCodes, forms.ModelForm):
    """Dates that somebody has to keep in mind, and languages. Never where somebody is from."""

    class Meta:
        model = MediatorProfile
        fields = ("ready_on", "record_checked_on", "record_check_until")
        widgets = dict.fromkeys(fields, DateInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.skills = {
            skill.language_id: skill for skill in self.instance.mediator.languages.all()
        }
        self.languages = {}
        for language in Term.objects.of(Vocabulary.LANGUAGE).valid():
            name = f"language-{language.code}"
            self.languages[name] = language
            known = self.skills.get(language.pk)
            self.fields[name] = forms.ChoiceField(
                label=language,
                choices=[("", _("Not stated")), *LanguageSkill.Level.choices],
                widget=Chips,
                initial=known.level if known else "",
                required=False,
            )

    def clean_record_checked_on(self):
        day = self.cleaned_data["record_checked_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."), code="future")
        return day

    @property
    def levels(self):
        """``{language: level}``; no level means that nothing is stated."""
        return {
            language: self.cleaned_data[name]
            for name, language in self.languages.items()
        }


class CardForm(NoPersonalCodes, forms.ModelForm):
    """The mediator alone decides whether others find her, and how."""

    class Meta:
        model = MediatorProfile
        fields = ("card_is_public", "card_phone", "card_hours", "card_may_be_found")
        widgets = {
            "card_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["card_phone"].validators.append(phone_number)
        for field in self.fields.values():
            field.error_messages |= TEXT_ERRORS
