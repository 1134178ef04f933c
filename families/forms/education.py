"""Where a child learns this school year: a list, two taps, and the rest behind a fold."""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from families.forms.consents import AsksConsent
from families.models import EducationRecord
from families.models.education import NOT_LEARNING, first_day
from families.models.member import OLDEST_LEARNER
from families.models.yearly_count import EDUCATING
from interface.two_windows import NothingOverwritten
from interface.widgets import ChipBoxes, Chips
from municipalities.models import Institution, Term, Vocabulary

OF_A_SCHOOL = ("institution", "group", "attendance", "programme")
PRESCHOOL = ("PRESCHOOL_EARLY", "PRESCHOOL_OBL")
OLDEST_IN_PRESCHOOL = 8
"""A year more than the law asks for: a child may stay on by its parents' wish."""
USUAL_AGES = {
    "PRESCHOOL_EARLY": range(6),
    "PRESCHOOL_OBL": range(4, OLDEST_IN_PRESCHOOL + 1),
    "BASIC_1_3": range(6, 13),
    "BASIC_4_6": range(8, 16),
    "BASIC_7_9": range(11, 19),
    "SECONDARY": range(14, OLDEST_LEARNER + 1),
    "VOCATIONAL": range(14, OLDEST_LEARNER + 1),
    "HIGHER": range(17, OLDEST_LEARNER + 1),
    "ADULT": range(17, OLDEST_LEARNER + 1),
}
"""Ages in the year in which a school year begins, with some years to spare."""
KINDERGARTENS = ("PII", "PII_24H")
FOLDED = (
    *("programme", "attendance_before", "reasons", "may_drop_out", "is_supported"),
    *("home_language", "view_heard", "told_by"),
)


class EducationForm(NothingOverwritten, AsksConsent, forms.ModelForm):
    """Only the level is asked for; everything else is written down if it is known."""

    level = forms.ModelChoiceField(
        Term.objects.none(),
        label=_("Where in education?"),
        empty_label=_("Choose"),
        error_messages={
            "required": _("Choose the level, or that the child is in none")
        },
    )
    institution = forms.ModelChoiceField(
        Institution.objects.none(),
        label=_("School or kindergarten"),
        required=False,
        empty_label=_("Not on the list, or none"),
        error_messages={"invalid_choice": _("Choose the institution from the list")},
    )
    programme = forms.ModelChoiceField(
        Term.objects.none(),
        label=_("Programme"),
        required=False,
        empty_label=_("Not known"),
    )
    reasons = forms.ModelMultipleChoiceField(
        Term.objects.none(),
        label=_("Why is the child absent?"),
        required=False,
        widget=ChipBoxes,
    )

    asked = forms.CharField(required=False, widget=forms.HiddenInput)
    """Of which unusual answers the form has asked already."""

    class Meta:
        model = EducationRecord
        fields = ("level", "institution", "group", "attendance", *FOLDED)
        widgets = {
            "group": Chips,
            "attendance": Chips,
            "attendance_before": Chips,
            "home_language": Chips,
            "view_heard": Chips,
            "told_by": Chips,
        }
        labels = {
            "group": _("Group"),
            "attendance": _("How does the child attend?"),
            "attendance_before": _("How was it before?"),
            "may_drop_out": _("The child may drop out"),
            "is_supported": _("The child gets support at school"),
            "home_language": _("Language at home"),
            "view_heard": _("Was the child asked?"),
            "told_by": _("Who told it?"),
        }
        help_texts = {"view_heard": _("Only whether and how, never what was said.")}

    # A year that another window has begun meanwhile is stored as well
    is_edit = True

    def __init__(self, *args, member, last_year=None, **kwargs):
        """``last_year`` is the record from which a new one begins, or None."""
        super().__init__(*args, **kwargs)
        self.member, self.family = member, member.family
        known = self.instance
        for name, vocabulary in (
            ("level", Vocabulary.EDU_LEVEL),
            ("programme", Vocabulary.EDU_PROGRAMME),
            ("reasons", Vocabulary.ABSENCE_REASON),
        ):
            terms = Term.objects.of(vocabulary)
            kept = Q(pk=getattr(known, f"{name}_id", None))
            self.fields[name].queryset = terms.valid() | terms.filter(kept)
        schools = Institution.objects.of([self.family.municipality])
        self.fields["institution"].queryset = schools.filter(
            Q(is_active=True, type__code__in=EDUCATING) | Q(pk=known.institution_id)
        )
        if last_year:
            for name in ("level", "institution", "programme", "group", "home_language"):
                self.initial[name] = getattr(last_year, name)
            self.initial["attendance_before"] = last_year.attendance

    def clean(self):
        cleaned = super().clean()
        day = first_day(self.instance.school_year)
        born = self.member.birth_year
        if born and not 0 <= day.year - born <= OLDEST_LEARNER:
            raise ValidationError(
                _(
                    "This is for children and youth up to 25. Write the learning of older "
                    "people into a case."
                ),
                code="age",
            )
        age = day.year - born if born else None
        self._refuse_contradictions(cleaned, age)
        self._ask_about_the_unusual(cleaned, age)
        return cleaned

    def _ask_about_the_unusual(self, cleaned, age):
        """Asks once whether the level is right for the child, and for the institution."""
        level, institution = cleaned.get("level"), cleaned.get("institution")
        if self.errors or level is None:
            return
        usual = USUAL_AGES.get(level.code)
        is_of_another_age = usual is not None and age is not None and age not in usual
        is_elsewhere = institution and _is_unusual_at(institution.type, level)
        asked = f"{level.code}/{institution.pk if institution else ''}"
        if not (is_of_another_age or is_elsewhere) or cleaned.get("asked") == asked:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("asked")] = asked
        message = _(
            "This level is unusual at this institution. Correct it, or save again if this "
            "is right."
        )
        if is_of_another_age:
            message = _(
                "This level is unusual for the child's year of birth. Correct it, or save "
                "again if this is right."
            )
        self.add_error("level", ValidationError(message, code="asked"))

    def _refuse_contradictions(self, cleaned, age):
        level = cleaned.get("level")
        if level is None:
            return
        told = [name for name in OF_A_SCHOOL if cleaned.get(name)]
        if level.code == NOT_LEARNING and told:
            self.add_error(
                told[0],
                _(
                    "A child who is in no education has no school, group and attendance."
                ),
            )
        if level.code in PRESCHOOL and age is not None and age > OLDEST_IN_PRESCHOOL:
            self.add_error(
                "level",
                _("By the year of birth this child is too old for preschool."),
            )

    @property
    def folded_fields(self):
        return [self[name] for name in FOLDED]

    @property
    def is_unfolded(self):
        """Something behind the fold is wrong, or said already."""
        return any(name in self.errors for name in FOLDED)


def _is_unusual_at(kind, level):
    """Whether hardly anybody of the level learns at an institution of this type."""
    if kind.code in KINDERGARTENS:
        return level.code not in PRESCHOOL
    return kind.code == "UNIVERSITY" and level.code not in ("HIGHER", "ADULT")
