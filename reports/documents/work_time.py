"""The time sheet of a mediator for one month: by day, kind and source of funding.

It is made for whoever pays the hours and knows no family, not even by a code.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from cases.models import Kind, Visit
from interface.latvian import month_year
from mediators.models import User
from municipalities.models import Municipality
from municipalities.working_days import last_day, public_holidays, working_days
from reports import paid_hours
from reports.counting import hours_of
from reports.models import DocumentKind, MonthlyReport
from reports.periods import Period
from reports.resources import WorkTimeResource, WorkTimeTotalResource
from reports.working_days import contracted_hours


@dataclass(frozen=True)
class Contract:
    """One appointment in the month, with the hours that it asks for there."""

    funding: str
    pays_groups_only: bool
    hours_per_day: Decimal
    starts_on: date
    ends_on: date | None
    hours: Decimal


@dataclass(frozen=True)
class Line:
    """The time of one day spent on one kind of contact, and who pays it."""

    kind: str
    funding: str
    minutes: int

    @property
    def kind_label(self):
        return Kind(self.kind).label


@dataclass(frozen=True)
class Day:
    """A day of the month, also one without any entry."""

    day: date
    is_working: bool
    holiday: str
    contracted: Decimal
    lines: tuple[Line, ...]

    @property
    def minutes(self):
        return sum(line.minutes for line in self.lines)

    @property
    def mark(self):
        """Why nobody had to work on that day, or nothing."""
        if self.holiday:
            return self.holiday
        return "" if self.is_working else _("day off")


@dataclass(frozen=True)
class Total:
    """Time worked in the month under one heading, and what a contract asks for it."""

    label: str
    minutes: int
    contracted: Decimal | None = None

    @property
    def difference(self):
        """Hours as they are told beyond the contract; fewer than contracted are below nought."""
        return hours_of(self.minutes) - self.contracted

    @property
    def lacking(self):
        return -self.difference


@dataclass(frozen=True)
class TimeSheet:
    """Everything on the sheet of one mediator, municipality and month."""

    mediator: User
    municipality: Municipality
    month: date
    contracts: tuple[Contract, ...]
    days: tuple[Day, ...]
    by_kind: tuple[Total, ...]
    by_funding: tuple[Total, ...]
    desk: str
    made_at: datetime

    kind = DocumentKind.WORK_TIME
    template = "reports/documents/work_time.html"

    @property
    def title(self):
        return f"{self.kind.label}, {month_year(self.month)}"

    @property
    def period(self):
        return Period.between(self.month, self.month)

    @property
    def total(self):
        return Total(
            _("Total"),
            sum(day.minutes for day in self.days),
            sum((contract.hours for contract in self.contracts), Decimal(0)),
        )

    @property
    def payers(self):
        """Who pays the lines, in words, each told once; lines name them by number."""
        lines = [line.funding for day in self.days for line in day.lines]
        return tuple(dict.fromkeys(lines))

    @property
    def numbers(self):
        """``{payer: number}``, as lines of the table of days tell them."""
        return {payer: n for n, payer in enumerate(self.payers, start=1)}

    @property
    def working_days(self):
        return sum(day.is_working for day in self.days)

    @property
    def names_groups(self):
        """Whether one of the contracts pays events and groups alone."""
        return any(contract.pays_groups_only for contract in self.contracts)

    @property
    def size(self):
        """The number of rows, for the log of exports."""
        return len(self.days)

    @property
    def file_stem(self):
        """“Darba-laiks_UPC-2_2026-10”: the desk stands for the mediator's name."""
        return f"Darba-laiks_{self.desk.upper()}_{self.month:%Y-%m}"

    @property
    def audited(self):
        return {"mediator": self.mediator.pk}

    def sheets(self):
        return [WorkTimeResource(self), WorkTimeTotalResource(self)]

    def about(self):
        """What the first sheet of the workbook says."""
        return [
            (_("Mediator"), self.mediator.full_name),
            (_("Municipality"), self.municipality.label_lv),
            (_("Month"), month_year(self.month)),
            (
                _("What it holds"),
                _(
                    "Time of log entries, without the way there. No family, not even by a code."
                ),
            ),
        ]


def time_sheet(mediator, municipality, month):
    """Count the log of a mediator, municipality and month as it stands now."""
    contracts = list(
        paid_hours.contracts_of(user=mediator, municipality=municipality).in_month(
            month
        )
    )
    days = tuple(_days(mediator, municipality, month, contracts))
    return TimeSheet(
        mediator=mediator,
        municipality=municipality,
        month=month,
        contracts=tuple(_contract(row, month) for row in contracts),
        days=days,
        by_kind=tuple(_by_kind(days)),
        by_funding=tuple(_by_funding(days, contracts)),
        desk=_desk(mediator, municipality),
        made_at=timezone.localtime(),
    )


def _desk(mediator, municipality):
    """That of the mediator's reports, or the municipality's own before the first one."""
    reports = MonthlyReport.objects.filter(mediator=mediator, municipality=municipality)
    return reports.values_list("desk", flat=True).first() or municipality.prefix


def _contract(appointment, month):
    return Contract(
        funding=paid_hours.told([appointment]),
        pays_groups_only=appointment.pays_groups_only,
        hours_per_day=appointment.hours_per_day,
        starts_on=appointment.starts_on,
        ends_on=appointment.ends_on,
        hours=contracted_hours([appointment], month),
    )


def _days(mediator, municipality, month, contracts):
    first, last = month, last_day(month)
    working = set(working_days(first, last))
    holidays = public_holidays(first, last)
    worked = _minutes_by_day(mediator, municipality, month)
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        in_force = paid_hours.in_force(contracts, day)
        yield Day(
            day=day,
            is_working=day in working,
            holiday=holidays.get(day, ""),
            contracted=sum((row.hours_per_day for row in in_force), Decimal(0))
            if day in working
            else Decimal(0),
            lines=tuple(
                Line(kind, paid_hours.told(paid_hours.payers(in_force, kind)), minutes)
                for kind, minutes in worked[day]
            ),
        )


def _minutes_by_day(mediator, municipality, month):
    """``{day: [(kind, minutes)]}``, kinds in the order in which they are declared."""
    rows = (
        Visit.objects.filter(mediator=mediator, municipality=municipality)
        .in_month(month)
        .order_by()
        .values_list("visited_on", "kind")
        .annotate(n=Sum("minutes"))
    )
    worked = defaultdict(list)
    for day, kind, minutes in sorted(rows, key=lambda row: Kind.values.index(row[1])):
        worked[day].append((kind, minutes))
    return worked


def _by_kind(days):
    minutes = Counter()
    for day in days:
        for line in day.lines:
            minutes[line.kind] += line.minutes
    for kind in sorted(minutes, key=Kind.values.index):
        yield Total(Kind(kind).label, minutes[kind])


def _by_funding(days, contracts):
    """Time worked and contracted by source; the parts add up to the whole."""
    worked = [(day.day, line.kind, line.minutes) for day in days for line in day.lines]
    minutes = paid_hours.minutes_by_source(worked, contracts)
    working = [day.day for day in days if day.is_working]
    contracted = paid_hours.contracted_by_source(working, contracts)
    for label in dict.fromkeys([*contracted, *minutes]):
        yield Total(label, minutes[label], Decimal(contracted[label]))
