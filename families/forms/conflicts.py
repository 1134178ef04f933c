"""How a mediator knows a family privately, and who works with it instead."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.forms.stand_in import AsksAboutConflicts, mediators_in
from families.models import ConflictOfInterest, Family, HandOver
from interface.widgets import Chips, Tiles
from mediators.models import User
from municipalities.forms import MadeOnce

NO = "no"


def known_as_field(*, required):
    """The question; a new family may also be one that the mediator does not know."""
    choices = ConflictOfInterest.Kind.choices
    if not required:
        choices = [(NO, pgettext_lazy("knows the family", "No")), *choices]
    return forms.ChoiceField(
        choices=choices,
        required=required,
        label=_("Do you know this family privately?"),
        help_text=_(
            "The coordinator then finds another mediator; only the code is shown."
        ),
        widget=Chips,
        error_messages={"required": _("Choose how you know the family")},
    )


class ConflictForm(forms.Form):
    """One question; nothing more has to be explained."""

    kind = known_as_field(required=True)


class ReassignForm(AsksAboutConflicts, MadeOnce):
    """Who works with one family from tomorrow on."""

    use_required_attribute = False

    class Meta:
        model = HandOver
        fields = ("successor",)
        labels = {"successor": _("Who works with the family from now on?")}
        widgets = {"successor": Tiles(columns=1)}
        error_messages = {
            "successor": {
                "required": _("Choose who goes on"),
                "invalid_choice": _("Choose who goes on"),
            }
        }

    def __init__(self, *args, conflict, **kwargs):
        super().__init__(*args, **kwargs)
        # Not the conflict itself: the page is for somebody who works with codes
        self.mediator, self.family_id = conflict.mediator, conflict.family_id
        rows = mediators_in([conflict.family.municipality_id])
        field = self.fields["successor"]
        field.queryset = User.objects.filter(
            pk__in=[row.user_id for row in rows]
        ).exclude(pk=conflict.mediator_id)
        field.empty_label = None
        self.is_possible = field.queryset.exists()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("successor"):
            self.instance.mediator = self.mediator
            family = Family.objects.filter(pk=self.family_id)
            self.warn_of_conflicts(cleaned["successor"], family)
        return cleaned
