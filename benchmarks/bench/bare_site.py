"""A bare Django behind the same gunicorn: a page of as many bytes as the address says."""

import django
from django.http import HttpResponse

django.setup()

from bench.bare import Handler  # noqa: E402 -- once Django is set up

application = Handler(
    lambda request: HttpResponse("x" * int(request.GET.get("bytes", 0)))
)
