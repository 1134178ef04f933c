"""What people see when a request fails: what happened, whether the work is safe, what to do.

403, 404 and 429 are Django's and allauth's own with our templates. The pages of the
worst cases stand alone: nothing they would ask may be trusted to work.
"""

import errno
import sqlite3
import sys

from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

SECONDS_TO_WAIT = "30"
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
