"""Matters of many families, advice, contact persons by area, agreements and resources."""

from datetime import date, timedelta

from cases.models import (
    Advice,
    Agreement,
    Case,
    CommunityIssue,
    Delegation,
    IssueStatus,
    Resource,
)
from mediators.models import Role, User
from municipalities.areas import Area
from municipalities.models import Vocabulary

# (days ago, area, institution, text, [(days later, status, what was said)])
ISSUES = (
    (
        *(150, Area.EDUCATION, "school"),
        "Autobuss no nomales pienāk pēc pirmās stundas, daudzi bērni kavē.",
        [(9, "answered", "Runāsim ar pārvadātāju."), (40, "solved", "Reiss ir agrāk.")],
    ),
    (
        *(70, Area.HOUSING, "social"),
        "Vairākās mājās gaitenī nav gaismas, vakarā bērniem ir bail.",
        [(12, "answered", "Apsekosim līdz mēneša beigām.")],
    ),
    (
        *(16, Area.SOCIAL, "social"),
        "Pieņemšanas laikā nav neviena, kas palīdz aizpildīt veidlapas.",
        [],
    ),
)
# (area and category of the case, days ago, who is asked, question, days until the answer, answer)
FIRST_QUESTIONS = (
    (
        *(Area.EDUCATION, "EDU_MEALS", 28, Advice.Asked.COORDINATOR),
        "Kurš pašvaldībā lemj par ēdināšanas atlaidi?",
        *(5, "Sociālais dienests. Iesniegumu var aizpildīt kopā uz vietas."),
    ),
    (
        *(Area.EDUCATION, "EDU_TRANSPORT", 6, Advice.Asked.LEAD),
        "Vai kādam izdevies panākt bezmaksas autobusu uz skolu?",
        *(None, ""),
    ),
    (
        *(Area.HOUSING, "HOU_QUEUE", 3, Advice.Asked.COORDINATOR),
        "Pie kā iet, ja īpašnieks neslēdz līgumu?",
        *(None, ""),
    ),
    (
        *(Area.EMPLOYMENT, "EMP_NEET", 15, Advice.Asked.EXPERT),
        "Vai citā novadā ir kursi jauniešiem, kuri grib pabeigt pamatskolu?",
        *(14, "Divos novados ir. Nosūtīju abu koordinatoru kontaktus."),
    ),
)
QUESTIONS = (
    FIRST_QUESTIONS,
    (
        (
            *(Area.HEALTH, "HEA_GP", 33, Advice.Asked.LEAD),
            "Kā citur panāk, ka jauna ģimene tiek pie ģimenes ārsta?",
            *(2, "Prasiet NVD sarakstu ar brīvajām praksēm un zvaniet kopā ar ģimeni."),
        ),
        (
            *(Area.HOUSING, "HOU_DEBT", 4, Advice.Asked.COORDINATOR),
            "Vai komunālo parādu drīkst dalīt, ja ģimene jau vienreiz kavēja?",
            *(None, ""),
        ),
    ),
    (
        (
            *(Area.EDUCATION, "EDU_ABSENCE", 47, Advice.Asked.COORDINATOR),
            "Vai uz sarunu par kavējumiem drīkstu iet bez audzinātājas?",
            *(8, "Drīkstat, bet vispirms pasakiet skolas sociālajai pedagoģei."),
        ),
    ),
    (
        (
            *(Area.EDUCATION, "EDU_ABSENCE", 11, Advice.Asked.MEDIATOR),
            "Kā jūs panācāt, ka skola par kavējumiem zvana jau tajā pašā nedēļā?",
            *(1, "Ar klases audzinātāju vienojāmies par vienu zvanu trešdienās."),
        ),
        (
            *(Area.DOCUMENTS, "DOC_ID", 19, Advice.Asked.LEAD),
            "Kas maksā nodevu par pasi, ja ģimenei nav ienākumu?",
            *(
                3,
                "Sociālais dienests var segt; iesniegumam klāt izziņa par ienākumiem.",
            ),
        ),
    ),
    (
        (
            *(Area.SOCIAL, "SOC_BENEFIT", 24, Advice.Asked.EXPERT),
            "Vai pabalstu var pārcelt, ja ģimene uz mēnesi dzīvo pie radiem citā novadā?",
            *(6, "Nē, bet var lūgt to izmaksāt pēc atgriešanās. Pievienoju paraugu."),
        ),
        (
            *(Area.EDUCATION, "EDU_ENROL", 36, Advice.Asked.LEAD),
            "Kā pierunāt vecākus, kuri baidās no sešgadīgo apmācības?",
            *(5, "Aizejiet kopā uz atvērto durvju dienu, pirms jāraksta iesniegums."),
        ),
    ),
)
"""Those of each mediator, in the order of the desks."""
RESOURCES = (
    (
        *(Resource.Kind.ROOM, "Bibliotēkas sarunu telpa"),
        *("Telpa sarunām divas reizes nedēļā", "Visiem", "Jāpiesaka dienu iepriekš"),
    ),
    (
        *(Resource.Kind.SERVICE, "Ģimenes asistents"),
        *(
            "Palīdz ikdienā un saziņā ar skolu",
            "Ģimenēm ar bērniem",
            "Sociālais dienests",
        ),
    ),
    (
        *(Resource.Kind.COURSE, "Lasītprasmes grupa pieaugušajiem"),
        *("Divreiz nedēļā, bez maksas", "Pieaugušajiem", "Jauniešu centrs"),
    ),
)
CONTACTS = (
    (
        *((Area.EDUCATION, "school"), (Area.SOCIAL, "social"), (Area.HEALTH, "doctor")),
        *((Area.HOUSING, "housing"), (Area.SAFETY, "police")),
    ),
    ((Area.EDUCATION, "education"), (Area.EMPLOYMENT, "jobs")),
    (
        *((Area.EDUCATION, "secondary"), (Area.SOCIAL, "social")),
        *((Area.CULTURE, "culture"), (Area.DOCUMENTS, "documents")),
    ),
    ((Area.SOCIAL, "social"), (Area.CHILDREN, "court"), (Area.CULTURE, "library")),
)
"""Whom institutions send for an area, in the order of the municipalities."""


def add_common_matters(desks, clock):
    """Issues and contact persons of each place, questions of each mediator."""
    places = {}
    for desk in desks:
        if desk.municipality not in places:
            places[desk.municipality] = desk
            _cooperate(desk, clock, CONTACTS[(len(places) - 1) % len(CONTACTS)])
            for row in ISSUES[: 3 if desk.is_first else 2]:
                _issue(desk, clock, *row)
        _ask(desk, desks[0].mediator, clock)


def _issue(desk, clock, days, area, key, text, steps):
    told_on = max(clock.ago(days), clock.first)
    issue = CommunityIssue.objects.create(
        code=CommunityIssue.next_code(desk.municipality),
        municipality=desk.municipality,
        mediator=desk.mediator,
        area=area,
        text=text,
        institution=desk.institution(key),
        reported_on=told_on,
        created_at=clock.at(told_on, 12),
    )
    issue.events.create(
        by=desk.mediator, status=IssueStatus.REPORTED, at=clock.at(told_on, 12)
    )
    for later, status, words in steps:
        day = told_on + timedelta(days=later)
        issue.status, issue.reaction = status, words
        issue.decided_on = day if status == IssueStatus.SOLVED else None
        issue.events.create(
            by=desk.coordinator, status=status, words=words, at=clock.at(day, 14)
        )
    issue.save()


def _ask(desk, mentor, clock):
    """Each question is about an open case of its area, best of its category, if there is one."""
    of_role = {
        Advice.Asked.COORDINATOR: desk.coordinator,
        Advice.Asked.LEAD: _first(Role.LEAD_MEDIATOR),
        Advice.Asked.EXPERT: _first(Role.PROJECT_STAFF),
        Advice.Asked.MEDIATOR: mentor,
    }
    cases = list(Case.objects.open().filter(mediator=desk.mediator).order_by("code"))
    for row in QUESTIONS[desk.number % len(QUESTIONS)]:
        area, category, days, asked, question, later, answer = row
        asked_on = clock.ago(days)
        fitting = [
            one for one in cases if one.area == area and one.opened_on <= asked_on
        ]
        if not fitting:
            continue
        category_id = f"{Vocabulary.CASE_CATEGORY}.{category}"
        case = max(fitting, key=lambda one: one.category_id == category_id)
        cases.remove(case)
        Advice.objects.create(
            case=case,
            by=desk.mediator,
            asked=asked,
            to=mentor if asked == Advice.Asked.MEDIATOR else None,
            question=question,
            asked_at=clock.at(asked_on, 10),
            answer=answer,
            answered_at=later and clock.at(asked_on + timedelta(days=later), 15),
            answered_by=of_role[asked] if answer else None,
        )


def _first(role):
    return User.objects.filter(appointments__role=role).first()


def _called(mediator):
    return "mediatoram" if mediator.address_form == "masculine" else "mediatorei"


def _cooperate(desk, clock, contacts):
    of_place = {"municipality": desk.municipality, "by": desk.coordinator}
    for area, key in contacts:
        people = desk.institutions[key][1]
        Delegation.objects.create(
            **of_place, area=area, contact=people[0], starts_on=clock.ago(200)
        )
        if area == contacts[0][0]:
            # Who came before, and who comes when the year is over
            Delegation.objects.create(
                **of_place,
                area=area,
                contact=people[-1],
                starts_on=clock.ago(500),
                ends_on=clock.ago(201),
            )
            Delegation.objects.create(
                **of_place,
                area=area,
                contact=desk.institutions["preschool"][1][0],
                starts_on=date(clock.until.year + 1, 1, 1),
            )
    Agreement.objects.create(
        **of_place,
        institution=desk.institution("school"),
        contact=desk.institutions["school"][1][0],
        content=f"Skola zvana {_called(desk.mediator)} trešajā dienā, kad bērns nav "
        "atnācis.",
        agreed_on=clock.ago(160),
        due_on=clock.ago(160) + timedelta(days=365),
    )
    for kind, name, what, for_whom, reach in RESOURCES:
        Resource.objects.create(
            **of_place,
            kind=kind,
            name=name,
            what=what,
            for_whom=for_whom,
            reach=reach,
            noted_on=clock.ago(90),
        )
