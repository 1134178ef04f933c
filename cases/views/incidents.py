"""Discrimination and hate speech: a mediator's own list, and counts for the others."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cases.forms.incidents import IncidentForm
from cases.models import Incident
from cases.services import incidents
from cases.views.years import year_in
from families.hidden_names import are_hidden
from families.views.pages import show_names_first
from mediators.access import role_required
from mediators.models import MUNICIPAL, Role
from privacy import audit

A_PAGE = 50
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(*MUNICIPAL)
@require_safe
def incident_list(request):
    """Counts by ground and kind of place; below them, for a mediator, the own ones."""
    year = year_in(request)
    own = incidents.of_year(Incident.objects.visible_to(request.user), year)
    own = own.select_related("family")
    page = Paginator(own, A_PAGE).get_page(request.GET.get("page"))
    audit.record(request.user, audit.Verb.LIST, Incident, count=page.paginator.count)
    rows = Incident.objects.readable_by(request.user)
    context = {
        "table": incidents.counted(rows, year),
        "year": year,
        "earlier": year - 1,
        "later": year + 1 if year < timezone.localdate().year else None,
        "page": page,
        "query": f"gads={year}",
        "is_mediator": request.user.has_role(Role.MEDIATOR),
    }
    return render(request, "cases/incident_list.html", context)


@role_required(Role.MEDIATOR)
@read_or_write
def incident_create(request):
    form = IncidentForm(request.POST or None, mediator=request.user)
    if form.is_valid():
        incidents.note(form.save(commit=False), by=request.user)
        messages.success(request, _("Saved."))
        return redirect("cases:incidents")
    if request.method != "POST":
        count = form.fields["family"].queryset.count()
        audit.record(request.user, audit.Verb.LIST, Incident, families=count)
    return _form_page(request, form)


@role_required(Role.MEDIATOR)
@read_or_write
def incident_update(request, pk):
    incident = get_object_or_404(Incident.objects.visible_to(request.user), pk=pk)
    if are_hidden() and incident.words and request.method != "POST":
        return show_names_first(request, incident)
    form = IncidentForm(request.POST or None, instance=incident, mediator=request.user)
    if form.is_valid() and _changed(request, form):
        messages.success(request, _("Changes saved."))
        return redirect("cases:incidents")
    audit.record_opening(request, incident)
    return _form_page(request, form, incident=incident)


def _changed(request, form):
    try:
        incidents.change(
            form.save(commit=False),
            by=request.user,
            fields=audit.changed_fields(form),
        )
    except incidents.AlreadyCounted:
        form.say_counted()
        return False
    return True


@role_required(Role.MEDIATOR)
@require_POST
def incident_delete(request, pk):
    incident = get_object_or_404(Incident.objects.visible_to(request.user), pk=pk)
    try:
        incidents.take_back(incident, by=request.user)
    except incidents.AlreadyCounted:
        messages.info(
            request, _("A report that has been handed in counts it, so it stays.")
        )
    else:
        messages.success(request, _("Removed."))
    return redirect("cases:incidents")


def _form_page(request, form, **context):
    return render(
        request,
        "cases/incident_form.html",
        {"form": form, **context},
        status=422 if form.errors else 200,
    )
