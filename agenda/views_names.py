"""One tap hides the names of families from whoever else sees the screen, or shows them."""

from datetime import timedelta

from django.conf import settings
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from families.hidden_names import HIDDEN, SHOWN, cookie
from mediators.access import role_required
from mediators.models import Role

A_YEAR = timedelta(days=365)


@role_required(Role.MEDIATOR)
@require_POST
def hide_names(request):
    """For browsers without scripts; with them ``hide-names.js`` writes the same cookie."""
    address = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(
        address, {request.get_host()}, request.is_secure()
    ):
        address = "home"
    response = redirect(address)
    response.set_cookie(
        cookie(),
        SHOWN if request.POST.get("names") == SHOWN else HIDDEN,
        max_age=A_YEAR,
        secure=settings.HTTPS,
        samesite="Lax",
    )
    return response
