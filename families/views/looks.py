"""Who saw what about a family, for the mediators who work with it."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from families.models import Family
from families.services import looks
from interface.keyset import newest_first
from privacy.access import signed_in

A_PAGE = 50


@signed_in
@require_safe
def access_log(request, code):
    family = get_object_or_404(Family.objects.visible_to(request.user), code=code)
    looks.record_read(family, looks.Part.ACCESS_LOG, by=request.user)
    entries = looks.entries_about(family)
    page = newest_first(entries, request.GET, by="seq", size=A_PAGE)
    context = {"family": family, "page": page, "looks": looks.as_looks(page.rows)}
    return render(request, "families/access_log.html", context)
