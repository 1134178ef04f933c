"""The web server of the journeys: a worker that follows a killed one answers at once."""

from django.urls import get_resolver


def when_ready(server):
    """Load all pages before the first worker is forked."""
    assert get_resolver().url_patterns
