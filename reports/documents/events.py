"""The register of events: what was held, for whom, with how many (X8).

People and attendances stand in two columns and are never added. Where the register leaves
the team, small counts are told as few, and of a series or event as many others are held
back as it takes that nobody works the small ones out.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, Headcount
from events.models.event import OF_FAMILIES
from families.models import AgeBand, Sex
from municipalities.models import Municipality
from reports.codes import without_codes
from reports.models import DocumentKind
from reports.periods import Period
from reports.resources.events import (
    EventPeopleResource,
    EventResource,
    EventTotalResource,
)
from reports.small_numbers import Shown, protected


@dataclass(frozen=True)
class Counted:
    """How many of one kind of participants: category, sex, age, origin."""

    category: str
    is_of_families: bool
    position: int
    sex: str
    age_band: str
    origin: str

    @classmethod
    def of(cls, row):
        return cls(
            str(row.category),
            row.category.code in OF_FAMILIES,
            row.category.position,
            row.sex,
            row.age_band,
            str(row.from_municipality or row.from_region or ""),
        )

    @property
    def sex_label(self):
        return "" if self.sex == Sex.UNKNOWN else str(Sex(self.sex).label)

    @property
    def age_label(self):
        is_known = self.age_band != AgeBand.UNKNOWN
        return str(AgeBand(self.age_band).label) if is_known else ""


@dataclass(frozen=True)
class Counts:
    """Counts as they are told: ``rows`` by ``Counted``, and their ``total``."""

    rows: dict[Counted, Shown]
    total: Shown

    @property
    def by_category(self):
        """``[(category, count)]``; where part of one is not told, neither is its sum."""
        groups = defaultdict(list)
        for key, cell in sorted(self.rows.items(), key=lambda item: item[0].position):
            groups[key.category].append(cell)
        return [(name, _sum(cells)) for name, cells in groups.items()]


def _sum(cells):
    """One count is itself; a sum is told where all its parts are."""
    if len(cells) == 1:
        return cells[0]
    return Shown(
        sum(cell.value for cell in cells),
        is_held_back=not all(cell.is_open for cell in cells),
    )


@dataclass(frozen=True)
class Session:
    """One event of a day, with its attendances."""

    event: Event
    counts: Counts


@dataclass(frozen=True)
class Whole:
    """A series with its sessions in the period, or an event without one.

    ``people`` is None where nobody told how many different people a series had, or where
    it has sessions outside of the period or of the places. ``institutions`` is None where
    nobody told any.
    """

    event: Event
    sessions: list[Session]
    attendances: Counts
    people: Counts | None
    institutions: int | None

    @property
    def shown_title(self):
        """Without codes of families, should a mediator have written one."""
        return without_codes(self.event.title)

    @property
    def days(self):
        return [session.event.held_on for session in self.sessions]

    @property
    def first(self) -> date:
        return min(self.days)

    @property
    def last(self) -> date:
        return max(self.days)

    @property
    def centres(self):
        """In how many resource centres it took place."""
        return len({s.event.centre_id for s in self.sessions} - {None})

    @property
    def place(self):
        """Whose it is: a series of the whole project stays one, wherever its sessions were."""
        return str(self.event.municipality or _("whole project"))

    @property
    def has_enough_professionals(self):
        """So many that they can have come from as many institutions."""
        counted = self.people or self.attendances
        cells = [c for key, c in counted.rows.items() if not key.is_of_families]
        told = sum(cell.value for cell in cells if cell.is_open)
        return bool(self.institutions) and self.institutions <= told


@dataclass(frozen=True)
class Register:
    """Events of a period; ``municipality`` is None for the whole project."""

    period: Period
    municipality: Municipality | None
    wholes: list[Whole]
    made_at: datetime = field(default_factory=timezone.localtime)

    kind = DocumentKind.EVENTS
    template = "reports/documents/events.html"
    audited = {}

    @property
    def title(self):
        place = self.municipality.label_lv if self.municipality else _("whole project")
        return f"{self.kind.label}, {place}, {self.period.label}"

    @property
    def sessions(self):
        return [session for whole in self.wholes for session in whole.sessions]

    @property
    def size(self):
        return len(self.sessions)

    @property
    def centres(self):
        return len({s.event.centre_id for s in self.sessions} - {None})

    @property
    def attendances(self):
        return self._total([whole.attendances for whole in self.wholes])

    @property
    def people(self):
        return self._total([whole.people for whole in self.wholes if whole.people])

    @property
    def has_dashes(self):
        return any(None in (one.people, one.institutions) for one in self.wholes)

    @staticmethod
    def _total(counts):
        """Told only where each part is: else the last one could be worked out."""
        return Shown(
            sum(one.total.value for one in counts),
            is_held_back=not all(one.total.is_open for one in counts),
        )

    @property
    def file_stem(self):
        place = self.municipality.slug.capitalize() if self.municipality else "Projekts"
        return f"Pasakumi_{place}_{self.period.code_in_a_file_name}"

    def sheets(self):
        return [
            EventTotalResource(self),
            EventResource(self),
            EventPeopleResource(self),
        ]

    def about(self):
        """What the first sheet of the workbook says."""
        return [
            (_("Period"), self.period.label),
            (
                _("How it is counted"),
                _(
                    "Participants are different people, attendances count somebody anew at "
                    "each session. The two are never added. Nobody is named."
                ),
            ),
            (
                _("Small numbers"),
                _(
                    "Small counts of participants are not told; a dot stands for a number "
                    "that would give a small one away."
                ),
            ),
        ]


def register(period, places=None, municipality=None, *, tells_all=False):
    """The events that were held in a period, as they stand now.

    ``places`` narrows to municipalities; without them those of the whole project are in
    it. ``tells_all`` is for files that stay in the team.
    """
    sessions = Event.objects.sessions().held()
    sessions = sessions.filter(held_on__range=(period.first, period.last))
    if places is not None:
        sessions = sessions.filter(municipality__in=places)
    counts = Headcount.objects.select_related(
        "category", "from_municipality", "from_region"
    )
    headcounts = Prefetch("headcounts", counts, to_attr="counted")
    rows = sessions.order_by("held_on", "pk").select_related(
        "kind",
        "municipality",
        "centre",
        "initiated_by",
        "series__kind",
        "series__municipality",
    )
    rows = rows.prefetch_related(
        headcounts,
        "institutions",
        "co_organisers",
        "leaders__visit",
        Prefetch("series__headcounts", counts, to_attr="counted"),
    )
    groups = defaultdict(list)
    for row in rows:
        groups[row.series or row].append(row)
    complete = _complete(groups, places)
    wholes = [
        _whole(event, inner, event.pk in complete, tells_all)
        for event, inner in groups.items()
    ]
    return Register(period, municipality, wholes)


def _complete(groups, places):
    """Keys of series of which every held session is in its group.

    What is told of a series of the whole project is no municipality's number.
    """
    numbers = {event.pk: len(inner) for event, inner in groups.items()}
    held = Event.objects.sessions().held().filter(series__in=numbers)
    all_of = defaultdict(int)
    for pk in held.order_by().values_list("series", flat=True):
        all_of[pk] += 1
    of_project = {event.pk for event in groups if event.municipality_id is None}
    elsewhere = of_project if places is not None else set()
    return {
        pk
        for pk, number in numbers.items()
        if all_of[pk] in (0, number) and pk not in elsewhere
    }


def _whole(event, sessions, is_complete, tells_all):
    told = _all_told if tells_all else _protected
    *each, together = told([row.counted for row in sessions])
    institutions = {one.pk for row in sessions for one in row.institutions.all()}
    number = len(institutions)
    people = None
    if not event.is_series:
        people, number = together, event.institutions_number
    elif is_complete:
        number = event.institutions_number
        if event.counted:
            people = told([event.counted])[-1]
        elif len(sessions) == 1:
            people = together
    return Whole(
        event,
        [Session(row, counts) for row, counts in zip(sessions, each, strict=True)],
        together,
        people,
        number or None,
    )


def _summed(rows):
    counts = defaultdict(int)
    for row in rows:
        counts[Counted.of(row)] += row.count
    return counts


def _protected(groups):
    """``Counts`` of each group and of all together; no small one can be worked out."""
    sums = [_summed(rows) for rows in groups]
    keys = sorted({key for one in sums for key in one}, key=_order)
    if not keys:
        return [Counts({}, Shown(0)) for _group in [*groups, None]]
    table = protected([[one.get(key, 0) for key in keys] for one in sums])
    return [_counts(keys, line) for line in [*table.rows, table.totals]]


def _all_told(groups):
    sums = [_summed(rows) for rows in groups]
    together = defaultdict(int)
    for one in sums:
        for key, count in one.items():
            together[key] += count
    return [
        Counts(
            {key: Shown(one[key], is_safe=True) for key in sorted(one, key=_order)},
            Shown(sum(one.values()), is_safe=True),
        )
        for one in [*sums, together]
    ]


def _order(key):
    return (key.position, key.category, key.sex, key.age_band, key.origin)


def _counts(keys, line):
    cells = zip(keys, line[:-1], strict=True)
    return Counts({key: cell for key, cell in cells if cell.value}, line[-1])
