"""The people of a household: a name, a relation, and little else."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from families.forms.consents import AsksConsent
from families.models import FamilyMember, Occupation, Sex
from families.models.member import OCCUPATION_ICONS
from interface.widgets import Chips, DateInput, FoldedChips
from municipalities.forms import TEXT_ERRORS, MadeOnce
from municipalities.models import Term, Vocabulary

OLDEST = 110
FREQUENT = ("MOTHER", "FATHER", "CHILD", "GRANDMOTHER", "GRANDFATHER", "GRANDCHILD")
YEAR_ONLY = _("Write the year alone, for example 2015")


class MemberForm(AsksConsent, MadeOnce):
    """Who it is, for a thumb: a name and two taps."""

    relation = forms.ModelChoiceField(
        Term.objects.none(),
        label=_("Relation in the family"),
        empty_label=None,
        widget=FoldedChips(more=pgettext_lazy("relation", "Another relation")),
        error_messages={"required": _("Choose the relation")},
    )
    birth_year = forms.IntegerField(
        label=_("Year of birth"),
        required=False,
        help_text=_("The year alone, never the whole date."),
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "size": 6}
        ),
        error_messages={"invalid": YEAR_ONLY},
    )
    sex = forms.ChoiceField(
        choices=Sex.choices,
        label=_("Sex"),
        help_text=_("Counted only, for example how many women and men found work."),
        initial=Sex.UNKNOWN,
        required=False,
        widget=Chips,
    )
    occupation = forms.ChoiceField(
        choices=Occupation.choices,
        label=_("What does this person do?"),
        initial=Occupation.UNKNOWN,
        required=False,
        widget=Chips(icons=OCCUPATION_ICONS),
    )

    class Meta:
        model = FamilyMember
        fields = (
            "name",
            "relation",
            "birth_year",
            "sex",
            "occupation",
            "is_carer",
            "needs_literacy",
        )
        labels = {
            "name": _("First name or nickname"),
            "is_carer": _("Cares for the children"),
            "needs_literacy": _("Wants help with reading and writing"),
        }
        help_texts = {"name": _("Without a surname.")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "off"})}
        error_messages = {
            "name": {"required": _("Write a first name or a nickname"), **TEXT_ERRORS},
        }

    def __init__(self, *args, family, **kwargs):
        super().__init__(*args, **kwargs)
        self.family = self.instance.family = family
        relations = Term.objects.of(Vocabulary.FAMILY_RELATION)
        field = self.fields["relation"]
        field.queryset = relations.valid() | relations.filter(
            pk=self.instance.relation_id
        )
        field.widget.shown = [
            f"{Vocabulary.FAMILY_RELATION}.{code}" for code in FREQUENT
        ]

    def clean_birth_year(self):
        year, this_year = self.cleaned_data["birth_year"], timezone.localdate().year
        if year is not None and not this_year - OLDEST <= year <= this_year:
            raise ValidationError(YEAR_ONLY, code="year")
        return year

    def clean_sex(self):
        return self.cleaned_data["sex"] or Sex.UNKNOWN

    def clean_occupation(self):
        return self.cleaned_data["occupation"] or Occupation.UNKNOWN


class MemberEditForm(MemberForm):
    """The same, and since when the person lives elsewhere."""

    left_on = forms.DateField(
        label=_("Does not live with the family since"),
        required=False,
        help_text=_("Leave empty while the person lives with the family."),
        widget=DateInput,
        error_messages={"invalid": _("Write the day as 12.11.2026.")},
    )

    class Meta(MemberForm.Meta):
        fields = (*MemberForm.Meta.fields, "left_on")

    def clean_left_on(self):
        day = self.cleaned_data["left_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("The date cannot be in the future"))
        return day
