"""Which document somebody takes out: of whom, of what time."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediators.models import Appointment
from reports.documents import work_time
from reports.forms.results import MonthField, months_since
from reports.periods import months_earlier


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

    def count(self):
        """The sheet that was asked for."""
        desk, month = self.cleaned_data["desk"], self.cleaned_data["month"]
        return work_time.time_sheet(desk.user, desk.municipality, month.first)
