"""What people, browsers and logs are told when a request fails."""

import errno
import logging
import sqlite3

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.http import HttpResponse
from django.urls import path, reverse

from config import urls
from privacy.fields import CannotDecrypt
from privacy.log_lines import JsonLines
from tests.factories import FamilyFactory

CANARY = "Kanārijputniņa"


def fails(error):
    @login_not_required
    def view(request):
        raise error

    return view


@login_not_required
def takes_much(request):
    return HttpResponse(request.POST.get("note"))


def locked():
    error = OperationalError("database is locked")
    error.__cause__ = sqlite3.OperationalError("database is locked")
    error.__cause__.sqlite_errorcode = sqlite3.SQLITE_BUSY
    return error


def no_such_table():
    error = OperationalError(f"no such table: {CANARY}")
    error.__cause__ = sqlite3.OperationalError()
    error.__cause__.sqlite_errorcode = sqlite3.SQLITE_ERROR
    return error


handler400, handler500 = urls.handler400, urls.handler500
urlpatterns = [
    path("locked/", fails(locked())),
    path("gone-away/", fails(OperationalError("server closed the connection"))),
    path("disk-full/", fails(OSError(errno.ENOSPC, "No space left"))),
    path("no-such-table/", fails(no_such_table())),
    path("broken/", fails(ValueError(f"{CANARY} ir slima"))),
    path("wrong-key/", fails(CannotDecrypt("families.Family.label"))),
    path("takes-much/", takes_much),
    *urls.urlpatterns,
]


@pytest.fixture
def client(client, db):
    client.raise_request_exception = False
    return client


@pytest.fixture
def lines(caplog):
    """What the log of an installation would hold."""
    caplog.set_level(logging.INFO)
    return lambda: "\n".join(map(JsonLines().format, caplog.records))


@pytest.mark.urls("tests.test_problems")
@pytest.mark.parametrize("address", ["locked", "gone-away", "disk-full"])
def test_what_passes_by_itself_asks_to_come_again(client, address):
    answer = client.get(f"/{address}/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    assert "nav saglabāts" in answer.content.decode()


@pytest.mark.urls("tests.test_problems")
@pytest.mark.parametrize("address", ["no-such-table", "broken", "wrong-key"])
def test_a_mistake_of_ours_is_no_matter_of_waiting(client, address):
    answer = client.get(f"/{address}/")

    assert (answer.status_code, answer.get("Retry-After")) == (500, None)


@pytest.mark.urls("tests.test_problems")
@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("post", "/takes-much/", 413),
        ("get", "/broken/", 500),
        ("get", "/locked/", 503),
        ("post", "/palidziba/", 405),
    ],
)
def test_a_problem_is_told_in_latvian_with_its_number(client, method, address, status):
    answer = getattr(client, method)(address, {"note": "x" * 2**20})

    html = answer.content.decode()
    assert answer.status_code == status
    assert '<html lang="lv"' in html
    assert html.count("<h1") == 1
    assert f"<b>{answer['X-Request-Id']}</b>" in html


def test_a_process_that_answers_asks_no_database(client, monkeypatch):
    def away(self):
        raise OperationalError("connection refused")

    with monkeypatch.context() as broken:
        broken.setattr(BaseDatabaseWrapper, "ensure_connection", away)
        assert client.get("/healthz").status_code == 200


def test_the_number_is_never_taken_from_outside(client):
    answer = client.get("/healthz", headers={"X-Request-Id": CANARY})

    assert CANARY not in answer["X-Request-Id"]


def test_a_refused_object_and_an_unknown_one_get_the_same_page(
    client, mediator, colleague
):
    hers = FamilyFactory(municipality=mediator.appointments.get().municipality)
    client.force_login(colleague)

    pages = [
        client.get(reverse("families:detail", args=[code]))
        for code in (hers.code, "UPC-999")
    ]

    assert pages[0].content == pages[1].content
    assert pages[0].status_code == 404
    assert pages[0]["X-Request-Id"] != pages[1]["X-Request-Id"]


@pytest.mark.urls("tests.test_problems")
def test_the_log_tells_page_account_and_result_and_never_what_was_typed(
    client, mediator, lines
):
    family = FamilyFactory(
        mediator=mediator,
        municipality=mediator.appointments.get().municipality,
        label=CANARY,
        note=f"{CANARY} zvanīja",
    )
    client.force_login(mediator)

    client.get(reverse("families:detail", args=[family.code]), {"q": CANARY})
    client.post(reverse("families:create"), {"label": CANARY})
    client.get(f"/{CANARY}/")
    client.get("/broken/", {"q": CANARY})
    client.get("/no-such-table/")

    log = lines()
    assert CANARY not in log
    assert '"view": "families:detail", "status": 200, "ms": ' in log
    assert str(mediator.pk) in log
    assert '"kind": "builtins.ValueError", "at": ["' in log


def test_a_line_of_the_log_never_holds_a_statement_with_its_parameters(
    db, lines, settings
):
    settings.DEBUG = True
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s", [CANARY])

    assert CANARY not in lines()
