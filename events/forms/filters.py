"""Which events a list shows."""

from datetime import date

from django import forms
from django.db.models import Q
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from events.models import Centre, Event
from interface.choices import RowField, put_in_order
from interface.latvian import latvian_order, month_year
from municipalities.models import Municipality, Term, Vocabulary
from municipalities.working_days import last_day


class FilterForm(forms.Form):
    """The filters stand in the address, therefore in its language.

    ``laiks`` is a year or a month. A series is found by any of its sessions.
    """

    laiks = forms.ChoiceField(label=_("Period"), required=False)
    veids = RowField(
        Term.objects.none(),
        label=_("Kind"),
        required=False,
        to_field_name="code",
        empty_label=_("All kinds"),
    )
    centrs = RowField(
        Centre.objects.none(),
        label=_("Resource centre"),
        required=False,
        empty_label=_("All"),
    )
    pasvaldiba = RowField(
        Municipality.objects.none(),
        label=_("Municipality"),
        required=False,
        to_field_name="slug",
        empty_label=_("All municipalities"),
    )

    def __init__(self, query, *, user):
        super().__init__(query)
        events = Event.objects.visible_to(user)
        months = events.order_by().dates("held_on", "month", order="DESC")
        years = dict.fromkeys(month.year for month in months)
        self.fields["laiks"].choices = [
            ("", _("Any time")),
            (_("Years"), [(f"{year}", f"{year}") for year in years]),
            (_("Months"), [(f"{one:%Y-%m}", month_year(one)) for one in months]),
        ]
        kinds = Term.objects.of(Vocabulary.EVENT_TYPE)
        self.fields["veids"].queryset = kinds.filter(pk__in=events.values("kind"))
        self.fields["centrs"].queryset = Centre.objects.visible_to(user)
        put_in_order(self.fields["centrs"])
        if not self.fields["centrs"].queryset:
            del self.fields["centrs"]
        places = Municipality.objects.filter(pk__in=events.values("municipality"))
        if len(places) > 1:
            self.fields["pasvaldiba"].queryset = places
            self.fields["pasvaldiba"].choices = [
                ("", _("All municipalities")),
                *(
                    (place.slug, str(place))
                    for place in sorted(places, key=lambda one: latvian_order(str(one)))
                ),
            ]
        else:
            del self.fields["pasvaldiba"]

    def narrow(self, wholes):
        """Of ``wholes`` those that fit; a filter that makes no sense filters nothing."""
        self.full_clean()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        wanted = Q()
        for prefix in ("", "sessions__"):
            part = Q()
            if laiks := chosen.get("laiks"):
                part &= Q(**{f"{prefix}held_on__range": _days(laiks)})
            if kind := chosen.get("veids"):
                part &= Q(**{f"{prefix}kind": kind})
            if centre := chosen.get("centrs"):
                part &= Q(**{f"{prefix}centre": centre})
            if place := chosen.get("pasvaldiba"):
                part &= Q(**{f"{prefix}municipality": place})
            wanted |= part
        if chosen:
            found = Event.objects.wholes().filter(wanted).order_by()
            wholes = wholes.filter(pk__in=found.values("pk"))
        return wholes

    @property
    def is_narrowed(self):
        return any(self.cleaned_data.values())

    def query(self):
        """The filters as a query string, for the other pages of the list."""
        chosen = {
            name: self.data[name] for name, value in self.cleaned_data.items() if value
        }
        return urlencode(chosen)


def _days(text):
    """The first and the last day of a year or a month that was offered."""
    year, _dash, month = text.partition("-")
    first = date(int(year), int(month or 1), 1)
    if not month:
        return first, date(first.year, 12, 31)
    return first, last_day(first)
