"""Which months and municipalities somebody looks at or takes out."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Area
from interface.choices import RowField
from interface.latvian import month_year
from municipalities.models import Municipality
from reports.counting import Scope
from reports.periods import NotAPeriod, Period
from reports.reach import ever_appointed


def has_begun(period):
    """What is to come has no results."""
    return period.first <= timezone.localdate()


class PeriodField(forms.Field):
    """A year, quarter or month. Offers those that are worth a look, accepts any."""

    widget = forms.Select
    default_error_messages = {"invalid": _("Choose a period from the list")}
    nothing_chosen = _("Other months")
    is_right = staticmethod(has_begun)

    def to_python(self, value):
        if value in self.empty_values:
            return None
        try:
            period = Period.parse(value)
        except NotAPeriod:
            period = None
        if period is None or not self.is_right(period):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return period

    def offer(self, groups, chosen=""):
        """``groups`` as for choices; a well-formed choice outside of them is kept."""
        offered = {code for _name, group in groups for code, _label in group}
        period = self._read(chosen)
        if period and chosen not in offered:
            groups = [
                *groups,
                (pgettext_lazy("periods", "Other"), [(chosen, period.label)]),
            ]
        nothing = [] if self.required else [("", self.nothing_chosen)]
        self.widget.choices = [*nothing, *groups]

    def _read(self, value):
        try:
            return self.to_python(value)
        except ValidationError:
            return None


class MonthField(PeriodField):
    """A single month."""

    nothing_chosen = "–"
    default_error_messages = {"invalid": _("Choose a month from the list")}
    is_right = staticmethod(lambda period: period.length == 1 and has_begun(period))


def months_since(since):
    """(code, label) of all months from ``since`` to this one, the newest first."""
    months = Period.between(since, timezone.localdate()).months
    return [(f"{month:%Y-%m}", month_year(month)) for month in reversed(months)]


def periods_since(since):
    """Years, quarters and months from ``since`` on, the newest first."""
    months = Period.between(since, timezone.localdate()).months
    quarters = dict.fromkeys(Period.quarter_of(month) for month in reversed(months))
    years = dict.fromkeys(Period.of_year(month.year) for month in reversed(months))
    return [
        (_("Quarters"), [(period.code, period.label) for period in quarters]),
        (_("Years"), [(period.code, period.label) for period in years]),
        (_("Months"), months_since(since)),
    ]


def _begin(period):
    return period.first


class ResultsForm(forms.Form):
    """The filters of the results page, kept in the address so that they can be shared."""

    period = PeriodField(label=_("Period"), required=False)
    municipality = RowField(
        Municipality.objects.none(),
        label=_("Municipality"),
        required=False,
        to_field_name="slug",
        empty_label=_("All municipalities"),
        error_messages={"invalid_choice": _("Choose a municipality from the list")},
    )
    area = forms.ChoiceField(
        label=pgettext_lazy("area of work", "Area"),
        required=False,
        choices=[("", _("All areas")), *Area.choices],
        error_messages={"invalid_choice": _("Choose an area from the list")},
    )
    approved = forms.BooleanField(label=_("Approved reports only"), required=False)
    first = MonthField(label=pgettext_lazy("first month", "From"), required=False)
    last = MonthField(label=pgettext_lazy("last month", "To"), required=False)

    def __init__(self, *args, places, since, until, place=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.places = places
        self.default = Period.quarter_of(until)
        if not (self.is_stretch or self.data.get("period")):
            self.data = self.data.copy()
            self.data["period"] = self.default.code
        self.fields["period"].offer(periods_since(since), self.data.get("period", ""))
        for name in ("first", "last"):
            months = [(_("Months"), months_since(since))]
            self.fields[name].offer(months, self.data.get(name, ""))
        if place:
            del self.fields["municipality"]
        else:
            self.fields["municipality"].queryset = ever_appointed(places).standing()

    @property
    def is_stretch(self):
        """Whether months are given, and none of the named periods."""
        months = self.data.get("first") or self.data.get("last")
        return bool(months) and not self.data.get("period")

    @property
    def narrows_further(self):
        """Whether more is chosen than a named period and a municipality."""
        also = any(self.data.get(name) for name in ("area", "approved"))
        return also or self.is_stretch or bool(self.errors)

    @property
    def chosen(self):
        """The period to show; wrong or missing choices give the newest quarter."""
        first, last = (self.cleaned_data.get(name) for name in ("first", "last"))
        if not self.is_stretch or {"first", "last"} & self.errors.keys():
            return self.cleaned_data.get("period") or self.default
        this_month = Period.between(timezone.localdate(), timezone.localdate())
        return Period.between(
            (first or last).first, (last or max(first, this_month, key=_begin)).first
        )

    @property
    def chosen_place(self):
        return self.cleaned_data.get("municipality")

    @property
    def scope(self):
        """What is chosen, as the scope of the log that is counted."""
        place = self.chosen_place
        return Scope(
            self.chosen.first,
            self.chosen.last,
            self.places.filter(pk=place.pk).with_predecessors()
            if place
            else self.places,
            area=self.cleaned_data.get("area") or None,
            approved_only=self.cleaned_data.get("approved", False),
        )
