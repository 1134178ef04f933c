"""Which register somebody takes out: events, participants, children in education, the framework."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from families.models.education import school_year_of
from interface.latvian import school_year
from mediators.models import Role
from municipalities.models import Municipality, Term, Vocabulary
from reports.documents import (
    education,
    events,
    framework,
    participants,
)
from reports.forms.documents import DocumentForm, PeriodForm, PlaceField
from reports.periods import Period
from reports.reach import days_of_the_log, ever_appointed, places_of


class EventsForm(PeriodForm):
    """The register of events: of one municipality or of the whole project, of what time."""

    field_order = ("municipality", *PeriodForm.base_fields)

    municipality = PlaceField()

    def __init__(self, *args, user, **kwargs):
        places = places_of(user)
        this_year = Period.of_year(timezone.localdate().year)
        super().__init__(*args, places=places, default=this_year, **kwargs)
        field = self.fields["municipality"]
        field.offer(ever_appointed(places))
        if user.has_role(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR):
            field.required, field.empty_label = False, _("The whole project")

    def count(self):
        """The register that was asked for."""
        place, places = self.cleaned_data["municipality"], None
        if place:
            places = Municipality.objects.filter(pk=place.pk).with_predecessors()
        return events.register(self.chosen_period, places, place)


class FrameworkForm(PeriodForm):
    """The export for the EU Roma framework: of what time."""

    def __init__(self, *args, user, **kwargs):
        places = places_of(user)
        year = max(timezone.localdate().year - 1, days_of_the_log(places)["since"].year)
        default = Period.of_year(year)
        super().__init__(*args, places=places, default=default, **kwargs)

    def count(self):
        """The numbers of the whole country in that time."""
        return framework.framework(self.chosen_period)


class ParticipantsForm(PeriodForm):
    """The participants for a beneficiary: of which programme, who began when."""

    programme = forms.ModelChoiceField(
        None,
        label=_("Programme"),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the programme")},
    )
    field_order = ("programme", "period", "first", "last")

    def __init__(self, *args, user, **kwargs):
        default = Period.of_year(timezone.localdate().year)
        super().__init__(*args, places=places_of(user), default=default, **kwargs)
        self.user = user
        self.fields["programme"].queryset = Term.objects.of(Vocabulary.PROGRAMME)

    def count(self):
        """Those who are ready to be handed over."""
        programme = self.cleaned_data["programme"]
        return participants.participants(programme, self.chosen_period, user=self.user)


class EducationForm(DocumentForm):
    """Education statistics: of which municipality, of which school year."""

    YEARS = 6

    municipality = PlaceField()
    year = forms.TypedChoiceField(
        label=_("School year"),
        coerce=int,
        error_messages={
            "required": _("Choose the school year"),
            "invalid_choice": _("Choose the school year from the list"),
        },
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].offer(ever_appointed(places_of(user)))
        now = school_year_of(timezone.localdate())
        self.fields["year"].choices = [
            (year, school_year(year)) for year in range(now, now - self.YEARS, -1)
        ]

    def count(self):
        """The statistics that were asked for."""
        data = self.cleaned_data
        return education.education_statistics(data["municipality"], data["year"])
