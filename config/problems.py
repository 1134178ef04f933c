"""What people see when a request fails: what happened, whether the work is safe, what to do.

403, 404 and 429 are Django's and allauth's own with our templates. The pages of the
worst cases stand alone: nothing they would ask may be trusted to work.
"""

import errno
import logging
import sqlite3
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from privacy import readiness

logger = logging.getLogger("tilts.problems")

SECONDS_TO_WAIT = "30"
SECONDS_TO_WAIT_FOR_ROOM = "600"
# What passes by itself or when space is made; a missing table does not
PASSING_CODES_OF_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}
PASSING_CODES_OF_THE_SYSTEM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS}


def bad_request(request, exception):
    if isinstance(exception, RequestDataTooBig):
        return _standing_alone(request, "413.html", 413)
    return _standing_alone(request, "400.html", 400)


def server_error(request):
    """500, or 503 where the same request may succeed in a moment."""
    if will_pass(sys.exception()):
        response = _standing_alone(request, "503.html", 503)
        response["Retry-After"] = SECONDS_TO_WAIT
        return response
    return _standing_alone(request, "500.html", 500)


def will_pass(error):
    """The database is locked, full or away, or the disk is full."""
    if isinstance(error, OperationalError | InterfaceError):
        cause = error.__cause__
        if isinstance(cause, sqlite3.Error):
            code = getattr(cause, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
            return code & 0xFF in PASSING_CODES_OF_SQLITE
        return True
    return isinstance(error, OSError) and error.errno in PASSING_CODES_OF_THE_SYSTEM


def _standing_alone(request, template, status):
    context = {"reference": request.request_id}
    return HttpResponse(render_to_string(template, context), status=status)


class ReserveMiddleware:
    """Takes nothing more when the disk is nearly full, while there is still room to read.

    Who reads is noted, so reading needs room as well. Signing in and out go on, and so
    does what is read by a form: a search, a telephone number, the hiding of names.
    """

    GOES_ON = {
        "cases:resource-list",
        "families:list",
        "families:reveal",
        "hide-names",
        "municipalities:contact-list",
        "reports:verify-file",
        "account_login",
        "account_logout",
        "account_reauthenticate",
        "mfa_authenticate",
        "mfa_login_webauthn",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "session",
        "csp-report",
    }

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        goes_on = request.resolver_match.view_name in self.GOES_ON
        if request.method != "POST" or goes_on or not readiness.is_reserve_touched():
            return None
        logger.error("refused to store: the disk is nearly full")
        response = _standing_alone(request, "nearly_full.html", 503)
        response["Retry-After"] = SECONDS_TO_WAIT_FOR_ROOM
        return response


class ExplainedMethodsMiddleware:
    """A page instead of Django's empty answer where an address takes no such request."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 405:
            return response
        if not response.content and request.accepts("text/html"):
            page = render(request, "405.html", status=405)
            page["Allow"] = response["Allow"]
            response = page
        response["Cache-Control"] = "no-store"
        return response
