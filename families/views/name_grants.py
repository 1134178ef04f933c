"""The name behind a code: asked for by coordinators, allowed by the mediator.

Allowing and seeing one ask first whether it is still the same person (A13).
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from families.forms.name_grants import NameRequestForm
from families.models import NameGrant
from families.models.name_grant import ASKING
from families.services import name_grants
from families.views.pages import read_or_write
from mediators.access import require_fresh_proof, role_required
from mediators.models import Role
from privacy import audit
from privacy.access import signed_in

A_PAGE = 30


@role_required(*ASKING)
@read_or_write
def name_request(request):
    """A form to ask with, and what became of earlier requests."""
    form = NameRequestForm(request.POST or None, person=request.user)
    if form.is_valid():
        name_grants.ask(form.family, form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Asked. The mediator decides."))
        return redirect("families:name-request")
    own = NameGrant.objects.visible_to(request.user).filter(grantee=request.user)
    page = Paginator(own, A_PAGE).get_page(request.GET.get("page"))
    audit.record(request.user, audit.Verb.LIST, NameGrant)
    grants = name_grants.as_asked(page.object_list)
    context = {"form": form, "page": page, "grants": grants}
    status = 422 if form.errors else 200
    return render(request, "families/name_request.html", context, status=status)


@signed_in
@require_safe
def granted_name(request, code):
    """The one page with the name, as long as the grant runs; each opening is noted."""
    grant = get_object_or_404(
        NameGrant.objects.readable_by(request.user).select_related("family"),
        family__code=code,
    )
    require_fresh_proof(request)
    people = name_grants.see(grant)
    context = {
        "grant": grant.pk,
        "code": grant.family.code,
        "name": grant.family.name,
        "people": [person.shown_name for person in people],
        "ends_at": grant.ends_at,
    }
    return render(request, "families/granted_name.html", context)


@role_required(*ASKING)
@require_POST
def name_give_back(request, pk):
    """By whoever asked for it, before the 24 hours are over."""
    mine = get_object_or_404(
        NameGrant.objects.editable_by(request.user), pk=pk, grantee=request.user
    )
    name_grants.give_back(mine)
    messages.success(request, _("Ended. The name is not shown any more."))
    return redirect("families:name-request")


@role_required(Role.MEDIATOR)
@require_safe
def name_grant_list(request):
    """What a mediator decides, and whom the names of her families are shown to now."""
    user = request.user
    about_own = NameGrant.objects.visible_to(user).exclude(grantee=user)
    audit.record(user, audit.Verb.LIST, NameGrant)
    context = {
        "waiting": name_grants.as_asked(NameGrant.objects.waiting_for(user)),
        "running": name_grants.as_asked(about_own.running()),
    }
    return render(request, "families/name_grants.html", context)


@role_required(Role.MEDIATOR)
@require_POST
def name_allow(request, pk):
    grant = get_object_or_404(NameGrant.objects.waiting_for(request.user), pk=pk)
    require_fresh_proof(request)
    say(request, decide(name_grants.allow, grant, request.user))
    return redirect("families:name-grants")


@role_required(Role.MEDIATOR)
@require_POST
def name_decline(request, pk):
    grant = get_object_or_404(NameGrant.objects.waiting_for(request.user), pk=pk)
    say(request, decide(name_grants.decline, grant, request.user))
    return redirect("families:name-grants")


@role_required(Role.MEDIATOR)
@require_POST
def name_revoke(request, pk):
    grant = get_object_or_404(NameGrant.objects.editable_by(request.user), pk=pk)
    name_grants.revoke(grant, by=request.user)
    messages.success(request, _("Ended. The name is not shown any more."))
    return redirect("families:name-grants")


def decide(deed, grant, user):
    """Why the decision could not be made; empty when it was."""
    try:
        deed(grant, by=user)
    except name_grants.DecidedBefore:
        return _("Somebody else has decided in the meantime.")
    except name_grants.ConsentTakenBack:
        return _("The family took its consent back, so its name is not shown.")
    return ""


def say(request, problem):
    if problem:
        messages.error(request, problem)
    else:
        messages.success(request, _("Decided."))
