"""A log by chance, and every indicator of it recounted in plain SQL."""

import random
import uuid
from datetime import date, timedelta
from decimal import Decimal

from django.db import connection

from cases.models import Area, CaseStatus, Kind, NextStep, Outcome
from municipalities.models import Vocabulary
from tests.factories import (
    AchievementFactory,
    CaseFactory,
    CasePersonFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    HandoutFactory,
    InstitutionContactFactory,
    MediaItemFactory,
    MunicipalityFactory,
    NextStepFactory,
    StoryFactory,
    TermFactory,
    UserFactory,
    VisitFactory,
)

VISITS = """
    SELECT {what} FROM cases_visit v
    JOIN mediators_user u ON u.id = v.mediator_id
    JOIN municipalities_municipality m ON m.id = v.municipality_id
    {join}
    WHERE u.email = %(email)s AND m.prefix = %(prefix)s
      AND v.visited_on BETWEEN %(first)s AND %(last)s {where}
"""
CASES = """
    SELECT COUNT(*) FROM cases_case c
    JOIN mediators_user u ON u.id = c.mediator_id
    JOIN municipalities_municipality m ON m.id = c.municipality_id
    WHERE u.email = %(email)s AND m.prefix = %(prefix)s AND {where}
"""
STEPS = """
    SELECT COUNT(*) FROM cases_nextstep s
    JOIN mediators_user u ON u.id = s.mediator_id
    JOIN municipalities_municipality m ON m.id = s.municipality_id
    WHERE u.email = %(email)s AND m.prefix = %(prefix)s
      AND s.institution_id IS NOT NULL
      AND s.due_on BETWEEN %(first)s AND %(last)s {where}
"""

ACHIEVED = """
    SELECT {what} FROM cases_achievement a
    JOIN mediators_user u ON u.id = a.mediator_id
    JOIN municipalities_municipality m ON m.id = a.municipality_id
    JOIN municipalities_term t ON t.id = a.what_id
    JOIN cases_case c ON c.id = a.case_id
    WHERE u.email = %(email)s AND m.prefix = %(prefix)s
      AND a.achieved_on BETWEEN %(first)s AND %(last)s AND t.code IN ({codes})
"""
NEW_FAMILIES = """
    SELECT COUNT(DISTINCT s.family_id) FROM families_familyassignment s
    JOIN mediators_user u ON u.id = s.mediator_id
    JOIN families_family f ON f.id = s.family_id
    JOIN municipalities_municipality m ON m.id = f.municipality_id
    WHERE u.email = %(email)s AND m.prefix = %(prefix)s
      AND s.starts_on BETWEEN %(first)s AND %(last)s
      AND s.kind = 'own' AND s.hand_over_id IS NULL
"""
PUBLISHED = """
    SELECT {what} FROM stories_{table} p
    JOIN mediators_user u ON u.id = p.{who}
    JOIN municipalities_municipality m ON m.id = p.municipality_id
    WHERE u.email = %(email)s AND m.prefix = %(prefix)s
      AND p.{day} BETWEEN %(first)s AND %(last)s {where}
"""
CODES = {
    "documents": "'DOC_ISSUED'",
    "granted": "'SOC_STATUS_GRANTED', 'SOC_BENEFIT_GRANTED', "
    "'SOC_DISABILITY_GRANTED', 'EDU_MEALS_GRANTED'",
    "enrolled": "'EDU_ENROLLED'",
    "attending": "'EDU_RETURNED', 'EDU_ATTENDANCE_BETTER'",
    "located": "'EDU_LOCATED'",
    "jobs": "'EMP_JOB_OBTAINED', 'EMP_SUMMER_JOB'",
    "unemployed": "'EMP_UNEMPLOYED_STATUS'",
    "training": "'EMP_TRAINING_STARTED', 'EMP_QUALIFICATION'",
    "housing": "'HOU_IN_QUEUE', 'HOU_FLAT_RECEIVED', 'HOU_DEBT_RESTRUCTURED', "
    "'HOU_DEBT_PAID', 'HOU_EVICTION_AVOIDED', 'HOU_CONDITIONS_BETTER'",
    "health": "'HEA_GP_REGISTERED', 'HEA_CERT_ISSUED', 'HEA_VISITED'",
}
CODES_OF_ALL = [
    code.strip(" '") for codes in CODES.values() for code in codes.split(",")
]
PEOPLE = [uuid.UUID(int=number) for number in range(1, 7)]


def of_achievements(what, key):
    return ACHIEVED.format(what=what, codes=CODES[key])


def of_published(table, day, what="COUNT(*)", where="", who="mediator_id"):
    return PUBLISHED.format(table=table, day=day, what=what, where=where, who=who)


def of_visits(what="COUNT(*)", where="", join=""):
    return VISITS.format(what=what, where=where, join=join)


RECOUNT = {
    "families": of_visits(
        "COUNT(DISTINCT vf.family_id)",
        join="JOIN cases_visitfamily vf ON vf.visit_id = v.id",
    ),
    "entries": of_visits(),
    "hours": of_visits("COALESCE(SUM(v.minutes), 0)"),
    "new_cases": CASES.format(where="c.opened_on BETWEEN %(first)s AND %(last)s"),
    "solved_cases": CASES.format(
        where="c.closed_on BETWEEN %(first)s AND %(last)s AND c.outcome = 'solved'"
    ),
    "open_cases": CASES.format(
        where="c.opened_on <= %(last)s "
        "AND (c.closed_on IS NULL OR c.closed_on > %(last)s)"
    ),
    "home_visits": of_visits(where="AND v.kind = 'home_visit'"),
    "institution_contacts": of_visits(where="AND v.institution_id IS NOT NULL"),
    "institutions": of_visits("COUNT(DISTINCT v.institution_id)"),
    "officials": of_visits("COUNT(DISTINCT v.contact_id)"),
    "accompaniments": of_visits(where="AND v.kind = 'accompaniment'"),
    "planned_meetings": STEPS.format(where=""),
    "held_meetings": STEPS.format(where="AND s.status = 'done'"),
    "people": of_visits(
        "COUNT(DISTINCT cp.person_id)",
        join="JOIN cases_caseperson cp ON cp.case_id = v.case_id",
    ),
    "new_families": NEW_FAMILIES,
    "coordinated_cases": of_visits(
        "COUNT(DISTINCT v.case_id)", where="AND v.is_coordinated"
    ),
    "publications": of_published("mediaitem", "published_on"),
    "positive_publications": of_published(
        "mediaitem", "published_on", where="AND p.is_positive"
    ),
    "stories": of_published("story", "published_on"),
    "copies": of_published(
        "handout", "handed_on", "COALESCE(SUM(p.copies), 0)", who="by_id"
    ),
    "housing_families": of_achievements("COUNT(DISTINCT c.family_id)", "housing"),
    **{key: of_achievements("COUNT(*)", key) for key in CODES},
    **{
        f"{key}_people": of_achievements(
            "COUNT(DISTINCT CASE WHEN a.person_id IS NULL THEN c.family_id "
            "ELSE a.person_id END)",
            key,
        )
        for key in CODES
        if key != "housing"
    },
}


def log_by_chance():
    """Two mediators, two municipalities, and by chance ninety entries, twenty cases, sixty
    steps, forty people of cases and a hundred and twenty achievements."""
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
        VisitFactory(
            mediator=chance.choice(mediators),
            municipality=chance.choice(places),
            visited_on=date(2026, 8, 25) + timedelta(days=chance.randrange(80)),
            kind=chance.choice(Kind.values),
            minutes=chance.randrange(1, 200),
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
    _published(chance, places, mediators)
    return places, mediators


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


def recount(mediator, place, first, last):
    """The same numbers by hand-written SQL that knows nothing of the declarations."""
    about = {
        "email": mediator.email,
        "prefix": place.prefix,
        "first": first,
        "last": last,
    }
    counts = {}
    with connection.cursor() as cursor:
        for key, sql in RECOUNT.items():
            cursor.execute(sql, about)
            counts[key] = cursor.fetchone()[0]
    hours = Decimal(counts["hours"]) / 60
    return counts | {"hours": hours.quantize(Decimal("0.1"), rounding="ROUND_HALF_UP")}
