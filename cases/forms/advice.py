"""A question about a case for somebody who may know, and the answer."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from cases.forms.fields import Text
from cases.models import Advice
from cases.services.names import check_for
from families import words
from families.forms import nameless
from families.forms.names import NameCheckedForm
from mediators.models import Appointment, Role
from municipalities.forms import MadeOnce

LONGEST_QUESTION, LONGEST_ANSWER = 1000, 2000


class AdviceForm(NameCheckedForm, MadeOnce):
    """To whom, and what: the case is told by code, area and category."""

    checked = ("question",)
    field_order = ("whom", "question")

    whom = forms.ChoiceField(
        label=_("Whom do you ask?"),
        error_messages={
            "required": _("Choose whom you ask"),
            "invalid_choice": _("Choose from the list"),
        },
    )
    question = Text(
        label=_("What do you want to ask?"),
        max_length=LONGEST_QUESTION,
        help_text=_("Write without names: whoever answers sees the code of the case."),
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Write what you want to ask")},
    )

    class Meta:
        model = Advice
        fields = ("question",)

    def __init__(self, *args, mediator, **kwargs):
        super().__init__(*args, **kwargs)
        asked = Advice.Asked
        working = Appointment.objects.current().filter(role=Role.MEDIATOR)
        others = working.exclude(user=mediator).filter(user__is_active=True)
        rows = others.select_related("user", "municipality").order_by(
            "user__last_name", "user__first_name"
        )
        mentors = {str(row.user_id): row for row in rows}
        self.colleagues = {pk: row.user for pk, row in mentors.items()}
        self.fields["whom"].choices = [
            (asked.COORDINATOR, asked.COORDINATOR.label),
            (asked.LEAD, asked.LEAD.label),
            (asked.EXPERT, asked.EXPERT.label),
            (
                asked.MEDIATOR.label,
                [(pk, _mentor(row)) for pk, row in mentors.items()],
            ),
        ]

    def clean(self):
        data = super().clean()
        reason = words.why_no_share(self.instance.case.family)
        if reason:
            raise ValidationError(reason, code="consent")
        self.refuse_names("question", data.get("question"))
        whom = data.get("whom")
        if whom in self.colleagues:
            self.instance.asked = Advice.Asked.MEDIATOR
            self.instance.to = self.colleagues[whom]
        elif whom:
            self.instance.asked = whom
        return data


def _mentor(appointment):
    """“Mentore: Marija Skujiņa, Dzintarkrasta novads”."""
    user, place = appointment.user, appointment.municipality
    words = (
        pgettext("masculine", "Mentor: %(name)s, %(place)s")
        if user.address_form == "masculine"
        else pgettext("feminine", "Mentor: %(name)s, %(place)s")
    )
    return words % {"name": user.full_name, "place": place}


class AnswerForm(nameless.Nameless, forms.ModelForm):
    """The answer; whoever gives it knows no name, and none is taken."""

    nameless = ("answer",)

    answer = Text(
        label=_("Your advice"),
        max_length=LONGEST_ANSWER,
        help_text=_("The mediator who asked reads it. No names of families."),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your advice")},
    )

    class Meta:
        model = Advice
        fields = ("answer",)

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by

    def get_named(self):
        return self.instance

    def name_checks(self, named):
        return [check_for(named.case, named.by)]
