"""Where the monthly reports stand: handed in or not, when, and whether in time.

It tells the status and the dates alone, which project staff may know of every
report; its content they see once it is approved.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django.db.models import Count, Max, Min, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from interface.latvian import latvian_order
from mediators.models import Appointment, Role
from municipalities.models import Municipality
from reports.models import MonthlyReport
from reports.periods import Period
from reports.workflow import STATUS_TAGS, Action, Status
from reports.working_days import report_due_on

due_on = lru_cache(maxsize=240)(report_due_on)


def with_dates(reports):
    """Adds the instants of the workflow; a report may be submitted more than once."""

    def of(action):
        return {"filter": Q(events__action=action)}

    return with_first_submission(reports).annotate(
        handed_in_at=Max("events__at", **of(Action.SUBMIT)),
        returns=Count("events", **of(Action.RETURN)),
        approved_at=Max("events__at", **of(Action.APPROVE)),
        sent_at=Max("events__at", **of(Action.SEND)),
        received_at=Min("events__at", **of(Action.CONFIRM)),
    )


def with_first_submission(reports):
    """Adds ``submitted_at``: whether a report came in time hangs on it alone."""
    submitted = Q(events__action=Action.SUBMIT)
    return reports.annotate(submitted_at=Min("events__at", filter=submitted))


def since_the_first(months):
    """Those of some months that want a report: before the first one of all nobody is late.

    As long as there is none, all of them do.
    """
    first = MonthlyReport.objects.aggregate(first=Min("month"))["first"]
    return [month for month in months if first is None or month >= first]


def was_on_time(month, submitted_at):
    """Whether the first submission kept the date; None while the date is to come."""
    if submitted_at is not None:
        return timezone.localdate(submitted_at) <= due_on(month)
    return None if timezone.localdate() <= due_on(month) else False


@dataclass(frozen=True)
class State:
    """One cell: the colour and icon of a tag, and its word."""

    colour: str
    icon: str
    word: str | Promise


LATE = State("red", "alert-triangle", pgettext_lazy("report status", "Late"))
EXPECTED = State(
    "grey", "circle-dashed", pgettext_lazy("report status", "Not handed in yet")
)
NOT_EXPECTED = State("", "", pgettext_lazy("report status", "Not expected"))


@dataclass(frozen=True)
class MonthCell:
    """What became of one month of one mediator."""

    state: State
    on_time: bool | None


@dataclass(frozen=True)
class Row:
    """The months of one mediator in one municipality, known by the desk code."""

    place: Municipality
    desk: str
    cells: list[MonthCell]


MOST_ROWS = 100
"""Of more mediators a page tells by municipality alone, and its file tells each."""


@dataclass(frozen=True)
class Tally:
    """The reports of one municipality and month: how many were handed in, of how many."""

    handed_in: int
    wanted: int
    late: int


@dataclass(frozen=True)
class Progress:
    """Reports by municipality and month."""

    months: list
    rows: list[Row]

    @property
    def is_folded(self):
        return len(self.rows) > MOST_ROWS

    @property
    def by_place(self):
        """``[(municipality, [Tally of a month])]``, in the order of the rows."""
        return [
            (
                place,
                [_tally(cells) for cells in zip(*(r.cells for r in rows), strict=True)],
            )
            for place, rows in groupby(self.rows, key=lambda row: row.place)
        ]

    @property
    def _cells(self):
        return [cell for row in self.rows for cell in row.cells]

    @property
    def due(self):
        """Reports that should have been handed in by now, or were."""
        return sum(cell.on_time is not None for cell in self._cells)

    @property
    def on_time(self):
        return sum(cell.on_time is True for cell in self._cells)

    @property
    def late(self):
        """Reports that are missing today."""
        return sum(cell.state is LATE for cell in self._cells)

    @property
    def legend(self):
        """The states that occur, each once."""
        states = {str(cell.state.word): cell.state for cell in self._cells}
        return [state for state in states.values() if state.icon]


def _tally(cells):
    states = [cell.state for cell in cells if cell.state is not NOT_EXPECTED]
    missing = sum(state in (LATE, EXPECTED) for state in states)
    return Tally(len(states) - missing, len(states), states.count(LATE))


def progress(places, months):
    """The reports of these municipalities and months. Three queries, however many rows."""
    return _progress(places, months, since_the_first(months))


def progress_since_the_first(places, months):
    """The same of those of the months that want a report; the others are left out."""
    wanting = since_the_first(months)
    return _progress(places, wanting, wanting)


def _progress(places, months, wanting):
    if not months:
        return Progress([], [])
    period = Period.between(months[0], months[-1])
    places = {place.pk: place for place in places}
    reports = _reports(period, municipality__in=places)
    expected = _expected(period, wanting, municipality__in=places)
    desks = {(m, p): report[2] for (m, p, _month), report in reports.items()}
    people = {*desks, *((m, p) for m, p, _month in expected)}
    rows = [
        Row(
            places[place],
            desks.get((mediator, place), "").upper(),
            [
                _cell(
                    month,
                    reports.get((mediator, place, month)),
                    (mediator, place, month) in expected,
                )
                for month in months
            ],
        )
        for mediator, place in people
    ]
    rows.sort(key=lambda row: (latvian_order(str(row.place)), row.desk == "", row.desk))
    return Progress(months, rows)


def states(mediators, months):
    """``{(mediator, municipality, month): State}`` by key, of what was expected or begun."""
    period = Period.between(months[-1], months[0])
    reports = _reports(period, mediator__in=mediators)
    expected = _expected(period, since_the_first(period.months), user__in=mediators)
    return {
        key: _cell(key[2], reports.get(key), key in expected).state
        for key in {*reports, *expected}
    }


def _reports(period, **narrowed):
    reports = MonthlyReport.objects.filter(
        month__gte=period.first, month__lte=period.last, **narrowed
    )
    rows = with_first_submission(reports).values_list(
        "mediator", "municipality", "month", "status", "submitted_at", "desk"
    )
    return {(mediator, place, month): rest for mediator, place, month, *rest in rows}


def _expected(period, wanting, **narrowed):
    """(mediator, municipality, month) of each of some months in which somebody is appointed."""
    appointments = Appointment.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=period.first),
        role=Role.MEDIATOR,
        starts_on__lte=period.last,
        **narrowed,
    ).values_list("user", "municipality", "starts_on", "ends_on")
    return {
        (mediator, place, month)
        for mediator, place, starts_on, ends_on in appointments
        for month in wanting
        if starts_on <= Period.between(month, month).last
        and (ends_on is None or ends_on >= month)
    }


def _cell(month, report, is_expected):
    status, submitted_at, _desk = report or (Status.DRAFT, None, "")
    if status == Status.DRAFT and not is_expected:
        return MonthCell(NOT_EXPECTED, None)
    on_time = was_on_time(month, submitted_at)
    if status != Status.DRAFT:
        return MonthCell(_state(Status(status)), on_time)
    return MonthCell(LATE if on_time is False else EXPECTED, on_time)


def _state(status):
    colour, icon = STATUS_TAGS[status]
    return State("green" if colour == "plain" else colour, icon, status.label)
