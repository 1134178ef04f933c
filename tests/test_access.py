"""The access matrix: what each person gets from every address, by every method.

All objects belong to the mediator; the outsider holds the same things in another
municipality. An address or method without a row here fails, so does a row without one.
"""

from itertools import cycle
from pathlib import Path

import pytest
from django.db import connection, reset_queries
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, reverse

from agenda.management.commands.print_urls import methods_of, walk
from mediators.models import Role
from privacy.access import LINK, PUBLIC, SIGNED_IN, TOKEN
from tests import cast
from tests.access_matrix import ROOMS, addresses, document
from tests.access_table import ACCESS, LOGIN, PEOPLE
from tests.asking import ask, signed_in
from tests.house import House, every_address, every_pattern
from tests.relation_table import PAGES, RELATIONS

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"}


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


@pytest.fixture(scope="module")
def browsers(people):
    return signed_in(people)


def answer_of(response):
    headers = {
        name: value
        for name, value in response.items()
        if name not in ("X-Request-Id", "Content-Security-Policy")
    }
    return response.status_code, headers, response.content


@pytest.fixture(scope="module")
def unknown(browsers):
    """What each person gets from an address that nobody ever made."""
    return {
        who: answer_of(ask(browser, "GET", "/nav-tadas-adreses/"))
        for who, browser in browsers.items()
    }


def test_the_columns_of_the_table_are_the_people(people):
    assert tuple(people) == tuple(PEOPLE)


@pytest.mark.parametrize(
    ("key", "expected"), ACCESS.items(), ids=[" ".join(key) for key in ACCESS]
)
def test_each_person_gets_the_answer_of_the_table(
    db, house, browsers, unknown, key, expected
):
    method, name = key
    address = reverse(name, kwargs=house.arguments(name))

    answers = {who: ask(browser, method, address) for who, browser in browsers.items()}

    assert tuple(outcome(answer) for answer in answers.values()) == expected
    refused = [who for who, answer in answers.items() if answer.status_code == 404]
    assert [who for who in refused if answer_of(answers[who]) != unknown[who]] == []


def test_every_address_has_a_row_for_each_method_that_it_takes():
    taken = {
        (method, name)
        for name, pattern in every_pattern()
        for method in methods_of(pattern.callback)
    }

    assert set(ACCESS) == {(method, name) for method, name in taken if method != "HEAD"}
    # HEAD goes with GET, nowhere alone
    assert {name for method, name in taken if method == "HEAD"} == {
        name for method, name in taken if method == "GET"
    }


def whoever_may(name):
    """The first person who gets more than a refusal from an address."""
    rows = [row for (_method, known), row in ACCESS.items() if known == name]
    for row in rows:
        for who, answer in zip(PEOPLE, row, strict=True):
            if answer not in (LOGIN, 404):
                return who
    return "mediator"


NOTED = ("django_session", "usersessions_usersession", "privacy_audit")


def written(queries):
    """Statements that change more than who was here last and what was refused."""
    return [
        query["sql"]
        for query in queries.captured_queries
        if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))
        and not any(table in query["sql"] for table in NOTED)
    ]


@pytest.mark.once
def test_any_other_method_is_refused_and_changes_nothing(db, house, browsers):
    wrong = []
    for name in every_address():
        address = reverse(name, kwargs=house.arguments(name))
        browser = browsers[whoever_may(name)]
        known = {method for method, known in ACCESS if known == name}
        for method in METHODS - known - ({"HEAD"} if "GET" in known else set()):
            # Django keeps the last 9000
            reset_queries()
            with CaptureQueriesContext(connection) as queries:
                status = ask(browser, method, address).status_code
            if status != 405 or written(queries):
                wrong.append((method, name, status, written(queries)))

    assert wrong == []


DECLARED = {row["name"]: row["access"] for row in walk(get_resolver())}


@pytest.mark.once
def test_every_view_declares_to_whom_it_opens():
    undeclared = [row for row in walk(get_resolver()) if not row["access"]]
    assert undeclared == []


@pytest.mark.once
@pytest.mark.parametrize(("key", "row"), ACCESS.items(), ids=map(" ".join, ACCESS))
def test_what_a_page_declares_is_what_the_table_says(db, people, key, row):
    """Who has no role of a page gets what nobody ever made; who has one, mostly more."""
    declared = DECLARED[key[1]]
    nobody, *others = row
    if declared == PUBLIC:
        # Which may ask to sign in by itself, for a deed or a second step
        return
    if declared in (LINK, TOKEN):
        assert nobody != LOGIN
        return
    assert nobody in (LOGIN, 401)
    if declared != SIGNED_IN:
        strangers = [
            answer
            for person, answer in zip(list(people.values())[1:], others, strict=True)
            if not person.has_role(*declared)
        ]
        assert set(strangers) <= {404}
        assert strangers != others


ADMINISTRATION = [
    row for row in walk(get_resolver()) if row["pattern"].startswith("parvaldiba")
]


@pytest.mark.once
def test_every_page_of_the_administration_declares_its_role():
    declared = {row["name"]: row["access"] for row in ADMINISTRATION}
    assert declared.pop("admin:login") == PUBLIC
    assert set(declared.values()) == {(Role.ADMINISTRATOR.value,)}


def test_the_administration_is_for_administrators_alone(db, browsers, unknown):
    """Each of its addresses for strangers and, in turn, for one of the others."""
    others = cycle(set(PEOPLE) - {"anonymous", "administrator"})
    for row, who in zip(ADMINISTRATION, others, strict=False):
        address = row["sample"]
        stranger = ask(browsers["anonymous"], "POST", address)
        assert outcome(stranger) == LOGIN, address
        assert answer_of(ask(browsers[who], "GET", address)) == unknown[who], address

    assert ask(browsers["administrator"], "GET", "/parvaldiba/").status_code == 200


@pytest.mark.parametrize("relation", RELATIONS)
def test_a_relation_opens_what_the_table_says(client, db, house, people, relation):
    bring_about, expected = RELATIONS[relation]
    client.force_login(bring_about(house, people))

    answers = [
        ask(client, "GET", reverse(name, kwargs=house.arguments(name)))
        for name in PAGES.values()
    ]

    assert tuple(map(outcome, answers)) == expected
    nothing = answer_of(ask(client, "GET", "/nav-tadas-adreses/"))
    assert all(answer_of(a) == nothing for a in answers if a.status_code == 404)


SENSELESS = (
    "?page=x&page=-1&q[]=1&q=%00&first=x&last=2026-99&until=1&csv=x&code=%00&saglabats=x"
    "&statuss=x&joma=x&joma=y&gimene=%F0%9F%A6%8A&veids=x&dzests=%00&laiks=x&next=//x.test"
    "&konts=abc&centrs=abc&kind=abc"
)
FAR_BACK = (
    "page=999999&pirms=999999999999999999&gads=0000&until=0001-01&menesis=0000-00"
    f"&diena=0001-01-01&period=2000&no=0001-01-01&kods=UPC-001&q={'w' * 300}"
)
FAR_AHEAD = (
    "page=abc&pec=999999999999999999&gads=9999&all=1&until=9999-12&menesis=9999-12"
    "&diena=9999-12-31&period=1999&first=2030-01&last=2000-01&lidz=9999-12-31&kods=UPC-001"
)


def test_senseless_parameters_break_no_page(db, house, browsers):
    """What a page does not understand it leaves out, or says so."""
    for (method, name), row in ACCESS.items():
        if method == "GET" and 200 in row and not house.arguments(name):
            address = reverse(name) + SENSELESS
            answer = ask(browsers[whoever_may(name)], "GET", address)
            assert answer.status_code in (200, 302, 404, 422), name


def whoever_sees_most(row):
    """Of those to whom a page opens the one with the most on it."""
    opens = [who for who, answer in zip(PEOPLE, row, strict=True) if answer == 200]
    return next(who for who in reversed(PEOPLE) if who in opens and who != "outsider")


@pytest.mark.once
def test_no_page_breaks_however_far_back_or_ahead_it_is_asked_for(
    db, house, people, browsers, monkeypatch
):
    for browser in browsers.values():
        monkeypatch.setattr(browser, "raise_request_exception", False)
    account = people["mediator"].pk
    broken = []
    for (method, name), row in ACCESS.items():
        # A drawing takes a second, and no day is asked of it
        if method != "GET" or 200 not in row or name.endswith("-pdf"):
            continue
        address = reverse(name, kwargs=house.arguments(name))
        for query in (FAR_BACK, FAR_AHEAD):
            browser = browsers[whoever_sees_most(row)]
            answer = ask(browser, "GET", f"{address}?konts={account}&{query}")
            if answer.status_code >= 500:
                broken.append(f"{name}?{query}")
    assert broken == []


WITHOUT_CSRF = {
    # Their forms are opened without a session: by a personal link, with a paper, by a browser
    "csp-report",
    "evaluation:answer",
    "reports:acknowledge",
    "reports:answer",
    "reports:verify-file",
    # They take no form: a POST is a wrong method
    *("healthz", "readyz"),
    # A cookie opens nothing here, and nothing is changed
    *(
        f"reports:api-{name}"
        for name in ("indicators", "openapi", "reports", "results")
    ),
    *("reports:api-targets", "reports:api-unknown"),
}


def test_only_what_needs_no_session_is_sent_without_the_csrf_token():
    exempt = {
        name
        for name, pattern in every_pattern()
        if getattr(pattern.callback, "csrf_exempt", False)
    }
    assert exempt == WITHOUT_CSRF


def test_the_matrix_that_people_read_is_the_one_that_is_tested():
    printed = Path(__file__).parent.parent / "docs/access-matrix.md"

    assert printed.read_text() == document(), "run scripts/access-matrix"
    assert {row["name"] for urls in ROOMS for row in addresses(urls)} == every_address()
