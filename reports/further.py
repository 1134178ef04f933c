"""The second half of the results page: asks, hours beside the contract, answers.

Like ``results`` these are values that the page and its CSV files share, and nothing
here knows a name. People are told by the code of their desk, in the order of the
codes: nobody is ranked.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from cases.models import Area, Referral
from cases.models.referral import ANSWER_DAYS
from interface import charts
from interface.latvian import latvian_order
from municipalities.models import Municipality, Term
from municipalities.working_days import working_days
from reports import findings
from reports.counting import in_approved_months, told_under
from reports.indicators import HOURS, Scope, compute_by_mediator, compute_by_place
from reports.measures import median_of
from reports.models import Ask, MonthlyReport
from reports.progress import MOST_ROWS
from reports.reach import mediating
from reports.small_numbers import protected


@dataclass(frozen=True)
class AskRow:
    """Asks of the reports of one municipality, as they stand today."""

    place: Municipality | None
    fulfilled: int
    in_work: int
    late: int
    declined: int

    @property
    def counts(self):
        return (self.fulfilled, self.in_work, self.late, self.declined)

    @property
    def total(self):
        return sum(self.counts)

    @property
    def chart(self):
        roles = ("done", "working", "late", "none")
        return charts.stacked(
            list(zip(ask_labels(), self.counts, roles, strict=True)),
            title=pgettext("what a municipality was asked for", "Asks"),
        )


def ask_labels():
    return (
        pgettext("asks in a chart", "Fulfilled"),
        pgettext("asks in a chart", "In work"),
        pgettext("asks in a chart", "Late"),
        pgettext("asks in a chart", "Declined"),
    )


@dataclass(frozen=True)
class Asks:
    """What the approved reports of the period asked for."""

    rows: list[AskRow]
    total: AskRow

    @property
    def finding(self):
        return findings.asks(self.total.fulfilled, self.total.total)

    def table(self):
        yield [_("Municipality"), *ask_labels(), _("Total")]
        for row in [*self.rows, self.total]:
            yield [str(row.place or _("Total")), *row.counts, row.total]


@dataclass(frozen=True)
class HoursRow:
    """Time of one mediator in one municipality, and what the contract asks for."""

    place: Municipality
    desk: str
    worked: Decimal
    contracted: Decimal
    longest: Decimal

    @property
    def chart(self):
        return charts.dot(self.worked, self.contracted, self.longest)


@dataclass(frozen=True)
class Hours:
    """Hours beside the contract, by the code of the mediator's desk.

    ``worked`` are those of all together: each row is rounded for itself.
    """

    rows: list[HoursRow]
    worked: Decimal
    by_place: list[HoursRow]
    """In their place on the page where there are many."""

    @property
    def shown(self):
        return self.by_place or self.rows

    @property
    def contracted(self):
        return sum((row.contracted for row in self.rows), Decimal(0))

    @property
    def finding(self):
        return findings.hours(self.worked, self.contracted)

    def table(self):
        yield [
            _("Municipality"),
            _("Mediator"),
            HOURS.label,
            _("Hours of the contract"),
        ]
        for row in self.rows:
            yield [str(row.place), row.desk, row.worked, row.contracted]


@dataclass(frozen=True)
class AnswerRow:
    """Answers of the institutions of one type: ``{working days: how many came after them}``."""

    label: str
    days: Counter
    longest: Decimal

    @property
    def median(self):
        return Decimal(median_of(self.days))

    @property
    def in_time(self):
        return sum(n for days, n in self.days.items() if days <= ANSWER_DAYS)

    @property
    def later(self):
        return self.days.total() - self.in_time

    @property
    def bar(self):
        return charts.bar(self.median, self.longest)


@dataclass(frozen=True)
class Answers:
    """How long institutions took for the answers that came in the period."""

    rows: list[AnswerRow]

    @property
    def finding(self):
        days = sum((row.days for row in self.rows), Counter())
        return findings.answers(median_of(days))

    def table(self):
        yield [
            _("Type of institution"),
            _("Median, working days"),
            _("Within ten working days"),
            pgettext("answers of institutions", "Later"),
            _("Answers"),
        ]
        told = protected([[row.in_time, row.later] for row in self.rows]).rows
        for row, cells in zip(self.rows, told, strict=True):
            days = row.median if cells[-1].is_open else ""
            yield [row.label, days, *(cell.cell for cell in cells)]


@dataclass(frozen=True)
class Further:
    """The second half of the page.

    ``hours`` is None for whom they are not told; of one area of work neither hours nor
    asks are told, nor how institutions answered outside the team.
    """

    area: Area | None
    asks: Asks | None
    answers: Answers
    hours: Hours | None

    @cached_property
    def tables(self):
        blocks = {"asks": self.asks, "hours": self.hours}
        if self.area is None:
            blocks["answers"] = self.answers
        return {name: block.table for name, block in blocks.items() if block}


def further(scope, shown, *, merged=(), worked):
    """Count it for the municipalities ``shown``, some or all of those of ``scope``.

    ``merged`` became part of others: the hours there keep their own rows. ``worked`` are
    the hours of all together, None for whom hours are not told.
    What a municipality was asked for is about no area of work, and no contract is.
    """
    return Further(
        area=scope.area,
        asks=_asks(scope, shown) if scope.area is None else None,
        answers=_answers(scope),
        hours=_hours(scope, shown, merged, worked)
        if worked is not None and scope.area is None
        else None,
    )


def _asks(scope, shown):
    late = Q(status__in=Ask.OPEN, due_on__lt=timezone.localdate())
    rows = (
        scope.in_place(Ask.objects.live(), prefix="report__")
        .filter(report__month__range=(scope.first, scope.last))
        .order_by()
        .values(place=told_under("report__municipality"))
        .annotate(
            fulfilled=Count("pk", filter=Q(status=Ask.Status.FULFILLED)),
            in_work=Count("pk", filter=Q(status__in=Ask.OPEN) & ~late),
            late=Count("pk", filter=late),
            declined=Count("pk", filter=Q(status=Ask.Status.DECLINED)),
        )
    )
    found = {row.pop("place"): row for row in rows}
    zero = dict.fromkeys(("fulfilled", "in_work", "late", "declined"), 0)
    lines = [AskRow(place, **found.get(place.pk, zero)) for place in shown]
    total = {key: sum(getattr(line, key) for line in lines) for key in zero}
    return Asks(lines, AskRow(None, **total))


def _hours(scope, shown, merged, worked):
    rows = _hours_by_desk(scope, [*shown, *merged])
    is_folded = len(rows) > MOST_ROWS
    return Hours(rows, worked, _hours_by_place(scope, shown, rows) if is_folded else [])


def _hours_by_place(scope, shown, rows):
    """Each municipality with what became part of it."""
    worked, contracted = compute_by_place(scope, [HOURS]), Counter()
    for row in rows:
        contracted[row.place.successor_id or row.place.pk] += row.contracted
    hours = {
        place: (
            worked.get(place.pk, {}).get(HOURS.key, Decimal(0)),
            contracted[place.pk],
        )
        for place in shown
    }
    longest = max(map(max, hours.values()), default=Decimal(0))
    return [HoursRow(place, "", *both, longest) for place, both in hours.items()]


def _hours_by_desk(scope, shown):
    worked = {
        key: values["hours"]
        for key, values in compute_by_mediator(scope, [HOURS]).items()
    }
    contracted = _contracted(scope)
    desks = _desks(scope.municipalities)
    longest = max([*worked.values(), *contracted.values()], default=Decimal(0))
    by_pk = {place.pk: place for place in shown}
    rows = [
        HoursRow(
            by_pk[place],
            desks.get((place, mediator), ""),
            worked.get((place, mediator), Decimal(0)),
            contracted.get((place, mediator), Decimal(0)),
            longest,
        )
        for place, mediator in {*worked, *contracted}
    ]
    rows.sort(key=lambda row: (latvian_order(str(row.place)), not row.desk, row.desk))
    return rows


def _contracted(scope):
    """Hours of the contract by municipality and mediator, up to today."""
    places = scope.municipalities
    days = working_days(scope.first, min(scope.last, timezone.localdate()))
    approved = _approved_months(scope) if scope.approved_only else None
    hours = Counter()
    for appointment in mediating(scope.period).filter(municipality__in=places):
        key = appointment.municipality_id, appointment.user_id
        begins = bisect_left(days, appointment.starts_on)
        ends = bisect_right(days, appointment.ends_on or scope.last)
        worked = [
            day
            for day in days[begins:ends]
            if approved is None or (*key, day.replace(day=1)) in approved
        ]
        if worked:
            hours[key] += appointment.hours_per_day * len(worked)
    return dict(hours)


def _approved_months(scope):
    """``{(municipality_id, mediator_id, month)}`` of the approved reports."""
    reports = scope.in_place(MonthlyReport.objects.approved())
    rows = reports.filter(month__range=(scope.first, scope.last)).order_by()
    return set(rows.values_list("municipality", "mediator", "month"))


def _desks(places):
    """The code under which a mediator reports from a municipality."""
    reports = MonthlyReport.objects.filter(municipality__in=places).order_by()
    rows = reports.values_list("municipality", "mediator", "desk").distinct()
    return {(place, mediator): desk.upper() for place, mediator, desk in rows}


def _answers(scope: Scope):
    answered = Referral.objects.filter(
        answer__in=[Referral.Answer.ACCEPTED, Referral.Answer.REFUSED],
        answered_on__range=(scope.first, scope.last),
    )
    if scope.approved_only:
        answered = in_approved_months(
            answered, day="answered_on", municipality="case__municipality"
        )
    rows = list(
        scope.in_area(scope.in_place(answered, prefix="case__"), area="case__area")
        .order_by()
        .values_list("institution__type", "sent_on", "answered_on")
        .annotate(n=Count("pk"))
    )
    if not rows:
        return Answers([])
    days = working_days(min(row[1] for row in rows) + timedelta(days=1), scope.last)
    by_type = {}
    for kind, sent, answered, n in rows:
        waited = bisect_right(days, answered) - bisect_right(days, sent)
        by_type.setdefault(kind, Counter())[waited] += n
    longest = max(Decimal(median_of(waits)) for waits in by_type.values())
    labels = {term.pk: str(term) for term in Term.objects.filter(pk__in=by_type)}
    lines = [
        AnswerRow(labels.get(kind, _("type not stated")), waits, longest)
        for kind, waits in by_type.items()
    ]
    return Answers(sorted(lines, key=lambda row: latvian_order(row.label)))
