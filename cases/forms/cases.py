"""What a mediator says about a case: what it is about, what is hoped for, how it ended."""

from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.forms.fields import Text
from cases.forms.people import PeopleField
from cases.forms.widgets import AreaBoxes, DescribedSelect
from cases.models import MOST_SUB_GOALS, Area, Case, CaseStatus, Outcome, SubGoal
from cases.services.cases import SETTABLE
from cases.services.people import chosen_for
from families import words
from families.forms.names import NameCheckedForm
from families.models import Family
from interface.latvian import latvian_order
from interface.widgets import Chips, Tiles
from municipalities.forms import TEXT_ERRORS, MadeOnce
from municipalities.models import Term, Vocabulary
from privacy.forms import NoPersonalCodes

# How the codes of the vocabulary begin: EDU_ABSENCE is a matter of education
AREA_OF_PREFIX = {
    "EDU": Area.EDUCATION,
    "SOC": Area.SOCIAL,
    "HOU": Area.HOUSING,
    "HEA": Area.HEALTH,
    "EMP": Area.EMPLOYMENT,
    "DOC": Area.DOCUMENTS,
    "JUS": Area.RIGHTS,
    "CUL": Area.CULTURE,
    "PAR": Area.CULTURE,
    "CHI": Area.CHILDREN,
    "DIS": Area.DISCRIMINATION,
    "SAF": Area.SAFETY,
    "MOB": Area.MOBILITY,
}


def area_of(category):
    return AREA_OF_PREFIX.get(category.code.partition("_")[0], Area.OTHER)


class AreaChips(AreaBoxes):
    """The chips of the log form, of which only one can be pressed here."""

    allow_multiple_selected = False
    input_type = "radio"


class CaseForm(NameCheckedForm, MadeOnce):
    """The matter, in a choice or in own words, its area, the goal and the way to it.

    While the case is shared, coordinators read the title and the goal as written.
    """

    checked = ("title", "goal")

    people = PeopleField(label=_("Whom will it help?"))

    class Meta:
        model = Case
        fields = ("area", "category", "title", "goal")
        labels = {
            "area": _("Area"),
            "category": _("What is it about?"),
            "title": _("In your own words"),
            "goal": _("Goal"),
        }
        help_texts = {
            "title": _("Only if nothing fits above. Without surnames and diagnoses."),
            "goal": _("One sentence, for example: goes to school every week."),
        }
        widgets = {
            "area": AreaChips(icons={area: area.icon for area in Area}),
            "category": DescribedSelect,
            "title": forms.TextInput(attrs={"autocomplete": "off"}),
            "goal": forms.Textarea(attrs={"rows": 2}),
        }
        error_messages = {
            "area": {"required": _("Choose an area")},
            "title": TEXT_ERRORS,
            "goal": TEXT_ERRORS,
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = False
        self._ask_for_sub_goals()
        self._offer_categories(self.fields["category"])
        self._offer_people()

    def _offer_people(self):
        """Only of a family that is known and has people on its list."""
        field, named = self.fields["people"], []
        if not self.instance._state.adding:
            named = self.initial["people"] = chosen_for(self.instance)
        field.offer(self._family_asked_about(), named=named)
        if not field.queryset:
            del self.fields["people"]

    def _family_asked_about(self):
        return self.instance.family

    @property
    def chosen_people(self):
        return self.cleaned_data.get("people", [])

    def _ask_for_sub_goals(self):
        known = {}
        if not self.instance._state.adding:
            known = {goal.position: goal.text for goal in self.instance.sub_goals.all()}
        self.sub_goal_names = [f"sub_goal_{n}" for n in range(1, MOST_SUB_GOALS + 1)]
        for position, name in enumerate(self.sub_goal_names, start=1):
            self.fields[name] = Text(
                label=_("Sub-goal %(number)d") % {"number": position},
                max_length=SubGoal._meta.get_field("text").max_length,
                required=False,
                initial=known.get(position, ""),
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )

    @property
    def sub_goals(self):
        """The lines for the sub-goals, for the page."""
        return [self[name] for name in self.sub_goal_names]

    @property
    def sub_goal_texts(self):
        return [self.cleaned_data[name] for name in self.sub_goal_names]

    def _offer_categories(self, field):
        """All in one list, area by area; a case keeps a category no longer offered."""
        valid = Term.objects.of(Vocabulary.CASE_CATEGORY).valid()
        field.queryset = valid | Term.objects.filter(pk=self.instance.category_id)
        order = list(Area)
        terms = sorted(field.queryset, key=lambda term: order.index(area_of(term)))
        field.choices = [
            ("", _("Choose")),
            *(
                (area.label, [(term.pk, str(term)) for term in group])
                for area, group in groupby(terms, key=area_of)
            ),
        ]
        field.widget.described = {
            term.pk: {"area": area_of(term).value} for term in terms
        }

    def clean(self):
        """A title left empty is that of the category; one of the two has to be there."""
        cleaned = super().clean()
        if not cleaned.get("title") and "title" not in self.errors:
            self._name_by(cleaned.get("category"))
        family = self._family(cleaned)
        reason = words.why_no_case(family) if family else ""
        if reason:
            raise ValidationError(reason, code="consent")
        for name in self.checked:
            self.refuse_names(name, cleaned.get(name))
        return cleaned

    def _family(self, cleaned):
        return self.instance.family

    def _name_by(self, category):
        if category:
            limit = Case._meta.get_field("title").max_length
            self.cleaned_data["title"] = str(category)[:limit]
        else:
            missing = _("Choose or write what the case is about")
            self.add_error("category", ValidationError(missing, code="required"))


class NewCaseForm(CaseForm):
    """The same questions for one of the person's own open families."""

    field_order = ("family", *CaseForm.Meta.fields)

    family = forms.ModelChoiceField(
        Family.objects.none(),
        label=_("Family"),
        to_field_name="code",
        error_messages={
            "required": _("Choose the family"),
            "invalid_choice": _("Choose a family of your own list"),
        },
    )

    def __init__(self, *args, mediator, **kwargs):
        own = Family.objects.visible_to(mediator).open()
        self.families = sorted(own, key=lambda family: latvian_order(family.name))
        super().__init__(*args, **kwargs)
        field = self.fields["family"]
        field.queryset = own
        field.choices = [
            ("", _("Choose")),
            *((family.code, family.name_and_code) for family in self.families),
        ]

    def _family_asked_about(self):
        """The one in the address or chosen just now; later “Edit” asks for its people."""
        code = self["family"].value()
        return next((one for one in self.families if one.code == code), None)

    def clean(self):
        cleaned = super().clean()
        self.instance.family = cleaned.get("family")
        return cleaned

    def _family(self, cleaned):
        return cleaned.get("family")


class CaseFilterForm(forms.Form):
    """Which cases the list shows; what makes no sense is as good as not chosen."""

    OPEN = "open"
    ALL = "all"

    statuss = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[
            (OPEN, pgettext_lazy("cases", "All open")),
            *CaseStatus.choices,
            (ALL, pgettext_lazy("cases", "All")),
        ],
    )
    joma = forms.ChoiceField(
        label=_("Area"),
        required=False,
        choices=[("", pgettext_lazy("areas", "All")), *Area.choices],
    )

    def narrow(self, cases):
        self.full_clean()
        status = self.cleaned_data.get("statuss") or self.OPEN
        area = self.cleaned_data.get("joma")
        if area:
            cases = cases.filter(area=area)
        if status == self.OPEN:
            return cases.open()
        return cases if status == self.ALL else cases.filter(status=status)


class CaseStatusForm(forms.Form):
    """The two statuses that a person sets by hand."""

    status = forms.ChoiceField(choices=[(one.value, one.label) for one in SETTABLE])


class CaseCloseForm(NoPersonalCodes, forms.Form):
    """How the case ended, what helped, and what becomes of the open next steps."""

    DROP = "drop"
    KEEP = "keep"

    outcome = forms.ChoiceField(
        choices=Outcome.choices,
        label=_("How did it end?"),
        widget=Tiles(
            columns=1,
            icons={
                Outcome.SOLVED: "circle-check",
                Outcome.HANDED_OVER: "building-community",
                Outcome.STOPPED: "circle-x",
            },
            hints={
                Outcome.SOLVED: _("The family got what it needed"),
                Outcome.HANDED_OVER: _("An institution goes on with it"),
                Outcome.STOPPED: _(
                    "The family refused, moved away or for other reasons"
                ),
            },
        ),
        error_messages={"required": _("Choose how the case ended")},
    )
    what_helped = forms.CharField(
        label=_("What helped?"),
        help_text=_("One sentence without names. It may stand in the monthly report."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages=TEXT_ERRORS,
    )
    steps = forms.ChoiceField(
        choices=[
            (DROP, _("Drop them")),
            (KEEP, _("Keep them on my list")),
        ],
        label=_("What about the open next steps?"),
        widget=Chips,
        error_messages={"required": _("Choose what happens to the next steps")},
    )

    def __init__(self, *args, case, has_steps, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        if not has_steps:
            del self.fields["steps"]

    def clean(self):
        if self.case.opened_on > timezone.localdate():
            raise ValidationError(_("The case cannot end before it began."))
        return super().clean()

    def answers(self):
        """What the service wants to know."""
        data = self.cleaned_data
        return {
            "outcome": data["outcome"],
            "what_helped": data["what_helped"],
            "drop_steps": data.get("steps") == self.DROP,
        }
