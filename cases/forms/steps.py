"""What is planned, to which day it moves, and why it is dropped."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.forms.fields import DayField, OneOf, Text
from cases.forms.options import Options
from cases.forms.widgets import ChipsOrOther
from cases.models import DropReason, Kind, NextStep
from cases.models.choices import KIND_ICONS
from families.models import Family
from interface.two_windows import NothingOverwritten
from interface.widgets import Chips, DateInput, Tiles
from privacy.forms import NoPersonalCodes
from privacy.ids import uuid7

NOT_CHOSEN = ("", _("Not chosen"))
CHOSEN_BY_KEY = ("institution", "contact", "family", "case")


class StepMoveForm(forms.Form):
    """A new day for a next step."""

    due_on = DayField(
        label=_("Another day"),
        widget=DateInput,
        error_messages={
            "required": _("Choose the day of the next step"),
            "invalid": _("Choose the day of the next step"),
        },
    )

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < self.today:
            raise forms.ValidationError(
                _("The next step cannot be in the past"), code="past"
            )
        return day

    @property
    def shortcuts(self):
        """Tomorrow and in a week: ``[(date, words)]``."""
        return [
            (self.today + timedelta(days=1), _("Tomorrow")),
            (self.today + timedelta(days=7), _("In a week")),
        ]


class StepDropForm(forms.Form):
    """Why a next step will not be done: one tap, no words."""

    REASONS = (
        DropReason.NOT_NEEDED,
        DropReason.FAMILY_DECLINED,
        DropReason.DONE_OTHERWISE,
        DropReason.MOVED_AWAY,
        DropReason.OTHER,
    )

    drop_reason = forms.ChoiceField(
        label=_("Why will it not be done?"),
        choices=[(reason.value, reason.label) for reason in REASONS],
        error_messages={
            "required": _("Say why it will not be done"),
            "invalid_choice": _("Say why it will not be done"),
        },
    )


class StepForm(NothingOverwritten, NoPersonalCodes, forms.Form):
    """A planned meeting, or anything else to be done: with whom, when and what for."""

    use_required_attribute = False

    client_uuid = forms.UUIDField(
        required=False, widget=forms.HiddenInput, initial=uuid7
    )
    institution = OneOf(
        label=_("With which institution?"), required=False, widget=forms.Select
    )
    contact = OneOf(label=_("With whom there?"), required=False, widget=forms.Select)
    family = OneOf(
        label=_("About which family?"),
        required=False,
        widget=forms.Select,
        error_messages={"invalid_choice": _("Choose a family of your own list")},
    )
    case = OneOf(
        label=_("Which case?"),
        required=False,
        widget=forms.Select,
        error_messages={"invalid_choice": _("Choose a case of this family")},
    )
    municipality = OneOf(
        label=_("In which municipality?"), required=False, widget=Chips
    )
    kind = forms.ChoiceField(
        label=_("What will it be?"),
        choices=Kind,
        widget=Tiles(icons=KIND_ICONS),
        error_messages={"required": _("Choose what it will be")},
    )
    due_on = DayField(
        label=_("When?"),
        widget=ChipsOrOther(Chips(), {"day": (_("Another day"), DateInput())}),
        error_messages={
            "required": _("Choose the day"),
            "invalid": _("Choose the day"),
        },
    )
    due_at = forms.TimeField(
        label=_("At what time?"),
        required=False,
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M"],
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": _("Write the time like this: 14.30")},
    )
    text = Text(
        label=_("What for?"),
        help_text=_("Only you see this. Without surnames and diagnoses."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, options: Options, step: NextStep | None = None, **kwargs):
        self.options = options
        self.step = step or NextStep(mediator=options.mediator)
        super().__init__(*args, **kwargs)
        self._offer_partners()
        self._offer_families()
        self._offer_days()
        for name in CHOSEN_BY_KEY:
            if self.initial.get(name) not in self.fields[name].objects:
                self.initial.pop(name, None)
        self._leave_what_is_not_mine()

    @property
    def is_edit(self):
        return not self.step._state.adding

    def _offer_partners(self):
        institutions, contacts = self.fields["institution"], self.fields["contact"]
        kept_institution, kept_contact = self.step.institution, self.step.contact
        institutions.objects = dict(self.options.institutions)
        contacts.objects = dict(self.options.contacts)
        if kept_institution:
            institutions.objects.setdefault(str(kept_institution.pk), kept_institution)
        if kept_contact:
            contacts.objects.setdefault(str(kept_contact.pk), kept_contact)
        institutions.widget.choices = [
            NOT_CHOSEN,
            *((key, row.name) for key, row in institutions.objects.items()),
        ]
        contacts.widget.choices = [
            NOT_CHOSEN,
            *(
                (key, f"{person.name}, {person.about}")
                for key, person in contacts.objects.items()
            ),
        ]

    def _offer_families(self):
        families, cases = self.fields["family"], self.fields["case"]
        families.objects = dict(self.options.families)
        families.why_refused = self.options.why_refused
        cases.objects = dict(self.options.cases)
        mine = Family.objects.visible_to(self.options.mediator)
        if self.step.family_id and mine.filter(pk=self.step.family_id).exists():
            families.objects.setdefault(self.step.family.code, self.step.family)
            if self.step.case:
                cases.objects.setdefault(self.step.case.code, self.step.case)
        families.widget.choices = [
            NOT_CHOSEN,
            *(
                (code, family.name_and_code)
                for code, family in families.objects.items()
            ),
        ]
        cases.widget.choices = [
            NOT_CHOSEN,
            *(
                (code, f"{case.family.name} · {case.title}")
                for code, case in cases.objects.items()
            ),
        ]

    def _offer_days(self):
        today = self.options.today
        self.fields["due_on"].widget.chips.choices = [
            (today.isoformat(), _("Today")),
            *(
                (day.isoformat(), words)
                for day, words in StepMoveForm(today=today).shortcuts
            ),
        ]

    def _leave_what_is_not_mine(self):
        """Questions without a choice are not asked; a family given away stays unseen."""
        places = self.fields["municipality"]
        places.objects = self.options.municipalities
        places.widget.choices = [
            (slug, str(place)) for slug, place in places.objects.items()
        ]
        if len(places.objects) < 2 or not self.step._state.adding:
            del self.fields["municipality"]
        if self.step.family_id and "family" not in self.initial:
            del self.fields["family"], self.fields["case"]

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < self.options.today and day != self.step.due_on:
            raise forms.ValidationError(
                _("The next step cannot be in the past"), code="past"
            )
        return day

    def clean(self):
        data = super().clean()
        self._check_partner(data)
        self._check_family(data)
        if not self.errors and not data["text"]:
            data["text"] = str(Kind(data["kind"]).label)
        return data

    def _check_partner(self, data):
        person = data.get("contact")
        if person and not data.get("institution"):
            data["institution"] = person.institution
        elif person and person.institution_id != data["institution"].pk:
            self.add_error("contact", _("This person works elsewhere"))

    def _check_family(self, data):
        family, case = data.get("family"), data.get("case")
        if case and not family and "family" not in self.errors:
            data["family"] = case.family
        elif case and family and case.family_id != family.pk:
            self.add_error("case", _("Choose a case of this family"))
        is_about = data.get("institution") or data.get("family") or self.step.family_id
        if not (is_about or {"institution", "family"} & self.errors.keys()):
            self.add_error(
                "institution",
                forms.ValidationError(
                    _("Choose an institution or a family"), code="required"
                ),
            )

    def planned(self):
        """The step as it was told, not yet stored."""
        step, data = self.step, self.cleaned_data
        for name in ("institution", "contact", "kind", "due_on", "due_at", "text"):
            setattr(step, name, data[name])
        if "family" in self.fields:
            step.family, step.case = data["family"], data["case"]
        if step._state.adding:
            step.pk = data["client_uuid"] or step.pk
            step.municipality = self._place(data)
        elif step.family:
            step.municipality = step.family.municipality
        return step

    def _place(self, data):
        if data["family"]:
            return data["family"].municipality
        mine = self.options.municipalities
        place = data["institution"].municipality
        if place and place.slug in mine:
            return mine[place.slug]
        return data.get("municipality") or next(iter(mine.values()))


def asked_for(query):
    """What an address presets: ``?iestade=…&gimene=…&lieta=…``."""
    return {
        "institution": query.get("iestade", ""),
        "family": query.get("gimene", ""),
        "case": query.get("lieta", ""),
        "kind": Kind.INSTITUTION_MEETING,
    }


def as_it_stands(step):
    """The answers of a step that is being changed."""
    return {
        "institution": str(step.institution_id or ""),
        "contact": str(step.contact_id or ""),
        "family": step.family.code if step.family else "",
        "case": step.case.code if step.case else "",
        "kind": step.kind,
        "due_on": step.due_on.isoformat(),
        "due_at": step.due_at,
        "text": step.text,
    }
