"""The coordinator's first page."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agenda import overview
from agenda.calendar_file import calendar_file
from agenda.late_answers import late_institutions
from agenda.waiting import beside_reports, how_many
from cases.models import Area, CaseShare
from mediators.access import role_required
from mediators.models import COORDINATING, Complaint
from mediators.renewals import renewals
from privacy import audit
from reports import listing
from reports.models import MonthlyReport


@role_required(*COORDINATING)
@require_safe
def dashboard(request):
    """What waits, how the month stands, what was asked, what was received."""
    today = timezone.localdate()
    places = overview.coordinated(request.user)
    waiting, more_waiting = overview.first_of(listing.reports_waiting(request.user))
    unsent, more_unsent = overview.first_of(listing.unsent(request.user))
    waits = beside_reports(request.user, today)
    asks = overview.open_asks(request.user, places)
    reports = list(overview.approved_reports(request.user, places))
    context = {
        "today": today,
        "waiting": listing.as_waiting(waiting),
        "more_waiting": more_waiting,
        "unsent": unsent,
        "more_unsent": more_unsent,
        "waits": waits,
        "waiting_count": len(waiting)
        + more_waiting
        + len(unsent)
        + more_unsent
        + how_many(waits),
        "overdue": listing.late(request.user),
        "next_due_on": overview.next_due_on(places, today),
        "rows": overview.mediator_months(places, today),
        "has_several_places": places.count() > 1,
        "asks": list(asks[: overview.ASKS_SHOWN]),
        "ask_count": asks.count(),
        "reports": reports,
        "newest_approved": next(iter(reports), None),
        "survey": overview.survey(request.user),
    }
    context |= _about_cases(request)
    context["renewals"] = renewals({row.mediator for row in context["rows"]}, today)
    complaints = Complaint.objects.visible_to(request.user).open()
    context["complaint_count"] = complaints.count()
    audit.record(request.user, audit.Verb.LIST, MonthlyReport, page="dashboard")
    return render(request, "agenda/dashboard.html", context)


@role_required(*COORDINATING)
@require_safe
def calendar(request):
    """The days of the reports as a file for the calendar in which the coordinator plans."""
    content = calendar_file(
        overview.coordinated(request.user).order_by("label_lv"), timezone.localdate()
    )
    audit.record(request.user, audit.Verb.LIST, MonthlyReport, page="calendar")
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="Tilts.ics"'},
    )


@dataclass(frozen=True)
class SharedCase:
    """A case that a mediator lets the coordinators read: what its line on the page says."""

    code: str
    title: str
    area: Area
    by: str
    ends_on: date


def _about_cases(request):
    """Institutions that are late, and the cases that mediators share."""
    rows = CaseShare.objects.shared_with(request.user).select_related("case", "by")
    shares = [
        SharedCase(
            row.case.code,
            row.case.title,
            row.case.area_choice,
            row.by.full_name,
            row.ends_on,
        )
        for row in rows
    ]
    audit.record(request.user, audit.Verb.LIST, CaseShare, count=len(shares))
    return {"late": late_institutions(request.user), "shares": shares}
