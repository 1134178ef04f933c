"""URL × role: what each person gets from every address of the project.

All objects belong to the mediator; the outsider holds the same things in another
municipality. An address without a row here fails, so does a row without an address.
"""

import pytest
from django.db import transaction
from django.urls import reverse

from tests import cast
from tests.access_table import ACCESS, LOGIN
from tests.house import House, every_address, every_pattern


def outcome(response):
    """The status; a way to the sign-in page counts as LOGIN."""
    door = reverse("account_login")
    if response.status_code == 302 and response.url.startswith(door):
        return LOGIN
    return response.status_code


@pytest.fixture(scope="module")
def municipality(made_once):
    return cast.upesciems()


@pytest.fixture(scope="module")
def people(municipality):
    everybody = cast.everybody(municipality)
    return {"anonymous": None, **everybody, "outsider": cast.stranger()}


@pytest.fixture(scope="module")
def house(municipality, people):
    """Made once: each answer is followed by a rollback."""
    return House(municipality, people["mediator"], people["coordinator"])


def walk(client, house, people, address):
    """The answers to everybody, each from the same state of the database."""
    method, name = address
    for who in people.values():
        client.logout()
        if who:
            client.force_login(who)
        savepoint = transaction.savepoint()
        ask = getattr(client, method.lower())
        yield outcome(ask(reverse(name, kwargs=house.arguments(name))))
        transaction.savepoint_rollback(savepoint)


@pytest.mark.parametrize(
    ("address", "expected"), ACCESS.items(), ids=[" ".join(key) for key in ACCESS]
)
def test_each_person_gets_the_answer_of_the_table(
    client, db, house, people, address, expected
):
    assert tuple(walk(client, house, people, address)) == expected


def test_every_address_has_a_row_in_the_table():
    assert {name for _method, name in ACCESS} == every_address()


WITHOUT_CSRF = {
    # Their forms are opened without a session: by a personal link, with a paper, by a browser
    "csp-report",
    "reports:acknowledge",
    "reports:answer",
    "reports:verify-file",
}


def test_only_what_needs_no_session_is_sent_without_the_csrf_token():
    exempt = {
        name
        for name, pattern in every_pattern()
        if getattr(pattern.callback, "csrf_exempt", False)
    }
    assert exempt == WITHOUT_CSRF


def answer_of(response):
    headers = {
        name: value
        for name, value in response.items()
        if name not in ("X-Request-Id", "Content-Security-Policy")
    }
    return response.status_code, headers, response.content


@pytest.mark.once
@pytest.mark.parametrize("who", ["coordinator", "colleague", "outsider"])
def test_what_is_not_visible_answers_like_an_address_nobody_made(
    client, db, house, people, who
):
    client.force_login(people[who])
    unknown = answer_of(client.get("/nav-tadas-adreses/"))
    assert unknown[0] == 404
    different, compared = [], 0
    for method, name in ACCESS:
        arguments = house.arguments(name)
        address = reverse(name, kwargs=arguments)
        client.cookies.pop("messages", None)  # of a deed that was allowed
        savepoint = transaction.savepoint()
        answer = getattr(client, method.lower())(address) if arguments else None
        transaction.savepoint_rollback(savepoint)
        if answer is None or answer.status_code != 404:
            continue
        compared += 1
        if answer_of(answer) != unknown:
            different.append(name)
    assert compared > 30
    assert different == []
