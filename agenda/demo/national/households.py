"""Families of the national demo: their people, what they agreed to, and their cases."""

from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from agenda.demo.care import BOYS, GIRLS, MEN, RELATION, WOMEN
from agenda.demo.chance import dice
from agenda.demo.history import OUTCOMES, PHONE
from agenda.demo.households import LABELS, NOTES, STREETS
from agenda.demo.more_matters import MATTERS
from agenda.demo.national.keys import key
from agenda.demo.national.rows import Rows
from cases.models import Case, CaseEvent, CasePerson, CaseStatus, Outcome
from families.models import (
    AgeBand,
    Consent,
    ConsentText,
    Family,
    FamilyAssignment,
    FamilyMember,
    Sex,
)

NAMES = [label for labels in LABELS for label in labels]
WEIGHTS = [matter.weight for matter in MATTERS]
# A grown-up of a household: relation, sex, names
GROWN_UPS = (
    ("MOTHER", Sex.FEMALE, WOMEN),
    ("FATHER", Sex.MALE, MEN),
    ("GRANDMOTHER", Sex.FEMALE, WOMEN),
)
CHILDREN = ((Sex.FEMALE, GIRLS), (Sex.MALE, BOYS))
MONTHS_TO_BEGIN = 24
"""Families come within the first months of the log."""
DAY = 24 * 60 * 60 * 1000


class Matter(NamedTuple):
    """A case as the log needs it; ``closed_on`` is None while it is open."""

    pk: UUID
    number: int
    opened_on: date
    closed_on: date | None


class Household(NamedTuple):
    pk: UUID
    code: str
    started_on: date
    cases: list


def moment(day, hour=9):
    """Of a day, in milliseconds since 1970; the hour is that of UTC."""
    return (day.toordinal() - date(1970, 1, 1).toordinal()) * DAY + hour * DAY // 24


class Households:
    """Writes the families of one desk after the other."""

    def __init__(self, clock, numbers, *, seed):
        self.clock, self.numbers, self.seed = clock, numbers, seed
        self.text = ConsentText.objects.in_force(clock.until)
        self.families = Rows(
            Family,
            (
                *("id", "code", "municipality_id", "label", "town_part", "address"),
                *("phone", "note", "adults", "children", "started_on"),
            ),
        )
        self.assignments = Rows(
            FamilyAssignment, ("family_id", "mediator_id", "starts_on")
        )
        self.consents = Rows(
            Consent,
            ("family_id", "purpose", "given_on", "recorded_by_id"),
            text=self.text,
        )
        self.people = Rows(
            FamilyMember,
            ("id", "family_id", "name", "relation_id", "birth_year", "sex"),
        )
        self.cases = Rows(
            Case,
            (
                *("id", "code", "family_id", "municipality_id", "mediator_id", "title"),
                *("area", "category_id", "goal", "status", "opened_on", "closed_on"),
                *("outcome", "what_helped"),
            ),
        )
        self.closings = Rows(
            CaseEvent,
            ("id", "case_id", "by_id", "at", "outcome", "what_helped"),
            status=CaseStatus.CLOSED,
        )
        self.named = Rows(CasePerson, ("id", "case_id", "person_id", "sex", "age_band"))

    @property
    def tables(self):
        """In the order in which they are stored: what is pointed at comes first."""
        return (
            *(self.families, self.assignments, self.consents, self.people),
            *(self.cases, self.closings, self.named),
        )

    def settle(self, desk, count):
        """So many families of a desk, with a case in each year."""
        chance = dice(self.seed, "households", desk.number)
        for position in range(count):
            desk.households.append(self._family(desk, chance, position))

    def store(self):
        for rows in self.tables:
            rows.store()

    def _family(self, desk, chance, position):
        clock, place = self.clock, desk.municipality
        started_on = self._begin(chance)
        pk = key(moment(started_on), chance)
        code = f"{place.prefix}-{self.numbers.take(place.prefix):03}"
        adults, children = (
            chance.choice((1, 1, 2, 2, 2, 3)),
            chance.choice((0, 1, 2, 2, 3, 4)),
        )
        self.families.add(
            pk,
            code,
            place.pk,
            f"{NAMES[(desk.number + position) % len(NAMES)]} ({position + 1})",
            chance.choice(desk.town_parts),
            f"{chance.choice(STREETS)} {chance.randint(1, 60)}",
            PHONE.format((desk.number * 100 + position) % 100_000),
            chance.choice(NOTES),
            adults,
            children,
            started_on,
        )
        self.assignments.add(pk, desk.mediator.pk, started_on)
        for purpose in (Consent.Purpose.INFORMED, Consent.Purpose.KEEP):
            self.consents.add(pk, purpose.value, started_on, desk.mediator.pk)
        people = [
            *(self._grown_up(pk, chance, n, started_on) for n in range(adults)),
            *(self._child(pk, chance, started_on) for _ in range(children)),
        ]
        years = max(1, len(clock.months) // 12)
        cases = [self._case(desk, pk, started_on, people, chance) for _ in range(years)]
        return Household(pk, code, started_on, cases)

    def _begin(self, chance):
        """A day of the first months; half of the families were there when the log began."""
        if chance.random() < 0.5:
            return self.clock.first
        last = self.clock.months[min(MONTHS_TO_BEGIN, len(self.clock.months)) - 1]
        return self.clock.first + timedelta(
            days=chance.randrange((last - self.clock.first).days + 1)
        )

    def _grown_up(self, family, chance, number, since):
        relation, sex, names = GROWN_UPS[number]
        born = self.clock.until.year - chance.randint(22, 45) - 25 * (number == 2)
        return self._person(family, chance, since, relation, sex, names, born)

    def _child(self, family, chance, since):
        sex, names = chance.choice(CHILDREN)
        born = self.clock.until.year - chance.randint(1, 17)
        return self._person(family, chance, since, "CHILD", sex, names, born)

    def _person(self, family, chance, since, relation, sex, names, born):
        pk = key(moment(since), chance)
        name = chance.choice(names)
        self.people.add(pk, family, name, RELATION.format(relation), born, sex.value)
        return pk, sex, born

    def _case(self, desk, family, started_on, people, chance):
        clock = self.clock
        number = chance.choices(range(len(MATTERS)), WEIGHTS)[0]
        matter = MATTERS[number]
        days = (clock.until - started_on).days
        opened_on = started_on + timedelta(days=chance.randrange(days + 1))
        closed_on = opened_on + timedelta(days=chance.randint(20, 240))
        status, outcome, helped = CaseStatus.ACTIVE, "", ""
        if closed_on > clock.until:
            closed_on = None
        else:
            status = CaseStatus.CLOSED
            outcomes, weights = zip(*OUTCOMES, strict=True)
            outcome = chance.choices(outcomes, weights)[0]
            helped = matter.helped if outcome == Outcome.SOLVED else ""
        pk = key(moment(opened_on), chance)
        prefix = f"{desk.municipality.prefix}-L"
        code = f"{prefix}{self.numbers.take(prefix):03}"
        self.cases.add(
            *(pk, code, family, desk.municipality.pk, desk.mediator.pk),
            *(matter.title, matter.area.value, f"case_category.{matter.category}"),
            *(matter.goal, status.value, opened_on, closed_on, str(outcome), helped),
        )
        if closed_on:
            at = clock.at(closed_on, 17)
            event = key(moment(closed_on), chance)
            self.closings.add(event, pk, desk.mediator.pk, at, str(outcome), helped)
        if chance.random() < 0.5:
            person, sex, born = chance.choice(people)
            band = AgeBand.of(born, opened_on)
            row = key(moment(opened_on), chance)
            self.named.add(row, pk, person, sex.value, band.value)
        return Matter(pk, number, opened_on, closed_on)
