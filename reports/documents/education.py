"""Where the children of a municipality learn in a school year (X9).

What mediators know of single children and what others counted stand side by side and are
never added. On the screen the team reads the numbers; in the file, which leaves it, few
children are told as few: every table has one dimension, and none gives away what another
holds back (``told_beside``).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from families.models import (
    AgeBand,
    Attendance,
    CountSource,
    Division,
    EducationRecord,
    HomeLanguage,
    Residence,
    ResidenceStatus,
    Sex,
    ViewHeard,
    WhoTold,
    YearlyCount,
)
from families.models.education import NOT_LEARNING, first_day, last_day
from families.models.yearly_count import parts
from interface.latvian import percent, school_year
from municipalities.models import Municipality, Term
from reports.documents.education_beside import told_beside
from reports.models import DocumentKind
from reports.periods import Period
from reports.resources.education import (
    KnownChildrenResource,
    SharesResource,
    TypedCountsResource,
)
from reports.small_numbers import Shown, protected

NOT_KNOWN = gettext_lazy("Not known")
REST = gettext_lazy("All others")
RETURNED = (
    (True, gettext_lazy("Of families that returned from abroad")),
    (False, gettext_lazy("Of other families")),
)
IN_DANGER = ((True, gettext_lazy("May drop out")), (False, gettext_lazy("Not told")))
SUPPORTED = (
    (True, gettext_lazy("Gets support at school")),
    (False, gettext_lazy("Not told")),
)
APART = (
    *((Division.PROGRAMME, code) for code in ("SPECIAL_INTEGRATED", "SPECIAL_SCHOOL")),
    *((Division.GROUP, code) for code in ("all_day", "boarding", "special")),
    *((Division.TYPE, code) for code in ("SCHOOL_SPECIAL", "SCHOOL_BOARDING")),
)
"""Where over-representation is looked for: apart from the other children (R085)."""


@dataclass(frozen=True)
class Table:
    """Numbers of children divided in one way; ``rows`` are ``[(value, label, number)]``."""

    key: str
    title: str
    rows: list[tuple[str, str, int]]
    held: frozenset = frozenset()
    """Values that are held back because of another table."""

    @property
    def total(self):
        return sum(number for _value, _label, number in self.rows)

    @property
    def total_label(self):
        return _("In total")

    @cached_property
    def told(self):
        """``(rows, total)`` as they may leave the team."""
        if not self.rows:
            return [], Shown(0)
        *cells, total = protected([[row[2] for row in self.rows]]).rows[0]
        cells = [
            Shown(c.value, is_held_back=c.is_held_back or row[0] in self.held)
            for row, c in zip(self.rows, cells, strict=True)
        ]
        if total.is_held_back:
            # The total is told elsewhere too, so nothing may be worked out from it
            cells = [Shown(c.value, is_held_back=bool(c.value)) for c in cells]
            total = Shown(self.total)
        shown = [
            (value, label, cell)
            for (value, label, _number), cell in zip(self.rows, cells, strict=True)
        ]
        return shown, total

    def told_of(self, value):
        """The number of one value, as it may leave the team; None if it has no row."""
        return next((cell for v, _label, cell in self.told[0] if v == value), None)

    def number_of(self, value):
        return next((number for v, _label, number in self.rows if v == value), None)


@dataclass(frozen=True)
class Overlapping(Table):
    """A child may be in several rows, which never add up to ``children``, all of them."""

    children: int = 0

    @property
    def total(self):
        return self.children

    @property
    def total_label(self):
        return _("Children who learn")

    @cached_property
    def told(self):
        """Each row is protected beside the children who are not in it."""
        shown = []
        for value, label, number in self.rows:
            parts = [(True, label, number), (False, "", self.children - number)]
            shown.append((value, label, Table("", "", parts).told_of(True)))
        return shown, Shown(self.children)


@dataclass(frozen=True)
class Counted:
    """What one source counted of Roma children, or of all: its tables by division."""

    whom: str
    source: str
    counts: list[YearlyCount]

    @property
    def title(self):
        whom = YearlyCount.Whom(self.whom).label
        return f"{whom}: {CountSource(self.source).label}"

    @property
    def is_about_everybody(self):
        return self.whom == YearlyCount.Whom.EVERYBODY

    @cached_property
    def all(self):
        """The number of all together, or None if nobody typed it."""
        found = [row for row in self.counts if row.division == Division.ALL]
        return found[0] if found else None

    @cached_property
    def tables(self):
        """``{division: Table}``; what is missing to all together is a row of its own."""
        tables = {}
        for division in Division:
            numbers = {
                row.value: row.number
                for row in self.counts
                if row.division == division and division != Division.ALL
            }
            if not numbers:
                continue
            rows = [
                (part.value, part.label, numbers[part.value])
                for part in parts(division)
                if part.value in numbers
            ]
            rest = self.all.number - sum(numbers.values()) if self.all else 0
            if rest > 0:
                rows.append(("", str(REST), rest))
            tables[division] = Table(division, str(division.label), rows)
        return {table.key: table for table in told_beside(tables.values())}


@dataclass(frozen=True)
class Share:
    """How many of whom are in one place apart, and of how many."""

    what: str
    whose: str
    number: int
    of: int
    is_open: bool
    """Neither number would point at somebody outside the team."""

    @property
    def percent(self):
        return percent(self.number, self.of)


@dataclass(frozen=True)
class EducationStatistics:
    """Everything that is known of one municipality and school year."""

    municipality: Municipality
    year: int
    learning: list[Table]
    not_learning: int
    counted: list[Counted]
    made_at: datetime

    kind = DocumentKind.EDUCATION
    audited = {}

    @property
    def period(self):
        return Period(first_day(self.year), last_day(self.year))

    @property
    def title(self):
        return f"{self.kind.label}: {self.municipality}, {school_year(self.year)}"

    @property
    def file_stem(self):
        return f"Izglitiba_{self.municipality.slug}_{self.year}-{self.year + 1}"

    @property
    def size(self):
        return sum(len(table.rows) for table in self.learning) + sum(
            len(one.counts) for one in self.counted
        )

    @property
    def learners(self):
        return self.learning[0].total

    @property
    def is_empty(self):
        return not (self.learners or self.not_learning or self.counted)

    @cached_property
    def shares(self):
        """Of each place apart: known children, and each typed count beside them."""
        found = []
        for division, value in APART:
            label = {part.value: part.label for part in parts(division)}.get(value)
            if label:
                found += self._shares_in(division, value, label)
        return found

    def _shares_in(self, division, value, label):
        known = next(table for table in self.learning if table.key == division)
        cell = known.told_of(value)
        if cell is not None:
            yield Share(
                label,
                _("Children whom mediators know"),
                known.number_of(value),
                known.total,
                cell.is_open and Shown(known.total).is_open,
            )
        for one in self.counted:
            table = one.tables.get(division)
            cell = table and table.told_of(value)
            if cell is not None:
                is_open = cell.is_open and Shown(table.total).is_open
                yield Share(
                    label,
                    one.title,
                    table.number_of(value),
                    table.total,
                    one.is_about_everybody or is_open,
                )

    def sheets(self):
        return [
            KnownChildrenResource(self),
            TypedCountsResource(self),
            SharesResource(self),
        ]

    def about(self):
        return [
            (_("Municipality"), str(self.municipality)),
            (_("School year"), school_year(self.year)),
            (
                _("What it is"),
                _(
                    "Children and youth up to 25. “Children whom mediators know” are single "
                    "children, each once; what institutions, the education board or an "
                    "estimate say is typed with its source. The two are never added up."
                ),
            ),
            (
                _("Small numbers"),
                _(
                    "Small counts of children are not told; a dot stands for a number that "
                    "would give a small one away. Counts of all children are told as they "
                    "are."
                ),
            ),
        ]


def education_statistics(municipality, year):
    """Count what is written down for a municipality; children also of what became part of it."""
    places = Municipality.objects.filter(pk=municipality.pk).with_predecessors()
    records = list(
        EducationRecord.objects.filter(municipality__in=places, school_year=year)
        .annotate(has_returned=_has_returned(last_day(year)))
        .values(
            *("pk", "sex", "age_band", "group", "attendance", "attendance_before"),
            *("has_returned", "may_drop_out", "is_supported"),
            *("home_language", "view_heard", "told_by"),
            *("level__code", "institution_type__code", "programme__code"),
        )
    )
    learning = [row for row in records if row["level__code"] != NOT_LEARNING]
    counts = {}
    for row in YearlyCount.objects.filter(municipality=municipality, school_year=year):
        counts.setdefault((row.whom, row.source), []).append(row)
    return EducationStatistics(
        municipality=municipality,
        year=year,
        learning=told_beside(list(_tables(learning))),
        not_learning=len(records) - len(learning),
        counted=[Counted(*key, rows) for key, rows in sorted(counts.items())],
        made_at=timezone.localtime(),
    )


def _has_returned(until):
    """Whether the family of the child came back from abroad, this year or earlier (R170)."""
    returns = Residence.objects.filter(
        status=ResidenceStatus.RETURNED, since_on__lte=until
    )
    return Exists(returns.filter(family=OuterRef("family")))


def _tables(records):
    for division, name in (
        (Division.LEVEL, "level__code"),
        (Division.TYPE, "institution_type__code"),
        (Division.GROUP, "group"),
        (Division.PROGRAMME, "programme__code"),
    ):
        choices = [(part.value, part.label) for part in parts(division)]
        yield _table(division, str(division.label), records, name, choices)
    for title, name, choices in (
        (_("Attendance"), "attendance", Attendance.choices),
        (_("Attendance before"), "attendance_before", Attendance.choices),
        (_("By sex"), "sex", Sex.choices),
        (_("By age"), "age_band", AgeBand.choices),
        (_("Families from abroad"), "has_returned", RETURNED),
    ):
        yield _table(name, title, records, name, choices)
    reasons = _reasons(records)
    if reasons.rows:
        yield reasons
    for title, name, choices in (
        (_("Risk of dropping out"), "may_drop_out", IN_DANGER),
        (_("Support at school"), "is_supported", SUPPORTED),
        (_("Language at home"), "home_language", HomeLanguage.choices),
        (_("Was the child asked?"), "view_heard", ViewHeard.choices),
        (_("Who told it?"), "told_by", WhoTold.choices),
    ):
        if any(row[name] for row in records):
            yield _table(name, title, records, name, choices)


def _reasons(records):
    """Children by each reason of absence that was told of them."""
    told = EducationRecord.reasons.through.objects.filter(
        educationrecord__in=[row["pk"] for row in records]
    )
    numbers = Counter(told.values_list("term", flat=True))
    rows = [
        (str(term.pk), str(term), numbers[term.pk])
        for term in Term.objects.filter(pk__in=numbers)
    ]
    title = _("Reasons of absence")
    return Overlapping("reasons", title, rows, children=len(records))


def _table(key, title, records, name, choices):
    """Each record once; what a list does not name any more is not known."""
    counts = Counter("" if row[name] is None else row[name] for row in records)
    rows = [
        (value, capfirst(str(label)), counts.pop(value))
        for value, label in choices
        if counts[value]
    ]
    if rest := sum(counts.values()):
        rows.append(("", str(NOT_KNOWN), rest))
    return Table(key, title, rows)
