"""What cannot be written down does not happen, and shows nothing."""

import pytest
from django.urls import reverse

from families.models import Family
from privacy import audit
from privacy.models import AuditHead
from tests import cast
from tests.audit_answers import entry
from tests.house import House


@pytest.fixture(scope="module")
def people(made_once):
    return cast.everybody(cast.upesciems())


@pytest.fixture(scope="module")
def house(people):
    mediator = people["mediator"]
    house = House(mediator.factory_municipality, mediator, people["coordinator"])
    house.family.label = "Kārkliņu ģimene"
    house.family.save()
    return house


@pytest.fixture
def broken(db, client):
    """The database takes no further entry: the chain has lost its head."""
    audit.record(None, audit.Verb.LIST, Family)
    AuditHead.objects.all().delete()
    client.raise_request_exception = False


@pytest.mark.parametrize(
    ("who", "method", "name", "data"),
    [
        ("mediator", "get", "families:list", {}),
        ("mediator", "get", "families:detail", {}),
        ("mediator", "get", "families:update", {}),
        ("mediator", "post", "families:reveal", {"need": "call"}),
        ("mediator", "get", "families:access-log", {}),
        ("mediator", "get", "cases:visit-detail", {}),
        ("mediator", "post", "cases:visit-create", entry),
        ("mediator", "post", "cases:visit-delete", {}),
        ("mediator", "get", "reports:report", {}),
        ("mediator", "get", "reports:pdf", {}),
        ("mediator", "get", "reports:pdf-version", {}),
        ("coordinator", "get", "families:detail", {}),
        (
            "project_staff",
            "post",
            "reports:export",
            {"first": "2026-01", "last": "2026-02", "file_type": "xlsx"},
        ),
        ("project_staff", "post", "reports:export-fetch", {}),
        (None, "get", "reports:public", {}),
        (None, "get", "reports:public-pdf", {}),
        (None, "post", "account_login", {"login": "a@b.example", "password": "x"}),
    ],
)
def test_an_answer_that_cannot_be_noted_is_none(
    client, house, people, broken, who, method, name, data
):
    visits = house.family.visits.count()
    if who:
        client.force_login(people[who])
    data = data(house, people) if callable(data) else data

    response = getattr(client, method)(
        reverse(name, kwargs=house.arguments(name)), data
    )

    assert response.status_code == 500
    assert not response.streaming
    assert "Kārkliņ" not in response.content.decode()
    assert house.family.visits.count() == visits


@pytest.mark.parametrize("name", ["account_login", "offline:worker", "offline:pages"])
def test_signing_in_and_the_shell_of_the_phone_open_all_the_same(client, broken, name):
    assert client.get(reverse(name)).status_code == 200
