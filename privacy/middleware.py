"""Pages with personal data stay out of caches, frames, logs and reach of devices, and what
was refused is noted."""

import logging
import secrets
import time

from django.http import Http404, HttpResponseNotAllowed

from privacy.access import access_of
from privacy.log_lines import current_request
from privacy.refusals import NOTED, record_refusal

logger = logging.getLogger("tilts.requests")

# The clipboard and sharing are absent from the list: people use them. Passkeys too.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "hid",
        "idle-detection",
        "local-fonts",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "screen-wake-lock",
        "serial",
        "usb",
        "xr-spatial-tracking",
    )
)
PERMISSIONS_POLICY += (
    ", publickey-credentials-create=(self), publickey-credentials-get=(self)"
)
METHODS = ["GET", "HEAD", "POST"]
ASKED_BY_MACHINES = {"healthz", "readyz", "csp-report"}


class RequestLogMiddleware:
    """Numbers each request, tells the number in the answer and writes one line about it.

    The line says which page and how it ended, never what stood in the address, the
    form or the answer. The number is made here: one from outside could say anything.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        began = time.perf_counter()
        request.request_id = secrets.token_hex(6)
        token = current_request.set(request.request_id)
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request.request_id
            self.write_down(request, response, time.perf_counter() - began)
        finally:
            current_request.reset(token)
        return response

    def write_down(self, request, response, seconds):
        view = request.resolver_match.view_name if request.resolver_match else None
        is_routine = response.status_code < 400 and (
            view is None or view in ASKED_BY_MACHINES
        )
        facts = {
            "account": self.account_of(request),
            "method": request.method,
            "view": view,
            "status": response.status_code,
            "ms": round(seconds * 1000),
        }
        level = logging.DEBUG if is_routine else logging.INFO
        logger.log(level, "answered", extra={"facts": facts})

    @staticmethod
    def account_of(request):
        """Whoever was recognised on the way; a line in a log is worth no query."""
        user = getattr(request, "_cached_user", None)
        return str(user.pk) if user and user.pk else None


class ClosedToOthersMiddleware:
    """No other site may load what we answer, and no page reaches for devices."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class OnlyKnownMethodsMiddleware:
    """PUT, DELETE, OPTIONS, TRACE and the like end here: no page of ours takes them.

    Before any other rule is asked, and after it is known who asks: that is noted.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return None


class OnlyDeclaredMiddleware:
    """A view that does not declare to whom it opens, opens to nobody: it answers as an
    address that nobody ever made."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if access_of(view) is None:
            logger.error(
                "a view without declared access",
                extra={"facts": {"view": request.resolver_match.view_name}},
            )
            raise Http404


class PrivatePagesMiddleware:
    """A signed-in person's pages are never stored, not even by the own browser.

    Only what is the same for everybody and for ever may be.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        was_signed_in = request.user.is_authenticated
        response = self.get_response(request)
        is_for_everybody = "immutable" in response.get("Cache-Control", "")
        if not is_for_everybody and (was_signed_in or request.user.is_authenticated):
            response["Cache-Control"] = "no-store"
        return response


class NoteRefusalsMiddleware:
    """What was refused leaves an entry in the audit: a page of somebody else, a form from
    another site, a method that an address does not take, a session or a link that is over.

    The transaction of the request is over by then, so the entry has one of its own.
    Addresses that nobody ever made are not noted: nothing was refused there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = request.user if request.user.is_authenticated else None
        response = self.get_response(request)
        matched, status = request.resolver_match, response.status_code
        if matched and (status in NOTED or (person and status == 404)):
            # A view may say what was sent: then it stands in the form, not in the address
            arguments = getattr(request, "refused", matched.kwargs)
            record_refusal(person, matched.view_name, arguments, status)
        return response
