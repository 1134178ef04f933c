"""Names of families and their people in the texts of a report, which is read outside the team."""

from typing import NamedTuple

from families.services.names import TextCheck
from privacy.name_check import Hit
from reports.models import Ask, ReportSection
from reports.room import ASK_LENGTH
from reports.sections import SUPPORT_KEY


def text_check(report):
    return TextCheck(report.mediator, report.municipality)


class NamedIn(NamedTuple):
    """A hit and the part of the report in which it stands."""

    section: ReportSection
    hit: Hit

    @property
    def place(self):
        return self.section.title


class Written(NamedTuple):
    """A text of the mediator: that of a part, or an ask, and how long it may be."""

    section: ReportSection
    row: ReportSection | Ask
    limit: int


def written_in(report):
    """All that the mediator wrote, in the order of the page."""
    for key, section in report.section_map().items():
        if section.is_narrative:
            yield Written(section, section, section.definition.max_length)
        elif key == SUPPORT_KEY:
            for ask in report.asks.all():
                yield Written(section, ask, ASK_LENGTH)


def names_in_report(report):
    """Hits in all that the mediator wrote, asks included."""
    check = text_check(report)
    return [
        NamedIn(written.section, hit)
        for written in written_in(report)
        for hit in check.hits(written.row.text)
    ]
