"""What the reports of one region tell, for who supports all mediators (R003)."""

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from mediators.access import role_required
from mediators.models import Role
from municipalities.models import Region
from privacy import audit
from reports.codes import without_codes
from reports.models import MonthlyReport
from reports.periods import NotAPeriod, Period
from reports.regions import told_in

REPORTS_ON_A_PAGE = 20


@require_safe
@role_required(Role.PROJECT_STAFF, Role.LEAD_MEDIATOR)
def region(request, code):
    """Successes and difficulties of a region in the words of its approved reports."""
    region = get_object_or_404(Region.objects.visible_to(request.user), code=code)
    period = _period_of(request.GET)
    reports = told_in(region, period, MonthlyReport.objects.visible_to(request.user))
    page = Paginator(reports, REPORTS_ON_A_PAGE).get_page(request.GET.get("page"))
    for report in page:
        for section in report.told:
            section.text = without_codes(section.text)
    audit.record(
        request.user,
        audit.Verb.LIST,
        MonthlyReport,
        page="region",
        region=region.code,
        period=period.code,
        count=len(page),
    )
    query = f"first={period.first:%Y-%m}&last={period.last:%Y-%m}"
    context = {"region": region, "period": period, "page": page, "query": query}
    return render(request, "reports/region.html", context)


def _period_of(query):
    """The months in the address; anything else is the present quarter."""
    try:
        first, last = (Period.parse(query.get(name, "")) for name in ("first", "last"))
    except NotAPeriod:
        return Period.quarter_of(timezone.localdate())
    return Period.between(first.first, last.last)
