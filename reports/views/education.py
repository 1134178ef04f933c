"""Where the children of a municipality learn, and the numbers that others counted."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from families.forms.yearly_counts import YearlyCountForm
from families.models.education import school_year_of
from families.models.yearly_count import places_to_type
from mediators.access import role_required
from mediators.models import COORDINATING, Role
from privacy import audit
from reports.documents.education import education_statistics
from reports.reach import places_of

YEARS = 6


@role_required(*COORDINATING, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def education(request, slug):
    """One school year, ``?gads=2026``; coordinators and staff type what others counted."""
    place = get_object_or_404(places_of(request.user), slug=slug)
    now = school_year_of(timezone.localdate())
    years = range(now, now - YEARS, -1)
    year = _year_of(request.GET.get("gads"), years)
    may_type = places_to_type(request.user).contains(place)
    if request.method == "POST" and not may_type:
        raise Http404
    form = None
    if may_type:
        form = YearlyCountForm(request.POST or None, municipality=place, year=year)
    if form and form.is_valid():
        if form.save(by=request.user):
            messages.success(request, _("Saved."))
        else:
            messages.info(request, _("Nothing was changed."))
        return redirect(f"{request.path}?gads={year}")
    audit.record_opening(request, place, page="education", year=year)
    context = {
        "place": place,
        "year": year,
        "years": years,
        "found": education_statistics(place, year),
        "form": form,
    }
    status = 422 if form and form.errors else 200
    return render(request, "reports/education.html", context, status=status)


def _year_of(wanted, years):
    if wanted is None:
        return years[0]
    found = [year for year in years if str(year) == wanted]
    if not found:
        raise Http404
    return found[0]
