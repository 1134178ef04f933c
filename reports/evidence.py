"""What the log says beside a report: codes of families, never their names."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from cases.models import Area, Kind, NextStep, Visit, VisitArea, VisitFamily
from municipalities.models import InstitutionContact
from municipalities.working_days import last_day, next_month
from privacy.fold import fold
from reports.figures import MonthFigures
from reports.models import Ask
from reports.workflow import WRITABLE, Status

SHOWN = 3
"""Entries of an area that stand open; the others are folded under “all”."""

DAYS_TO_WRITE = 3


@dataclass(frozen=True)
class Entry:
    """One entry of the log as a coordinator may see it (A3.2)."""

    code: str
    visited_on: date
    written_on: date
    kind: str
    areas: tuple[str, ...]
    minutes: int
    institution: str
    official: str
    family_codes: tuple[str, ...]
    is_highlight: bool
    has_next_step: bool

    @property
    def kind_label(self):
        return Kind(self.kind).label

    @property
    def icon(self):
        return Kind(self.kind).icon

    @property
    def area_labels(self):
        return [Area(area).label for area in self.areas]

    @property
    def is_late(self):
        return (self.written_on - self.visited_on).days > DAYS_TO_WRITE

    @property
    def lacks_person(self):
        """A meeting or accompaniment that names no official (R039)."""
        return Kind(self.kind).needs_institution and not self.official


@dataclass(frozen=True)
class AreaEntries:
    """The entries of one area; an entry with two areas stands in both."""

    area: str
    entries: list[Entry]

    @property
    def label(self):
        return Area(self.area).label

    @property
    def minutes(self):
        return sum(entry.minutes for entry in self.entries)

    @property
    def first(self):
        return self.entries[:SHOWN]

    @property
    def rest(self):
        return self.entries[SHOWN:]


@dataclass(frozen=True)
class Remark:
    """A finding about the log: fine, or worth a look. Never an error.

    ``entries`` are those in which its mediator can put something right.
    """

    is_fine: bool
    text: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class PartEvidence:
    """What stands beside one part of the report; empty lists are not shown."""

    entries: list[Entry] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    overview: list[AreaEntries] = field(default_factory=list)
    groups: list[AreaEntries] = field(default_factory=list)
    starred: list[Entry] = field(default_factory=list)
    late: list[Entry] = field(default_factory=list)
    planned: list[str] = field(default_factory=list)
    earlier_asks: list[Ask] = field(default_factory=list)
    figures: MonthFigures | None = None
    """Whose plan is shown: counts, and meetings with codes."""


def evidence_beside(report, parts, figures):
    """The evidence of each part, by its key."""
    entries = entries_of(report)
    groups = by_area(entries)
    text = {part.key: part.section.text for part in parts}
    return {
        "figures": PartEvidence(
            entries=entries, remarks=remarks(entries), late=late_entries(report)
        ),
        "directions": PartEvidence(overview=groups),
        "hardest": PartEvidence(groups=areas_named_in(text["hardest"], groups)),
        "innovation": PartEvidence(starred=highlights(entries)),
        "positive": PartEvidence(groups=areas_named_in(text["positive"], groups)),
        "plans": PartEvidence(planned=planned_before(report), figures=figures),
        "support": PartEvidence(earlier_asks=asks_before(report)),
    }


def planned_before(report):
    """What the last report before this one promised for the month.

    Of one that is being corrected the words that were read: nobody has looked for names
    in those that are being written.
    """
    last = report.earlier().exclude(status=Status.DRAFT).first()
    section = last.sections.filter(key="plans").first() if last else None
    if section and last.status == Status.RETURNED:
        section.text = section.read_text or ""
    return section.lines if section else []


def planned_ahead(report):
    """Open steps with institutions that are planned for the month after the report."""
    steps = NextStep.objects.filter(
        mediator=report.mediator, municipality=report.municipality
    )
    steps = (
        steps.open().exclude(institution=None).due_in_month(next_month(report.month))
    )
    return steps.select_related("institution", "family").by_time()


def asks_before(report):
    """Asks of earlier reports that were handed in or live already, the newest first."""
    is_told = ~Q(report__status__in=WRITABLE) | Q(code__isnull=False)
    asks = Ask.objects.filter(is_told, report__in=report.earlier())
    return list(asks.select_related("report").order_by("-report__month", "position"))


def entries_of(report):
    """The log that the report counts, the oldest first. Four queries, however long."""
    return _entries(_log_of(report).in_month(report.month).in_time())


def late_entries(report):
    """Entries told of beside the numbers, the oldest first.

    Of the report's own month, that came after it was handed in; and of earlier months,
    that came after theirs.
    """
    came_later = Q(visited_on__gte=report.month, visited_on__lte=last_day(report.month))
    late = _log_of(report).late()
    return _entries(late.filter(came_later | Q(told_in=report.month)))


def _log_of(report):
    return Visit.objects.filter(
        mediator=report.mediator, municipality=report.municipality
    )


def _entries(visits):
    rows = visits.order_by("visited_on", "pk").values(
        *("pk", "code", "visited_on", "created_at", "kind", "minutes", "highlight"),
        *("institution__name", "contact"),
        has_next_step=Exists(NextStep.objects.filter(source=OuterRef("pk"))),
    )
    areas = _grouped(VisitArea, visits, "area")
    codes = _grouped(VisitFamily, visits, "family__code")
    contacts = {row["contact"] for row in rows}
    officials = InstitutionContact.objects.in_bulk(contacts - {None})
    return [
        Entry(
            code=row["code"],
            visited_on=row["visited_on"],
            written_on=timezone.localdate(row["created_at"]),
            kind=row["kind"],
            areas=tuple(areas.get(row["pk"], ())),
            minutes=row["minutes"],
            institution=row["institution__name"] or "",
            official=officials[row["contact"]].name if row["contact"] else "",
            family_codes=tuple(codes.get(row["pk"], ())),
            is_highlight=row["highlight"],
            has_next_step=row["has_next_step"],
        )
        for row in rows
    ]


def _grouped(model, visits, column):
    """Values of the rows that belong to each entry, in their order."""
    groups = {}
    rows = model.objects.filter(visit__in=visits).order_by("visit", "pk")
    for visit, value in rows.values_list("visit", column):
        groups.setdefault(visit, []).append(value)
    return groups


def by_area(entries):
    """Entries grouped by area, the area with most entries first."""
    groups = {area: [] for area in Area.values}
    for entry in entries:
        for area in entry.areas:
            groups[area].append(entry)
    found = [AreaEntries(area, rows) for area, rows in groups.items() if rows]
    return sorted(found, key=lambda group: -len(group.entries))


def areas_named_in(text, groups):
    """The areas that a text speaks about by their Latvian name, else the largest one."""
    words = fold(text).split()
    with override("lv"):
        named = [
            group
            for group in groups
            if any(word.startswith(fold(group.label)[:6]) for word in words)
        ]
    return named or groups[:1]


def highlights(entries):
    """What the mediator starred for the report."""
    return [entry for entry in entries if entry.is_highlight]


def remarks(entries):
    """What strikes about the log of the month, for mediator and coordinator alike."""
    late = sum(entry.is_late for entry in entries)
    nameless = tuple(entry for entry in entries if entry.lacks_person)
    return [
        Remark(False, _late_entries(late))
        if late
        else Remark(True, _("All entries were written within 3 days")),
        Remark(False, _meetings_without_person(len(nameless)), nameless)
        if nameless
        else Remark(True, _("Every meeting names the person of the institution")),
    ]


def asks_of_the_past(report, today):
    """Asks whose day has passed before the municipality reads them; a remark, or None."""
    count = sum(bool(ask.due_on and ask.due_on < today) for ask in report.asks.all())
    if not count:
        return None
    text = ngettext(
        "%(count)d ask has a date that is past",
        "%(count)d asks have a date that is past",
        count,
    )
    return Remark(False, text % {"count": count})


def entries_without_next_step(entries):
    """Entries about a family after which nothing was promised; a remark, or None."""
    found = tuple(e for e in entries if e.family_codes and not e.has_next_step)
    if not found:
        return None
    text = ngettext(
        "%(count)d entry without a next step",
        "%(count)d entries without a next step",
        len(found),
    )
    return Remark(False, text % {"count": len(found)}, found)


def _late_entries(count):
    return ngettext(
        "%(count)d entry was written more than 3 days later",
        "%(count)d entries were written more than 3 days later",
        count,
    ) % {"count": count}


def _meetings_without_person(count):
    return ngettext(
        "%(count)d meeting without the name of the institution's person",
        "%(count)d meetings without the name of the institution's person",
        count,
    ) % {"count": count}
