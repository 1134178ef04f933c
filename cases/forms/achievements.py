"""What was achieved, for whom and when: three questions without a line to type."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.cases import area_of
from cases.forms.fields import DayField
from cases.models import Area
from cases.services.people import chosen_for
from families import words
from interface.latvian import full_date
from interface.widgets import ChipBoxes, DateInput, FoldedChips
from municipalities.models import Term, Vocabulary

WHOLE_FAMILY = "family"


class AchievementForm(forms.Form):
    """The results of the case's own area stand open, the others are folded."""

    what = forms.ModelChoiceField(
        Term.objects.none(),
        label=_("What was achieved?"),
        empty_label=None,
        widget=FoldedChips(more=pgettext_lazy("achievement", "Something else")),
        error_messages={
            "required": _("Choose what was achieved"),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    people = forms.MultipleChoiceField(
        label=_("For whom?"),
        widget=ChipBoxes,
        error_messages={
            "required": _("Choose for whom, or the whole family"),
            "invalid_choice": _("Choose the people of this family anew."),
        },
    )
    achieved_on = DayField(
        label=_("When?"),
        initial=timezone.localdate,
        widget=DateInput,
        error_messages={
            "required": _("Choose the day"),
            "invalid": _("Write the day as 12.11.2026."),
        },
    )

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self._offer_achievements(self.fields["what"])
        self._offer_people()
        self.fields["achieved_on"].widget.attrs |= {
            "min": case.opened_on.isoformat(),
            "max": timezone.localdate().isoformat(),
        }

    def _offer_achievements(self, field):
        """One's own area first, then area by area; without any of its own, the general ones."""
        field.queryset = Term.objects.of(Vocabulary.ACHIEVEMENT).valid()
        order = [Area(self.case.area), Area.OTHER, *Area]
        terms = sorted(field.queryset, key=lambda term: order.index(area_of(term)))
        field.choices = [(term.pk, str(term)) for term in terms]
        by_area = {
            area: [term.pk for term in terms if area_of(term) == area] for area in order
        }
        field.widget.shown = by_area[self.case.area] or by_area[Area.OTHER]

    def _offer_people(self):
        """Without a list of people it is for the family, and nobody asks."""
        family = self.case.family
        members = family.members.in_household().select_related("relation")
        self.members = {str(one.pk): one for one in members}
        if not self.members:
            del self.fields["people"]
            return
        self.fields["people"].choices = [
            *((key, one.told_apart) for key, one in self.members.items()),
            (WHOLE_FAMILY, pgettext_lazy("for whom", "The whole family")),
        ]
        self.initial["people"] = [str(one.pk) for one in chosen_for(self.case)]

    def clean_people(self):
        """The people, or nobody in particular for the whole family."""
        chosen = self.cleaned_data["people"]
        if WHOLE_FAMILY not in chosen:
            return [self.members[key] for key in chosen]
        if len(chosen) > 1:
            raise ValidationError(
                _("Choose either people or the whole family, not both."), code="both"
            )
        return []

    def clean_achieved_on(self):
        day = self.cleaned_data["achieved_on"]
        if day > timezone.localdate():
            raise ValidationError(_("The date cannot be in the future"), code="future")
        if day < self.case.opened_on:
            raise ValidationError(
                _(
                    "The case was opened on %(day)s only. Choose that day or a later one."
                ),
                code="before",
                params={"day": full_date(self.case.opened_on)},
            )
        return day

    def clean(self):
        reason = words.why_no_case(self.case.family)
        if reason:
            raise ValidationError(reason, code="consent")
        return super().clean()

    def answers(self):
        """What the service wants to know."""
        data = self.cleaned_data
        return data["what"], data["achieved_on"], data.get("people", [])

    def say_handed_in(self, first_day):
        self.add_error(
            "achieved_on",
            ValidationError(
                _(
                    "The report of that month has been handed in and does not change. "
                    "Choose %(day)s or a later day, and the next report will count it."
                ),
                code="closed",
                params={"day": full_date(first_day)},
            ),
        )
