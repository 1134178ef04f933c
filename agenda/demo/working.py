"""The team of the demo at work: who pays, where they sit, what they learned, who meets."""

from collections import Counter
from datetime import timedelta

from mediators.models import (
    Appointment,
    FundingShare,
    LanguageSkill,
    MediatorProfile,
    Position,
    Role,
    Training,
    TrainingCourse,
    TrainingNeed,
)
from mediators.models.funding import WHOLE
from municipalities.models import (
    CityPlan,
    FundingLine,
    GroupDecision,
    GroupMeeting,
    GroupMember,
    Membership,
    MunicipalVisit,
    Partner,
    Premises,
)
from municipalities.working_days import next_working_day, working_days_after

PARTNERS = (
    ("Kultūras tiltu biedrība", Partner.Role.LEAD),
    ("Piecu novadu apvienība", Partner.Role.ASSOCIATED),
)
COURSES = (
    ("Mediatoru sagatavošanas kurss", "ROLE", "Pārvaldes skola", 60, True),
    (
        "Bērnu tiesību aizsardzības pamati",
        "CHILD_RIGHTS",
        "Mācību centrs „Ozols”",
        40,
        False,
    ),
    ("Konfliktu risināšana un sarunu vešana", "CONFLICT", "Pārvaldes skola", 16, False),
    ("Pirmā palīdzība", "FIRST_AID", "Mācību centrs „Ozols”", 12, False),
)
# (room, address, hours, transport) by the number of the place
ROOMS = (
    ("SHARED", "Stacijas iela 4, 12. kabinets", "P., T. 9–13", "MUNI"),
    ("OWN", "Pils iela 2, 1. stāvs", "darbdienās 9–15", "PUBLIC"),
    ("SOUGHT", "", "", "PRIVATE"),
    ("NOT_NEEDED", "", "", "NONE"),
)
# Days ago or ahead when a certificate ends, by the number of the desk
EXPIRES = (45, -20, 700, 500, 30)
WISHES = (
    ("DIGITAL", "Gribu ātrāk sagatavot mēneša atskaiti.", TrainingNeed.Status.ASKED),
    (
        "SPECIFIC_CLIENTS",
        "Sarunām ar pusaudžiem un viņu vecākiem.",
        TrainingNeed.Status.PLANNED,
    ),
    (
        "CONFLICT",
        "Kā rīkoties, ja saruna iestādē kļūst skaļa.",
        TrainingNeed.Status.DONE,
    ),
)
DECISIONS = (
    (
        "Skolas autobuss piestāj arī Stacijas pusē.",
        "school",
        21,
        GroupDecision.Status.OPEN,
    ),
    (
        "Dzīvokļu daļa sagatavo rindas kārtības lapu vienkāršā valodā.",
        "housing",
        -6,
        GroupDecision.Status.OPEN,
    ),
    (
        "Sociālais dienests nosauc vienu kontaktpersonu.",
        "social",
        -40,
        GroupDecision.Status.DONE,
    ),
)
MINUTES = (
    "Pārrunāta skolēnu nokļūšana skolā un ēdināšana. Vienojās par autobusa pieturu.",
    "Iepazīstināja ar mediatores darbu un vienojās tikties reizi ceturksnī.",
)


def term(vocabulary, code):
    return f"{vocabulary}.{code}"


def add_working(desks, clock):
    """Everything about the team that is about no family."""
    Partner.objects.bulk_create(
        Partner(name=name, role=role, starts_on=clock.first) for name, role in PARTNERS
    )
    courses = [
        TrainingCourse.objects.create(
            title=title,
            topic_id=term("training_topic", topic),
            provider=provider,
            hours=hours,
            is_initial=is_initial,
        )
        for title, topic, provider, hours, is_initial in COURSES
    ]
    for desk in desks:
        _person(desk, clock, courses)
    first_desks = {desk.municipality: desk for desk in reversed(desks)}
    for number, desk in enumerate(reversed(first_desks.values())):
        _place(desk, clock, number)
    _group(desks[0], clock)
    _visits(desks, clock)


def _person(desk, clock, courses):
    mediator, number = desk.mediator, desk.number
    began = mediator.appointments.earliest("starts_on").starts_on
    days = [
        began - timedelta(days=30),
        *(clock.first + timedelta(days=9 * n) for n in range(1, 4 - number % 2)),
    ]
    trainings = [
        _training(desk, course, day, n)
        for n, (course, day) in enumerate(zip(courses, days, strict=False))
    ]
    MediatorProfile.objects.create(
        mediator=mediator,
        ready_on=trainings[0].ends_on + timedelta(days=1),
        record_checked_on=clock.ago(300),
        record_check_until=clock.ago(300) + timedelta(days=365),
        card_is_public=desk.is_first,
        card_slug="sanita-vitola" if desk.is_first else "",
        card_phone="+371 340 00010" if desk.is_first else "",
        card_hours="P., T. 9–13, Stacijas iela 4" if desk.is_first else "",
    )
    levels = LanguageSkill.Level
    LanguageSkill.objects.bulk_create(
        LanguageSkill(
            mediator=mediator, language_id=term("language", code), level=level
        )
        for code, level in (
            ("LV", levels.FLUENT),
            ("ROM", (levels.FLUENT, levels.GOOD, levels.BASIC)[number % 3]),
            ("RU", levels.GOOD),
        )
    )
    child_rights = trainings[1]
    child_rights.certificate_expires_on = clock.until + timedelta(
        days=EXPIRES[number % len(EXPIRES)]
    )
    trainings.append(_exchange(desk, clock))
    Training.objects.bulk_create(trainings)
    topic, wish, status = WISHES[number % len(WISHES)]
    statuses = TrainingNeed.Status
    TrainingNeed.objects.create(
        mediator=mediator,
        topic_id=term("training_topic", topic),
        wish=wish,
        asked_on=clock.ago(70),
        status=status,
        planned_for=clock.until + timedelta(days=24)
        if status == statuses.PLANNED
        else None,
        training=trainings[2] if status == statuses.DONE else None,
    )


def _training(desk, course, day, number):
    starts_on = next_working_day(day)
    ends_on = working_days_after(starts_on, course.hours // 8 - 1)
    return Training(
        mediator=desk.mediator,
        municipality=desk.municipality,
        course=course,
        title=course.title,
        kind=Training.Kind.INITIAL if course.is_initial else Training.Kind.COURSE,
        topic=course.topic,
        provider=course.provider,
        starts_on=starts_on,
        ends_on=ends_on,
        hours=course.hours,
        certificate_number=f"{desk.place.prefix}-{starts_on:%y}/{desk.number * 10 + number + 101}",
        certificate_issued_on=ends_on,
    )


def _exchange(desk, clock):
    day = next_working_day(clock.ago(55))
    return Training(
        mediator=desk.mediator,
        municipality=desk.municipality,
        title="Mediatoru pieredzes apmaiņas diena",
        kind=Training.Kind.EXCHANGE,
        topic_id=term("training_topic", "COMMUNICATION"),
        starts_on=day,
        ends_on=day,
        hours=6,
    )


def _place(desk, clock, number):
    room, address, hours, transport = ROOMS[number % len(ROOMS)]
    place = {"municipality": desk.municipality, "starts_on": clock.first}
    Premises.objects.create(
        **place,
        room_id=term("room_status", room),
        address=address,
        hours=hours,
        transport_id=term("transport", transport),
    )
    if number == 0:
        _share(desk)
    for source, percent in _payers(desk.municipality, clock).items():
        FundingLine.objects.create(
            **place, source_id=source, percent=percent, amount=160 * percent
        )
    if number == 0:
        FundingLine.objects.create(
            **place,
            purpose=FundingLine.Purpose.TRAINING,
            source_id=term("funding_source", "KM_CERV"),
            amount=800,
        )
        Membership.objects.create(
            **place, organisation="Pilsētu un reģionu alianse romu iekļaušanai"
        )
        Membership.objects.create(
            **place,
            organisation="Nacionālo kultūras biedrību asociācija",
            member="Upesciema romu kultūras biedrība",
            role="valdes locekle",
        )
        CityPlan.objects.create(
            **place,
            title="Upesciema novada sabiedrības saliedētības plāns",
            link="https://upesciems.example/plans",
            ends_on=clock.until.replace(month=12, day=31) + timedelta(days=730),
        )
    if number == 1:
        Appointment.objects.filter(user=desk.mediator, role=Role.MEDIATOR).update(
            position=Position.FAMILY_ASSISTANT
        )


def _share(desk):
    """One contract that two sources pay."""
    contract = desk.mediator.appointments.get(role=Role.MEDIATOR)
    for source, percent in (("MUNICIPALITY", 60), ("KM_CERV", 40)):
        FundingShare.objects.create(
            appointment=contract,
            source_id=term("funding_source", source),
            percent=percent,
        )


def _payers(municipality, clock):
    """``{source: percent}`` of the hours of all contracts of its mediators."""
    hours = Counter()
    contracts = municipality.appointments.current(clock.until)
    for contract in contracts.filter(role=Role.MEDIATOR):
        shares = contract.shares.values_list("source_id", "percent")
        for source, percent in shares or [(contract.funding_id, WHOLE)]:
            hours[source] += contract.hours_per_day * percent
    whole = hours.total()
    return {source: round(WHOLE * part / whole) for source, part in hours.items()}


def _group(desk, clock):
    """The group of the first municipality: four officials, two meetings, three decisions."""
    members = [
        desk.institutions[key][1][0]
        for key in ("school", "social", "housing", "police")
    ]
    for official in members:
        GroupMember.objects.create(
            municipality=desk.municipality, contact=official, starts_on=clock.first
        )
    meetings = []
    for days, text in zip((18, 110), MINUTES, strict=True):
        meeting = GroupMeeting.objects.create(
            municipality=desk.municipality,
            held_on=next_working_day(clock.ago(days)),
            place="Domes mazā zāle",
            minutes=text,
        )
        meeting.present.set(members[: 4 if days < 100 else 3])
        meetings.append(meeting)
    for text, key, days, status in DECISIONS:
        GroupDecision.objects.create(
            meeting=meetings[0] if status == GroupDecision.Status.OPEN else meetings[1],
            text=text,
            institution=desk.institution(key),
            due_on=next_working_day(clock.until + timedelta(days=days)),
            status=status,
        )


def _visits(desks, clock):
    kinds = MunicipalVisit.Kind
    MunicipalVisit.objects.create(
        municipality=desks[0].municipality,
        kind=kinds.SUPPORT,
        held_on=next_working_day(clock.ago(33)),
        participants="Līga Grava, Rasma Vecvagare",
        purpose="Atbalsts mediatores darbam, telpu jautājums",
        conclusions="Telpa pieejama divas dienas nedēļā. Nākamā vizīte pavasarī.",
    )
    MunicipalVisit.objects.create(
        municipality=desks[1].municipality,
        kind=kinds.EXCHANGE,
        held_on=next_working_day(clock.ago(48)),
        other_place=desks[0].municipality,
        participants="Raimonds Zeltiņš, Māris Apsītis",
        purpose="Kā strādā starpinstitucionālā grupa",
        conclusions="Grupu veidos arī Kalnamuižā.",
    )
