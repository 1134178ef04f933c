"""What is asked about an event: five things, the rest in folds."""

import uuid
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cases.forms.fields import DayField
from cases.models import Kind, Visit
from events.forms.institutions import OffersInstitutions
from events.forms.participants import (
    FREQUENT,
    FREQUENT_AT_THE_DESK,
    CountsParticipants,
)
from events.forms.rules import MakesSense
from events.models import Centre, Event
from events.models.event import MOST_INSTITUTIONS
from families.forms.nameless import NamelessAtPlace
from interface.choices import put_in_order
from interface.latvian import duration, full_date, latvian_order, long_date
from interface.widgets import ChipBoxes, Chips, DateInput, FoldedChips, Stepper
from mediators.models import Role
from municipalities.areas import Area
from municipalities.forms import TEXT_ERRORS, MadeOnce
from municipalities.models import Municipality, Term, Vocabulary

KINDS_SHOWN = ("SESSION", "PRACTICUM", "WORKSHOP", "SEMINAR", "PARENTS", "CULTURE")
A_QUARTER = timedelta(days=92)
TEXTS = ("title", "place", "other_organisers", "outcome", "results")
LONG_TEXT = forms.Textarea(attrs={"rows": 3})


class EntryField(forms.ModelChoiceField):
    """One of the mediator's own log entries about a group, known by day and time."""

    def label_from_instance(self, visit):
        return f"{long_date(visit.visited_on)}, {duration(visit.minutes)}, {visit.code}"


def _name_and_place(centre):
    return f"{centre}, {centre.municipality}"


def _series_and_when(series):
    """Several offices hold a series of one name, and one again in the next year."""
    place = series.municipality or _("whole project")
    return f"{series.title}, {place}, {full_date(series.held_on)}"


class EventForm(
    NamelessAtPlace, CountsParticipants, MakesSense, OffersInstitutions, MadeOnce
):
    """A session or event of one day, or a series; ``series_form`` asks less."""

    use_required_attribute = False
    nameless = TEXTS

    kind = forms.ModelChoiceField(
        Term.objects.none(),
        label=gettext_lazy("What kind?"),
        empty_label=None,
        widget=FoldedChips(
            more=gettext_lazy("Other kinds"),
            shown=[f"{Vocabulary.EVENT_TYPE}.{code}" for code in KINDS_SHOWN],
        ),
        error_messages={"required": gettext_lazy("Choose the kind of event")},
    )
    held_on = DayField(
        label=gettext_lazy("On which day?"),
        widget=DateInput,
        error_messages={
            "required": gettext_lazy("Choose the day"),
            "invalid": gettext_lazy("Choose the day"),
        },
    )
    visit = EntryField(
        Visit.objects.none(),
        label=gettext_lazy("My log entry about it"),
        help_text=gettext_lazy("Your hours are those of the entry."),
        to_field_name="code",
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy(
                "This log entry is not yours, or it already has its event."
            )
        },
    )
    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    """Of which numbers of institutions and professionals the form has asked already."""

    class Meta:
        model = Event
        fields = (
            *("title", "kind", "held_on", "starts_at", "minutes", "place"),
            *("municipality", "centre", "series", "role", "initiated_by", "target"),
            *("area", "co_organisers", "other_organisers", "institutions"),
            *("institutions_typed", "outcome", "results"),
        )
        labels = {
            "title": gettext_lazy("What was it called, or what about?"),
            "starts_at": gettext_lazy("Begins at"),
            "minutes": gettext_lazy("How many minutes?"),
            "place": gettext_lazy("Where?"),
            "municipality": gettext_lazy("In which municipality?"),
            "centre": gettext_lazy("In which resource centre?"),
            "series": gettext_lazy("Belongs to the series"),
            "role": gettext_lazy("Your part in it"),
            "initiated_by": gettext_lazy("Whose idea was it?"),
            "target": gettext_lazy("For whom was it?"),
            "area": gettext_lazy("Area of work"),
            "co_organisers": gettext_lazy("Organised together with"),
            "other_organisers": gettext_lazy("Other organisers"),
            "institutions": gettext_lazy("Institutions from which people came"),
            "institutions_typed": gettext_lazy("Number of institutions"),
            "outcome": gettext_lazy("What did the participants learn?"),
            "results": gettext_lazy("Results of the contest"),
        }
        help_texts = {
            "institutions_typed": gettext_lazy(
                "Where the list is not complete. The larger of the two numbers counts."
            ),
            "outcome": gettext_lazy("No names."),
            "results": gettext_lazy("Places and prizes by region. No names."),
        }
        widgets = {
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "place": forms.TextInput(attrs={"autocomplete": "off"}),
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "minutes": forms.NumberInput(attrs={"inputmode": "numeric"}),
            "municipality": Chips,
            "role": Chips,
            "co_organisers": ChipBoxes,
            "institutions": ChipBoxes,
            "institutions_typed": Stepper(attrs={"inputmode": "numeric", "min": 0}),
            "outcome": LONG_TEXT,
            "results": LONG_TEXT,
        }
        error_messages = {
            "title": {
                "required": gettext_lazy("Write what the event was called"),
                **TEXT_ERRORS,
            },
            "place": TEXT_ERRORS,
            "other_organisers": TEXT_ERRORS,
            "outcome": TEXT_ERRORS,
            "results": TEXT_ERRORS,
            "starts_at": {"invalid": gettext_lazy("Write the time as 14:30")},
            "minutes": {
                "invalid": gettext_lazy("Write a whole number"),
                "min_value": gettext_lazy(
                    "An event of one day lasts between 1 minute and 24 hours."
                ),
            },
            "municipality": {"required": gettext_lazy("Choose the municipality")},
            "centre": {
                "invalid_choice": gettext_lazy("Choose the centre from the list")
            },
            "institutions_typed": {
                "invalid": gettext_lazy("Write a whole number"),
                "min_value": gettext_lazy("Write a number from 0 to 999"),
            },
        }

    ONLY_OF_A_DAY = ("starts_at", "minutes", "place", "centre", "series", "visit")

    def __init__(self, *args, by, counts=None, entry=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["institutions_typed"].max_value = MOST_INSTITUTIONS
        self._offer_places()
        self._offer_terms()
        self.offer_institutions()
        if self.instance.is_series:
            for name in self.ONLY_OF_A_DAY:
                del self.fields[name]
            self._ask_of_a_series()
        else:
            self._offer_centres_and_series()
            self._offer_entries(entry)
        works_with_families = by.has_role(Role.MEDIATOR)
        frequent = FREQUENT if works_with_families else FREQUENT_AT_THE_DESK
        if self.instance.is_series:
            frequent = FREQUENT
        self.add_counts(self.instance, counts or {}, frequent)

    def _ask_of_a_series(self):
        self.fields["title"].label = _("What is the series called?")
        self.fields["held_on"].label = _("When does it begin?")
        self.fields["institutions_typed"].label = _("Number of different institutions")

    def _offer_places(self):
        """One's own; staff choose from all, or make an event of the whole project."""
        self.of_project = self.by.has_role(Role.PROJECT_STAFF)
        if self.of_project:
            self._offer_every_place()
            return
        self.places = self.by.own_municipalities()
        field = self.fields["municipality"]
        field.queryset, field.empty_label = self.places, None
        put_in_order(field)
        field.required = True
        if not self.instance._state.adding:
            del self.fields["municipality"]
        elif len(self.places) == 1:
            self.instance.municipality = self.places[0]
            del self.fields["municipality"]

    def _offer_every_place(self):
        """A list instead of chips; a series keeps its place, because its sessions rely on it."""
        kept = Municipality.objects.filter(pk=self.instance.municipality_id)
        self.places = Municipality.objects.standing().valid() | kept
        field = self.fields["municipality"]
        field.queryset, field.required = self.places, False
        field.widget = forms.Select()
        field.choices = [
            ("", _("Whole project")),
            *sorted(
                ((row.pk, str(row)) for row in self.places),
                key=lambda row: latvian_order(row[1]),
            ),
        ]
        if self.instance.is_series and not self.instance._state.adding:
            del self.fields["municipality"]

    def _offer_terms(self):
        for name, vocabulary in (
            ("kind", Vocabulary.EVENT_TYPE),
            ("initiated_by", Vocabulary.INITIATOR),
        ):
            kept = Term.objects.filter(pk=getattr(self.instance, f"{name}_id"))
            self.fields[name].queryset = Term.objects.of(vocabulary).valid() | kept
        self.fields["initiated_by"].empty_label = _("Not said")
        self.fields["target"].choices = [("", _("Not said")), *Event.Target.choices]
        self.fields["area"].choices = [("", _("Not said")), *Area.choices]
        self.fields["role"].required = False

    def _offer_centres_and_series(self):
        places, is_settled = self.places, "municipality" not in self.fields
        if is_settled and self.instance.municipality_id:
            places = Municipality.objects.filter(pk=self.instance.municipality_id)
        centres = Centre.objects.filter(municipality__in=places)
        centres = centres.open() | Centre.objects.filter(events=self.instance.pk)
        self.fields["centre"].queryset = centres.distinct()
        self.fields["centre"].empty_label = _("In none")
        if self.of_project:
            self.fields["centre"].queryset = centres.distinct().select_related(
                "municipality"
            )
            self.fields["centre"].label_from_instance = _name_and_place
        put_in_order(self.fields["centre"])
        if not self.fields["centre"].queryset:
            del self.fields["centre"]
        series = Event.objects.visible_to(self.by).series()
        if is_settled and self.instance.municipality_id:
            series = series.filter(municipality_id__isnull=True) | series.filter(
                municipality=self.instance.municipality_id
            )
        self.fields["series"].queryset = series.select_related("municipality")
        self.fields["series"].label_from_instance = _series_and_when
        self.fields["series"].empty_label = _("To none")
        if not series:
            del self.fields["series"]

    def _offer_entries(self, entry):
        """Own entries about groups that have no event yet; the older one asked for too."""
        if not self.instance._state.adding or not self.by.has_role(Role.MEDIATOR):
            del self.fields["visit"]
            return
        own = Visit.objects.logged_by(self.by).filter(kind=Kind.GROUP)
        own = own.filter(Q(led_events=None) | Q(led_events__event=self._key()))
        wanted = self.data.get("visit") or (entry.code if entry else "")
        recent = own.filter(visited_on__gte=timezone.localdate() - A_QUARTER)
        offered = recent | own.filter(code=wanted)
        field = self.fields["visit"]
        field.queryset = offered.order_by("-visited_on", "-pk")
        field.empty_label = _("None")
        if not offered and not wanted:
            del self.fields["visit"]

    def _key(self):
        """Of the event that an earlier press of the same button has made, if it did."""
        try:
            return uuid.UUID(self.data.get("client_uuid", ""))
        except ValueError:
            return None

    def clean_role(self):
        return self.cleaned_data["role"] or Event.Role.ORGANISED

    def clean_institutions_typed(self):
        typed = self.cleaned_data["institutions_typed"]
        if typed is not None and typed > MOST_INSTITUTIONS:
            raise ValidationError(_("Write a number from 0 to 999"))
        return typed or None

    def clean(self):
        """The municipality first: names are looked for among the families of its mediators."""
        if "municipality" in self.fields:
            place = self.cleaned_data.get("municipality") or self._place_of_the_rest()
            self.cleaned_data["municipality"] = self.instance.municipality = place
        data = super().clean()
        self._refuse_another_place(data)
        self.refuse_outside_of_the_series(data)
        self.clean_counts(data)
        self.refuse_before_its_day(data)
        self.refuse_nobody(data)
        typed, listed = data.get("institutions_typed"), data.get("institutions") or ()
        self.instance.institutions_number = max(typed or 0, len(listed))
        self.ask_about_institutions(data)
        self.ask_about_found(data)
        return data

    def _place_of_the_rest(self):
        """A centre and a series say by themselves where it was."""
        for name in ("centre", "series"):
            if chosen := self.cleaned_data.get(name):
                return chosen.municipality
        return None

    def _refuse_another_place(self, data):
        place = self.instance.municipality_id
        centre, series = data.get("centre"), data.get("series")
        if centre and centre.municipality_id != place:
            self.add_error("centre", _("This centre is in another municipality."))
        if series and series.municipality_id not in (None, place):
            self.add_error("series", _("This series is of another municipality."))
        visit = data.get("visit")
        if visit and visit.municipality_id != place:
            self.add_error("visit", _("This log entry is of another municipality."))

    @property
    def folds(self):
        """``(title, fields, is open)`` of what few events need."""
        for title, names in (
            (
                pgettext_lazy("fold", "Time and place in more detail"),
                ("starts_at", "minutes", "centre", "series", "visit"),
            ),
            (
                pgettext_lazy("fold", "Who organised it, for whom"),
                (
                    *("role", "initiated_by", "target", "area"),
                    *("co_organisers", "other_organisers"),
                ),
            ),
            (
                pgettext_lazy("fold", "Institutions represented"),
                ("institutions_typed", "institutions_sought", "institutions"),
            ),
            (pgettext_lazy("fold", "What came of it"), ("outcome", "results")),
        ):
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield title, fields, any(field.errors for field in fields)
