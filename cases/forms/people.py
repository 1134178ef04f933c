"""Choosing among the people of one family."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.models import FamilyMember
from interface.widgets import ChipBoxes


class PeopleField(forms.ModelMultipleChoiceField):
    """Check boxes of the people of one household; they may be left empty."""

    widget = ChipBoxes
    default_error_messages = {
        "invalid_choice": _("Choose the people of this family anew."),
        "invalid_pk_value": _("Choose the people of this family anew."),
    }

    def __init__(self, **kwargs):
        super().__init__(FamilyMember.objects.none(), required=False, **kwargs)

    def offer(self, family, *, named=()):
        """Who lives there now, and who was named when they still did."""
        people = FamilyMember.objects.filter(family=family)
        at_home = people.in_household().values("pk")
        self.queryset = people.filter(
            Q(pk__in=at_home) | Q(pk__in=[one.pk for one in named])
        ).select_related("relation")

    def label_from_instance(self, person):
        return person.told_apart


WHOLE_FAMILY = "family"


class ForWhom(forms.Form):
    """Asks for whom of a family something is; without a list of people nobody asks."""

    people = forms.MultipleChoiceField(
        label=_("For whom?"),
        widget=ChipBoxes,
        error_messages={
            "required": _("Choose for whom, or the whole family"),
            "invalid_choice": _("Choose the people of this family anew."),
        },
    )

    def offer_people(self, family, chosen=()):
        members = family.members.in_household().select_related("relation")
        self.members = {str(one.pk): one for one in members}
        if not self.members:
            del self.fields["people"]
            return
        self.fields["people"].choices = [
            *((key, one.told_apart) for key, one in self.members.items()),
            (WHOLE_FAMILY, pgettext_lazy("for whom", "The whole family")),
        ]
        self.initial["people"] = [str(one.pk) for one in chosen]

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
