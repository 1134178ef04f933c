"""An incident by a few taps: what, why, where, when; a report of it can be told later."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import PastDay
from cases.models import Incident
from families import words
from families.models import Family
from interface.widgets import Chips, DateInput
from municipalities.forms import TEXT_ERRORS, MadeOnce


class IncidentForm(MadeOnce):
    """Of the mediator's own families one may be named; none has to be."""

    happened_on = PastDay(label=_("When?"))
    reported_on = forms.DateField(
        label=_("When was it reported?"),
        required=False,
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%Y."],
        widget=DateInput,
        error_messages={"invalid": _("Write the day as 12.11.2026.")},
    )

    class Meta:
        model = Incident
        fields = (
            *("kind", "ground", "place", "happened_on", "municipality", "family"),
            *("words", "reported_to", "reported_on", "outcome"),
        )
        labels = {
            "kind": _("What was it?"),
            "ground": _("Because of what?"),
            "place": _("Where?"),
            "family": _("Which family?"),
            "words": _("What happened?"),
            "reported_to": _("To whom was it reported?"),
            "outcome": _("What became of it?"),
        }
        help_texts = {
            "family": _("Leave it empty if the family does not want to be named."),
            "words": _("Shortly, without surnames. Nobody but you reads it."),
        }
        widgets = {
            "kind": Chips,
            "ground": Chips,
            "place": Chips,
            "words": forms.Textarea(attrs={"rows": 3}),
        }
        error_messages = {
            "kind": {"required": _("Choose what it was")},
            "place": {"required": _("Choose where it happened")},
            "words": TEXT_ERRORS,
        }

    municipality = forms.ModelChoiceField(
        None, label=_("In which municipality?"), empty_label=None, widget=Chips
    )

    def __init__(self, *args, mediator, **kwargs):
        super().__init__(*args, **kwargs)
        self.mediator = mediator
        self.fields["family"].queryset = Family.objects.visible_to(mediator).order_by(
            "code"
        )
        self.fields["family"].label_from_instance = lambda one: one.name_and_code
        self.fields["family"].empty_label = _("Not named")
        places = mediator.own_municipalities()
        self.fields["municipality"].queryset = places
        if not self.instance._state.adding or places.count() < 2:
            del self.fields["municipality"]
        if self.instance._state.adding:
            self.instance.mediator = mediator
            self.instance.municipality = places.first()

    def clean_family(self):
        family = self.cleaned_data["family"]
        is_new = family and family.pk != self.initial.get("family")
        if is_new and words.why_no_case(family):
            raise ValidationError(words.why_no_case(family), code="consent")
        return family

    def clean_reported_on(self):
        day = self.cleaned_data["reported_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The date cannot be in the future"), code="future")
        return day

    def clean(self):
        """Without an authority there is no report, so nothing of it is kept."""
        cleaned = super().clean()
        if not cleaned.get("reported_to"):
            cleaned |= {"reported_on": None, "outcome": ""}
        elif not cleaned.get("reported_on") and "reported_on" not in self.errors:
            self.add_error(
                "reported_on",
                ValidationError(_("Choose the day"), code="required"),
            )
        happened, reported = cleaned.get("happened_on"), cleaned.get("reported_on")
        if happened and reported and reported < happened:
            self.add_error(
                "reported_on",
                ValidationError(
                    _("It cannot have been reported before it happened."),
                    code="before",
                ),
            )
        return cleaned

    def _get_validation_exclusions(self):
        """What counts when is set by the service; the database checks the whole."""
        return super()._get_validation_exclusions() | {"report_noted_on"}

    def say_counted(self):
        self.add_error(
            "reported_to",
            ValidationError(
                _(
                    "A report that has been handed in counts this one, so it cannot be "
                    "taken back. Correct to whom it was reported."
                ),
                code="closed",
            ),
        )
