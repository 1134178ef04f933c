"""Finding a report: the list, the beginning of a new one, the way to it, its history."""

from itertools import pairwise, zip_longest
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from interface.days import FIRST_MONTH, month_in_address
from mediators.access import role_required
from mediators.models import COORDINATING, Role
from privacy import audit
from privacy.access import signed_in
from reports import listing
from reports.changes import changes_between
from reports.history import steps
from reports.models import MonthlyReport
from reports.periods import months_earlier
from reports.snapshot import Snapshot
from reports.views.fetch import any_report
from reports.working_days import report_due_on

DESKS_ON_A_PAGE = 50
WAITING_ON_A_PAGE = 50
READERS = (*COORDINATING, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF)


@role_required(Role.MEDIATOR, *READERS)
@require_safe
def report_list(request):
    """Own months of a mediator; what waits for a coordinator; all that others may read."""
    user, context = request.user, {}
    if user.has_role(Role.MEDIATOR):
        context["own_months"] = listing.own_months(user)
    if user.has_role(*READERS):
        context |= _readers_list(request)
    filters = audit.filters(request.GET, "all", "until")
    audit.record(user, audit.Verb.LIST, MonthlyReport, filters=filters)
    return render(request, "reports/list.html", context)


def _readers_list(request):
    # The lead mediator, where nobody else decides
    decides = (
        request.user.has_role(*COORDINATING)
        or MonthlyReport.objects.reviewable_by(request.user).exists()
    )
    this_month = timezone.localdate().replace(day=1)
    shows_all = "all" in request.GET or "until" in request.GET or not decides
    context = {
        "is_reader": True,
        "decides": decides,
        "shows_all": shows_all,
        "next_due_on": report_due_on(this_month),
    }
    if not shows_all:
        reports = Paginator(listing.reports_waiting(request.user), WAITING_ON_A_PAGE)
        page = reports.get_page(request.GET.get("page"))
        return context | {
            "waiting": listing.as_waiting(page.object_list),
            "page": page,
            "late": listing.late(request.user),
        }
    last = month_in_address(request.GET.get("until"), this_month)
    months = listing.shown_months(last)
    table = listing.MediatorTable(request.user, months)
    page = Paginator(table.desks, DESKS_ON_A_PAGE).get_page(request.GET.get("page"))
    later = min(months_earlier(months[0], -listing.MONTHS_SHOWN), this_month)
    return context | {
        "months": months,
        "rows": table.rows(page.object_list),
        "page": page,
        "query": urlencode({"until": f"{months[0]:%Y-%m}"}),
        "earlier": months_earlier(last, listing.MONTHS_SHOWN)
        if months[-1] > FIRST_MONTH
        else None,
        "later": later if later > months[0] else None,
    }


@role_required(Role.MEDIATOR)
@require_POST
def start(request, prefix, month):
    """Begin the report of a month; a second press opens the one that is there."""
    municipality = get_object_or_404(
        request.user.municipalities_as(Role.MEDIATOR), prefix=prefix.upper()
    )
    if not listing.may_begin(request.user, municipality, month):
        raise Http404
    report = MonthlyReport.open_for(request.user, municipality, month)
    audit.record(request.user, audit.Verb.CREATE, report)
    return redirect(report)


@signed_in
@require_safe
def history(request, desk, month):
    """Who did what and when, and every version."""
    report = any_report(request, desk, month)
    audit.record(request.user, audit.Verb.READ, report, page="history")
    context = {
        "report": report,
        "steps": steps(report),
        "versions": _versions(report),
    }
    return render(request, "reports/history.html", context)


def _versions(report):
    """Pairs of a version, the newest first, and what it changed of the one before."""
    versions = list(report.versions.select_related("approved_by"))
    snapshots = [Snapshot.from_json(version.snapshot) for version in versions]
    changes = [changes_between(older, newer) for newer, older in pairwise(snapshots)]
    return list(zip_longest(versions, changes, fillvalue=()))
