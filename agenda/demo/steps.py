"""Next steps of the demo: promised in one entry, done by a later one, or still open."""

from datetime import time, timedelta
from typing import NamedTuple

from cases.models import DropReason, Kind, NextStep, StepMove


class KnownStep(NamedTuple):
    """A step on the desk of the first mediator, ``days`` from the last day of the demo."""

    label: str
    title: str
    kind: Kind
    text: str
    days: int
    at: time | None = None
    partner: str = ""


KNOWN_STEPS = (
    KnownStep(
        "Bērziņu ģimene",
        "Ēdināšanas atlaide skolā",
        Kind.CALL,
        "Piezvanīt skolai par ēdināšanas atlaidi",
        -3,
        partner="school",
    ),
    KnownStep(
        "Kārkliņu ģimene",
        "Skolas kavējumi",
        Kind.INSTITUTION_MEETING,
        "Tikšanās Upesciema pamatskolā ar sociālo pedagoģi",
        0,
        time(14),
        "school",
    ),
    KnownStep(
        "Liepu ģimene",
        "Dzīvokļu rinda",
        Kind.HOME_VISIT,
        "Aiznest dokumentu sarakstu dzīvokļu rindai",
        0,
    ),
    KnownStep(
        "Egļu ģimene",
        "Bezdarbnieka statuss",
        Kind.ACCOMPANIMENT,
        "Pavadīt uz NVA, lai pieteiktu bezdarbnieka statusu",
        1,
        time(10),
        "jobs",
    ),
    KnownStep(
        "Kļavu ģimene",
        "Aizbildnība",
        Kind.CALL,
        "Uzzināt bāriņtiesas atbildi",
        4,
        partner="court",
    ),
)
PLANNED_MEETINGS = (
    ("social", "Saruna par pabalstiem ziemai", 11, 11),
    ("housing", "Mēneša tikšanās par dzīvokļu rindu", 18, 9),
    ("school", "Vecāku sapulces sagatavošana", 25, 15),
)
MOVED, PUT_OFF = 7, 9
REASONS = (
    *(DropReason.DONE_OTHERWISE, DropReason.NOT_NEEDED, DropReason.FAMILY_DECLINED),
    *(DropReason.CASE_CLOSED, DropReason.OTHER),
)
# Days from the last day of the demo, for the steps that are still open
OPEN_DAYS = (-4, 0, 2, 5, -1, 8, 1, 0, 12, 3, 6, 9)


def promise_steps(desk, entries, cases, clock):
    """Every other entry promises something, and the next entry of the case does it.

    The last entry of an open case always does.
    """
    waiting, steps = {}, []
    still_open = {case.pk for case in cases if not case.is_closed}
    last = {entry.visit.case.pk: entry for entry in entries if entry.visit.case}
    for entry in entries:
        visit = entry.visit
        if visit.case is None:
            continue
        promised = waiting.pop(visit.case.pk, None)
        if promised:
            promised.status = NextStep.Status.DONE
            promised.done_by = visit
            promised.due_on = min(promised.due_on, visit.visited_on)
        is_last = visit.case.pk in still_open and last[visit.case.pk] is entry
        if is_last or desk.dice.random() < 0.4:
            waiting[visit.case.pk] = step = _promise(desk, entry)
            steps.append(step)
    for number, (case_pk, step) in enumerate(waiting.items()):
        if case_pk not in still_open:
            _drop(step, number)
    known = list(_known(desk, cases, clock))
    known_cases = {step.case_id for step in known}
    left = [step for step in steps if step.status == NextStep.Status.OPEN]
    return [
        *(step for step in steps if step.status != NextStep.Status.OPEN),
        *_spread(
            desk, [step for step in left if step.case_id not in known_cases], clock
        ),
        *known,
        _with_an_institution(desk, clock),
        *_meetings(desk, clock),
    ]


def _promise(desk, entry):
    kind, text = desk.dice.choice(entry.matter.steps)
    visit = entry.visit
    return NextStep(
        mediator=desk.mediator,
        municipality=desk.municipality,
        family=entry.families[0],
        case=visit.case,
        text=text,
        kind=kind,
        institution=visit.institution,
        contact=visit.contact,
        due_on=visit.visited_on + timedelta(days=desk.dice.randint(2, 12)),
        source=visit,
    )


def moves_of(steps, clock):
    """Every seventh step that was done had been put off once, some to another month."""
    done = [step for step in steps if step.status == NextStep.Status.DONE]
    for step in done[::MOVED]:
        day = step.due_on - timedelta(days=PUT_OFF)
        yield StepMove(
            step=step,
            by=step.mediator,
            at=clock.at(day, 9),
            from_on=day,
            to_on=step.due_on,
        )


def _spread(desk, steps, clock):
    """Open steps around the last day; what nobody could do by then was given up."""
    steps.sort(key=lambda step: step.source.visited_on, reverse=True)
    days = [day for day in OPEN_DAYS if day > 1 or not desk.is_first]
    for number, step in enumerate(steps):
        if number < len(days):
            step.due_on = clock.until + timedelta(days=days[number])
        else:
            _drop(step, number)
    return steps


def _drop(step, number):
    step.status = NextStep.Status.DROPPED
    step.drop_reason = REASONS[number % len(REASONS)]


def _with_an_institution(desk, clock):
    """A step that is about no family."""
    institution, officials = desk.institutions["school"]
    return NextStep(
        mediator=desk.mediator,
        municipality=desk.municipality,
        text="Saskaņot vecāku sapulces datumu",
        kind=Kind.CALL,
        institution=institution,
        contact=officials[0],
        due_on=clock.until + timedelta(days=5),
    )


def _meetings(desk, clock):
    """Meetings that are planned in time for this month and the next (R202)."""
    for partner, text, days, hour in PLANNED_MEETINGS:
        institution, officials = desk.institutions[partner]
        yield NextStep(
            mediator=desk.mediator,
            municipality=desk.municipality,
            text=text,
            kind=Kind.INSTITUTION_MEETING,
            institution=institution,
            contact=officials[0],
            due_on=clock.until + timedelta(days=days),
            due_at=time(hour),
        )


def _known(desk, cases, clock):
    if not desk.is_first:
        return
    by_matter = {
        (case.family.label, case.title): case for case in cases if not case.is_closed
    }
    for known in KNOWN_STEPS:
        case = by_matter[known.label, known.title]
        step = NextStep(
            mediator=desk.mediator,
            municipality=desk.municipality,
            family=case.family,
            case=case,
            text=known.text,
            kind=known.kind,
            due_on=clock.until + timedelta(days=known.days),
            due_at=known.at,
        )
        if known.partner:
            step.institution, officials = desk.institutions[known.partner]
            step.contact = officials[0]
        yield step
