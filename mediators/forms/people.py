"""What is written about a mediator as a person who works, and on her public card."""

from django import forms
from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from interface.days import has_a_likely_year, has_come, has_not_passed
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
from privacy.nameless import Nameless

TAKES_TIME = _("A training takes from half an hour to 999 hours.")


class TrainingForm(RowForm):
    """A course of the catalogue, or a title of one's own.

    What is left empty is taken from the course.
    """

    past = ("starts_on", "certificate_issued_on")
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
        labels = {"course": _("Course of the list")}
        help_texts = {
            "title": _("In your own words, if the course is not on the list."),
            "topic": _("May be left out for a course of the list."),
            "hours": _("May be left out for a course of the list."),
            "ends_on": _("Empty for one day."),
        }
        error_messages = {
            "title": {
                "required": _("Write the title, or choose a course of the list.")
            },
            "topic": {"required": _("Choose the topic, or a course of the list.")},
            "hours": {
                "required": _("Write the hours, or choose a course of the list."),
                "min_value": TAKES_TIME,
                "max_value": TAKES_TIME,
            },
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        is_of_list = bool(self["course"].value())
        for name in ("title", "topic", "hours"):
            self.fields[name].required = not is_of_list
        self.fields["topic"].empty_label = _("Choose")
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
            is_empty = data.get(name) in (None, "") and name not in self.errors
            if course and is_empty:
                data[name] = getattr(course, name)
        if not data.get("ends_on") and data.get("starts_on"):
            data["ends_on"] = data["starts_on"]
        return data

    def _get_validation_exclusions(self):
        """What came from the course is checked as if it had been typed."""
        left_out = super()._get_validation_exclusions()
        return left_out - {name for name in self.FROM_COURSE if name not in self.errors}


class TrainingNeedForm(RowForm):
    """What a mediator would like to learn; one sentence is enough."""

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

    def clean_planned_for(self):
        """What is planned is ahead; a day that stood there before may have passed."""
        day = self.cleaned_data["planned_for"]
        if day and "planned_for" in self.changed_data:
            has_not_passed(day)
        return day


class LanguagesForm(NoPersonalCodes, forms.ModelForm):
    """How well a mediator speaks which language, as she says. Never where she is from."""

    class Meta:
        model = MediatorProfile
        fields = ()

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

    @property
    def levels(self):
        """``{language: level}``; no level means that nothing is stated."""
        return {
            language: self.cleaned_data[name]
            for name, language in self.languages.items()
        }


class FactsForm(LanguagesForm):
    """And the dates for which the employer answers: the mediator herself only reads them."""

    past = ("ready_on", "record_checked_on")

    class Meta:
        model = MediatorProfile
        fields = ("ready_on", "record_checked_on", "record_check_until")
        widgets = dict.fromkeys(fields, DateInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self._meta.fields:
            self.fields[name].validators.append(has_a_likely_year)
        for name in self.past:
            self.fields[name].validators.append(has_come)


class CardForm(Nameless, forms.ModelForm):
    """The mediator alone decides whether others find her, and how."""

    nameless = ("card_hours",)

    class Meta:
        model = MediatorProfile
        fields = ("card_is_public", "card_phone", "card_hours", "card_may_be_found")
        widgets = {
            "card_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        }

    def __init__(self, *args, by, places, **kwargs):
        super().__init__(*args, **kwargs)
        self.by, self.places = by, places
        self.fields["card_phone"].validators.append(phone_number)
        for field in self.fields.values():
            field.error_messages |= TEXT_ERRORS

    def get_named(self):
        return self.by

    def name_checks(self, named):
        return import_string(settings.NAME_CHECKS)(self.places)
