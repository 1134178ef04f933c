"""Results for project staff and coordinators."""

import csv

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from mediators.access import require_fresh_proof, role_required
from mediators.models import COORDINATING, Role
from privacy import audit
from privacy.access import signed_in
from reports.forms.results import ResultsForm
from reports.models import MonthlyReport
from reports.reach import days_of_the_log, places_of
from reports.results_page import ResultsPage, rows_of_numbers
from reports.services import recounting
from reports.services.export import log_export

WHOLE_PROJECT = (Role.PROJECT_STAFF, Role.LEAD_MEDIATOR)
IN_A_FILE_NAME = {
    "targets": "merki",
    "families": "gimenes",
    "areas": "jomas",
    "reports": "atskaites",
    "cases": "lietas",
    "asks": "lugumi",
    "answers": "atbildes",
    "hours": "stundas",
    "regions": "regioni",
}
"""What a table is called on somebody's disk, in Latvian like all other files."""


@require_safe
@role_required(*WHOLE_PROJECT)
def results(request):
    return _results(request, places_of(request.user))


@signed_in
@require_safe
def results_municipality(request, slug):
    """The same for one municipality; a coordinator sees the own ones."""
    place = get_object_or_404(places_of(request.user), slug=slug)
    if place.successor:
        return redirect("reports:results-municipality", place.successor.slug)
    places = places_of(request.user).filter(pk=place.pk).with_predecessors()
    return _results(request, places, place)


def _results(request, places, place=None):
    form = ResultsForm(
        request.GET, places=places, place=place, **days_of_the_log(places)
    )
    is_valid = form.is_valid()
    chosen = form.chosen_place
    page = ResultsPage.of(
        form.chosen,
        place=chosen or place,
        is_chosen=bool(chosen),
        area=form.scope.area or "",
        approved_only=form.scope.approved_only,
        sees_all=request.user.has_role(*WHOLE_PROJECT),
        is_in_charge=request.user.has_role(Role.PROJECT_STAFF, *COORDINATING),
    )
    counted, is_being_counted = recounting.counted(page)
    if "csv" in request.GET:
        if not is_valid:
            raise Http404
        if counted:
            return _csv(request, page, counted)
    audit.record(
        request.user,
        audit.Verb.LIST,
        MonthlyReport,
        page="results",
        period=page.period.code,
        places=counted.places if counted else [],
    )
    context = {
        "form": form,
        "period": page.period,
        "counted": counted,
        "is_being_counted": is_being_counted,
        "place": place,
        "may_see_all": page.sees_all,
        "may_export": request.user.has_role(Role.PROJECT_STAFF),
    }
    template = "reports/results.html"
    return render(request, template, context, status=200 if is_valid else 422)


def _csv(request, page, counted):
    """One table of the page as a file, logged like every export."""
    require_fresh_proof(request)
    name = request.GET["csv"]
    if name not in counted.tables:
        raise Http404
    rows = counted.tables[name]()
    period = page.period
    log_export(
        period,
        by=request.user,
        rows={name: rows_of_numbers(rows)},
        municipality=page.chosen,
        area=page.scope.area,
        approved_only=page.approved_only,
    )
    table = IN_A_FILE_NAME[name]
    file = f"Tilts_{table}_{period.first:%Y-%m}_{period.last:%Y-%m}.csv"
    response = HttpResponse(
        "\ufeff",  # Excel reads the file as UTF-8 only with this mark
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )
    csv.writer(response, delimiter=";").writerows(rows)
    return response
