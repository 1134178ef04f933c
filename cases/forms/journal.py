"""Which entries of the log to show."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.models import Area, Kind
from families.models import Family
from interface.days import month_in_address
from interface.latvian import latvian_order


class JournalForm(forms.Form):
    """The filters stand in the address, therefore in its language."""

    menesis = forms.Field(required=False, widget=forms.HiddenInput)
    veids = forms.ChoiceField(
        label=_("What it was"),
        choices=[("", _("All kinds")), *Kind.choices],
        required=False,
    )
    joma = forms.ChoiceField(
        label=_("Area"), choices=[("", _("All areas")), *Area.choices], required=False
    )
    gimene = forms.ChoiceField(label=_("Family"), required=False)

    def __init__(self, query, *, user):
        super().__init__(query)
        families = Family.objects.visible_to(user)
        choices = [(family.code, family.name) for family in families]
        self.fields["gimene"].choices = [
            ("", _("All families")),
            *sorted(choices, key=lambda choice: latvian_order(choice[1])),
        ]

    def month(self, today):
        """The month asked for, at most the present one."""
        return month_in_address(self._answers().get("menesis"), today.replace(day=1))

    def narrow(self, visits):
        answers = self._answers()
        if answers.get("veids"):
            visits = visits.filter(kind=answers["veids"])
        if answers.get("joma"):
            visits = visits.filter(visit_areas__area=answers["joma"])
        if answers.get("gimene"):
            visits = visits.filter(families__code=answers["gimene"])
        return visits

    def _answers(self):
        """Answers that make sense; a filter that does not exist filters nothing."""
        self.full_clean()
        return self.cleaned_data

    def without_month(self):
        """The other filters as a query string, for the links to other months."""
        chosen = {k: v for k, v in self._answers().items() if v and k != "menesis"}
        return "".join(f"&{key}={value}" for key, value in chosen.items())
