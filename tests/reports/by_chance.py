"""A log by chance: so many entries, cases, events and answers that every number has some."""

import random
import uuid
from datetime import date, timedelta
from decimal import Decimal

from cases.models import (
    Area,
    CaseStatus,
    IssueStatus,
    Kind,
    NextStep,
    Outcome,
    ProgrammeStep,
)
from municipalities.models import Vocabulary
from tests.factories import (
    AchievementFactory,
    CaseFactory,
    CasePersonFactory,
    CategoryFactory,
    CommunityIssueFactory,
    EventFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    HandoutFactory,
    HeadcountFactory,
    IncidentFactory,
    InstitutionContactFactory,
    InvolvementFactory,
    MediaItemFactory,
    MunicipalityFactory,
    NextStepFactory,
    ResidenceFactory,
    StoryFactory,
    TermFactory,
    TrainingFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.recounted import CODES

CODES_OF_ALL = [
    code.strip(" '") for codes in CODES.values() for code in codes.split(",")
]
PEOPLE = [uuid.UUID(int=number) for number in range(1, 7)]


def log_by_chance():
    """Two mediators, two municipalities, and by chance ninety entries, twenty cases, sixty
    steps, forty people of cases a hundred and twenty achievements and
    thirty trainings."""
    chance = random.Random(20261001)
    places = [MunicipalityFactory(), MunicipalityFactory()]
    mediators = [UserFactory(), UserFactory()]
    families = [
        FamilyFactory(municipality=place) for place in places for _number in range(4)
    ]
    contacts = [InstitutionContactFactory() for _number in range(4)]
    for family in families:
        FamilyAssignmentFactory(
            family=family,
            mediator=chance.choice(mediators),
            starts_on=date(2026, 8, 25) + timedelta(days=chance.randrange(80)),
        )
        FamilyAssignmentFactory(
            family=family, kind="shared", starts_on=date(2026, 9, 9)
        )
    cases = _cases(chance, families, mediators)
    for _number in range(90):
        contact = chance.choice([None, *contacts])
        minutes = chance.randrange(1, 200)
        interprets = chance.random() < 0.3
        VisitFactory(
            mediator=chance.choice(mediators),
            municipality=chance.choice(places),
            visited_on=date(2026, 8, 25) + timedelta(days=chance.randrange(80)),
            kind=chance.choice(Kind.values),
            minutes=minutes,
            interpreting="rom_lv" if interprets else "",
            interpreted_minutes=chance.randint(1, minutes) if interprets else 0,
            is_in_court=interprets and chance.random() < 0.5,
            institution=contact and contact.institution,
            contact=chance.choice([None, contact]),
            is_coordinated=contact is not None and chance.random() < 0.5,
            case=chance.choice([None, *cases]),
            families_named=chance.sample(families, chance.randrange(3)),
            areas=chance.sample(Area.values, chance.randrange(1, 4)),
        )
    for _number in range(60):
        status = chance.choice(NextStep.Status.values)
        contact = chance.choice([None, *contacts])
        NextStepFactory(
            mediator=chance.choice(mediators),
            municipality=chance.choice(places),
            institution=contact and contact.institution,
            due_on=date(2026, 8, 25) + timedelta(days=chance.randrange(80)),
            status=status,
            drop_reason="other" if status == NextStep.Status.DROPPED else "",
        )
    _achievements(chance, cases, mediators)
    _events(chance, places, mediators)
    _published(chance, places, mediators)
    _trainings(chance, places, mediators)
    _programmes(chance, families, mediators)
    for _number in range(30):
        noted_on = date(2026, 8, 25) + timedelta(days=chance.randrange(60))
        reported_on = noted_on + timedelta(days=chance.randrange(30))
        is_reported = chance.random() < 0.5
        IncidentFactory(
            municipality=chance.choice(places),
            mediator=chance.choice(mediators),
            happened_on=noted_on,
            noted_on=noted_on,
            reported_to="ombudsman" if is_reported else "",
            reported_on=reported_on if is_reported else None,
        )
    for _number in range(60):
        ResidenceFactory(
            family=chance.choice(families),
            by=chance.choice(mediators),
            status=chance.choice(
                ["lives_here", "abroad", "wants_to_return", "returned"]
            ),
            since_on=date(2026, 8, 25) + timedelta(days=chance.randrange(80)),
        )
    _issues(chance, places, mediators)
    return places, mediators


def _issues(chance, places, mediators):
    for _number in range(30):
        status = chance.choice(IssueStatus.values)
        reported_on = date(2026, 8, 25) + timedelta(days=chance.randrange(60))
        decided_on = reported_on + timedelta(days=chance.randrange(30))
        CommunityIssueFactory(
            municipality=chance.choice(places),
            mediator=chance.choice(mediators),
            reported_on=reported_on,
            status=status,
            decided_on=decided_on if status in ("solved", "declined") else None,
        )


def _cases(chance, families, mediators):
    cases = []
    for _number in range(20):
        opened_on = date(2026, 8, 25) + timedelta(days=chance.randrange(60))
        closed_on = opened_on + timedelta(days=chance.randrange(30))
        is_closed = chance.random() < 0.6
        case = CaseFactory(
            family=chance.choice(families),
            mediator=chance.choice(mediators),
            opened_on=opened_on,
            status=CaseStatus.CLOSED if is_closed else CaseStatus.ACTIVE,
            closed_on=closed_on if is_closed else None,
            outcome=chance.choice(Outcome.values) if is_closed else "",
        )
        cases.append(case)
        for person in chance.sample(PEOPLE, 2):
            CasePersonFactory(case=case, person_id=person)
    return cases


def _achievements(chance, cases, mediators):
    codes = [*CODES_OF_ALL, "GEN_NOT_SOLVED"]
    what = {
        code: TermFactory(vocabulary=Vocabulary.ACHIEVEMENT, code=code)
        for code in codes
    }
    for number in range(120):
        AchievementFactory(
            case=chance.choice(cases),
            mediator=chance.choice(mediators),
            what=what[codes[number % len(codes)]],
            achieved_on=date(2026, 8, 25) + timedelta(days=chance.randrange(80)),
            person_id=chance.choice([None, *PEOPLE]),
        )


def _events(chance, places, mediators):
    """Sixty events, some of them sessions of eight series, of which half say who came.

    Some are of the whole project and belong to no municipality.
    """

    def made(**fields):
        event = EventFactory(
            mediator=chance.choice(mediators),
            municipality=chance.choice([*places, None]),
            held_on=date(2026, 8, 25) + timedelta(days=chance.randrange(80)),
            institutions_number=chance.randrange(5),
            **fields,
        )
        for code in chance.sample(["CHILDREN", "YOUTH", "PARENTS"], 2):
            if not event.is_series or int(event.code[-1]) % 2:
                HeadcountFactory(
                    event=event,
                    category=CategoryFactory(code=code),
                    count=chance.randrange(1, 30),
                )
        return event

    series = [made(is_series=True) for _number in range(8)]
    for number in range(60):
        made(series=series[0] if number == 0 else chance.choice([None, *series[1:]]))


def _published(chance, places, mediators):
    for number in range(80):
        place, mediator = places[number % 2], chance.choice(mediators)
        day = date(2026, 8, 25) + timedelta(days=chance.randrange(80))
        about = {"municipality": place}
        MediaItemFactory(
            mediator=mediator,
            published_on=day,
            is_positive=chance.random() < 0.7,
            **about,
        )
        HandoutFactory(
            by=mediator, handed_on=day, copies=chance.randrange(1, 40), **about
        )
        if number < 30:
            StoryFactory(mediator=mediator, published_on=day, **about)


def _trainings(chance, places, mediators):
    for _number in range(30):
        TrainingFactory(
            mediator=chance.choice(mediators),
            municipality=chance.choice(places),
            starts_on=date(2026, 8, 25) + timedelta(days=chance.randrange(80)),
            hours=Decimal(chance.randrange(5, 400)) / 10,
            certificate_number=chance.choice(["", "A-1"]),
            certificate_issued_on=chance.choice([None, date(2026, 9, 1)]),
        )


def _programmes(chance, families, mediators):
    for number in range(60):
        InvolvementFactory(
            family=chance.choice(families),
            mediator=chance.choice(mediators),
            programme__code=chance.choice(["SKOLA_KOPIENA", "MUNICIPAL", "ERASMUS"]),
            person_id=chance.choice([None, *PEOPLE]),
            steps=[
                (step, date(2026, 8, 25) + timedelta(days=chance.randrange(80)))
                for step in chance.sample(ProgrammeStep.values, 1 + number % 4)
            ],
        )
