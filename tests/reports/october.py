"""One month that was counted by hand: five entries, three families, 5 h 15 min."""

from datetime import date

from cases.models import Area, CaseStatus, Kind, Outcome
from reports.models import Ask
from reports.services import review
from tests.factories import (
    AskFactory,
    CaseFactory,
    FamilyFactory,
    InstitutionContactFactory,
    InstitutionFactory,
    MonthlyReportFactory,
    VisitFactory,
)

MONTH = date(2026, 10, 1)
NAMES = ["Kārkliņu ģimene", "Ozolu ģimene", "Bērziņu ģimene"]
TEXTS = {
    "directions": "Visvairāk darba bija ar skolu. Otrs virziens bija mājoklis.",
    "hardest": "Divām ģimenēm ir īres parādi. Bez grafika tās izkrīt no rindas.",
    "positive": "Četri bērni mācījās katru nedēļu. Vecāki paši zvana skolai.",
    "plans": "Vecāku sapulce\nĢimenes ārsta vizītes\nPieteikšanās projektam\nSaruna",
}


def log_october(mediator):
    """Entries: 5. Families: 3. Minutes: 30 + 60 + 15 + 90 + 120. Solved cases: 1."""
    place = mediator.factory_municipality
    families = [
        FamilyFactory(
            municipality=place,
            mediator=mediator,
            label=name,
            phone="26123456",
            address="Skolas iela 7",
        )
        for name in NAMES
    ]
    school = InstitutionFactory(municipality=place, name="Upesciema pamatskola")
    pedagogue = InstitutionContactFactory(institution=school, name="Inga Paraudziņa")
    for day, kind, minutes, named, areas, institution in [
        (5, Kind.HOME_VISIT, 30, families[:1], [Area.EDUCATION], None),
        (
            6,
            Kind.INSTITUTION_MEETING,
            60,
            families[:2],
            [Area.EDUCATION, Area.HOUSING],
            school,
        ),
        (7, Kind.CALL, 15, families[1:2], [Area.SOCIAL], None),
        (8, Kind.ACCOMPANIMENT, 90, families[2:], [Area.EDUCATION], school),
        (9, Kind.GROUP, 120, [], [Area.CULTURE], None),
    ]:
        VisitFactory(
            mediator=mediator,
            municipality=place,
            visited_on=date(2026, 10, day),
            kind=kind,
            minutes=minutes,
            families_named=named,
            areas=areas,
            institution=institution,
            contact=institution and pedagogue,
            note="Piezīme, ko neviens cits nelasa",
        )
    CaseFactory(
        family=families[0],
        mediator=mediator,
        opened_on=date(2026, 9, 1),
        status=CaseStatus.CLOSED,
        closed_on=date(2026, 10, 20),
        outcome=Outcome.SOLVED,
    )
    CaseFactory(family=families[1], mediator=mediator, opened_on=date(2026, 10, 2))


def draft(mediator, asks=3, **texts):
    """The month's report with texts and up to three asks, not yet handed in."""
    report = MonthlyReportFactory(
        mediator=mediator, municipality=mediator.factory_municipality, month=MONTH
    )
    for key, text in (TEXTS | texts).items():
        section = report.sections.get(key=key)
        section.text = text
        section.save()
    for position, day in enumerate([25, 20, 30][:asks]):
        AskFactory(
            report=report,
            position=position,
            kind=Ask.Kind.DECISION,
            text=f"Lūgums numur {position + 1}",
            due_on=date(2026, 11, day),
            owner=InstitutionFactory(
                municipality=report.municipality, name=f"Daļa {position + 1}"
            ),
        )
    return report


def submitted(mediator, **kwargs):
    report = draft(mediator, **kwargs)
    review.submit(report, by=mediator)
    return report


def approved(mediator, coordinator, **kwargs):
    """The report of the month, approved; its version is ``report.versions.get()``."""
    report = submitted(mediator, **kwargs)
    review.approve(report, by=coordinator)
    return report
