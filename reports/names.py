"""Names of families and their people in the texts of a report, which is read outside the team."""

from typing import NamedTuple

from families.names import known_to, may_be_named
from privacy.name_check import Hit, find
from reports.models import ReportSection
from reports.sections import SUPPORT_KEY


def names_in(report, texts):
    """``(key, hit)`` for every hit in ``{key: text}``; nothing while nothing is written."""
    if not any(texts.values()):
        return []
    known = known_to(report.mediator)
    allowed = may_be_named(report.mediator, report.municipality)
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
