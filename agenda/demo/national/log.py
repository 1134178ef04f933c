"""The log of the national demo, month by month and within a month day by day.

Rows are written in the order in which people would have written them: the entries of one
mediator lie scattered in the table among those of all others, and are not read more
cheaply than they would be.
"""

from datetime import timedelta
from functools import cache
from operator import itemgetter

from agenda.demo.chance import dice
from agenda.demo.more_matters import MATTERS
from agenda.demo.national.households import moment
from agenda.demo.national.keys import entry_id, key
from agenda.demo.national.rows import Rows
from agenda.demo.visits import KINDS, MINUTES
from cases.models import (
    DropReason,
    Kind,
    NextStep,
    Visit,
    VisitArea,
    VisitFamily,
)

KIND_LIST, KIND_WEIGHTS = list(KINDS), list(KINDS.values())
EVENT, WITH_CASE, WITH_NOTE, PROMISING = 0.03, 0.7, 0.75, 0.25
"""How often an entry is an event, is about a case, has a note, promises a step."""
LEFT_OVER = 0.04
"""How often a promised step of the last three weeks was not done in time."""
LATELY = timedelta(days=21)
AT_ONCE = 5000
"""Entries that are held in memory before they are written."""


class Log:
    """Writes what all desks did in a month."""

    def __init__(self, clock, numbers, *, seed):
        self.clock, self.numbers, self.seed = clock, numbers, seed
        self._at = cache(clock.at)
        self.visits = Rows(
            Visit,
            (
                *("id", "code", "client_uuid", "fingerprint", "mediator_id"),
                *("municipality_id", "case_id", "without", "kind", "visited_on"),
                *("minutes", "institution_id", "contact_id", "is_coordinated"),
                *("children", "adults", "note", "change", "created_at", "updated_at"),
            ),
        )
        self.families = Rows(VisitFamily, ("visit_id", "family_id"))
        self.areas = Rows(VisitArea, ("visit_id", "area", "position"))
        self.steps = Rows(
            NextStep,
            (
                *("id", "mediator_id", "municipality_id", "family_id", "case_id"),
                *("text", "kind", "institution_id", "due_on", "status"),
                *("drop_reason", "source_id", "updated_at"),
            ),
        )

    @property
    def tables(self):
        return self.visits, self.families, self.areas, self.steps

    def write(self, month, planned):
        """The entries of a month; ``planned`` are pairs of a desk and how many it has."""
        days = self.clock.days_of(month)
        drafts = []
        for desk, count in planned:
            chance = dice(self.seed, "log", desk.number, month)
            drafts += (
                (day, desk, chance) for day in sorted(chance.choices(days, k=count))
            )
        for number, draft in enumerate(sorted(drafts, key=itemgetter(0)), start=1):
            self._entry(*draft)
            if number % AT_ONCE == 0:
                self.store()
        self.store()

    def store(self):
        for rows in self.tables:
            rows.store()

    def _entry(self, day, desk, chance):
        hour = chance.randrange(7, 15)
        pk = key(moment(day, hour), chance)
        at = self._at(day, hour)
        place, mediator = desk.municipality, desk.mediator
        prefix = f"{place.prefix}-{day:%y}"
        code = f"{prefix}-{self.numbers.take(prefix):04}"
        household = None if chance.random() < EVENT else _visited(desk, day, chance)
        is_event = household is None
        case = _case_of(household, day, chance) if household else None
        number = case.number if case else chance.randrange(len(MATTERS))
        matter = MATTERS[number]
        kind = Kind.GROUP if is_event else chance.choices(KIND_LIST, KIND_WEIGHTS)[0]
        institution = contact = None
        if kind.needs_institution:
            there, officials = desk.institutions[matter.partners[0]]
            institution, contact = there.pk, chance.choice(officials).pk
        notes = matter.notes.get(kind, ())
        self.visits.add(
            *(pk, code, entry_id(chance), f"{chance.getrandbits(256):064x}"),
            *(mediator.pk, place.pk, case and case.pk),
            *(Visit.Without.EVENT.value if is_event else "", kind.value, day),
            *(chance.choice(MINUTES[kind]), institution, contact),
            institution is not None and chance.random() < 0.5,
            *((8, 4) if is_event else (0, 0)),
            chance.choice(notes) if notes and chance.random() < WITH_NOTE else "",
            chance.choice(("", "", "forward", "same")) if case else "",
            *(at, at),
        )
        self.areas.add(pk, matter.area.value, 0)
        if matter.also and chance.random() < 0.3:
            self.areas.add(pk, matter.also.value, 1)
        if household:
            self.families.add(pk, household.pk)
            if chance.random() < PROMISING:
                self._promise(pk, day, desk, household, case, matter, chance)

    def _promise(self, source, day, desk, household, case, matter, chance):
        kind, text = chance.choice(matter.steps)
        due_on = day + timedelta(days=chance.randint(3, 21))
        until = self.clock.until
        status, reason = NextStep.Status.DONE, ""
        is_left = until - due_on < LATELY and chance.random() < LEFT_OVER
        if due_on > until or is_left:
            status = NextStep.Status.OPEN
        elif chance.random() < 0.15:
            status, reason = NextStep.Status.DROPPED, DropReason.NOT_NEEDED.value
        institution = None
        if kind.needs_institution:
            institution = desk.institutions[matter.partners[0]][0].pk
        self.steps.add(
            *(key(moment(day, 15), chance), desk.mediator.pk, desk.municipality.pk),
            *(household.pk, case and case.pk, text, kind.value, institution, due_on),
            *(status.value, reason, source, self._at(due_on, 16)),
        )


def _visited(desk, day, chance):
    """A family that was there on the day; half of them were from the beginning."""
    for _attempt in range(30):
        household = chance.choice(desk.households)
        if household.started_on <= day:
            return household
    return None


def _case_of(household, day, chance):
    """One that was open on the day, or none."""
    there = [
        case
        for case in household.cases
        if case.opened_on <= day and (case.closed_on is None or day <= case.closed_on)
    ]
    return chance.choice(there) if there and chance.random() < WITH_CASE else None
