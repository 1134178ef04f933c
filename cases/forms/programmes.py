"""The way through a programme in three questions: which, for whom, how far."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.fields import OneOf, PastDay, month_is_handed_in
from cases.forms.people import ForWhom
from cases.models import InvolvementStep, ProgrammeStep
from families import words
from interface.latvian import full_date
from interface.widgets import Chips, FoldedChips
from municipalities.models import Term, Vocabulary

FIRST = (
    ProgrammeStep.INFORMED,
    ProgrammeStep.INTERESTED,
    ProgrammeStep.APPLIED,
    ProgrammeStep.ACCEPTED,
)
"""Steps with which a way is usually written down for the first time."""


class StepField(forms.TypedChoiceField):
    """How far it has come."""

    def __init__(self, **kwargs):
        super().__init__(
            label=pgettext_lazy("programme", "How far has it come?"),
            choices=ProgrammeStep.choices,
            coerce=ProgrammeStep,
            error_messages={
                "required": _("Choose how far it has come"),
                "invalid_choice": _("Choose one from the list."),
            },
            **kwargs,
        )


class OnTheWay(forms.Form):
    """Day of a step, within the days of the programme and open months."""

    stepped_on = PastDay(label=_("When?"))

    def refuse_day(self, programme, day):
        """Programmes begin and end; nobody is informed of one that is over."""
        first, last = programme.valid_from, programme.valid_to
        if (first and day < first) or (last and day > last):
            self.add_error(
                "stepped_on",
                ValidationError(
                    _("The programme did not run on that day."), code="outside"
                ),
            )

    def refuse_family(self, family):
        reason = words.why_no_case(family)
        if reason:
            raise ValidationError(reason, code="consent")

    def say_handed_in(self, first_day):
        self.add_error("stepped_on", month_is_handed_in(first_day))

    def say_does_not_follow(self):
        self.add_error("step", ValidationError(self.too_late, code="order"))

    too_late = _("This step cannot come after those that are written down already.")


class InvolvementForm(ForWhom, OnTheWay):
    """The programmes that run stand open; what is over can still be told, folded."""

    programme = forms.ModelChoiceField(
        Term.objects.none(),
        label=_("Which programme?"),
        empty_label=None,
        widget=FoldedChips(more=pgettext_lazy("programme", "A programme that is over")),
        error_messages={
            "required": _("Choose the programme"),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    step = StepField(
        widget=FoldedChips(
            more=pgettext_lazy("step of a programme", "Another step"),
            shown=[step.value for step in FIRST],
        ),
        initial=ProgrammeStep.INFORMED,
    )
    case = OneOf(required=False, widget=forms.HiddenInput)
    field_order = ("programme", "people", "step", "stepped_on", "case")

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.family = family
        self.offer_people(family)
        self.fields["case"].objects = {case.code: case for case in family.cases.all()}
        field = self.fields["programme"]
        field.queryset = Term.objects.of(Vocabulary.PROGRAMME)
        running = set(field.queryset.valid().values_list("pk", flat=True))
        terms = sorted(field.queryset, key=lambda term: term.pk not in running)
        field.choices = [(term.pk, str(term)) for term in terms]
        field.widget.shown = [term.pk for term in terms if term.pk in running]

    def clean_step(self):
        """A way cannot begin with its end, but somebody may decline at once."""
        step = self.cleaned_data["step"]
        if not step.may_follow([]):
            raise ValidationError(
                _("Write down first that the application was accepted."),
                code="order",
            )
        return step

    def clean(self):
        self.refuse_family(self.family)
        cleaned = super().clean()
        if cleaned.get("programme") and cleaned.get("stepped_on"):
            self.refuse_day(cleaned["programme"], cleaned["stepped_on"])
        return cleaned

    def answers(self):
        """What the service wants to know."""
        data = self.cleaned_data
        return {
            "programme": data["programme"],
            "step": data["step"],
            "day": data["stepped_on"],
            "members": data.get("people", []),
            "case": data["case"],
        }


class InvolvementStepForm(OnTheWay):
    """The next step: only what may come now is offered."""

    step = StepField(widget=Chips)
    reason = forms.ChoiceField(
        label=_("Why?"),
        choices=[("", "---------"), *InvolvementStep.Reason.choices],
        required=False,
        widget=Chips,
        help_text=_("If the person dropped out or declined."),
    )
    field_order = ("step", "stepped_on", "reason")

    def __init__(self, *args, involvement, **kwargs):
        super().__init__(*args, **kwargs)
        self.involvement = involvement
        self.fields["step"].choices = [
            (step.value, step.label) for step in involvement.next_steps
        ]

    def clean_stepped_on(self):
        day, last = self.cleaned_data["stepped_on"], self.involvement.last
        if day < last.stepped_on:
            raise ValidationError(
                _("Choose the day of the step before, %(day)s, or a later one."),
                code="before",
                params={"day": full_date(last.stepped_on)},
            )
        return day

    def clean(self):
        self.refuse_family(self.involvement.family)
        cleaned = super().clean()
        if cleaned.get("stepped_on"):
            self.refuse_day(self.involvement.programme, cleaned["stepped_on"])
        if cleaned.get("step") not in (ProgrammeStep.DROPPED, ProgrammeStep.DECLINED):
            cleaned["reason"] = ""
        return cleaned
