"""The mediators whom somebody looks after: contracts, workload, what runs out."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from agenda.team import Team
from mediators.access import role_required
from mediators.models import COORDINATING, Role, User
from mediators.renewals import renewals
from privacy import audit

A_PAGE = 50
SEES_LOAD = (*COORDINATING, Role.LEAD_MEDIATOR)


@role_required(*SEES_LOAD, Role.PROJECT_STAFF)
@require_safe
def team_page(request):
    """Staff of the project see contracts and dates; who leads mediators, their load."""
    today = timezone.localdate()
    with_load = request.user.has_role(*SEES_LOAD)
    everybody = Team(request.user, today, with_load=with_load)
    page = Paginator(everybody, A_PAGE).get_page(request.GET.get("page"))
    audit.record(request.user, audit.Verb.LIST, User, count=len(everybody), page="team")
    members = page.object_list
    context = {
        "members": members,
        "page": page,
        "with_load": with_load,
        "renewals": renewals({one.mediator for one in members}, today),
    }
    return render(request, "agenda/team.html", context)
