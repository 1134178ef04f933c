"""The page of one municipality: rooms, money, networks, plans, its group, visits."""

from django.conf import settings
from django.contrib import messages
from django.db.models import ProtectedError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from interface.latvian import latvian_order
from interface.two_windows import status_of
from municipalities import services
from municipalities.models import Municipality, Partner
from municipalities.registers import BY_KEY, REGISTERS, sections
from privacy import audit
from privacy.access import signed_in

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


def _place_or_404(user, slug):
    return get_object_or_404(user.overseen_municipalities(), slug=slug)


def _register_or_404(key):
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


@signed_in
@require_safe
def place_list(request):
    """The municipalities that a person looks after; a coordinator's only one opens at once."""
    places = sorted(
        request.user.overseen_municipalities().with_a_team(),
        key=lambda place: latvian_order(str(place)),
    )
    if not places:
        raise Http404
    supports_all = request.user.supported_municipalities().exists()
    if len(places) == 1 and not supports_all:
        return redirect("municipalities:place", slug=places[0].slug)
    audit.record(request.user, audit.Verb.LIST, Municipality, count=len(places))
    context = {"places": places, **_project()}
    return render(request, "municipalities/place_list.html", context)


def _project():
    """Who carries and pays the project (R020, R021)."""
    return {
        "partners": Partner.current_ones(),
        "funders": settings.FUNDING.funders,
        "sentence": settings.FUNDING.sentence,
    }


@signed_in
@require_safe
def place(request, slug):
    municipality = _place_or_404(request.user, slug)
    shown = sections(
        REGISTERS,
        lambda model: model.objects.visible_to(request.user).of(municipality),
        lambda model: model.objects.editable_by(request.user).of(municipality),
        lambda register: register.by(request.user, municipality),
        names_officials=request.user.own_municipalities().exists(),
    )
    audit.record(request.user, audit.Verb.READ, municipality, page="support")
    context = {
        "municipality": municipality,
        "sections": list(shown),
        "has_list": request.user.overseen_municipalities().count() > 1,
        **_project(),
    }
    return render(request, "municipalities/place.html", context)


@signed_in
@read_or_write
def row_create(request, slug, kind):
    municipality = _place_or_404(request.user, slug)
    register = _register_or_404(kind)
    if not register.by(request.user, municipality):
        raise Http404
    form = register.form(
        request.POST or None,
        instance=register.new_in(municipality),
        by=request.user,
        places=[municipality],
    )
    if form.is_valid():
        services.add_row(form, by=request.user, lock=municipality)
        messages.success(request, _("Added."))
        return _to(municipality, register)
    audit.record_opening(request, municipality, page=kind)
    return _form_page(request, municipality, register, form)


def _row_or_404(request, municipality, register, pk):
    rows = register.model.objects.editable_by(request.user).of(municipality)
    return get_object_or_404(register.rows(rows), pk=pk)


@signed_in
@read_or_write
def row_update(request, slug, kind, pk):
    municipality = _place_or_404(request.user, slug)
    register = _register_or_404(kind)
    row = _row_or_404(request, municipality, register, pk)
    form = register.form(
        request.POST or None, instance=row, by=request.user, places=[municipality]
    )
    if form.is_valid():
        services.change_row(form, by=request.user)
        messages.success(request, _("Changes saved."))
        return _to(municipality, register)
    audit.record_opening(request, row)
    return _form_page(request, municipality, register, form, row=row)


@signed_in
@require_POST
def row_delete(request, slug, kind, pk):
    municipality = _place_or_404(request.user, slug)
    register = _register_or_404(kind)
    row = _row_or_404(request, municipality, register, pk)
    try:
        services.remove_row(row, by=request.user)
    except ProtectedError:
        messages.error(
            request, _("Other rows belong to this one. Remove or change them first.")
        )
    else:
        messages.success(request, _("Removed from the list."))
    return _to(municipality, register)


def _to(municipality, register):
    address = redirect("municipalities:place", slug=municipality.slug)
    address["Location"] += f"#{register.key}"
    return address


def _form_page(request, municipality, register, form, row=None):
    return render(
        request,
        "municipalities/row_form.html",
        {
            "municipality": municipality,
            "register": register,
            "form": form,
            "row": row,
        },
        status=status_of(form),
    )
