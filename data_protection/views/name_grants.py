"""Grants of names: the officer sees all of them, allows in an emergency, ends any."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from families.models import NameGrant
from families.services import name_grants
from families.views.name_grants import decide, say
from mediators.access import require_fresh_proof, role_required
from mediators.models import Role
from privacy import audit

A_PAGE = 50
LATEST = 100
SHOWN_NOW = "redz"
officer_only = role_required(Role.DATA_PROTECTION_OFFICER)


@officer_only
@require_safe
def name_grant_list(request):
    user = request.user
    audit.record(user, audit.Verb.LIST, NameGrant)
    context = {
        "waiting": _page(request, NameGrant.objects.waiting_for(user), "page"),
        "running": _page(request, NameGrant.objects.editable_by(user), SHOWN_NOW),
        "shown_now": SHOWN_NOW,
        "latest": name_grants.as_asked(NameGrant.objects.visible_to(user)[:LATEST]),
    }
    return render(request, "data_protection/name_grants.html", context)


def _page(request, grants, name):
    page = Paginator(grants, A_PAGE).get_page(request.GET.get(name))
    page.rows = name_grants.as_asked(page.object_list)
    return page


@officer_only
@require_POST
def name_allow(request, pk):
    """In an emergency; the mediator is told at once."""
    grant = get_object_or_404(NameGrant.objects.waiting_for(request.user), pk=pk)
    require_fresh_proof(request)
    say(request, decide(name_grants.allow, grant, request.user))
    return redirect("data_protection:name-grants")


@officer_only
@require_POST
def name_revoke(request, pk):
    grant = get_object_or_404(NameGrant.objects.editable_by(request.user), pk=pk)
    name_grants.revoke(grant, by=request.user)
    messages.success(request, _("Ended. The name is not shown any more."))
    return redirect("data_protection:name-grants")
