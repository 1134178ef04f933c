"""The register of events: what was held, for whom, with how many (X8).

People and attendances stand in two columns and are never added. Where the register leaves
the team, small counts are told as few, and of an event or session as many others are held
back as it takes that nobody works the small ones out. A sum is that of the events which are
told, and says how many it leaves out.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from events.models import Event, Headcount
from municipalities.models import Municipality
from reports.attended import Counts, all_told, protected_counts, told_together
from reports.codes import without_codes
from reports.models import DocumentKind
from reports.periods import Period
from reports.resources.events import (
    EventPeopleResource,
    EventResource,
    EventTotalResource,
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
        return told_together([session.counts for session in self.sessions])

    @property
    def people(self):
        return told_together([whole.people for whole in self.wholes if whole.people])

    @property
    def has_dashes(self):
        return any(None in (one.people, one.institutions) for one in self.wholes)

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
    begun = _begun(period, places).select_related("kind", "municipality")
    begun = begun.prefetch_related(headcounts)
    for series in begun:
        if series.counted:
            groups.setdefault(series, [])
    counted = {series.pk for series in begun}
    single = _of_one_session(groups)
    wholes = [
        _whole(event, inner, event.pk in counted, event.pk in single, tells_all)
        for event, inner in groups.items()
    ]
    return Register(period, municipality, wholes)


def _begun(period, places):
    """Series with their first day in the period: their people are counted on that day."""
    begun = Event.objects.series().held()
    begun = begun.filter(held_on__range=(period.first, period.last))
    return begun if places is None else begun.filter(municipality__in=places)


def _of_one_session(groups):
    """Keys of series of which one session was held, wherever and whenever."""
    held = Event.objects.sessions().held().filter(series__in=[e.pk for e in groups])
    numbers = Counter(held.order_by().values_list("series", flat=True))
    return {pk for pk, number in numbers.items() if number == 1}


def _whole(event, sessions, is_counted_here, is_of_one_session, tells_all):
    told = all_told if tells_all else protected_counts
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
