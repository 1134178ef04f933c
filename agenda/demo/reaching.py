"""Programmes, interpreting, documents and incidents of the demo, in small numbers.

Chance of its own, so that the rest of the demo stays as it is.
"""

from datetime import timedelta

from agenda.demo.chance import dice
from cases.models import (
    Achievement,
    Case,
    Incident,
    Involvement,
    InvolvementStep,
    Kind,
    LanguagePair,
    Participant,
    ProgrammeStep,
    Venue,
)
from cases.services.documents import achieved_by, needed_codes
from families.models import Family, FamilyMember
from municipalities.models import Term, Vocabulary

# A programme for each age, and how far its people have come after how many days
WAYS = (
    ("SKOLA_KOPIENA", 7, 17, (("informed", 0), ("applied", 12), ("accepted", 30))),
    ("PROTI_DARI2", 16, 29, (("approached", 0), ("interested", 9))),
    ("NVA_APMACIBAS", 25, 60, (("informed", 0), ("applied", 8), ("started", 21))),
    ("NVA_VASARA", 15, 17, (("informed", 0), ("applied", 5), ("accepted", 14))),
    ("MATERIALA_PALIDZIBA", 30, 90, (("informed", 0), ("accepted", 10))),
)
ENDS = ("finished", "dropped", None)
ONE_IN = 3
"""Every third family has somebody in a programme."""
INTERPRETED_ONE_IN = 9
INCIDENTS = (
    (Incident.Place.SHOP, Incident.Kind.DISCRIMINATION, "", "Nelaida veikalā."),
    (
        Incident.Place.HOUSING,
        Incident.Kind.DISCRIMINATION,
        "ombudsman",
        "Atteica īrēt.",
    ),
    (
        Incident.Place.ONLINE,
        Incident.Kind.HATE_SPEECH,
        "police",
        "Aizskaroši komentāri.",
    ),
    (Incident.Place.WORK, Incident.Kind.DISCRIMINATION, "labour", "Nepieņēma darbā."),
)

VENUES = {
    Kind.HOME_VISIT: Venue.PRIVATE,
    Kind.OFFICE_TALK: Venue.MUNICIPAL,
    Kind.INSTITUTION_MEETING: Venue.PUBLIC,
}


def interpret(entries):
    """In some meetings the mediator spoke for the family, now and then in court."""
    for entry in entries:
        visit = entry.visit
        number = visit.client_uuid.int // 7
        if not (visit.kind_choice.may_be_interpreted and entry.families):
            continue
        if number % INTERPRETED_ONE_IN:
            continue
        visit.interpreting = list(LanguagePair)[number % 3]
        visit.interpreted_minutes = max(1, visit.minutes // (1 + number % 2))
        visit.is_in_court = number % 4 == 0


def travel(entries):
    """To families one goes by bus or by car, and notes how far by car; talks have a room."""
    ways = {term.code: term for term in Term.objects.of(Vocabulary.TRANSPORT)}
    for entry in entries:
        visit = entry.visit
        visit.venue = VENUES.get(visit.kind, "")
        if visit.kind not in (Kind.HOME_VISIT, Kind.ACCOMPANIMENT):
            continue
        number = visit.client_uuid.int // 11
        visit.transport = ways[("PUBLIC", "NONE", "PRIVATE")[number % 3]]
        if visit.transport.code == "PRIVATE":
            visit.kilometres = 4 + number % 40


def add_reaching(desks, clock):
    """After families, cases and entries are stored, before reports are written."""
    terms = {term.pk: term for term in Term.objects.of(Vocabulary.PROGRAMME)}
    for desk in desks:
        for family in Family.objects.filter(
            assignments__mediator=desk.mediator, assignments__kind="own"
        ).order_by("code"):
            if dice("programme", family.code).randrange(ONE_IN) == 0:
                _go(desk, family, terms, clock)
        _suffer(desk, clock)
    for case in Case.objects.exclude(category=None).order_by("code"):
        _obtain(case, clock)


def _go(desk, family, terms, clock):
    for person in FamilyMember.objects.filter(family=family).select_related("relation"):
        age = clock.until.year - (person.birth_year or 0)
        way = next((one for one in WAYS if one[1] <= age <= one[2]), None)
        if way:
            _walk(desk, family, person, terms[f"programme.{way[0]}"], way[3], clock)
            return


def _walk(desk, family, person, programme, steps, clock):
    chance = dice("way", family.code)
    first = max(family.started_on, clock.ago(chance.randrange(20, 150)))
    way = Involvement(
        family=family, programme=programme, created_at=clock.at(first, 15)
    )
    way.count_as(person, first)
    way.save(force_insert=True)
    end = chance.choice(ENDS)
    if end and len(steps) > 2:
        steps = (*steps, (end, 75))
    taken = [
        (step, first + timedelta(days=days))
        for step, days in steps
        if first + timedelta(days=days) <= clock.until
    ]
    InvolvementStep.objects.bulk_create(
        InvolvementStep(
            involvement=way,
            municipality=family.municipality,
            mediator=desk.mediator,
            by=desk.mediator,
            position=position,
            step=step,
            stepped_on=day,
            reason="work" if step == ProgrammeStep.DROPPED else "",
        )
        for position, (step, day) in enumerate(taken)
    )
    if any(step in ("accepted", "started") for step, _day in taken):
        _ask(way, person, taken[-1][1])


def _ask(way, person, day):
    Participant.objects.create(
        number=Participant.next_number(way.family.municipality),
        involvement=way,
        consent_on=day,
        ready_on=day,
        birth_year=person.birth_year,
        sex=person.counted_sex if person.counted_sex in Participant.Sex.values else "",
        labour=Participant.Labour.INACTIVE,
        education=Participant.Education.LOWER,
        minority="yes",
        disability="declined",
        rural="no",
    )


def _suffer(desk, clock):
    for number, (place, kind, authority, words) in enumerate(INCIDENTS):
        if (number + desk.number) % 2:
            continue
        day = clock.ago(35 + 40 * number)
        reported_on = day + timedelta(days=6) if authority else None
        Incident.objects.create(
            municipality=desk.municipality,
            mediator=desk.mediator,
            kind=kind,
            place=place,
            words=words,
            happened_on=day,
            noted_on=day,
            reported_to=authority,
            reported_on=reported_on,
            report_noted_on=reported_on,
            outcome="open" if authority else "",
        )


def _obtain(case, clock):
    """Of what a matter needs the first papers are there, of a solved one all of them."""
    codes = needed_codes(case)
    there = codes if case.outcome == "solved" else codes[: len(codes) // 2]
    last = case.closed_on or clock.until
    span = (last - case.opened_on).days
    documents = {term.code: term for term in Term.objects.of(Vocabulary.DOCUMENT)}
    for number, code in enumerate(there):
        day = case.opened_on + timedelta(days=span * (number + 1) // (len(there) + 1))
        document = documents[code]
        Achievement.objects.create(
            case=case,
            municipality=case.municipality,
            mediator=case.mediator,
            by=case.mediator,
            what=achieved_by(document),
            document=document,
            achieved_on=day,
            created_at=clock.at(day, 16),
        )
