"""Monthly reports of the national demo: handed in, with the figures of their log.

All mediators of a month are counted by the declarations of ``reports.indicators`` at once,
not one after the other. No report is approved, because its snapshot would have to be taken
one by one; as with old reports there is no plan in the figures.
"""

from itertools import groupby

from django.db.models import Count, F, Sum

from agenda.demo import narratives
from agenda.demo.chance import dice
from agenda.demo.national.households import moment
from agenda.demo.national.keys import key
from agenda.demo.national.rows import Rows
from cases.models import Area, ClosedMonth, Kind, Visit, VisitArea
from mediators.models import Role
from municipalities.models import Counter, Municipality
from municipalities.working_days import last_day
from reports.figures import (
    TREND_MONTHS,
    AreaFigures,
    KindFigures,
    MonthFigures,
    Partner,
    as_plain,
)
from reports.indicators import (
    HEADLINE,
    OF_A_MONTH,
    Scope,
    compute_by_mediator,
    hours_of,
)
from reports.models import MonthlyReport, ReportEvent, ReportSection
from reports.sections import NARRATIVE, REVIEWED
from reports.workflow import Action, Status
from reports.working_days import contracted_hours, report_due_on

TEXTS = {
    "directions": narratives.DIRECTIONS,
    "hardest": narratives.HARDEST,
    "innovation": narratives.INNOVATION,
    "positive": narratives.POSITIVE,
    "plans": narratives.PLANS,
}
AT_ONCE = 500
AREAS = list(Area.values)
KINDS = list(Kind.values)


class Paperwork:
    """Writes the reports of some desks, month by month."""

    def __init__(self, desks, clock, *, seed):
        self.desks, self.clock, self.seed = desks, clock, seed
        places = {desk.municipality.pk for desk in desks}
        self.places = Municipality.objects.filter(pk__in=places)
        # All began on one day with the same hours
        appointments = desks[0].mediator.appointments.filter(role=Role.MEDIATOR)
        self.appointments = list(appointments)
        self.addresses = dict(_addresses(desks))
        self.counted = {}
        self.sections = Rows(
            ReportSection,
            ("id", "report_id", "key", "text", "is_finished", "updated_at"),
        )

    def count_before(self, months):
        """Headlines of the months that the first reports compare with."""
        for month in self.clock.over[-months - TREND_MONTHS + 1 : -months]:
            self._count(month, HEADLINE)

    def write(self, month):
        """The reports of one month, with their sections, events and closed months."""
        self._count(month, OF_A_MONTH)
        figures = self._figures(month)
        due = report_due_on(month)
        reports, events = [], []
        for desk in self.desks:
            chance = dice(self.seed, "report", desk.number, month)
            handed_in = self.clock.at(due, 9)
            report = MonthlyReport(
                id=key(moment(due), chance),
                mediator=desk.mediator,
                municipality=desk.municipality,
                month=month,
                desk=self.addresses[desk.number],
                status=Status.SUBMITTED,
                figures=figures[desk.mediator.pk].as_json(),
                created_at=handed_in,
            )
            reports.append(report)
            events.append(
                ReportEvent(
                    report=report, action=Action.SUBMIT, by=desk.mediator, at=handed_in
                )
            )
            self._fill(report, due, chance, handed_in)
        MonthlyReport.objects.bulk_create(reports, batch_size=AT_ONCE)
        ReportEvent.objects.bulk_create(events, batch_size=AT_ONCE)
        ClosedMonth.objects.bulk_create(
            [
                ClosedMonth(
                    mediator=desk.mediator, municipality=desk.municipality, month=month
                )
                for desk in self.desks
            ],
            batch_size=AT_ONCE,
        )
        self.sections.store()

    def store_numbers(self):
        """How many desks each municipality has, so that the next one gets its own address."""
        counts = {}
        for desk in self.desks:
            prefix = f"desk-{desk.municipality.prefix.lower()}"
            counts[prefix] = counts.get(prefix, 0) + 1
        Counter.objects.bulk_create(
            Counter(prefix=prefix, last=last) for prefix, last in counts.items()
        )

    def _fill(self, report, day, chance, at):
        narrative = {section.key for section in NARRATIVE}
        for name, _title in REVIEWED:
            text = chance.choice(TEXTS[name]) if name in TEXTS else ""
            if "{" in text:
                # Those that name a family or a month
                text = TEXTS[name][0]
            self.sections.add(
                *(key(moment(day), chance), report.pk, name, text),
                *(name in narrative and bool(text), at),
            )

    def _scope(self, month):
        return Scope(first=month, last=last_day(month), municipalities=self.places)

    def _count(self, month, indicators):
        """Of every mediator, also of those who did nothing; hours as JSON keeps them."""
        found = {
            mediator: values
            for (_place, mediator), values in compute_by_mediator(
                self._scope(month), indicators
            ).items()
        }
        self.counted[month] = {
            desk.mediator.pk: {
                one.key: as_plain(
                    found.get(desk.mediator.pk, {}).get(one.key, one.value(None))
                )
                for one in indicators
            }
            for desk in self.desks
        }

    def _figures(self, month):
        areas, kinds, partners = (_by_mediator(rows) for rows in self._parts_of(month))
        before = [one for one in self.clock.over if one <= month][-TREND_MONTHS:]
        hours = str(contracted_hours(self.appointments, month))
        return {
            mediator: MonthFigures(
                month=f"{month:%Y-%m}",
                values=values,
                contracted_hours=hours,
                areas=tuple(_areas(areas.get(mediator, ()))),
                kinds=tuple(_kinds(kinds.get(mediator, ()))),
                partners=tuple(_partners(partners.get(mediator, ()))),
                trend=tuple(
                    {one.key: self.counted[then][mediator][one.key] for one in HEADLINE}
                    for then in before
                ),
            )
            for mediator, values in self.counted[month].items()
        }

    def _parts_of(self, month):
        """Areas, kinds and partners of the month, in the order in which figures tell them."""
        visits = self._scope(month).narrow(
            Visit.objects.order_by(), days="visited_on", entry="pk"
        )
        areas = self._scope(month).narrow(
            VisitArea.objects.order_by(), days="visited_on", prefix="visit__"
        )
        entries = Count("pk")
        return (
            areas.values("area", mediator=F("visit__mediator"))
            .annotate(entries=entries, minutes=Sum("visit__minutes"))
            .order_by("mediator"),
            visits.values("mediator", "kind")
            .annotate(entries=entries, minutes=Sum("minutes"))
            .order_by("mediator"),
            visits.exclude(institution=None)
            .values("mediator", "institution__name", "contact__post")
            .annotate(entries=entries)
            .order_by(
                *("mediator", "-entries", "institution__name"),
                F("contact__post").asc(nulls_first=True),
            ),
        )


def _by_mediator(rows):
    return {
        mediator: list(group)
        for mediator, group in groupby(rows, lambda row: row["mediator"])
    }


def _areas(rows):
    for row in sorted(
        rows, key=lambda row: (-row["entries"], AREAS.index(row["area"]))
    ):
        yield AreaFigures(row["area"], row["entries"], str(hours_of(row["minutes"])))


def _kinds(rows):
    for row in sorted(rows, key=lambda row: KINDS.index(row["kind"])):
        yield KindFigures(row["kind"], row["entries"], str(hours_of(row["minutes"])))


def _partners(rows):
    for row in rows:
        post = row["contact__post"] or ""
        yield Partner(row["institution__name"], post, row["entries"])


def _addresses(desks):
    """“qaa”, “qaa-2” …, as ``MonthlyReport`` gives them out."""
    met = {}
    for desk in desks:
        prefix = desk.municipality.prefix.lower()
        met[prefix] = number = met.get(prefix, 0) + 1
        yield desk.number, prefix if number == 1 else f"{prefix}-{number}"
