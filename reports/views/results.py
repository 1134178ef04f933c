"""Results for project staff and coordinators."""

import csv
from collections import defaultdict

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mediators.access import require_fresh_proof, role_required
from mediators.models import COORDINATING, Role
from privacy import audit
from privacy.access import signed_in
from reports.forms.results import ResultsForm
from reports.further import further
from reports.models import MonthlyReport
from reports.place_map import place_map
from reports.reach import days_of_the_log, places_of
from reports.regions import regions
from reports.results import results as count_results
from reports.services.export import log_export
from reports.spreadsheet_text import csv_cell
from reports.surveys import answered
from reports.targets import plans

ABOUT_FAMILIES = ("targets", "families", "cases", "answers")
"""Tables whose numbers may point at somebody."""
WHOLE_PROJECT = (Role.PROJECT_STAFF, Role.LEAD_MEDIATOR)


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
    chosen, scope = form.chosen_place or place, form.scope
    # A target is one for all areas of work, and stands beside all that was done
    is_part = scope.area or scope.approved_only
    planned = [] if is_part else plans(scope.period, chosen)
    found = count_results(scope, planned)
    more = further(
        scope,
        found.places,
        merged=found.merged,
        # The lead mediator is a colleague and sees nobody's working time
        tells_hours=request.user.has_role(Role.PROJECT_STAFF, *COORDINATING),
    )
    tables = _files_of(request, found, more, is_narrowed=bool(form.chosen_place))
    if "csv" in request.GET:
        if not is_valid:
            raise Http404
        return _csv(request, found, tables, chosen)
    audit.record(
        request.user,
        audit.Verb.LIST,
        MonthlyReport,
        page="results",
        period=found.period.code,
        places=[shown.slug for shown in found.places],
    )
    context = {
        "form": form,
        "results": found,
        "further": more,
        "files": _files(request, tables),
        "map": None if chosen else _map(found),
        "regions": None if chosen else regions(scope, found.places),
        "answered": None if is_part else _answered(request, found, chosen, places),
        "place": place,
        "may_see_all": request.user.has_role(*WHOLE_PROJECT),
        "may_export": request.user.has_role(Role.PROJECT_STAFF),
    }
    template = "reports/results.html"
    return render(request, template, context, status=200 if is_valid else 422)


def _files_of(request, found, more, *, is_narrowed):
    """The tables that may leave the team.

    Those about families do so in one shape alone: whoever sees all municipalities takes
    out all of them, of a month, a quarter or a year that is over, whether its reports are
    approved or not. The parts, or the same a week later, would tell by subtraction what a
    table hides. How institutions answered is told of a year, not of its quarters too.
    """
    period = found.period
    sees_all = request.user.has_role(*WHOLE_PROJECT)
    is_whole = period.is_over and period.is_named and not (sees_all and is_narrowed)
    is_whole = is_whole and not found.approved_only
    tables = found.tables | more.tables
    return {
        name: table
        for name, table in tables.items()
        if (is_whole or name not in ABOUT_FAMILIES)
        and (name != "answers" or period.code.isdigit())
    }


def _answered(request, found, chosen, places):
    """The survey of the period, for those who may open its page."""
    if not request.user.has_role(Role.PROJECT_STAFF, *COORDINATING):
        return None
    mine = places.filter(pk=chosen.pk) if chosen else None
    return answered(found.period, place=chosen, places=mine)


def _map(found):
    """Where in the country the families live with whom mediators worked."""
    rows = [(row.place, row.different) for row in found.families.rows]
    return place_map(rows, title=_("Different families, by municipality"))


def _files(request, tables):
    """Where each table of the page can be had as a file, by its name; else nowhere."""
    chosen = request.GET.copy()
    addresses = defaultdict(str)
    for name in tables:
        chosen["csv"] = name
        addresses[name] = f"?{chosen.urlencode()}"
    return addresses


def _csv(request, found, tables, place):
    """One table of the page as a file, logged like every export."""
    require_fresh_proof(request)
    name = request.GET["csv"]
    if name not in tables:
        raise Http404
    rows = list(tables[name]())
    period = found.period
    log_export(
        period,
        by=request.user,
        rows={name: len(rows) - 1},
        municipality=place,
        area=found.area,
        approved_only=found.approved_only,
    )
    file = f"Tilts_{name}_{period.first:%Y-%m}_{period.last:%Y-%m}.csv"
    response = HttpResponse(
        "\ufeff",  # Excel reads the file as UTF-8 only with this mark
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )
    writer = csv.writer(response, delimiter=";")
    writer.writerows([csv_cell(value) for value in row] for row in rows)
    return response
