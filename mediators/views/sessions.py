"""A person's own sessions: where one is signed in, and an end to it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mediators.access import fresh_proof_required, open_without_factor
from mediators.devices import device_of, is_phone
from mediators.services import sessions
from privacy.access import signed_in


@dataclass(frozen=True)
class Line:
    """A session as the page shows it."""

    pk: int
    device: str
    is_phone: bool
    address: str
    began_at: datetime
    seen_at: datetime
    is_current: bool


def _line(session):
    return Line(
        pk=session.pk,
        device=device_of(session.user_agent),
        is_phone=is_phone(session.user_agent),
        address=session.ip,
        began_at=session.created_at,
        seen_at=session.last_seen_at,
        is_current=session.is_current(),
    )


@signed_in
@require_safe
def session_list(request):
    lines = [_line(session) for session in sessions.of(request.user)]
    return render(request, "mediators/sessions.html", {"sessions": lines})


@signed_in
@require_POST
@fresh_proof_required
def session_end(request, pk):
    if not sessions.end_one(request.user, pk):
        raise Http404
    messages.success(request, _("The session has ended."))
    return redirect("sessions")


@signed_in
@require_POST
@fresh_proof_required
def sessions_end_others(request):
    """Everywhere but here."""
    key = request.session.session_key
    sessions.end_all(request.user, by=request.user, but=key)
    messages.success(request, _("You are signed in here alone."))
    return redirect("sessions")


@signed_in
@open_without_factor
@require_http_methods(["GET", "HEAD", "POST"])
def session(request):
    """How many seconds are left; a POST says that somebody is there."""
    return JsonResponse({"seconds": sessions.seconds_left(request)})
