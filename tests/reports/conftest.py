"""To whom reports go, what carries them, and who reads numbers by a program."""

import pytest
from django.urls import reverse

from reports import pdf
from tests.factories import ApiTokenFactory, ContactPersonFactory
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


@pytest.fixture
def api_token(project_staff):
    """Of a program that reads everything; its secret is “tttt…”."""
    return ApiTokenFactory(token="t" * 43, owner=project_staff)


@pytest.fixture
def read(client, api_token):
    """``read("results", period="2026-Q1")``: what a program gets, as Python values."""

    def get(name, **query):
        response = client.get(
            reverse(f"reports:api-{name}"),
            query,
            headers={"Authorization": f"Bearer {'t' * 43}"},
        )
        assert response.status_code == 200, response.content
        return response.json()

    return get
