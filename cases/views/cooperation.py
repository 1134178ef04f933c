"""Contact persons by area, agreements with institutions, and what a municipality offers."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from cases.forms.cooperation import AgreementForm, DelegationForm, ResourceForm
from cases.models import Agreement, Delegation, Resource
from cases.services import cooperation
from interface.searching import asked_word, keep_word
from interface.two_windows import status_of
from mediators.access import role_required
from mediators.models import MUNICIPAL, Role
from municipalities.areas import MAIN_AREAS
from municipalities.models import Institution
from privacy import audit
from privacy.fold import best_first

A_PAGE = 50
OVER = "beigusies"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@role_required(*MUNICIPAL, Role.LEAD_MEDIATOR, Role.PROJECT_STAFF)
@require_safe
def delegation_list(request):
    """Who is the contact person of each area, and where there is none (R008).

    Names of officials are for those who work in the municipality; others read the gaps.
    """
    user = request.user
    is_municipal = user.has_role(*MUNICIPAL)
    people = Delegation.objects.visible_to(user).select_related(
        "contact__institution", "municipality"
    )
    now, coming, past = people.in_force(), people.coming(), people.past()
    audit.record(
        user, audit.Verb.LIST, Delegation, count=len(now) + len(coming) + len(past)
    )
    context = {
        "gaps": cooperation.gaps_for(user),
        "areas": _by_area(now),
        "coming": _by_area(coming),
        "past": _by_area(past),
        "is_municipal": is_municipal,
        "has_several_places": len(user.own_municipalities()) > 1,
    }
    return render(request, "cases/delegation_list.html", context)


def _by_area(people):
    found = {}
    for row in people:
        found.setdefault(row.area, []).append(row)
    order = [*MAIN_AREAS, *(area for area in found if area not in MAIN_AREAS)]
    return [
        (found[area][0].get_area_display(), found[area])
        for area in order
        if area in found
    ]


@role_required(*MUNICIPAL)
@read_or_write
def delegation_create(request):
    initial = {"area": request.GET.get("joma", "")}
    form = DelegationForm(request.POST or None, by=request.user, initial=initial)
    if form.is_valid():
        cooperation.add(
            form.save(commit=False),
            by=request.user,
            alike=["municipality_id", "contact_id", "area"],
        )
        messages.success(request, _("Saved."))
        return redirect("cases:delegation-list")
    return _form_page(request, "delegation_form", form)


@role_required(*MUNICIPAL)
@require_POST
def delegation_end(request, pk):
    delegation = get_object_or_404(
        Delegation.objects.visible_to(request.user).current(), pk=pk
    )
    delegation.end()
    audit.record(request.user, audit.Verb.CLOSE, delegation)
    messages.success(request, _("Ended today."))
    return redirect("cases:delegation-list")


@role_required(*MUNICIPAL)
@read_or_write
def agreement_create(request, pk):
    """Those with the institution so far, and the form for the next one."""
    institution = get_object_or_404(Institution.objects.visible_to(request.user), pk=pk)
    form = AgreementForm(
        request.POST or None,
        instance=Agreement(institution=institution),
        by=request.user,
    )
    if form.is_valid():
        cooperation.add(
            form.save(commit=False),
            by=request.user,
            alike=["institution_id", "content", "agreed_on"],
        )
        messages.success(request, _("Agreement saved."))
        return redirect(institution)
    audit.record_opening(request, institution, page="agreement")
    agreements = Agreement.objects.visible_to(request.user).filter(
        institution=institution
    )
    context = {"institution": institution, "agreements": agreements}
    return _form_page(request, "agreement_form", form, **context)


@role_required(*MUNICIPAL)
@read_or_write
def agreement(request, pk):
    found = get_object_or_404(
        Agreement.objects.visible_to(request.user).select_related("institution"), pk=pk
    )
    form = AgreementForm(request.POST or None, instance=found, by=request.user)
    if form.is_valid():
        form.save()
        _record_update(request, found, form)
        return redirect(found.institution)
    audit.record_opening(request, found)
    return _form_page(request, "agreement_form", form, institution=found.institution)


@role_required(*MUNICIPAL, Role.PROJECT_STAFF)
@read_or_write
def resource_list(request):
    """What there is for families, with a way to find it; staff read and change nothing."""
    if request.method == "POST":
        return keep_word(request)
    query = asked_word(request)
    kind = request.GET.get("veids", "")
    user = request.user
    everything = Resource.objects.readable_by(user).select_related("municipality")
    rows = everything.current()
    if kind in Resource.Kind.values:
        rows = rows.filter(kind=kind)
    found = best_first(query, rows, _texts_of) if query else rows
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    over = everything.exclude(pk__in=everything.current())
    over = Paginator(over, A_PAGE).get_page(request.GET.get(OVER))
    audit.record(
        request.user,
        audit.Verb.LIST,
        Resource,
        count=page.paginator.count,
        filters=[*(["q"] if query else []), *audit.filters(request.GET, "veids")],
    )
    rest = request.GET.copy()
    rest.pop("page", None)
    own = Resource.objects.visible_to(user)
    own = own.filter(pk__in=[row.pk for row in (*page, *over)])
    places = everything.order_by().values("municipality").distinct()
    context = {
        "page": page,
        "rest": rest.urlencode(),
        "over": over,
        "shows_over": OVER in request.GET,
        "query": query,
        "kind": kind,
        "kinds": Resource.Kind.choices,
        "own": set(own.values_list("pk", flat=True)),
        "may_add": user.has_role(*MUNICIPAL),
        "has_several_places": places.count() > 1,
    }
    return render(request, "cases/resource_list.html", context)


def _texts_of(resource):
    return resource.name, resource.what, resource.for_whom


@role_required(*MUNICIPAL)
@read_or_write
def resource_create(request):
    form = ResourceForm(request.POST or None, by=request.user)
    if form.is_valid():
        cooperation.add(
            form.save(commit=False),
            by=request.user,
            alike=["municipality_id", "kind", "name"],
        )
        messages.success(request, _("Resource saved."))
        return redirect("cases:resource-list")
    return _form_page(request, "resource_form", form)


@role_required(*MUNICIPAL)
@read_or_write
def resource(request, pk):
    found = get_object_or_404(Resource.objects.visible_to(request.user), pk=pk)
    form = ResourceForm(request.POST or None, instance=found, by=request.user)
    if form.is_valid():
        form.save()
        _record_update(request, found, form)
        return redirect("cases:resource-list")
    audit.record_opening(request, found)
    return _form_page(request, "resource_form", form, resource=found)


def _record_update(request, row, form):
    audit.record(
        request.user, audit.Verb.UPDATE, row, fields=audit.changed_fields(form)
    )
    messages.success(request, _("Changes saved."))


def _form_page(request, template, form, **context):
    return render(
        request,
        f"cases/{template}.html",
        {"form": form, **context},
        status=status_of(form),
    )
