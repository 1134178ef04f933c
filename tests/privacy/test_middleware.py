import logging
from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse

from mediators.models import User
from privacy.log_lines import current_request
from privacy.middleware import (
    NoteRefusalsMiddleware,
    OnlyDeclaredMiddleware,
    OnlyKnownMethodsMiddleware,
    PrivatePagesMiddleware,
    RequestLogMiddleware,
)
from privacy.models import AuditEntry, Verb


@pytest.fixture
def answer_to(rf):
    """The response to somebody; what happens meanwhile may sign them in or out."""

    def answer(user, meanwhile=lambda request: None):
        def view(request):
            meanwhile(request)
            return HttpResponse(headers={"Cache-Control": "max-age=60"})

        request = rf.get("/")
        request.user = user
        return PrivatePagesMiddleware(view)(request)

    return answer


def sign_out(request):
    request.user = AnonymousUser()


def sign_in(request):
    request.user = User()


def test_a_page_of_somebody_signed_in_is_never_stored(answer_to):
    assert answer_to(User())["Cache-Control"] == "no-store"


def test_what_is_the_same_for_everybody_and_for_ever_may_be_stored(rf):
    for_ever = {"Cache-Control": "max-age=31536000, immutable"}
    request = rf.get("/")
    request.user = User()

    response = PrivatePagesMiddleware(lambda request: HttpResponse(headers=for_ever))(
        request
    )

    assert response["Cache-Control"] == for_ever["Cache-Control"]


def test_a_public_page_may_be_stored(answer_to):
    assert answer_to(AnonymousUser())["Cache-Control"] == "max-age=60"


def test_signing_in_and_out_is_never_stored(answer_to):
    assert answer_to(AnonymousUser(), meanwhile=sign_in)["Cache-Control"] == "no-store"
    assert answer_to(User(), meanwhile=sign_out)["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("method", "is_taken"),
    [("get", True), ("head", True), ("post", True), ("put", False), ("options", False)],
)
def test_no_page_takes_methods_that_none_of_ours_sends(rf, method, is_taken):
    door = OnlyKnownMethodsMiddleware(HttpResponse)

    answer = door.process_view(getattr(rf, method)("/"), HttpResponse, (), {})

    assert (answer is None) == is_taken
    if not is_taken:
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


def test_a_view_that_declares_nothing_opens_to_nobody_and_the_log_tells_which(
    rf, caplog
):
    request = rf.get("/")
    request.resolver_match = SimpleNamespace(view_name="families:forgotten")

    with pytest.raises(Http404):
        OnlyDeclaredMiddleware(HttpResponse).process_view(request, HttpResponse, (), {})

    [record] = caplog.records
    assert (record.name, record.levelname) == ("tilts.requests", "ERROR")
    assert record.getMessage() == "a view without declared access"
    assert record.facts == {"view": "families:forgotten"}


@pytest.fixture
def noted(rf, db):
    """What the audit keeps of a request of a stranger that was answered like this."""

    def note(status, **said):
        def view(request):
            vars(request).update(said)
            kwargs = {"code": "UPC-001"}
            request.resolver_match = SimpleNamespace(view_name="page", kwargs=kwargs)
            return HttpResponse(status=status)

        request = rf.get("/")
        request.user = AnonymousUser()
        NoteRefusalsMiddleware(view)(request)
        return [row.detail for row in AuditEntry.objects.filter(verb=Verb.REFUSE)]

    return note


@pytest.mark.parametrize("status", [401, 403, 405, 410, 429])
def test_each_answer_that_refuses_is_noted_with_what_stands_in_the_address(
    noted, status
):
    assert noted(status) == [{"view": "page", "object": "UPC-001", "status": status}]


@pytest.mark.parametrize("status", [200, 302, 400, 404, 409, 500])
def test_no_other_answer_is_a_refusal_to_a_stranger(noted, status):
    assert noted(status) == []


def test_of_what_was_sent_in_a_form_the_view_says_what_was_refused(noted):
    [refusal] = noted(403, refused={"code": "UPC-002"})

    assert refusal["object"] == "UPC-002"


# What the log tells of a request


@pytest.fixture
def logged(rf, caplog, monkeypatch):
    """The record of a request that takes 2.5 s."""
    moments = iter([10.0, 12.5])
    monkeypatch.setattr("time.perf_counter", lambda: next(moments))

    def answer(view_name, status=200, user=None):
        def view(request):
            answer.number = current_request.get()
            request.resolver_match = view_name and SimpleNamespace(view_name=view_name)
            request._cached_user = user
            return HttpResponse(status=status)

        with caplog.at_level(logging.DEBUG, "tilts.requests"):
            response = RequestLogMiddleware(view)(rf.get("/gimenes/UPC-001/"))
        assert answer.number == response["X-Request-Id"]
        [record] = [one for one in caplog.records if one.name == "tilts.requests"]
        return record

    return answer


def test_a_line_tells_who_asked_for_which_page_and_how_it_ended(logged):
    user = User()

    record = logged("families:detail", user=user)

    assert record.getMessage() == "answered"
    assert record.facts == {
        "account": str(user.pk),
        "method": "GET",
        "view": "families:detail",
        "status": 200,
        "ms": 2500,
    }


@pytest.mark.parametrize(
    ("view", "status", "level"),
    [
        ("families:detail", 200, "INFO"),
        ("healthz", 200, "DEBUG"),
        ("readyz", 200, "DEBUG"),
        ("readyz", 399, "DEBUG"),
        ("readyz", 400, "INFO"),
        ("readyz", 503, "INFO"),
        (None, 200, "DEBUG"),
        (None, 404, "INFO"),
    ],
)
def test_what_machines_ask_all_day_is_told_only_when_it_fails(
    logged, view, status, level
):
    assert logged(view, status).levelname == level
