"""Groups in the demo: resource centres, sessions of the log, seminars of the project.

Nothing here asks chance, so that the rest of the demo stays as it is. Whoever led a
session has its hours from the log entry, and who came is what the entry counted.
"""

from datetime import timedelta

from agenda.demo.gathered import count, event_of
from agenda.demo.occasions import add_occasions
from cases.models import Kind, Visit
from events.models import Centre, Event, Invitation, Leader, Testimonial
from events.services.events import settle
from municipalities.models import InstitutionContact, Term, Vocabulary

CENTRES = 4
OPENED_DAYS_AGO = 600
SESSIONS_TOLD = 8
WEDNESDAY = 2
OPENED_WEEKS_AGO = (1, 2, 3)
IDEAS = ("COMMUNITY", "MEDIATOR", "FAMILY", "INSTITUTION")
OF_THE_LOG = {"CHILDREN": "children", "YOUTH": "youth", "PARENTS": "adults"}
TITLES = (
    ("SESSION", "Mājas darbu pēcpusdiena", "children", "education"),
    ("WORKSHOP", "Radošā darbnīca „Gaismas pilsēta”", "mixed", "culture"),
    ("PRACTICUM", "Praktikums vecākiem: kā runāt ar skolu", "parents", "education"),
    ("SPORT", "Futbola turnīrs pagalmu komandām", "youth", "culture"),
)
SEMINARS = (
    # days ago, participants of both kinds
    (46, 21, 11),
    (25, 18, 12),
)
SAID = (
    ("Te var droši pajautāt, un neviens nesmejas.", "kāda māte", True),
    ("Gribam nākt katru dienu.", "", False),
)
SAID_AT_SEMINARS = "Beidzot zinu, kam zvanīt, ja bērns nenāk uz skolu."


def gather(desks, clock):
    """Centres, the events of each desk, and a series of seminars of the whole project."""
    terms = {(term.vocabulary, term.code): term for term in Term.objects.all()}
    told = set()
    for desk in desks[:CENTRES]:
        centre = _centre(desk, clock, terms)
        series = _sessions(desk, clock, terms, centre)
        _library(desk, clock, terms)
        if desk.municipality not in told:
            _coming(desk, clock, terms, centre)
        told.add(desk.municipality)
        if desk.is_first:
            _said(series, clock, desk)
    _seminars(clock, terms)
    add_occasions(desks, clock, terms)


def _centre(desk, clock, terms):
    centre, is_new = Centre.objects.get_or_create(
        municipality=desk.municipality,
        name=f"{desk.place.genitive} resursu centrs",
        defaults={
            "place": f"{desk.place.town_parts[0].capitalize()}, bibliotēkas 2. stāvs",
            "opened_on": clock.ago(OPENED_DAYS_AGO),
            "opening_times": "otrdienās un ceturtdienās 14.00–18.00",
        },
    )
    if is_new:
        centre.funding.add(terms[Vocabulary.FUNDING_SOURCE, "MUNICIPALITY"])
    return centre


def _sessions(desk, clock, terms, centre):
    """A series out of the groups of the log; a few others stand alone."""
    entries = list(
        Visit.objects.filter(mediator=desk.mediator, kind=Kind.GROUP).order_by(
            "-visited_on", "-pk"
        )[:SESSIONS_TOLD]
    )
    mine = {"municipality": desk.municipality, "mediator": desk.mediator}
    series, largest = None, {}
    for number, entry in enumerate(reversed(entries)):
        kind, title, target, area = TITLES[number % 4 if number % 2 else 0]
        in_series = kind == "SESSION"
        if in_series and series is None:
            series = event_of(
                *(terms, kind),
                **mine,
                title="Mājas darbu pēcpusdienas",
                is_series=True,
                held_on=entry.visited_on,
                target=target,
                area=area,
            )
        event = event_of(
            *(terms, kind),
            **mine,
            title=title,
            series=series if in_series else None,
            centre=centre if in_series else None,
            held_on=entry.visited_on,
            minutes=entry.minutes,
            place=centre.place if in_series else "Skolas zāle",
            target=target,
            area=area,
            initiated_by=terms[Vocabulary.INITIATOR, IDEAS[number % 4]],
        )
        Leader.objects.create(event=event, visit=entry)
        counts = {code: getattr(entry, name) for code, name in OF_THE_LOG.items()}
        if not any(counts.values()):
            counts = {"CHILDREN": 9 + number, "YOUTH": 5}
        count(event, terms, counts)
        if in_series:
            largest = {code: max(n, largest.get(code, 0)) for code, n in counts.items()}
    if series:
        count(series, terms, {code: n + n // 4 for code, n in largest.items() if n})
    return series


def _library(desk, clock, terms):
    """One municipality has a toy library; each opening counts who came, the series whom."""
    if not desk.is_first:
        return
    library, _is_new = Centre.objects.get_or_create(
        municipality=desk.municipality,
        name="Rotaļlietu bibliotēka „Vilciņš”",
        defaults={
            "kind": Centre.Kind.TOY_LIBRARY,
            "place": "Kultūras nams, 1. stāvs",
            "opened_on": clock.ago(OPENED_DAYS_AGO // 2),
            "opening_times": "trešdienās 15.00–18.00",
        },
    )
    library.funding.add(
        terms[Vocabulary.FUNDING_SOURCE, "MUNICIPALITY"],
        terms[Vocabulary.FUNDING_SOURCE, "DONATION"],
    )
    common = {
        "title": "Rotaļlietu bibliotēka atvērta",
        "municipality": desk.municipality,
        "mediator": desk.mediator,
        "target": Event.Target.MIXED,
    }
    openings = event_of(
        *(terms, "OPENING"),
        **common,
        is_series=True,
        held_on=_wednesday(clock, max(OPENED_WEEKS_AGO)),
    )
    count(openings, terms, {"CHILDREN": 19, "PARENTS": 11})
    for weeks in OPENED_WEEKS_AGO:
        opening = event_of(
            *(terms, "OPENING"),
            **common,
            series=openings,
            centre=library,
            place=library.place,
            held_on=_wednesday(clock, weeks),
            minutes=180,
        )
        count(opening, terms, {"CHILDREN": 12 + weeks, "PARENTS": 7})


def _wednesday(clock, weeks):
    """The day of the week on which the library is open."""
    day = clock.ago(7 * weeks)
    return day - timedelta(days=(day.weekday() - WEDNESDAY) % 7)


def _coming(desk, clock, terms, centre):
    """Something that is planned, with officials who were invited to it."""
    event = event_of(
        *(terms, "CULTURE"),
        title="Ziemas saulgriežu pasākums ģimenēm",
        municipality=desk.municipality,
        mediator=desk.mediator,
        centre=centre,
        place=centre.place,
        held_on=clock.until + timedelta(days=24),
        role=Event.Role.CO_ORGANISED,
        other_organisers="Kultūras nams",
        target=Event.Target.FAMILIES,
        area="culture",
    )
    contacts = InstitutionContact.objects.filter(
        institution__municipality=desk.municipality
    ).order_by("pk")[:3]
    states = (Invitation.State.ACCEPTED, *[Invitation.State.INVITED] * 2)
    Invitation.objects.bulk_create(
        Invitation(event=event, contact=contact, state=state)
        for contact, state in zip(contacts, states, strict=False)
    )


def _said(series, clock, desk):
    for text, author, agreed in SAID if series else ():
        Testimonial.objects.create(
            event=series,
            municipality=desk.municipality,
            mediator=desk.mediator,
            text=text,
            author=author,
            agreed_on=clock.ago(20) if agreed else None,
            created_at=clock.at(clock.ago(20), 12),
        )


def _seminars(clock, terms):
    """Of the whole project: officials of many institutions, told as numbers."""
    series = event_of(
        *(terms, "TRAINING_STAFF"),
        title="Semināri skolām un sociālajiem dienestiem",
        is_series=True,
        held_on=clock.ago(SEMINARS[0][0]),
        institutions_typed=39,
        institutions_number=39,
        target=Event.Target.PROFESSIONALS,
        outcome="Kā rīkoties, ja bērns nenāk uz skolu, un kam zvanīt vispirms.",
    )
    count(series, terms, {"TEACHERS": 37, "SOCIAL_STAFF": 21})
    for number, (days, teachers, social) in enumerate(SEMINARS, start=1):
        session = event_of(
            *(terms, "TRAINING_STAFF"),
            title=f"{number}. seminārs: sadarbība ar ģimenēm",
            series=series,
            held_on=clock.ago(days),
            minutes=240,
            target=Event.Target.PROFESSIONALS,
        )
        Leader.objects.create(event=session, name="Gunta Straupmane", own_minutes=240)
        count(session, terms, {"TEACHERS": teachers, "SOCIAL_STAFF": social})
    settle(series)
    Testimonial.objects.create(
        event=series,
        text=SAID_AT_SEMINARS,
        author="skolotāja",
        agreed_on=clock.ago(20),
        created_at=clock.at(clock.ago(20), 12),
    )
