"""A mediator as a person who works: contracts, training, needs, dates, the public card."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import ProtectedError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mediators.access import role_required
from mediators.forms.people import CardForm, FactsForm, LanguagesForm
from mediators.models import Appointment, MediatorProfile, Role
from mediators.registers import BY_KEY, REGISTERS
from mediators.renewals import knows_child_rights, renewals
from mediators.services import people
from municipalities import services
from municipalities.registers import sections
from privacy import audit
from privacy.access import signed_in

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


def _contracts_or_404(user, pk):
    """Contracts of a mediator as far as somebody may read them."""
    rows = Appointment.objects.readable_by(user).filter(user=pk)
    found = list(
        rows.select_related("user", "municipality", "funding").prefetch_related(
            "shares__source"
        )
    )
    if not found:
        raise Http404
    return found


def _register_or_404(key):
    if key not in BY_KEY:
        raise Http404
    return BY_KEY[key]


@role_required(Role.MEDIATOR)
@require_safe
def my_page(request):
    return redirect("person", pk=request.user.pk)


@signed_in
@require_safe
def person(request, pk):
    contracts = _contracts_or_404(request.user, pk)
    mediator = contracts[0].user
    facts = MediatorProfile.of_mediator(mediator)
    shown = sections(
        REGISTERS,
        lambda model: model.objects.visible_to(request.user).of(mediator),
        lambda model: model.objects.editable_by(request.user).of(mediator),
        lambda register: register.may_add(request.user, mediator),
    )
    audit.record(request.user, audit.Verb.READ, mediator, page="person")
    context = {
        "mediator": mediator,
        "contracts": contracts,
        "facts": facts,
        "languages": mediator.languages.select_related("language"),
        "sections": list(shown),
        "renewals": renewals([mediator], timezone.localdate()),
        "knows_child_rights": knows_child_rights(mediator),
        "is_own": mediator == request.user,
        "may_edit": Appointment.objects.editable_by(request.user)
        .filter(user=mediator)
        .exists(),
    }
    return render(request, "mediators/person.html", context)


@signed_in
@read_or_write
def person_facts(request, pk):
    contracts = Appointment.objects.editable_by(request.user).filter(user=pk)
    if not contracts:
        raise Http404
    mediator = contracts[0].user
    is_own = mediator == request.user
    form = (LanguagesForm if is_own else FactsForm)(
        request.POST or None, instance=MediatorProfile.of_mediator(mediator)
    )
    if form.is_valid():
        people.keep_facts(form, by=request.user)
        messages.success(request, _("Changes saved."))
        return redirect("person", pk=pk)
    audit.record_opening(request, mediator, page="facts")
    heading = _("My languages") if is_own else _("Dates and languages")
    return _form_page(request, mediator, form, heading)


@role_required(Role.MEDIATOR)
@read_or_write
def card_settings(request):
    """Only the mediator herself switches her card on, and off."""
    desks = request.user.appointments.current().filter(role=Role.MEDIATOR)
    form = CardForm(
        request.POST or None,
        instance=MediatorProfile.of_mediator(request.user),
        by=request.user,
        places=_places(desks.select_related("municipality")),
    )
    if form.is_valid():
        card = people.keep_card(form, by=request.user)
        messages.success(
            request,
            _("Your card is public.")
            if card.card_is_public
            else _("Your card is not public."),
        )
        return redirect("person", pk=request.user.pk)
    return _form_page(request, request.user, form, _("My public card"))


@signed_in
@read_or_write
def training_create(request, pk, kind):
    contracts = _contracts_or_404(request.user, pk)
    mediator, register = contracts[0].user, _register_or_404(kind)
    if not register.may_add(request.user, mediator):
        raise Http404
    form = register.form(
        request.POST or None,
        instance=register.new(mediator=mediator),
        by=request.user,
        places=_places(contracts),
    )
    if form.is_valid():
        services.add_row(form, by=request.user, lock=mediator)
        messages.success(request, _("Added."))
        return redirect("person", pk=pk)
    audit.record_opening(request, mediator, page=kind)
    return _form_page(request, mediator, form, register.add)


def _places(contracts):
    return list(dict.fromkeys(row.municipality for row in contracts))


@signed_in
@read_or_write
def training_update(request, pk, kind, row):
    contracts = _contracts_or_404(request.user, pk)
    mediator, register = contracts[0].user, _register_or_404(kind)
    found = _row_or_404(request, mediator, register, row)
    form = register.form_for(request.user, mediator)(
        request.POST or None,
        instance=found,
        by=request.user,
        places=_places(contracts),
    )
    if form.is_valid():
        services.change_row(form, by=request.user)
        messages.success(request, _("Changes saved."))
        return redirect("person", pk=pk)
    audit.record_opening(request, found)
    context = {"row": found, "register": register}
    return _form_page(request, mediator, form, register.title, **context)


def _row_or_404(request, mediator, register, row):
    return get_object_or_404(
        register.model.objects.editable_by(request.user).of(mediator), pk=row
    )


@signed_in
@require_POST
def training_delete(request, pk, kind, row):
    mediator = _contracts_or_404(request.user, pk)[0].user
    found = _row_or_404(request, mediator, _register_or_404(kind), row)
    try:
        services.remove_row(found, by=request.user)
    except ProtectedError:
        messages.error(
            request, _("Other rows belong to this one. Remove or change them first.")
        )
    else:
        messages.success(request, _("Removed from the list."))
    return redirect("person", pk=pk)


def _form_page(request, mediator, form, heading, row=None, register=None):
    return render(
        request,
        "mediators/person_form.html",
        {
            "mediator": mediator,
            "form": form,
            "heading": heading,
            "row": row,
            "register": register,
        },
        status=422 if form.errors else 200,
    )


@login_not_required
@never_cache
@require_safe
def card(request, slug):
    """What a mediator shows to everybody; off at once when she switches it off."""
    found = get_object_or_404(
        MediatorProfile.objects.published().select_related("mediator"), card_slug=slug
    )
    contracts = found.mediator.appointments.current().filter(role=Role.MEDIATOR)
    response = render(
        request,
        "mediators/card.html",
        {
            "card": found,
            "mediator": found.mediator,
            "contracts": contracts.select_related("municipality"),
        },
    )
    if not found.card_may_be_found:
        response["X-Robots-Tag"] = "noindex, nofollow"
    return response
