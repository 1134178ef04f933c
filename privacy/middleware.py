"""Pages with personal data stay out of caches, frames and reach of devices."""

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
