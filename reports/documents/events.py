"""The register of events: what was held, for whom, with how many (X8).

People and attendances stand in two columns and are never added. Where the register leaves
the team, small counts are told as few, and of an event or session as many others are held
back as it takes that nobody works the small ones out. A sum is that of the events which are
told, and says how many it leaves out.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import Count, Exists, OuterRef, Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, Headcount
from municipalities.models import Municipality
from reports.attended import AT_ONCE, Counts, all_told, protected_counts, told_together
from reports.codes import without_codes
from reports.models import DocumentKind
from reports.periods import Period
from reports.resources.events import (
    EventPeopleResource,
    EventResource,
    EventTotalResource,
)

ON_PAPER = 1000
"""A document on paper tells so many sessions one by one, and of more their sums alone."""


@dataclass(frozen=True)
class Session:
    """One event of a day, with its attendances."""

    event: Event
    counts: Counts


@dataclass(frozen=True)
class Whole:
    """A series with its sessions in the period, or an event without one.

    ``people`` is None where nobody told how many different people a series had, or where
    its first day is in another period or it is another place's: the indicators count it
    there (``reports/gathered.py``). ``institutions`` is None where nobody told any.
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
        """Of its sessions; its own of a series whose sessions are all elsewhere."""
        held = [session.event.held_on for session in self.sessions]
        return held or [self.event.held_on]

    @property
    def first(self) -> date:
        return min(self.days)

    @property
    def last(self) -> date:
        return max(self.days)

    @property
    def centres(self):
        """Keys of the resource centres in which it took place."""
        return {session.event.centre_id for session in self.sessions} - {None}

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


@dataclass
class Sums:
    """What is told of all wholes together: numbers alone are kept of them."""

    centres: set = field(default_factory=set)
    people: list = field(default_factory=list)
    attendances: list = field(default_factory=list)
    has_dashes: bool = False

    def add(self, whole):
        self.centres |= whole.centres
        self.attendances += [session.counts.total for session in whole.sessions]
        if whole.people:
            self.people.append(whole.people.total)
        self.has_dashes |= None in (whole.people, whole.institutions)


@dataclass(frozen=True)
class Register:
    """Events of a period; ``municipality`` is None for the whole project."""

    period: Period
    municipality: Municipality | None
    wholes: Iterable[Whole]
    session_count: int
    made_at: datetime = field(default_factory=timezone.localtime)

    kind = DocumentKind.EVENTS
    template = "reports/documents/events.html"
    audited = {}

    @property
    def title(self):
        place = self.municipality.label_lv if self.municipality else _("whole project")
        return f"{self.kind.label}, {place}, {self.period.label}"

    @property
    def size(self):
        return self.session_count

    @property
    def has_too_many_for_paper(self):
        """So many that each stands in the Excel file alone."""
        return self.session_count > ON_PAPER

    @property
    def centres(self):
        return len(self._sums.centres)

    @property
    def attendances(self):
        return told_together(self._sums.attendances)

    @property
    def people(self):
        return told_together(self._sums.people)

    @property
    def has_dashes(self):
        return self._sums.has_dashes

    @cached_property
    def _sums(self):
        """Gone through once: a year of a country is read in batches, and not held."""
        sums = Sums()
        for whole in self.wholes:
            sums.add(whole)
        return sums

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
                    "that would give a small one away. Sums are without the sessions "
                    "whose counts are not told."
                ),
            ),
        ]


def register(period, places=None, municipality=None, *, tells_all=False):
    """The events that were held in a period, as they stand now.

    ``places`` narrows to municipalities; without them those of the whole project are in
    it. ``tells_all`` is for files that stay in the team. Of the many events of a country
    no more than a batch is held, and they are read anew for each table: whoever draws them
    does so in ``one_moment``.
    """
    wholes = Wholes(period, places, tells_all=tells_all)
    count = wholes.session_count
    rows = wholes if count > AT_ONCE else list(wholes)
    return Register(period, municipality, rows, count)


class Wholes:
    """Series and events of a period, made in batches each time they are gone through.

    Kept are keys alone: of each whole those of its sessions, in the order of their days.
    """

    def __init__(self, period, places, *, tells_all):
        self._days, self._places = (period.first, period.last), places
        self._tell = all_told if tells_all else protected_counts

    def __iter__(self):
        batch, size = {}, 0
        for key, sessions in self._keys.items():
            batch[key] = sessions
            size += len(sessions) or 1
            if size >= AT_ONCE:
                yield from self._made(batch)
                batch, size = {}, 0
        if batch:
            yield from self._made(batch)

    def __len__(self):
        return len(self._keys)

    @property
    def session_count(self):
        return sum(map(len, self._keys.values()))

    @cached_property
    def _keys(self):
        sessions = self._held(Event.objects.sessions()).order_by("held_on", "pk")
        keys = defaultdict(list)
        for key, series in sessions.values_list("pk", "series").iterator():
            keys[series or key].append(key)
        counted = Headcount.objects.filter(event=OuterRef("pk"))
        for key in self._begun.filter(Exists(counted)).values_list("pk", flat=True):
            keys.setdefault(key, [])
        return dict(keys)

    @property
    def _begun(self):
        """Series with their first day in the period: their people are counted on that day."""
        return self._held(Event.objects.series())

    def _held(self, events):
        held = events.held().filter(held_on__range=self._days)
        if self._places is None:
            return held
        return held.filter(municipality__in=self._places)

    def _made(self, batch):
        """The wholes of some keys, with all that is told of them."""
        of_events = Event.objects.filter(
            pk__in=[k for one in batch.values() for k in one]
        )
        sessions = {row.pk: row for row in _with_all(of_events)}
        begun = self._begun.filter(pk__in=batch).select_related("kind", "municipality")
        begun = {row.pk: row for row in begun.prefetch_related(_counts("headcounts"))}
        single = _of_one_session(batch)
        for key, keys in batch.items():
            rows = [sessions[one] for one in keys if one in sessions]
            event = (rows[0].series or rows[0]) if rows else begun.get(key)
            if event:
                yield _whole(event, rows, key in begun, key in single, self._tell)


def _counts(path):
    counts = Headcount.objects.select_related(
        "category", "from_municipality", "from_region"
    )
    return Prefetch(path, counts, to_attr="counted")


def _with_all(sessions):
    rows = sessions.select_related(
        "kind",
        "municipality",
        "centre",
        "initiated_by",
        "series__kind",
        "series__municipality",
    )
    return rows.prefetch_related(
        _counts("headcounts"),
        "institutions",
        "co_organisers",
        "leaders__visit",
        _counts("series__headcounts"),
    )


def _of_one_session(keys):
    """Keys of series of which one session was held, wherever and whenever."""
    held = Event.objects.sessions().held().filter(series__in=list(keys))
    numbers = held.order_by().values_list("series").annotate(n=Count("pk"))
    return {series for series, number in numbers if number == 1}


def _whole(event, sessions, is_counted_here, is_of_one_session, told):
    *each, together = told([row.counted for row in sessions])
    institutions = {one.pk for row in sessions for one in row.institutions.all()}
    number = len(institutions)
    people = None
    if not event.is_series:
        people, number = together, event.institutions_number
    else:
        if is_counted_here:
            number = event.institutions_number
            people = told([event.counted])[-1] if event.counted else None
        if not event.counted and sessions and is_of_one_session:
            people = together
    return Whole(
        event,
        [Session(row, counts) for row, counts in zip(sessions, each, strict=True)],
        together,
        people,
        number or None,
    )
