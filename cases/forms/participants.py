"""What a fund asks about a participant; every answer but the consent may stay empty."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import PastDay
from cases.models import Participant
from families import words

OLDEST = 110


class ParticipantForm(forms.ModelForm):
    """Filled in together with the person, who may decline each question."""

    agrees = forms.BooleanField(
        label=_(
            "The person agreed that these answers go to the project, by number; for a child "
            "a parent or guardian agreed"
        ),
        error_messages={"required": _("Without the consent nothing is kept here.")},
    )
    consent_on = PastDay(label=_("When did the person agree?"))
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 6}),
    )
    is_ready = forms.BooleanField(
        label=_("Ready: project staff may take it out"), required=False
    )

    class Meta:
        model = Participant
        fields = (
            *("consent_on", "sex", "birth_year", "labour", "education"),
            *Participant.AT_THE_BEGINNING,
            *Participant.AT_THE_END,
            *Participant.LATER,
        )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.questions:
            self.fields[name].choices = [
                ("", _("Not asked")),
                *self.Meta.model._meta.get_field(name).choices,
            ]
        if not self.instance._state.adding:
            self.initial |= {"agrees": True, "is_ready": bool(self.instance.ready_on)}

    @property
    def questions(self):
        """Names of everything that can be answered, left open or declined."""
        own = {"consent_on", "birth_year"}
        return [name for name in self.Meta.fields if name not in own]

    @property
    def at_the_beginning(self):
        names = ("sex", "birth_year", "labour", "education")
        return [self[name] for name in (*names, *Participant.AT_THE_BEGINNING)]

    @property
    def at_the_end(self):
        return [self[name] for name in Participant.AT_THE_END]

    @property
    def later(self):
        return [self[name] for name in Participant.LATER]

    def clean_birth_year(self):
        year, this = self.cleaned_data["birth_year"], timezone.localdate().year
        if year is not None and not this - OLDEST <= year <= this:
            raise ValidationError(
                _("Write the year alone, for example 2015"), code="year"
            )
        return year

    def clean(self):
        reason = words.why_no_case(self.instance.involvement.family)
        if reason:
            raise ValidationError(reason, code="consent")
        return super().clean()

    def save(self, commit=True):
        """Ready from the day on which it was first said."""
        participant = super().save(commit=False)
        is_ready = self.cleaned_data["is_ready"]
        if not is_ready:
            participant.ready_on = None
        elif not participant.ready_on:
            participant.ready_on = timezone.localdate()
        return participant
