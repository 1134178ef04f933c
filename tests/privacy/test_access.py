"""A view opens to those whom it declares, and to nobody where it declares nothing."""

import logging

import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from config import urls
from mediators.access import role_required
from mediators.models import Role
from privacy.access import (
    LINK,
    PUBLIC,
    SIGNED_IN,
    TOKEN,
    access_of,
    by_link,
    by_token,
    signed_in,
)

pytestmark = pytest.mark.urls("tests.privacy.test_access")


def page(request):
    return HttpResponse("Ozoli")


def one():
    """A view that nobody has declared anything about yet."""
    return lambda request: page(request)


handler400, handler500 = urls.handler400, urls.handler500
urlpatterns = [
    path("nekam/", one(), name="undeclared"),
    path("visiem/", login_not_required(one())),
    path("kontiem/", signed_in(one())),
    *urls.urlpatterns,
]


@pytest.mark.django_db
def test_a_view_that_declares_nothing_is_there_for_nobody(
    client, administrator, caplog
):
    for person in (None, administrator):
        if person:
            client.force_login(person)
        caplog.clear()
        with caplog.at_level(logging.ERROR, "tilts.requests"):
            refused, unknown = client.get("/nekam/"), client.get("/tadas-nav/")

        assert refused.status_code == unknown.status_code == 404
        assert refused.content == unknown.content
        [line] = [row for row in caplog.records if row.name == "tilts.requests"]
        assert line.facts == {"view": "undeclared"}


@pytest.mark.django_db
def test_what_is_declared_opens(client, mediator):
    assert client.get("/visiem/").content == b"Ozoli"
    assert client.get("/kontiem/").status_code == 302
    client.force_login(mediator)
    assert client.get("/kontiem/").content == b"Ozoli"


@pytest.mark.parametrize(
    ("declare", "expected"),
    [
        (lambda view: view, None),
        (login_not_required, PUBLIC),
        (by_link, LINK),
        (by_token, TOKEN),
        (signed_in, SIGNED_IN),
        (role_required(Role.MEDIATOR), ("mediator",)),
    ],
)
def test_one_declaration_is_read_by_all(declare, expected):
    assert access_of(declare(one())) == expected


@pytest.mark.parametrize("declare", [by_link, by_token])
def test_a_link_or_a_token_asks_for_no_account(declare):
    assert declare(one()).login_required is False
