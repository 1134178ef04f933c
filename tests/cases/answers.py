"""What a browser sends from the log form."""

import uuid

from django.utils import timezone


def answers(**changes):
    """The five required answers about nobody in particular; None leaves one out."""
    given = {
        "client_uuid": str(uuid.uuid4()),
        "family": "none",
        "kind": "home_visit",
        "visited_on": timezone.localdate().isoformat(),
        "minutes": "45",
        "areas": ["education"],
    } | changes
    return {name: value for name, value in given.items() if value is not None}


def codes(response):
    """What the form complains about: ``{field: [code, …]}``."""
    errors = response.context["form"].errors.as_data()
    return {name: [error.code for error in found] for name, found in errors.items()}
