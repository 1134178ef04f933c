"""To whom reports go, what carries them, and who takes numbers out or reads them."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.urls import reverse

from mediators.models import Role
from privacy import sealed_files
from reports import pdf
from reports.services.telling import tell_due
from tests.factories import (
    ApiTokenFactory,
    ContactPersonFactory,
    InstitutionFactory,
    UserFactory,
    VisitFactory,
)
from tests.reports.exporting import files
from tests.reports.sink import Sink

NOW = datetime(2026, 11, 12, 8, 15, tzinfo=UTC)


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
    """``read("results", period="2026-Q1")``: what a program gets, as Python values.

    As the night before, what is due is told first.
    """

    def get(name, **query):
        tell_due()
        response = client.get(
            reverse(f"reports:api-{name}"),
            query,
            headers={"Authorization": f"Bearer {'t' * 43}"},
        )
        assert response.status_code == 200, response.content
        return response.json()

    return get


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def no_files():
    """The storage of the tests outlives each of them."""
    for name in files():
        sealed_files.forget(f"{sealed_files.FOLDER}/{name}")


@pytest.fixture
def staff(client):
    user = UserFactory(
        first_name="Līga", last_name="Grava", role=Role.PROJECT_STAFF, language="en"
    )
    client.force_login(user)
    return user


@pytest.fixture
def visit(municipality, mediator):
    return VisitFactory(
        mediator=mediator,
        municipality=municipality,
        institution=InstitutionFactory(municipality=municipality, name="=1+1"),
        visited_on=date(2026, 10, 5),
        minutes=75,
    )
