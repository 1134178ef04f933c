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
# (days ago, who is asked, question, days until the answer, answer)
QUESTIONS = (
    (
        *(28, Advice.Asked.COORDINATOR, "Kurš pašvaldībā lemj par ēdināšanas atlaidi?"),
        *(5, "Sociālais dienests. Iesniegumu var aizpildīt kopā uz vietas."),
    ),
    (
        *(
            6,
            Advice.Asked.LEAD,
            "Vai kādam izdevies panākt bezmaksas autobusu uz skolu?",
        ),
        *(None, ""),
    ),
    (
        *(3, Advice.Asked.COORDINATOR, "Pie kā iet, ja īpašnieks neslēdz līgumu?"),
        *(None, ""),
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
    lead = User.objects.filter(appointments__role=Role.LEAD_MEDIATOR).first()
    cases = Case.objects.open().filter(mediator=desk.mediator).order_by("code")
    for case, row in zip(cases, QUESTIONS[: 3 if desk.is_first else 1], strict=False):
        days, asked, question, later, answer = row
        asked_on = clock.ago(days)
        by = desk.coordinator if asked == Advice.Asked.COORDINATOR else lead
        Advice.objects.create(
            case=case,
            by=desk.mediator,
            asked=asked,
            question=question,
            asked_at=clock.at(asked_on, 10),
            answer=answer,
            answered_at=later and clock.at(asked_on + timedelta(days=later), 15),
            answered_by=by if answer else None,
        )


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
