"""Grants of names: the officer sees all of them, allows in an emergency, ends any."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from families.models import NameGrant
from families.services import name_grants
from families.views.name_grants import decide, say
from interface.pages import page_of
from mediators.access import require_fresh_proof, role_required
from mediators.models import Role
from privacy import audit

A_PAGE = 50
SHOWN_NOW, ALL = "redz", "visas"
"""What the numbers of the pages of these lists are called in the address."""
officer_only = role_required(Role.DATA_PROTECTION_OFFICER)


@officer_only
@require_safe
def name_grant_list(request):
    user = request.user
    audit.record(user, audit.Verb.LIST, NameGrant)
    waiting = NameGrant.objects.waiting_for(user).order_by("asked_at", "pk")
    context = {
        "waiting": _page(request, waiting, "page"),
        "running": _page(request, NameGrant.objects.editable_by(user), SHOWN_NOW),
        "all": _page(request, NameGrant.objects.visible_to(user), ALL),
    }
    return render(request, "data_protection/name_grants.html", context)


def _page(request, grants, name):
    page = page_of(grants, request.GET, name=name, size=A_PAGE)
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
