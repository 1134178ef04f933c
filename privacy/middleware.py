"""Pages with personal data stay out of caches, frames and reach of devices, and what
was refused is noted."""

from privacy.refusals import record_refusal

# Passkeys, the clipboard and sharing are absent from the list: people use them.
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
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = PERMISSIONS_POLICY
        return response


class NoteRefusalsMiddleware:
    """A page that is not there for a signed-in person leaves an entry in the audit.

    The transaction of the request is over by then, so the entry has one of its own.
    Addresses that nobody ever made are not noted: nothing was refused there.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        person = request.user if request.user.is_authenticated else None
        response = self.get_response(request)
        matched = request.resolver_match
        if person and matched and response.status_code == 404:
            record_refusal(person, matched.view_name, matched.kwargs)
        return response
