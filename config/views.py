"""What machines ask: does it live, can it work, whom to tell of a weakness."""

import json
import logging
import time
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from privacy import readiness

logger = logging.getLogger("tilts.csp")

LONGEST_REPORT = 16 * 1024
TOLD_EVERY = 60
"""Seconds."""
told_at = {}
"""When a rule stood in the log for the last time; as many as the policy has rules."""


# Without a session there is no token: a POST is a wrong method and nothing worse.
@csrf_exempt
@transaction.non_atomic_requests
@login_not_required
@require_safe
def healthz(request):
    """The process answers; says nothing else, and asks no database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


# As above
@csrf_exempt
@transaction.non_atomic_requests
@login_not_required
@require_safe
def readyz(request):
    """``ok``, ``warn`` or ``fail``. What it is about stands in the log."""
    worst = readiness.worst(readiness.look())
    return HttpResponse(
        f"{worst}\n",
        content_type="text/plain; charset=utf-8",
        status=503 if worst == readiness.FAIL else 200,
        headers={"Cache-Control": "no-store"},
    )


@login_not_required
@require_safe
def security_txt(request):
    """RFC 9116. It expires half a year ahead, so it is never past while somebody serves it."""
    expires = timezone.now() + timedelta(days=182)
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%d}T00:00:00Z",
        "Preferred-Languages: lv, en",
        f"Canonical: {settings.SITE_URL}{reverse('security-txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", "text/plain; charset=utf-8")


# Browsers send it on their own, without a token; it stores nothing.
@csrf_exempt
@transaction.non_atomic_requests
@login_not_required
@require_POST
def csp_report(request):
    """A page met something the policy refuses: one line says which rule, nothing more.

    Reports quote addresses and pieces of pages, so they are not kept.
    """
    directive = _directive(request.read(LONGEST_REPORT))
    if _is_news(directive):
        logger.warning("policy refused something", extra={"facts": {"rule": directive}})
    return HttpResponse(status=204)


def _is_news(directive):
    """Once a minute for a rule and a process: anybody can send such reports."""
    now = time.monotonic()
    if now - told_at.get(directive, -TOLD_EVERY) < TOLD_EVERY:
        return False
    told_at[directive] = now
    return True


def _directive(body):
    """The name of the rule, if it is one of ours."""
    try:
        report = json.loads(body)["csp-report"]
        told = report.get("effective-directive") or report["violated-directive"]
        name = told.split()[0].removesuffix("-elem").removesuffix("-attr")
    except (ValueError, LookupError, TypeError, AttributeError):
        return "unknown"
    known = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    return name if name in known else "unknown"
