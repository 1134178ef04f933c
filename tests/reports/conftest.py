"""To whom reports go, and what carries them."""

import pytest

from reports import pdf
from tests.factories import ContactPersonFactory
from tests.reports.sink import Sink


@pytest.fixture
def contact(municipality):
    return ContactPersonFactory(municipality=municipality)


@pytest.fixture
def undrawn(monkeypatch):
    """A PDF holds what its page said before another process drew it.

    For tests of how a report travels; how it is drawn is the matter of ``test_paper``.
    """
    monkeypatch.setattr(
        pdf, "drawn", lambda html, seconds: (b"%PDF" + html.encode(), 1)
    )


@pytest.fixture
def post(settings):
    """A mail server that takes what it is given."""
    with Sink() as sink:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
        yield sink
