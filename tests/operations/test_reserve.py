"""A disk that is nearly full takes nothing more, and everything can still be read."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from config.problems import ReserveMiddleware
from families.models import Family
from tests.access_table import ACCESS
from tests.factories import FamilyFactory
from tests.operations.conftest import Usage

MB = 1024 * 1024


@pytest.fixture
def room(monkeypatch):
    def leave(free, total=10**12):
        usage = Usage(total, free)
        monkeypatch.setattr("privacy.readiness.shutil.disk_usage", lambda _: usage)

    return leave


def test_nothing_new_is_taken_and_reading_goes_on(client, mediator, room):
    family = FamilyFactory(
        mediator=mediator, municipality=mediator.factory_municipality
    )
    client.force_login(mediator)
    room(1)
    families = Family.objects.count()

    answer = client.post(reverse("families:create"), {"label": "Ozoli"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    assert "Nav vietas" in answer.content.decode()
    assert Family.objects.count() == families
    assert client.get(family.get_absolute_url()).status_code == 200

    room(65 * MB)
    assert client.post(reverse("families:create"), {}).status_code != 503


def test_people_sign_in_and_out_also_then(client, mediator, room):
    room(1)

    assert client.post(reverse("account_login"), {}).status_code != 503
    client.force_login(mediator)
    assert client.post(reverse("account_logout")).status_code == 302


def test_what_goes_on_is_named_as_its_address_is():
    named = {("POST", name) for name in ReserveMiddleware.GOES_ON}

    assert named - ACCESS.keys() == set()


def test_names_are_sought_and_hidden_also_then(client, mediator, room):
    client.force_login(mediator)
    room(1)

    for name in ("families:list", "municipalities:contact-list", "hide-names"):
        assert client.post(reverse(name), {"q": "Ozoli"}).status_code == 302


def test_a_database_that_is_away_is_told_calmly(client, mediator, monkeypatch):
    client.force_login(mediator)
    client.raise_request_exception = False

    def gone(*_, **__):
        raise OperationalError("the connection was closed by somebody's server")

    with monkeypatch.context() as away:
        away.setattr("django.db.backends.base.base.BaseDatabaseWrapper.cursor", gone)
        answer = client.get(reverse("agenda:today"))

    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert "somebody" not in answer.content.decode()
