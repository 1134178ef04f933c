"""Which document somebody takes out: of whom, of what time."""

import uuid
from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models import HandOver
from interface.latvian import full_date, latvian_order
from mediators.models import Appointment
from municipalities.models import Institution, Municipality
from reports.documents import (
    hand_over,
    institution,
    municipality,
    project,
    work_time,
)
from reports.forms.results import (
    MonthField,
    PeriodField,
    months_since,
    periods_since,
)
from reports.periods import Period, months_earlier
from reports.reach import days_of_the_log, ever_appointed, places_of


class DeskField(forms.ModelChoiceField):
    """A mediator in a municipality, known by the newest appointment there."""

    def label_from_instance(self, appointment):
        return f"{appointment.user.full_name}, {appointment.municipality}"


class DocumentForm(forms.Form):
    """What a document is made of. ``count`` of the form counts it.

    ``folded`` names fields that few people need, ``text_groups`` are pairs of a
    municipality and the fields that choose its texts.
    """

    folded = ()
    text_groups = ()

    @property
    def open_fields(self):
        hidden = {
            *self.folded,
            *(f.name for _place, group in self.text_groups for f in group),
        }
        return [field for field in self if field.name not in hidden]

    @property
    def folded_fields(self):
        return [self[name] for name in self.folded]

    @property
    def is_unfolded(self):
        return any(self.data.get(name) for name in self.folded)


class WorkTimeForm(DocumentForm):
    """The time sheet: of which mediator, of which month.

    Of more than ``MOST_DESKS`` those of one municipality are offered, which is chosen
    before: ``places`` are then to choose from, and ``place`` is the chosen one.
    """

    MONTHS = 24
    MOST_DESKS = 100

    places = ()
    place = None

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
        desks = self._offered(
            Appointment.objects.visible_to(user).newest_of_each_desk()
        )
        self.fields["desk"].queryset = desks.select_related("user", "municipality")
        if desks[:2].count() == 1:
            self.fields["desk"].empty_label = None
        this_month = timezone.localdate().replace(day=1)
        self.initial["month"] = f"{months_earlier(this_month, 1):%Y-%m}"
        places = Municipality.objects.filter(pk__in=desks.values("municipality"))
        since = max(
            months_earlier(this_month, self.MONTHS),
            days_of_the_log(places)["since"].replace(day=1),
        )
        self.fields["month"].offer(
            [(_("Months"), months_since(since))],
            self.data.get("month") or self.initial["month"],
        )

    def _offered(self, desks):
        if desks[: self.MOST_DESKS + 1].count() <= self.MOST_DESKS:
            return desks
        places = Municipality.objects.filter(pk__in=desks.values("municipality"))
        self.place = places.filter(slug=self.initial.get("municipality", "")).first()
        if self.place:
            return desks.filter(municipality=self.place)
        self.places = sorted(places, key=lambda place: latvian_order(str(place)))
        return desks

    def count(self):
        """The sheet that was asked for."""
        desk, month = self.cleaned_data["desk"], self.cleaned_data["month"]
        return work_time.time_sheet(desk.user, desk.municipality, month.first)


class PlanField(forms.ModelChoiceField):
    """A hand-over, told by the two mediators and the last day."""

    def label_from_instance(self, plan):
        return f"{plan.mediator} → {plan.successor}, {full_date(plan.last_day)}"


class HandOverForm(DocumentForm):
    """The sheet of a hand-over: of which one. Older ones lead here from their own page."""

    OFFERED = timedelta(days=730)

    plan = PlanField(
        HandOver.objects.none(),
        label=_("Which hand-over?"),
        help_text=_(
            "Those of the last two years. Under “Substitution” you find earlier ones."
        ),
        error_messages={
            "required": _("Choose the hand-over"),
            "invalid_choice": _("Choose the hand-over from the list"),
        },
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        plans = HandOver.objects.visible_to(user).of_everything()
        plans = plans.select_related("mediator", "successor", "municipality")
        recent = plans.filter(last_day__gte=timezone.localdate() - self.OFFERED)
        offered = recent | plans.filter(pk=self._asked())
        field = self.fields["plan"]
        field.queryset = offered
        if not offered:
            self.nothing = _(
                "There was no hand-over in the last two years. It is made when a mediator "
                "leaves and her families get a successor: then its sheet can be taken out "
                "here."
            )
        if len(offered) == 1:
            field.empty_label = None

    def _asked(self):
        """The hand-over in the address or in what was sent; None where it names none."""
        try:
            return uuid.UUID(self.data.get("plan") or self.initial.get("plan", ""))
        except ValueError:
            return None

    def count(self):
        """The sheet that was asked for."""
        return hand_over.hand_over_sheet(self.cleaned_data["plan"], self.user)


class TextField(forms.ChoiceField):
    """Which text stands; one of another period means that nothing was chosen yet."""

    def validate(self, value):
        pass


class PeriodForm(DocumentForm):
    """A year, quarter or month, or else other months from the fold, which count first."""

    period = PeriodField(
        label=_("Period"), error_messages={"required": _("Choose the period")}
    )
    first = MonthField(label=pgettext_lazy("first month", "From"), required=False)
    last = MonthField(
        label=pgettext_lazy("last month", "To"),
        required=False,
        help_text=_(
            "How many different families there were is told of such months where no other "
            "stretch that begins or ends with them is less than a quarter longer or shorter; "
            "else a dot stands there."
        ),
    )

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
        self.fields["municipality"].offer(ever_appointed(places))

    def count(self):
        """The summary that was asked for."""
        place = self.cleaned_data["municipality"]
        return municipality.summary(place, self.chosen_period)


class ProjectForm(PeriodForm):
    """The final evaluation: of what time, and which approved text stands for each place."""

    LEAVE_OUT = "-"
    BEGINNING = 60

    def __init__(self, *args, user, **kwargs):
        self.user = user
        places = places_of(user)
        this_year = Period.of_year(timezone.localdate().year)
        super().__init__(*args, places=places, default=this_year, **kwargs)
        self.text_groups = []
        self._keys = {}
        self.texts = project.approved_texts(user, self._period_to_show(this_year))
        for place in sorted(self.texts, key=lambda place: latvian_order(str(place))):
            names = list(self._add_choices(place, self.texts[place]))
            self.text_groups.append((place, [self[name] for name in names]))

    def _period_to_show(self, default):
        """The period whose texts are offered, also while something else is wrong."""
        found = {}
        for name in ("period", *self.folded):
            try:
                found[name] = self.fields[name].clean(self.data.get(name, ""))
            except ValidationError:
                continue
        self.cleaned_data = {"period": default} | found
        return self.chosen_period

    def _add_choices(self, place, texts):
        for part in project.PARTS:
            if offered := texts.offered(part):
                name = f"{place.slug}.{part.key}"
                self._keys[name] = place.pk, part.key
                self.fields[name] = TextField(
                    label=part.title,
                    required=False,
                    choices=[
                        *((text.version, self._told(text)) for text in offered),
                        (self.LEAVE_OUT, _("Leave out")),
                    ],
                )
                yield name

    @property
    def most_texts(self):
        """How many texts of a part are offered at most, where there are more of any."""
        has_more = any(texts.has_more for texts in self.texts.values())
        return project.OFFERED if has_more else None

    def _told(self, text):
        return f"{text.label}: {Truncator(text.text).chars(self.BEGINNING)}"

    def count(self):
        """The evaluation that was asked for."""
        chosen = {
            key: None
            if self.cleaned_data[name] == self.LEAVE_OUT
            else self.cleaned_data[name]
            for name, key in self._keys.items()
        }
        return project.evaluation(
            self.user, self.chosen_period, chosen, texts=self.texts
        )
