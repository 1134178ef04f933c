"""Families and cases of the demo: since when, with what consent, how they ended."""

from collections import Counter
from datetime import timedelta

from agenda.demo.households import LABELS, NOTES, STREETS
from agenda.demo.more_matters import MATTERS, SCHOOL
from cases.models import Case, CaseStatus, Outcome
from families.models import Consent, ConsentText, Family, FamilyAssignment
from municipalities import models as municipalities

# Latvian numbers begin with 2, 6, 8 or 9, so nobody is called by mistake
PHONE = "+371 330 {:05}"
BY_TITLE = {matter.title: matter for matter in MATTERS}
SUMMER = (6, 7, 8)
OUTCOMES = ((Outcome.SOLVED, 68), (Outcome.HANDED_OVER, 19), (Outcome.STOPPED, 13))

WITHDRAWN_DAYS_AGO = 9
# Consents of the families of a desk, one after the other and from the start again
IN_FORCE, ENDS_SOON, WITHDRAWN, ONLY_INFORMED, NONE = range(5)
CONSENTS = (
    *(IN_FORCE, IN_FORCE, IN_FORCE, ENDS_SOON, IN_FORCE, IN_FORCE, WITHDRAWN),
    *(IN_FORCE, IN_FORCE, IN_FORCE, IN_FORCE, IN_FORCE),
)

# What lies on the desk of the first mediator: (family, matter, opened days ago)
KNOWN_CASES = (
    ("Kārkliņu ģimene", "Skolas kavējumi", 69),
    ("Kārkliņu ģimene", "Īres parāds", 58),
    ("Alkšņu ģimene", "Īres parāds", 51),
    ("Bērziņu ģimene", "Ēdināšanas atlaide skolā", 33),
    ("Liepu ģimene", "Dzīvokļu rinda", 40),
    ("Egļu ģimene", "Bezdarbnieka statuss", 19),
    ("Kļavu ģimene", "Aizbildnība", 26),
    ("Ozolu ģimene", "Darba meklēšana un CV", 45),
)


class Numbers:
    """Running numbers under prefixes, as ``Counter.take`` gives them, stored at the end."""

    def __init__(self):
        self.last = Counter()

    def take(self, prefix):
        self.last[prefix] += 1
        return self.last[prefix]

    def store(self):
        municipalities.Counter.objects.bulk_create(
            municipalities.Counter(prefix=prefix, last=last)
            for prefix, last in self.last.items()
        )


def add_families(desk, clock, numbers):
    """The families of a desk with assignments and consents, the oldest first."""
    for position in range(len(desk.labels)):
        family = _family(desk, clock, numbers, position)
        desk.families.append(family)
        if family.closed_on:
            desk.ends[family.pk] = family.closed_on
        elif _state_of_consent(desk, clock, position, family) == WITHDRAWN:
            desk.ends[family.pk] = clock.ago(WITHDRAWN_DAYS_AGO)
    Family.objects.bulk_create(desk.families)
    FamilyAssignment.objects.bulk_create(
        FamilyAssignment(
            family=family, mediator=desk.mediator, starts_on=family.started_on
        )
        for family in desk.families
    )
    Consent.objects.bulk_create(
        consent
        for position, family in enumerate(desk.families)
        for consent in _consents(desk, clock, position, family)
    )


def lend_a_family(owner, colleague, clock):
    """Two mediators of one municipality work with a family together."""
    FamilyAssignment.objects.create(
        family=owner.families[1],
        mediator=colleague.mediator,
        kind=FamilyAssignment.Kind.SHARED,
        starts_on=clock.months[-4],
    )


def _family(desk, clock, numbers, position):
    chance, prefix = desk.dice, desk.municipality.prefix
    round_ = desk.number // len(LABELS)
    label = desk.labels[position]
    return Family(
        municipality=desk.municipality,
        code=f"{prefix}-{numbers.take(prefix):03}",
        label=f"{label} ({round_ + 1})" if round_ else label,
        town_part=chance.choice(desk.place.town_parts),
        address=f"{chance.choice(STREETS)} {chance.randint(1, 60)}–{chance.randint(1, 40)}",
        phone=PHONE.format(desk.number * 100 + position),
        note=chance.choice(NOTES),
        adults=chance.choice((1, 1, 2, 2, 2, 3)),
        children=chance.choice((0, 1, 2, 2, 3, 3, 4, 5)),
        started_on=_started_on(desk, clock, position),
        closed_on=_closed_on(desk, clock, position),
    )


def _closed_on(desk, clock, position):
    """One family moved away; where the number of families falls, more of them did."""
    moved = {5: 5}
    if desk.families_a_month[0] > desk.families_a_month[-1]:
        moved = {1: 6, 3: 3, 4: 2}
    return clock.months[-moved[position]] if position in moved else None


def _started_on(desk, clock, position):
    """Two thirds are known from before; the newest came in the last days."""
    total = len(desk.labels)
    known = total * 2 // 3
    if position < known:
        return clock.first - timedelta(days=20 + 25 * (known - position))
    if position == total - 1:
        return clock.ago(6)
    days = (clock.until - clock.first).days - 40
    share = (position - known + 1) / (total - known)
    return clock.first + timedelta(days=int(days * share))


def _consents(desk, clock, position, family):
    """What was said at the first meeting, and what became of it."""
    state = _state_of_consent(desk, clock, position, family)
    if state == NONE:
        return
    said = {
        "family": family,
        "recorded_by": desk.mediator,
        "manner": desk.dice.choice(Consent.Manner.values),
        "language": desk.dice.choice(("lv", "lv", "rom", "rom", "ru")),
        "given_on": family.started_on,
        "text": ConsentText.objects.in_force(family.started_on),
    }
    yield Consent(purpose=Consent.Purpose.INFORMED, **said)
    if state == ONLY_INFORMED:
        return
    ends = {
        IN_FORCE: {"valid_until": clock.until + timedelta(days=400 + position)},
        ENDS_SOON: {"valid_until": clock.until + timedelta(days=12)},
        WITHDRAWN: {"withdrawn_on": clock.ago(WITHDRAWN_DAYS_AGO)},
    }[state]
    yield Consent(purpose=Consent.Purpose.KEEP, **said, **ends)
    if state == IN_FORCE and position % 2:
        yield Consent(purpose=Consent.Purpose.SHARE, **said, **ends)
    if state == IN_FORCE and position % 5 == 1:
        yield Consent(purpose=Consent.Purpose.STORY, **said, **ends)


def _state_of_consent(desk, clock, position, family):
    if family.started_on > clock.ago(30):
        return ONLY_INFORMED if desk.number % 2 else NONE
    return CONSENTS[(position + desk.number) % len(CONSENTS)]


def is_known(desk, family):
    return desk.is_first and any(label == family.label for label, *_ in KNOWN_CASES)


def plan_cases(desk, clock):
    """Cases of each family one after the other; those nobody works on fall away later."""
    plans = []
    for family in desk.families:
        known = [row for row in KNOWN_CASES if desk.is_first and row[0] == family.label]
        plans += [
            _case(desk, family, BY_TITLE[title], clock.ago(days))
            for _label, title, days in known
        ]
        end = clock.ago(75) if known else desk.ends.get(family.pk)
        plans += _chain(desk, clock, family, end)
    return plans


def _chain(desk, clock, family, end):
    """Cases until today, or until ``end``, when the last one is closed too."""
    chance, until = desk.dice, end or clock.ago(3)
    day = max(
        family.started_on + timedelta(days=chance.randint(0, 25)),
        clock.first - timedelta(days=chance.randint(-30, 75)),
    )
    before = None
    while day < until:
        matter = any_matter(chance, _fitting(day, before))
        closed_on = day + timedelta(days=chance.randint(15, 95))
        if end:
            closed_on = min(closed_on, end)
        yield _case(
            desk, family, matter, day, closed_on if closed_on <= until else None
        )
        day = closed_on + timedelta(days=chance.randint(3, 35))
        before = matter


def _fitting(day, before):
    """School matters do not begin in summer, and none comes twice in a row."""
    return [
        matter
        for matter in MATTERS
        if matter is not before and not (day.month in SUMMER and matter in SCHOOL)
    ]


def any_matter(chance, fitting=MATTERS):
    return chance.choices(fitting, [matter.weight for matter in fitting])[0]


def _case(desk, family, matter, opened_on, closed_on=None):
    case = Case(
        family=family,
        municipality=desk.municipality,
        mediator=desk.mediator,
        title=matter.title,
        area=matter.area,
        category_id=f"case_category.{matter.category}",
        goal=matter.goal,
        status=CaseStatus.NEW,
        opened_on=max(opened_on, family.started_on),
    )
    if closed_on:
        outcomes, weights = zip(*OUTCOMES, strict=True)
        case.status = CaseStatus.CLOSED
        case.closed_on = closed_on
        case.outcome = desk.dice.choices(outcomes, weights)[0]
        case.what_helped = matter.helped if case.outcome == Outcome.SOLVED else ""
    return case
