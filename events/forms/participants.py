"""How many people came: one number for each category, and what is known beside it."""

from collections import Counter

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from events.models import MOST_PEOPLE, Headcount
from families.models import AgeBand, Sex
from interface.widgets import Stepper
from municipalities.models import Municipality, Region, Term, Vocabulary

FREQUENT = ("CHILDREN", "YOUTH", "PARENTS", "TEACHERS")
FREQUENT_AT_THE_DESK = ("TEACHERS", "SOCIAL_STAFF", "MUNI_STAFF", "NGO_ROMA")
"""What coordinators and staff count most: professionals."""
ERRORS = {
    "invalid": gettext_lazy("Write a whole number"),
    "min_value": gettext_lazy("Write a number from 0 to %(most)s")
    % {"most": MOST_PEOPLE},
    "max_value": gettext_lazy("Write a number from 0 to %(most)s")
    % {"most": MOST_PEOPLE},
}
PLACE, REGION = "m", "r"
BANDS = [band for band in AgeBand if band != AgeBand.UNKNOWN]


def from_to(first, last=AgeBand.A65):
    """The bands between two, with both of them."""
    return BANDS[BANDS.index(first) : BANDS.index(last) + 1]


AGES = {
    "CHILDREN": from_to(AgeBand.A00_02, AgeBand.A07_12),
    "YOUTH": from_to(AgeBand.A13_15, AgeBand.A25_29),
    "PARENTS": from_to(AgeBand.A13_15),
    "SENIORS": from_to(AgeBand.A55_64),
    **dict.fromkeys(
        (
            *("ADULTS", "TEACHERS", "PRESCHOOL_STAFF", "SOCIAL_STAFF"),
            *("CULTURE_STAFF", "MUNI_STAFF", "STATE_STAFF", "PR_STAFF"),
            *("DEPUTIES", "MEDIATORS"),
        ),
        from_to(AgeBand.A18_19),
    ),
}
"""The ages that a category can have; of all others any."""


def how_many(label):
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        widget=Stepper(attrs={"inputmode": "numeric", "min": 0, "max": MOST_PEOPLE}),
        error_messages=ERRORS,
    )


class DetailForm(forms.Form):
    """So many of one category, of whom sex, age or origin are known."""

    use_required_attribute = False

    field_order = ("category", "count")

    category = forms.ModelChoiceField(
        Term.objects.none(),
        label=gettext_lazy("Who"),
        required=False,
        empty_label="—",
    )
    sex = forms.ChoiceField(
        label=gettext_lazy("Sex"),
        choices=[("", "—"), *(c for c in Sex.choices if c[0] != Sex.UNKNOWN)],
        required=False,
    )
    age_band = forms.ChoiceField(
        label=gettext_lazy("Age"),
        choices=[("", "—"), *(c for c in AgeBand.choices if c[0] != AgeBand.UNKNOWN)],
        required=False,
    )
    origin = forms.ChoiceField(label=gettext_lazy("From where"), required=False)
    count = forms.IntegerField(
        label=gettext_lazy("How many"),
        min_value=0,
        max_value=MOST_PEOPLE,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages=ERRORS,
    )

    def __init__(self, *args, categories, origins, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = categories
        self.fields["origin"].choices = origins

    def clean(self):
        data = super().clean()
        if data.get("count") and not data.get("category"):
            self.add_error("category", _("Choose who they were"))
        if data.get("category") and data.get("age_band"):
            self._refuse_another_age(data["category"], AgeBand(data["age_band"]))
        return data

    def _refuse_another_age(self, category, band):
        if band not in AGES.get(category.code, BANDS):
            self.add_error(
                "age_band",
                _("“%(category)s” and “%(age)s” do not go together.")
                % {"category": category, "age": band.label},
            )

    @property
    def headcount(self):
        """The row it makes, or None for a row that counts nobody."""
        data = self.cleaned_data
        if not data.get("count"):
            return None
        kind, _sep, key = data["origin"].partition("-")
        return Headcount(
            category=data["category"],
            sex=data["sex"] or Sex.UNKNOWN,
            age_band=data["age_band"] or AgeBand.UNKNOWN,
            from_municipality_id=int(key) if kind == PLACE else None,
            from_region_id=int(key) if kind == REGION else None,
            count=data["count"],
        )


DetailFormSet = forms.formset_factory(
    DetailForm, extra=3, max_num=200, absolute_max=200
)


class CountsParticipants:
    """Mixin: a stepper for each category, and rows of what is known more closely.

    Rows say of whom of a category something more is known. They may be fewer than the
    number of the category, never more; where no number is typed their sum is the number.
    ``headcounts`` are the rows to be stored.
    """

    def add_counts(self, event, initial, frequent):
        """``initial`` are counts by code of a category, for a new event.

        A category that ended stays in the form of an event that has it.
        """
        rows = Headcount.objects.filter(event=event.pk).select_related("category")
        stored = list(rows)
        kept = Term.objects.filter(pk__in=[row.category_id for row in stored])
        terms = Term.objects.of(Vocabulary.PARTICIPANT_CATEGORY)
        self.categories = terms.valid() | kept
        totals = Counter(initial)
        for row in stored:
            totals[row.category.code] += row.count
        self.frequent, self.rare = [], []
        for term in self.categories:
            name = f"count_{term.code}"
            self.fields[name] = how_many(str(term))
            self.initial[name] = totals[term.code] or None
            shown = self.frequent if term.code in frequent else self.rare
            shown.append(name)
        self.details = DetailFormSet(
            self.data if self.is_bound else None,
            prefix="detail",
            initial=[_as_detail(row) for row in stored if not row.is_plain],
            form_kwargs={"categories": self.categories, "origins": origins()},
        )
        self.headcounts = []

    @property
    def frequent_fields(self):
        return [self[name] for name in self.frequent]

    @property
    def rare_fields(self):
        return [self[name] for name in self.rare]

    @property
    def has_rare(self):
        """Whether the fold of the other categories has to stand open."""
        return any(field.value() or field.errors for field in self.rare_fields)

    @property
    def has_details(self):
        return bool(self.details.initial_form_count() or self.details_errors)

    @property
    def details_errors(self):
        return self.is_bound and not self.details.is_valid()

    def clean_counts(self, data):
        """Fill ``headcounts``; errors stand at the number they are about."""
        if not self.details.is_valid():
            self.add_error(
                None, ValidationError(_("Correct the rows about sex, age and origin."))
            )
            return
        rows = [form.headcount for form in self.details if form.headcount]
        known = Counter()
        for row in rows:
            known[row.category.code] += row.count
        for term in self.categories:
            name = f"count_{term.code}"
            if name in self.errors:
                continue
            total, close = data.get(name), known[term.code]
            if total is None:
                total = close
            if close > total:
                self.add_error(
                    name,
                    _(
                        "Below, %(close)s are told by sex, age or origin, here only %(total)s."
                    )
                    % {"close": close, "total": total},
                )
            elif total > close:
                rows.append(Headcount(category=term, count=total - close))
        self.headcounts = rows

    @property
    def counted(self):
        return sum(row.count for row in self.headcounts)


def _as_detail(row):
    origin = ""
    if row.from_municipality_id:
        origin = f"{PLACE}-{row.from_municipality_id}"
    elif row.from_region_id:
        origin = f"{REGION}-{row.from_region_id}"
    return {
        "category": row.category_id,
        "sex": "" if row.sex == Sex.UNKNOWN else row.sex,
        "age_band": "" if row.age_band == AgeBand.UNKNOWN else row.age_band,
        "origin": origin,
        "count": row.count,
    }


def origins():
    """Regions and municipalities that people can come from."""
    regions = [(f"{REGION}-{row.pk}", str(row)) for row in Region.objects.all()]
    places = Municipality.objects.standing().valid()
    return [
        ("", "—"),
        (_("Regions"), regions),
        (_("Municipalities"), [(f"{PLACE}-{row.pk}", str(row)) for row in places]),
    ]
