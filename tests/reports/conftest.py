"""To whom reports go, and what carries them."""

import pytest

from tests.factories import ContactPersonFactory
from tests.reports.sink import Sink


@pytest.fixture
def contact(municipality):
    return ContactPersonFactory(municipality=municipality)


@pytest.fixture
def post(settings):
    """A mail server that takes what it is given."""
    with Sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink
