"""Does it run: a page for administrators, numbers for monitoring. Nobody's data on either."""

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.crypto import constant_time_compare
from django.views.decorators.http import require_safe

from mediators.access import role_required
from mediators.models import Role
from operations import figures, findings, metrics
from privacy.access import by_token


@require_safe
@role_required(Role.ADMINISTRATOR)
def system(request):
    """What is not in order and what to do; what waits, what failed, how much room is left.

    The mail server is not asked here: whoever looks would wait for it.
    """
    found = findings.find(asks_the_mail_server=False)
    context = {
        "wrong": [one for one in found if not one.holds],
        "right": [one for one in found if one.holds],
        "numbers": figures.numbers(),
        "failed": figures.failed_by_kind(),
        "backup": figures.last_backup(),
        "version": settings.VERSION,
    }
    return render(request, "operations/system.html", context)


@transaction.non_atomic_requests
@by_token
@require_safe
def numbers(request):
    """For Prometheus, with the token of ``METRICS_TOKEN_FILE``; for others it is not there."""
    sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(
        sent, settings.METRICS_TOKEN
    ):
        raise Http404
    return HttpResponse(
        metrics.text(),
        content_type="text/plain; version=0.0.4; charset=utf-8",
        headers={"Cache-Control": "no-store"},
    )
