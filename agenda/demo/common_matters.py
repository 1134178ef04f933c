"""Matters of many families, advice, contact persons by area, agreements and resources."""

from datetime import timedelta

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
QUESTIONS = (
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
        *(4, "Divos novados ir. Nosūtīju abu koordinatoru kontaktus."),
    ),
)
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
CONTACTS = ((Area.EDUCATION, "school"), (Area.SOCIAL, "social"))


def add_common_matters(desks, clock):
    """Issues and contact persons of each place, questions of each mediator."""
    places = {}
    for desk in desks:
        if desk.municipality not in places:
            places[desk.municipality] = desk
            _cooperate(desk, clock)
            for row in ISSUES[: 3 if desk.is_first else 2]:
                _issue(desk, clock, *row)
        _ask(desk, clock)


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


def _ask(desk, clock):
    """Each question is about an open case of its area, best of its category, if there is one."""
    of_role = {
        Advice.Asked.COORDINATOR: desk.coordinator,
        Advice.Asked.LEAD: _first(Role.LEAD_MEDIATOR),
        Advice.Asked.EXPERT: _first(Role.PROJECT_STAFF),
    }
    cases = list(Case.objects.open().filter(mediator=desk.mediator).order_by("code"))
    for row in QUESTIONS if desk.is_first else QUESTIONS[:1]:
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


def _cooperate(desk, clock):
    of_place = {"municipality": desk.municipality, "by": desk.coordinator}
    for area, key in CONTACTS:
        Delegation.objects.create(
            **of_place,
            area=area,
            contact=desk.institutions[key][1][0],
            starts_on=clock.ago(200),
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
