"""Names of families and their people in the texts of a report, which is read outside the team."""

from typing import NamedTuple

from families.models import Family
from mediators.models import COORDINATING
from municipalities.models import InstitutionContact
from privacy.name_check import Hit, Known, find
from reports.models import ReportSection
from reports.sections import SUPPORT_KEY


def names_in(report, texts):
    """``(key, hit)`` for every hit in ``{key: text}``; nothing while nothing is written."""
    if not any(texts.values()):
        return []
    known, allowed = _known_to(report.mediator), _may_be_named(report)
    return [
        (key, hit)
        for key, text in texts.items()
        for hit in find(text, known, allowed=allowed)
    ]


class NamedIn(NamedTuple):
    """A hit and the part of the report in which it stands."""

    section: ReportSection
    hit: Hit


def names_in_report(report):
    """Hits in all that the mediator wrote, asks included."""
    sections = report.section_map()
    texts = {key: section.text for key, section in sections.items()}
    texts[SUPPORT_KEY] = "\n".join(ask.text for ask in report.asks.all())
    return [NamedIn(sections[key], hit) for key, hit in names_in(report, texts)]


def _known_to(mediator):
    """All families the mediator ever worked with: a text may look back."""
    families = Family.objects.filter(assignments__mediator=mediator).distinct()
    return [
        Known(
            family.code,
            family.label,
            family.phone,
            family.address,
            people=tuple(person.name for person in family.members.all()),
        )
        for family in families.prefetch_related("members")
    ]


def _may_be_named(report):
    """The mediator, the coordinators and the officials of the municipality."""
    coordinators = report.municipality.appointments.filter(role__in=COORDINATING)
    officials = InstitutionContact.objects.filter(
        institution__municipality=report.municipality
    )
    return [
        report.mediator.full_name,
        *(row.user.full_name for row in coordinators.select_related("user")),
        *(official.name for official in officials),
    ]
