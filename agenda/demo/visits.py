"""The invented log: what each mediator did on each day."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from agenda.demo.history import BY_TITLE, SUMMER, any_matter, is_known
from agenda.demo.more_matters import EVENTS, SCHOOL, TALKS, UNRECORDED
from cases.models import Area, Case, CaseStatus, Kind, Outcome, Visit
from families.models import Family
from municipalities.working_days import next_month

MINUTES = {
    Kind.HOME_VISIT: (45, 60, 90, 90, 120, 150, 180),
    Kind.INSTITUTION_MEETING: (45, 60, 90, 90, 120, 120, 180),
    Kind.CALL: (10, 15, 15, 15, 20, 30),
    Kind.ACCOMPANIMENT: (90, 120, 150, 180, 240, 300),
    Kind.OFFICE_TALK: (30, 45, 45, 60, 90),
    Kind.GROUP: (90, 120, 120, 180),
}
KINDS = {
    Kind.HOME_VISIT: 36,
    Kind.INSTITUTION_MEETING: 20,
    Kind.CALL: 16,
    Kind.ACCOMPANIMENT: 18,
    Kind.OFFICE_TALK: 10,
}
ENTRIES = (35, 45)


@dataclass
class Logged:
    """An entry with the rows that belong to it, and the matter it is about."""

    visit: Visit
    areas: tuple[Area, ...]
    families: tuple[Family, ...] = ()
    matter: object = None


def log_month(desk, clock, month, cases):
    """The entries of a desk in one month, in the order of their days."""
    chance, days = desk.dice, clock.days_of(month)
    count = round(chance.randint(*ENTRIES) * clock.share_of(month)) or 1
    families = _families_of(desk, clock, month, cases)
    entries = list(_without_families(desk, clock, days, count))
    due = [(family, case) for family in families for case in _due(desk, family, cases)]
    # Everybody once, then whoever needs it; some attempts find no fitting day
    for _attempt in range(3 * count if families else 0):
        if len(entries) == count:
            break
        family, case = due.pop(0) if due else (chance.choice(families), None)
        day = _day_for(desk, family, case, days)
        if day:
            if case is None and chance.random() < 0.7:
                case = _case_on(chance, family, day, cases)
            entries.append(_about_family(desk, clock, family, day, case))
    return sorted(entries, key=lambda entry: entry.visit.visited_on)


def _families_of(desk, clock, month, cases):
    """As many as the shape of the results wants; open cases come first."""
    here = [family for family in desk.families if _is_here(desk, family, month)]
    busy = {
        case.family_id
        for case in cases
        if (case.closed_on or clock.until) >= month
        and case.opened_on < next_month(month)
    }
    desk.dice.shuffle(here)
    here.sort(key=lambda family: (not is_known(desk, family), family.pk not in busy))
    counts = desk.families_a_month
    if month == clock.current:
        wanted = max(round(counts[-1] * (0.3 + 0.7 * clock.share_of(month))), 1)
    else:
        wanted = counts[clock.over.index(month)]
    return here[:wanted]


def _due(desk, family, cases):
    """The cases that have to be seen to this month; None stands for any."""
    if not is_known(desk, family):
        return [None]
    own = [case for case in cases if case.family is family and not case.is_closed]
    return own or [None]


def _is_here(desk, family, month):
    ends = desk.ends.get(family.pk)
    return family.started_on < next_month(month) and (ends is None or ends > month)


def _day_for(desk, family, case, days):
    begins, ends = family.started_on, desk.ends.get(family.pk)
    if case:
        begins = max(begins, case.opened_on)
    fitting = [day for day in days if day >= begins and (ends is None or day <= ends)]
    return desk.dice.choice(fitting) if fitting else None


def _about_family(desk, clock, family, day, case):
    chance = desk.dice
    matter = BY_TITLE[case.title] if case else any_matter(chance)
    kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
    visit = _visit(desk, clock, kind, day)
    visit.case = case
    if kind.needs_institution:
        _name_institution(desk, visit, matter.partners[0])
    elif kind == Kind.CALL:
        _name_institution(desk, visit, matter.partners[-1])
    is_quiet = day.month in SUMMER and matter in SCHOOL
    if case and not is_quiet and chance.random() < 0.75:
        visit.note = chance.choice(matter.notes.get(kind, ("",)))
    if case and chance.random() < 0.4:
        visit.change = chance.choice((Visit.Change.FORWARD, Visit.Change.SAME))
    areas = (matter.area,)
    if matter.also and chance.random() < 0.3:
        areas += (matter.also,)
    return Logged(visit, areas, (family,), matter)


def _case_on(chance, family, day, cases):
    """An open case of that day; school rests in summer when there is another."""
    fitting = [
        case
        for case in cases
        if case.family_id == family.pk
        and case.opened_on <= day <= (case.closed_on or day)
    ]
    awake = [case for case in fitting if case.area != Area.EDUCATION]
    if awake and day.month in SUMMER:
        fitting = awake
    return chance.choice(fitting) if fitting else None


def _without_families(desk, clock, days, count):
    """Events, talks with institutions, and help that nobody wanted to have recorded."""
    chance = desk.dice
    share = count / ENTRIES[1]
    occasions = [
        *chance.sample(EVENTS, k=max(round(2 * share), 1)),
        *chance.sample(TALKS, k=round(3 * share)),
        *chance.sample(UNRECORDED, k=round(share)),
    ]
    for occasion in occasions:
        visit = _visit(desk, clock, occasion.kind, chance.choice(days))
        visit.note, visit.place = occasion.note, occasion.place
        if occasion in EVENTS:
            visit.without = Visit.Without.EVENT
            visit.children = chance.randint(3, 14)
            visit.youth = chance.randint(0, 6)
            visit.adults = chance.randint(1, 9)
        elif occasion in TALKS:
            visit.without = Visit.Without.INSTITUTION
        else:
            visit.without = Visit.Without.UNRECORDED
            visit.children, visit.adults = chance.randint(0, 3), chance.randint(1, 2)
        if occasion.partner:
            _name_institution(desk, visit, occasion.partner)
        yield Logged(visit, occasion.areas)


def _visit(desk, clock, kind, day):
    """A bare entry, written down on the evening of the day or soon after it."""
    chance = desk.dice
    late = chance.choice((0, 0, 0, 0, 0, 0, 1, 1, 2, 5))
    written_at = clock.at(
        day + timedelta(days=late), chance.randint(15, 20), chance.randint(0, 59)
    )
    return Visit(
        client_uuid=uuid.UUID(int=chance.getrandbits(128), version=4),
        mediator=desk.mediator,
        municipality=desk.municipality,
        kind=kind,
        visited_on=day,
        minutes=chance.choice(MINUTES[kind]),
        highlight=chance.random() < 0.08,
        created_at=written_at,
        updated_at=written_at,
    )


def _name_institution(desk, visit, key):
    visit.institution = desk.institution(key)
    if desk.dice.random() < 0.85:
        visit.contact = desk.official(key)


def keep_cases(desk, cases, entries, clock):
    """Cases somebody worked on, with the status their entries give them.

    Of the others only those stay that were opened in the last weeks.
    """
    last = {}
    for entry in sorted(entries, key=lambda entry: entry.visit.visited_on):
        if entry.visit.case:
            last[entry.visit.case.pk] = entry.visit
    kept = []
    for number, case in enumerate(cases):
        visit = last.get(case.pk)
        is_needed = not case.is_closed and is_known(desk, case.family)
        is_new = not case.is_closed and case.opened_on >= clock.ago(40)
        if not (visit or is_needed or is_new):
            continue
        if visit and case.outcome == Outcome.SOLVED:
            visit.change = Visit.Change.SOLVED
        if not case.is_closed and (visit or is_needed):
            case.status = CaseStatus.WAITING if number % 4 == 0 else CaseStatus.ACTIVE
        kept.append(case)
    return sorted(kept, key=lambda case: case.opened_on)


def number_entries(entries, numbers):
    """Codes in the order of the days, as if they had been given one by one."""
    for entry in sorted(entries, key=lambda entry: entry.visit.visited_on):
        visit = entry.visit
        prefix = f"{visit.municipality.prefix}-{visit.visited_on:%y}"
        visit.code = f"{prefix}-{numbers.take(prefix):04}"


def number_cases(cases: list[Case], numbers):
    for case in sorted(cases, key=lambda case: case.opened_on):
        prefix = f"{case.municipality.prefix}-L"
        case.code = f"{prefix}{numbers.take(prefix):03}"
