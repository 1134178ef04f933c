"""Cases and monthly reports as rows: where they stand, without their texts."""

from django.db.models import Case as If
from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cases.models import Area, Case, CaseStatus, Outcome, Visit
from reports.indicators import CLOSED_CASES, OPENED_CASES
from reports.models import MonthlyReport
from reports.progress import was_on_time, with_dates
from reports.reach import in_work
from reports.resources.columns import (
    Column,
    Sheet,
    Type,
    hours,
    label_of,
    municipality,
    yes_or_no,
)
from reports.workflow import Status


def riga_day(moment):
    return timezone.localdate(moment) if moment else None


def days_between(begun_on, helped_on):
    """From a need to the first help (R225), at least 0; None while nobody has helped."""
    return helped_on and max(0, (helped_on - begun_on).days)


class CaseResource(Sheet):
    """One row for each case that was open or had an entry in the period, as it stood at its end.

    Of approved months alone only what is counted is narrowed: entries, hours, and whether
    the indicators count it as opened and as solved. Where a case stands is a fact, and a
    case may go through months of which one is approved and the next is not.
    """

    title = pgettext_lazy("sheet", "Cases")
    table = "tbl_lietas"

    case_code = Column(
        pgettext_lazy("column", "Case"),
        Type.PSEUDONYM,
        "code",
        description=_("Code of the case."),
    )
    municipality = municipality()
    family_code = Column(
        pgettext_lazy("column", "Family"),
        Type.PSEUDONYM,
        "family__code",
        width=11,
        description=_("Code of the family; names are never exported."),
    )
    area = Column(
        pgettext_lazy("column", "Area"),
        Type.CHOICE,
        "area",
        read=label_of(Area),
        width=30,
        description=_("Area of work of the case."),
    )
    opened_on = Column(
        pgettext_lazy("column", "Opened"),
        Type.DATE,
        "opened_on",
        description=_("When the case began."),
    )
    days_to_help = Column(
        pgettext_lazy("column", "Days to the first entry"),
        Type.NUMBER,
        "opened_on",
        "first_entry_on",
        read=days_between,
        width=14,
        description=_("From the day the case began to its first log entry."),
        note=_("Empty while there is none; 0 where help came first."),
    )
    closed_on = Column(
        pgettext_lazy("column", "Closed"),
        Type.DATE,
        "closed_by_then",
        description=_("Empty if the case went on after the period."),
    )
    status = Column(
        pgettext_lazy("column", "Status"),
        Type.CHOICE,
        "status_then",
        read=label_of(CaseStatus),
        width=22,
        description=_("Of the day of the export."),
        note=_("A case that was closed after the period is shown as in work."),
    )
    outcome = Column(
        pgettext_lazy("column", "Outcome"),
        Type.CHOICE,
        "outcome_then",
        read=label_of(Outcome),
        width=18,
        description=_("How the case ended; empty while it goes on."),
    )
    counted_as_opened = Column(
        pgettext_lazy("column", "Counted as opened"),
        Type.YES_NO,
        "counted_as_opened",
        read=yes_or_no,
        width=13,
        description=_("Whether the indicator of opened cases counts it in the period."),
        note=_(
            "Of approved reports only: “No” while the report of that month is not approved."
        ),
    )
    counted_as_solved = Column(
        pgettext_lazy("column", "Counted as solved"),
        Type.YES_NO,
        "counted_as_solved",
        read=yes_or_no,
        width=13,
        description=_("Whether the indicator of solved cases counts it in the period."),
        note=_(
            "Of approved reports only: “No” while the report of that month is not approved."
        ),
    )
    visit_count = Column(
        pgettext_lazy("column", "Entries"),
        Type.NUMBER,
        "entries",
        width=10,
        description=_("Log entries about the case in the sheet of visits."),
    )
    hours = Column(
        pgettext_lazy("column", "Hours"),
        Type.HOURS,
        "minutes",
        read=hours,
        width=10,
        description=_("Hours of these entries."),
    )

    def get_queryset(self):
        last = self.scope.last
        closed = Q(closed_on__lte=last)
        entries = self.scope.narrow(Visit.objects.all(), days="visited_on")
        own = entries.filter(case=OuterRef("pk")).order_by().values("case")
        first_entry = Visit.objects.filter(
            case=OuterRef("pk"), visited_on__lte=last
        ).order_by("visited_on")
        return (
            self.scope.in_place(Case.objects.all())
            .filter(Q(pk__in=in_work(self.scope)) | Exists(own))
            .annotate(
                closed_by_then=If(When(closed, then=F("closed_on"))),
                outcome_then=If(When(closed, then=F("outcome"))),
                status_then=If(
                    When(closed_on__gt=last, then=Value(CaseStatus.ACTIVE)),
                    default=F("status"),
                ),
                counted_as_opened=self._is_one_of(OPENED_CASES),
                counted_as_solved=self._is_one_of(CLOSED_CASES, outcome=Outcome.SOLVED),
                first_entry_on=Subquery(first_entry.values("visited_on")[:1]),
                entries=Coalesce(
                    Subquery(own.annotate(n=Count("pk")).values("n")), Value(0)
                ),
                minutes=Subquery(own.annotate(n=Sum("minutes")).values("n")),
            )
            .order_by("code")
        )

    def _is_one_of(self, source, **narrowed):
        """Whether the rows of an indicator hold the case."""
        return Exists(source.rows(self.scope).filter(pk=OuterRef("pk"), **narrowed))


class ReportResource(Sheet):
    """One row for each monthly report: where it stands and when, never its content."""

    title = pgettext_lazy("sheet", "Reports")
    table = "tbl_atskaites"

    report_code = Column(
        pgettext_lazy("column", "Report"),
        Type.IDENTIFIER,
        "desk",
        "month",
        read=lambda desk, month: f"{desk.upper()}-{month:%Y-%m}",
        width=16,
        description=_("Number of the report."),
    )
    municipality = municipality()
    month = Column(
        pgettext_lazy("column", "Month"),
        Type.DATE,
        "month",
        description=_("The first day of the month."),
    )
    status = Column(
        pgettext_lazy("column", "Status"),
        Type.CHOICE,
        "status",
        read=label_of(Status),
        width=16,
        description=_("Of the day of the export."),
    )
    submitted_on = Column(
        pgettext_lazy("column", "Submitted"),
        Type.DATE,
        "submitted_at",
        read=riga_day,
        description=_("When it was handed in for the first time."),
    )
    on_time = Column(
        pgettext_lazy("column", "On time"),
        Type.YES_NO,
        "month",
        "submitted_at",
        read=lambda month, submitted_at: yes_or_no(was_on_time(month, submitted_at)),
        width=9,
        description=_("By the 5th of the next month or the first working day after."),
        note=_("Empty while the date is to come."),
    )
    returns = Column(
        pgettext_lazy("column", "Times returned"),
        Type.NUMBER,
        "returns",
        width=13,
        description=_("How often the coordinator returned it."),
    )
    approved_on = Column(
        pgettext_lazy("column", "Approved"),
        Type.DATE,
        "approved_at",
        read=riga_day,
        width=13,
        description=_("When the coordinator approved it."),
    )
    acknowledged_on = Column(
        pgettext_lazy("column", "Receipt confirmed"),
        Type.DATE,
        "received_at",
        read=riga_day,
        width=14,
        description=_("When the municipality confirmed that it has the report."),
    )

    def get_queryset(self):
        months = MonthlyReport.objects.filter(
            month__range=(self.scope.first, self.scope.last)
        )
        return with_dates(self.scope.in_place(months)).order_by("month", "desk")
