"""Single events of the demo that show what else can be told: ages, regions, sex, results.

Nothing here asks chance, so that the rest of the demo stays as it is.
"""

from agenda.demo.gathered import count, event_of
from events.models import Event, Headcount, Leader
from families.models import AgeBand, Sex
from municipalities.models import Region, Vocabulary
from municipalities.working_days import next_working_day

CAMP = (
    # region, age, how many
    ("vidzeme", AgeBand.A13_15, 9),
    ("kurzeme", AgeBand.A13_15, 8),
    ("kurzeme", AgeBand.A16_17, 7),
    ("latgale", AgeBand.A16_17, 6),
)
PARENTS = ((Sex.FEMALE, 9), (Sex.MALE, 6))
RESULTS = (
    "1. vieta: 4. klases kopdarbs „Mana iela”. 2. vieta: bērnudārza vecākā grupa. "
    "3. vieta: pagalma komandas plakāts."
)
REPRESENTED = ("school", "preschool", "social", "police", "education")


def add_occasions(desks, clock, terms):
    """A camp of the project, and at the first two desks a practical, a contest and more."""
    _camp(clock, terms)
    first, second = desks[:2]
    _practical(first, clock, terms)
    _contest(first, clock, terms)
    _attended(first, clock, terms)
    _exchange(second, clock, terms)


def _camp(clock, terms):
    camp = event_of(
        *(terms, "SUMMER_CAMP"),
        title="Vasaras nometne jauniešiem no visas Latvijas",
        held_on=next_working_day(clock.ago(130)),
        minutes=480,
        place="Brīvdienu māja pie ezera",
        target=Event.Target.YOUTH,
        area="culture",
        outcome="Kā runāt par sevi svešu cilvēku priekšā un kur meklēt vasaras darbu.",
    )
    regions = {region.code: region for region in Region.objects.all()}
    rows = [
        {"age_band": band, "from_region": regions[region], "count": number}
        for region, band, number in CAMP
    ]
    _count_apart(camp, terms, "YOUTH", rows)
    Leader.objects.create(event=camp, name="Gunta Straupmane", own_minutes=480)


def _practical(desk, clock, terms):
    event = event_of(
        *(terms, "PRACTICUM"),
        **_of(desk),
        title="Praktikums vecākiem: ģimenes budžets",
        held_on=next_working_day(clock.ago(37)),
        minutes=120,
        place="Bibliotēka, 2. stāvs",
        target=Event.Target.PARENTS,
        area="social",
        initiated_by=terms[Vocabulary.INITIATOR, "FAMILY"],
    )
    rows = [{"sex": sex, "count": number} for sex, number in PARENTS]
    _count_apart(event, terms, "PARENTS", rows)


def _contest(desk, clock, terms):
    event = event_of(
        *(terms, "CONTEST"),
        **_of(desk),
        title="Zīmējumu konkurss „Mana iela”",
        held_on=next_working_day(clock.ago(52)),
        minutes=150,
        place="Kultūras nams",
        role=Event.Role.CO_ORGANISED,
        target=Event.Target.MIXED,
        area="culture",
        results=RESULTS,
    )
    event.co_organisers.add(desk.institution("culture"), desk.institution("school"))
    count(event, terms, {"CHILDREN": 23, "PARENTS": 12})


def _attended(desk, clock, terms):
    event = event_of(
        *(terms, "INFO_DAY"),
        **_of(desk),
        title="Darba devēju informatīvā diena",
        held_on=next_working_day(clock.ago(18)),
        minutes=180,
        place="Vidusskolas zāle",
        role=Event.Role.ATTENDED,
        other_organisers="Nodarbinātības aģentūra",
        target=Event.Target.EVERYBODY,
        area="employment",
    )
    count(event, terms, {"YOUTH": 7, "ADULTS": 12})


def _exchange(desk, clock, terms):
    """Which institutions came is known by name, so nobody typed how many they were."""
    event = event_of(
        *(terms, "EXCHANGE"),
        **_of(desk),
        title="Pieredzes apmaiņa: kā iestādes strādā kopā",
        held_on=next_working_day(clock.ago(41)),
        minutes=180,
        place="Domes mazā zāle",
        target=Event.Target.PROFESSIONALS,
        area="children",
        initiated_by=terms[Vocabulary.INITIATOR, "INSTITUTION"],
    )
    event.institutions.add(*(desk.institution(key) for key in REPRESENTED))
    count(event, terms, {"TEACHERS": 4, "SOCIAL_STAFF": 3, "MUNI_STAFF": 2})


def _of(desk):
    return {"municipality": desk.municipality, "mediator": desk.mediator}


def _count_apart(event, terms, category, rows):
    Headcount.objects.bulk_create(
        Headcount(
            event=event,
            category=terms[Vocabulary.PARTICIPANT_CATEGORY, category],
            **row,
        )
        for row in rows
    )
