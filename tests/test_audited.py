"""Address × method: what each leaves in the audit chain.

An address or a method of one that is missing in the table fails, so does a row that
writes other verbs than it says.
"""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test.signals import template_rendered
from django.urls import resolve, reverse

from privacy.models import AuditEntry
from tests import cast
from tests.access_table import ACCESS, LOGIN
from tests.audit_answers import CHANGES
from tests.audit_table import AUDITED, BY, ELSEWHERE
from tests.filling import filled
from tests.house import House

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def people(made_once):
    municipality = cast.upesciems()
    return {"anonymous": None, **cast.everybody(municipality)}


@pytest.fixture(scope="module")
def house(people):
    mediator, coordinator = people["mediator"], people["coordinator"]
    return House(mediator.factory_municipality, mediator, coordinator)


def whoever_may(people, method, name):
    """The first person whom the table of access lets in."""
    answers = dict(zip(people, ACCESS[method, name], strict=False))
    return next(who for who, answer in answers.items() if answer not in (LOGIN, 404))


def let_in(client, house, people, method, name):
    """The address, opened by the right person."""
    who = people[BY.get((method, name)) or whoever_may(people, method, name)]
    client.logout()
    if who:
        client.force_login(who)
    return reverse(name, kwargs=house.arguments(name))


def send(client, address, changes, *, opens_first):
    """The form as the page opens with it, after the changes of a person."""
    page = client.get(address).content.decode() if opens_first else ""
    before = AuditEntry.objects.count()
    return client.post(address, filled(page, address, **changes)), before


def written(since):
    rows = AuditEntry.objects.order_by("seq")[since:]
    return [f"{row.verb} {row.object_type.partition('.')[2]}" for row in rows]


@contextmanager
def drawn_late():
    """The templates that are drawn while everybody who writes an entry waits."""
    written, late = [], []

    def note(execute, sql, *rest):
        if sql.startswith('INSERT INTO "privacy_auditentry"'):
            written.append(sql)
        return execute(sql, *rest)

    def draw(template, **_):
        if written:
            late.append(template.name)

    template_rendered.connect(draw)
    with connection.execute_wrapper(note):
        yield late
    template_rendered.disconnect(draw)


def is_free_of_transactions(url):
    """Whether the view has its own ones, which are over when its page is drawn."""
    return bool(getattr(resolve(url).func, "_non_atomic_requests", None))


OPENED = {key: row for key, row in AUDITED.items() if row != ELSEWHERE}


@pytest.mark.parametrize(
    ("address", "expected"), OPENED.items(), ids=[" ".join(key) for key in OPENED]
)
def test_each_answer_leaves_the_entries_of_the_table_when_it_is_drawn(
    client, db, house, people, address, expected
):
    method, name = address
    url = let_in(client, house, people, method, name)
    before = AuditEntry.objects.count()
    if method == "GET":
        with drawn_late() as late:
            response = client.get(url)
        assert late == [] or is_free_of_transactions(url)
    else:
        changes = CHANGES.get(name, lambda *_: {})(house, people)
        opens = ("GET", name) in AUDITED
        response, before = send(client, url, changes, opens_first=opens)

    assert response.status_code in (200, 201, 204, 302, 422), response.status_code
    verbs = [] if expected.startswith("—") else sorted(expected.split(", "))
    assert sorted(written(before)) == verbs, _errors(response)


def _errors(response):
    context = getattr(response, "context", None) or {}
    return "form" in context and context["form"].errors.as_json()


def test_every_address_has_a_row_for_each_method_that_it_answers():
    """``tests/test_access.py`` holds the keys of that table against the addresses."""
    assert set(AUDITED) == set(ACCESS)
