"""What was achieved, for whom and when: three questions without a line to type."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.cases import area_of
from cases.forms.fields import PastDay, month_is_handed_in
from cases.forms.people import ForWhom
from cases.models import Area
from cases.services.documents import achieved_by
from cases.services.people import chosen_for
from families import words
from interface.latvian import full_date
from interface.widgets import FoldedChips
from municipalities.models import Term, Vocabulary


class Achieved(ForWhom):
    """Something of a case, for whom and when; subclasses ask what."""

    achieved_on = PastDay(label=_("When?"))

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.offer_people(case.family, chosen_for(case))
        self.fields["achieved_on"].widget.attrs |= {
            "min": case.opened_on.isoformat(),
            "max": timezone.localdate().isoformat(),
        }

    def clean_achieved_on(self):
        day = self.cleaned_data["achieved_on"]
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

    def say_handed_in(self, first_day):
        self.add_error("achieved_on", month_is_handed_in(first_day))


class AchievementForm(Achieved):
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
    field_order = ("what", "people", "achieved_on")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._offer_achievements(self.fields["what"])

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

    def answers(self):
        """What the service wants to know."""
        data = self.cleaned_data
        return data["what"], data["achieved_on"], data.get("people", [])


class DocumentForm(Achieved):
    """A document that was obtained: those that the matter needs stand open."""

    document = forms.ModelChoiceField(
        Term.objects.none(),
        label=_("Which document?"),
        empty_label=None,
        widget=FoldedChips(more=pgettext_lazy("document", "Another document")),
        error_messages={
            "required": _("Choose which document it is"),
            "invalid_choice": _("Choose one from the list."),
        },
    )
    field_order = ("document", "people", "achieved_on")

    def __init__(self, *args, needed, **kwargs):
        """``needed`` are the documents that the matter asks for."""
        super().__init__(*args, **kwargs)
        field = self.fields["document"]
        field.queryset = Term.objects.of(Vocabulary.DOCUMENT).valid()
        shown = [term.pk for term in needed]
        terms = sorted(field.queryset, key=lambda term: term.pk not in shown)
        field.choices = [(term.pk, str(term)) for term in terms]
        field.widget.shown = shown

    def answers(self):
        """What the service wants to know."""
        data = self.cleaned_data
        what = achieved_by(data["document"])
        return what, data["achieved_on"], data.get("people", [])
