"""Which document somebody takes out: of whom, of what time."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mediators.models import Appointment
from municipalities.models import Institution, Municipality
from reports.documents import institution, municipality, work_time
from reports.forms.results import (
    MonthField,
    PeriodField,
    months_since,
    periods_since,
)
from reports.periods import Period, months_earlier
from reports.reach import days_of_the_log, places_of


class DeskField(forms.ModelChoiceField):
    """A mediator in a municipality, known by the newest appointment there."""

    def label_from_instance(self, appointment):
        return f"{appointment.user.full_name}, {appointment.municipality}"


class WorkTimeForm(forms.Form):
    """The time sheet: of which mediator, of which month."""

    MONTHS = 24

    desk = DeskField(
        Appointment.objects.none(),
        label=_("Whose time sheet?"),
        error_messages={
            "required": _("Choose the mediator"),
            "invalid_choice": _("Choose the mediator from the list"),
        },
    )
    month = MonthField(
        label=_("Month"), error_messages={"required": _("Choose the month")}
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        desks = Appointment.objects.visible_to(user).newest_of_each_desk()
        self.fields["desk"].queryset = desks.select_related("user", "municipality")
        if len(desks) == 1:
            self.fields["desk"].empty_label = None
        this_month = timezone.localdate().replace(day=1)
        self.initial["month"] = f"{months_earlier(this_month, 1):%Y-%m}"
        since = months_earlier(this_month, self.MONTHS)
        self.fields["month"].offer(
            [(_("Months"), months_since(since))],
            self.data.get("month") or self.initial["month"],
        )

    @property
    def open_fields(self):
        return list(self)

    folded_fields = ()
    is_stretch = False

    def count(self):
        """The sheet that was asked for."""
        desk, month = self.cleaned_data["desk"], self.cleaned_data["month"]
        return work_time.time_sheet(desk.user, desk.municipality, month.first)


class PeriodForm(forms.Form):
    """A year, quarter or month, or else other months from the fold."""

    period = PeriodField(
        label=_("Period"), error_messages={"required": _("Choose the period")}
    )
    first = MonthField(label=pgettext_lazy("first month", "From"), required=False)
    last = MonthField(label=pgettext_lazy("last month", "To"), required=False)

    folded = ("first", "last")

    def __init__(self, *args, places, default, **kwargs):
        super().__init__(*args, **kwargs)
        since = days_of_the_log(places)["since"]
        self.initial["period"] = default.code
        self.fields["period"].offer(
            periods_since(since), self.data.get("period") or default.code
        )
        for name in self.folded:
            months = [(_("Months"), months_since(since))]
            self.fields[name].offer(months, self.data.get(name, ""))

    @property
    def open_fields(self):
        return [field for field in self if field.name not in self.folded]

    @property
    def folded_fields(self):
        return [self[name] for name in self.folded]

    @property
    def is_stretch(self):
        """Whether the fold is used; months in it count before the period above."""
        return any(self.data.get(name) for name in self.folded)

    @property
    def chosen_period(self):
        data = self.cleaned_data
        months = [data[name].first for name in self.folded if data.get(name)]
        return Period.between(months[0], months[-1]) if months else data["period"]


class PlaceField(forms.ModelChoiceField):
    """One of a person's municipalities; the only one needs no choosing."""

    def __init__(self, **kwargs):
        super().__init__(
            Municipality.objects.none(),
            label=_("Municipality"),
            to_field_name="slug",
            error_messages={
                "required": _("Choose the municipality"),
                "invalid_choice": _("Choose a municipality from the list"),
            },
            **kwargs,
        )

    def offer(self, places):
        self.queryset = places
        if len(places) == 1:
            self.empty_label = None


class InstitutionForm(PeriodForm):
    """The extract: for which institution, of what time."""

    field_order = ("municipality", "institution", *PeriodForm.base_fields)

    municipality = PlaceField()
    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("For which institution?"),
        error_messages={
            "required": _("Choose the institution"),
            "invalid_choice": _("Choose the institution from the list"),
        },
    )

    def __init__(self, *args, user, **kwargs):
        self.user = user
        places = user.own_municipalities()
        last_month = months_earlier(timezone.localdate(), 1)
        default = Period.between(last_month, last_month)
        super().__init__(*args, places=places, default=default, **kwargs)
        self.fields["municipality"].offer(places)
        self.fields["institution"].queryset = Institution.objects.of(places)

    def clean(self):
        data = super().clean()
        place, chosen = data.get("municipality"), data.get("institution")
        if place and chosen and chosen.municipality_id not in (None, place.pk):
            self.add_error(
                "institution", _("This institution belongs to another municipality")
            )
        return data

    def count(self):
        """The extract that was asked for."""
        data = self.cleaned_data
        return institution.extract(
            self.user, data["institution"], data["municipality"], self.chosen_period
        )


class MunicipalityForm(PeriodForm):
    """The summary: of which municipality, of what time."""

    field_order = ("municipality", *PeriodForm.base_fields)

    municipality = PlaceField()

    def __init__(self, *args, user, **kwargs):
        places = places_of(user)
        last_quarter = Period.quarter_of(months_earlier(timezone.localdate(), 3))
        super().__init__(*args, places=places, default=last_quarter, **kwargs)
        self.fields["municipality"].offer(places)

    def count(self):
        """The summary that was asked for."""
        place = self.cleaned_data["municipality"]
        return municipality.summary(place, self.chosen_period)
