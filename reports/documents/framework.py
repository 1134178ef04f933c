"""What mediators' data can say about the EU Roma strategic framework, for a year (X6).

They are process indicators: they tell what was done, never how all Roma live. It leaves
the team, so few families or people are told as few.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families.models import AgeBand, Sex
from municipalities.models import Municipality
from reports.counting import Unit
from reports.indicators import BY_KEY, Indicator, compute
from reports.models import DocumentKind
from reports.periods import Period
from reports.reach import in_use, mediating, scope_of
from reports.resources import FrameworkPeopleResource, FrameworkResource
from reports.small_numbers import Shown, protected
from reports.told import Told, ToldAt, lines_of
from reports.told_year import ALL as EVERYWHERE


@dataclass(frozen=True)
class Objective:
    """One of the seven objectives of COM(2020) 620, and the indicators that speak to it."""

    number: int
    label: Promise
    keys: tuple[str, ...]


OBJECTIVES = (
    Objective(1, gettext_lazy("Equality and no discrimination"), ("incidents",)),
    Objective(
        2,
        gettext_lazy("Inclusion, less poverty"),
        ("documents", "documents_people", "granted", "granted_people"),
    ),
    Objective(3, gettext_lazy("Participation"), ("reported_incidents",)),
    Objective(
        4,
        gettext_lazy("Education"),
        (
            *("enrolled", "enrolled_people", "attending", "attending_people"),
            *("located", "located_people"),
        ),
    ),
    Objective(
        5,
        gettext_lazy("Employment"),
        (
            *("jobs", "jobs_people", "unemployed", "unemployed_people"),
            *("training", "training_people"),
        ),
    ),
    Objective(6, gettext_lazy("Health"), ("health", "health_people")),
    Objective(7, gettext_lazy("Housing"), ("housing", "housing_families")),
)
REACHED = ("families", "people")
"""Whom the work reached, whatever it was about."""

AGES = (
    (gettext_lazy("0–6 years"), (AgeBand.A00_02, AgeBand.A03_04, AgeBand.A05_06)),
    (gettext_lazy("7–15 years"), (AgeBand.A07_12, AgeBand.A13_15)),
    (gettext_lazy("16–24 years"), (AgeBand.A16_17, AgeBand.A18_19, AgeBand.A20_24)),
    (gettext_lazy("25–64 years"), (AgeBand.A25_29, AgeBand.A30_54, AgeBand.A55_64)),
    (AgeBand.A65.label, (AgeBand.A65,)),
    (AgeBand.UNKNOWN.label, (AgeBand.UNKNOWN,)),
)
"""Before school, at compulsory school, young people (NEET), of working age, older."""
ALL, ALL_AGES = gettext_lazy("All"), gettext_lazy("All ages")
SEXES = (*Sex.labels, ALL)
AGES_AND_ALL = (*(label for label, _bands in AGES), ALL_AGES)


@dataclass(frozen=True)
class Row:
    """One indicator of an objective; None stands for whom the work reached at all."""

    objective: Objective | None
    indicator: Indicator
    value: Shown


@dataclass(frozen=True)
class People:
    """Different people of one indicator by sex (rows) and age (columns)."""

    indicator: Indicator
    grid: list[list[int]] | None
    """None where parts are not told at all: of anything but a calendar year."""
    told: Shown
    """The number of all; where it is not told, neither is any part of it."""

    @property
    def total(self):
        return sum(sum(row) for row in self.grid)

    @cached_property
    def cells(self):
        """(sex, age, number), sums included, as finely as the total can still be told.

        Parts are told of a total that is told, and of no other number of people.

        Where the whole table would give small numbers away, sex and age stand apart:
        two tables that share nothing but the total.
        """
        if self.grid is None or not self.told.is_open or self.told.value != self.total:
            return [(ALL, ALL_AGES, self.told)]
        whole = protected(self.grid)
        if _tells_its_total(whole):
            lines = [*whole.rows, whole.totals]
            return [
                (sex, age, shown)
                for sex, line in zip(SEXES, lines, strict=True)
                for age, shown in zip(AGES_AND_ALL, line, strict=True)
            ]
        by_sex = protected([[sum(row) for row in self.grid]])
        by_age = protected([[sum(column) for column in zip(*self.grid, strict=True)]])
        cells = []
        if _tells_its_total(by_sex):
            told = zip(SEXES, by_sex.totals[:-1], strict=False)
            cells += [(sex, ALL_AGES, shown) for sex, shown in told]
        if _tells_its_total(by_age):
            told = zip(AGES_AND_ALL, by_age.totals[:-1], strict=False)
            cells += [(ALL, age, shown) for age, shown in told]
        return [*cells, (ALL, ALL_AGES, self.told)]


def _tells_its_total(table):
    return not table.totals[-1].is_held_back


@dataclass(frozen=True)
class Framework:
    """Everything that the export says about one period."""

    period: Period
    places: list[Municipality]
    mediators: int
    rows: list[Row]
    people: list[People]
    made_at: datetime
    told_at: ToldAt | None

    kind = DocumentKind.FRAMEWORK
    municipality = None
    audited = {}

    @property
    def title(self):
        return f"{self.kind.label}, {self.period.label}"

    @property
    def size(self):
        return len(self.rows)

    @property
    def file_stem(self):
        return f"ES_romu_ietvars_{self.period.code_in_a_file_name}"

    def sheets(self):
        return [FrameworkResource(self), FrameworkPeopleResource(self)]

    def about(self):
        """The method: what the numbers are, and what they are not."""
        return [
            (_("Period"), self.period.label),
            (_("Municipalities"), ", ".join(place.label_lv for place in self.places)),
            (_("Mediators"), str(self.mediators)),
            (
                _("What it is"),
                _(
                    "Process indicators from the administrative data of mediators, for the "
                    "EU Roma strategic framework 2020–2030. They tell what was done; they "
                    "are not representative of all Roma and give no rate of a population."
                ),
            ),
            (
                _("How it is counted"),
                _(
                    "Activities and different people are told side by side and never "
                    "mixed. Sex and age are those at the last time in the period; they are "
                    "known where the family told them. What was achieved for a whole "
                    "family counts as one, of unknown sex and age."
                ),
            ),
            *lines_of(self.told_at),
            (
                _("Small numbers"),
                _(
                    "Small counts of families and people are not told; a dot stands for "
                    "a number that would give a small one away, or is not told yet: "
                    "counts are told from the 15th day after the period. Sex and age are "
                    "told of a calendar year."
                ),
            ),
        ]


def framework(period):
    """Count the whole country's log as it stands now."""
    scope = scope_of(period, None)
    places = Municipality.objects.all()
    keys = [*REACHED, *(key for objective in OBJECTIVES for key in objective.keys)]
    values, told = compute(scope, [BY_KEY[key] for key in keys]), Told()
    shown = {
        key: told.value(BY_KEY[key], EVERYWHERE, period, values[key]) for key in keys
    }
    people = {
        key: People(
            BY_KEY[key],
            # Of quarters and the year at once, parts could be subtracted
            _by_sex_and_age(BY_KEY[key], scope) if period.code.isdigit() else None,
            shown[key],
        )
        for key in keys
        if BY_KEY[key].unit is Unit.PERSONS
    }
    return Framework(
        period=period,
        places=in_use(places, period),
        mediators=mediating(period).aggregate(n=Count("user", distinct=True))["n"],
        rows=[Row(None, BY_KEY[key], shown[key]) for key in REACHED]
        + [
            Row(objective, BY_KEY[key], shown[key])
            for objective in OBJECTIVES
            for key in objective.keys
        ],
        people=list(people.values()),
        made_at=timezone.localtime(),
        told_at=told.at,
    )


def _by_sex_and_age(indicator, scope):
    """Each person once, by sex and age at the last time in the period.

    The database counts them: a country has a hundred thousand in a year.
    """
    last = (
        indicator.people(scope)
        .order_by()
        .values("person", "sex", "age_band")
        .annotate(
            from_the_last=Window(
                RowNumber(),
                partition_by=F("person"),
                order_by=[F("day").desc(), F("sex").desc(), F("age_band").desc()],
            )
        )
        .filter(from_the_last=1)
    )
    counts = last.aggregate(
        **{
            f"{sex}_{number}": Count("person", filter=Q(sex=sex, age_band__in=bands))
            for sex in Sex.values
            for number, (_label, bands) in enumerate(AGES)
        }
    )
    return [
        [counts[f"{sex}_{number}"] for number in range(len(AGES))] for sex in Sex.values
    ]
