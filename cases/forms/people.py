"""Choosing among the people of one family."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

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
