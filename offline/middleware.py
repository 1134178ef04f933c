"""Lets the phone tell our pages from those of a hotel's or a school's network."""


class SayWhoAnswersMiddleware:
    """Every answer of ours carries a mark that a captive portal does not know."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        response["X-Tilts"] = "1"
        return response
