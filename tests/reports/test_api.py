"""Programs of project staff read numbers by a token, and nothing by anything else."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from mediators.models import Appointment, Role
from mediators.services.sessions import BEGAN
from privacy import audit
from privacy.models import AuditEntry, AuditHead
from reports.api.answering import OF_A_TOKEN, OF_AN_ADDRESS
from reports.models import ApiScope, ApiToken
from reports.services.telling import tell_due
from tests.factories import ApiTokenFactory, AppointmentFactory
from tests.house import every_address

pytestmark = pytest.mark.django_db

SECRET = "tilts_" + "t" * 43
BASE = "/api/v1/"
ADDRESSES = {
    "indicators/": ApiScope.INDICATORS,
    "results/?period=2026-Q3": ApiScope.INDICATORS,
    "targets/?year=2026": ApiScope.TARGETS,
    "reports/?period=2026-09": ApiScope.REPORTS,
    "openapi.json": None,
}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime(2026, 11, 12, 8, 15, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def told(db):
    """What is due was told, so that there is something to answer with."""
    tell_due()


@pytest.fixture
def token(project_staff):
    return ApiTokenFactory(token=SECRET, owner=project_staff)


@pytest.fixture
def ask(client):
    """An answer to a program, by default with the good token."""

    def get(address, secret=SECRET, **options):
        headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        return client.get(BASE + address, headers=headers, **options)

    return get


def last_entry():
    return AuditEntry.objects.order_by("-seq").first()


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_token_opens_each_address_and_leaves_one_entry(told, ask, token, address):
    before = AuditEntry.objects.count()

    response = ask(address)

    assert response.status_code == 200
    assert response["Content-Type"] == "application/json"
    assert response["Cache-Control"] == "no-store"
    assert "ETag" not in response
    assert AuditEntry.objects.count() == before + 1
    entry = last_entry()
    assert (entry.actor, entry.verb, entry.object_id) == (
        token.owner.pk,
        "link_view",
        str(token.pk),
    )
    assert entry.detail["page"] == f"api-{address.partition('/')[0].partition('.')[0]}"


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_session_opens_nothing_here(client, project_staff, address):
    client.force_login(project_staff)

    assert client.get(BASE + address).status_code == 401


def expired(token):
    token.expires_at = timezone.now()
    token.made_at = token.expires_at - timedelta(days=1)
    token.save()


def revoked(token):
    token.revoked_at = timezone.now()
    token.save()


def deactivated(token):
    token.owner.is_active = False
    token.owner.save()


def left(token):
    Appointment.objects.filter(user=token.owner).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )


def other_role(token):
    token.owner.appointments.all().delete()
    AppointmentFactory(user=token.owner, role=Role.LEAD_MEDIATOR, municipality=None)


@pytest.mark.parametrize("end", [expired, revoked, deactivated, left, other_role])
def test_a_token_that_is_over_gets_the_answer_of_none(ask, token, end):
    assert ask("indicators/").status_code == 200
    end(token)

    over, none, wrong = (
        ask("indicators/", secret) for secret in (SECRET, "", "tilts_" + "x" * 43)
    )

    assert over.status_code == none.status_code == wrong.status_code == 401
    assert over.content == none.content == wrong.content
    assert over["WWW-Authenticate"] == "Bearer"
    assert over["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", f"Basic {SECRET}", f"Token {SECRET}", SECRET]
)
def test_only_the_header_of_a_bearer_counts(client, token, header):
    response = client.get(
        f"{BASE}indicators/?token={SECRET}&access_token={SECRET}",
        headers={"Authorization": header},
    )

    assert response.status_code == 401


@pytest.mark.parametrize(("address", "scope"), ADDRESSES.items())
def test_what_a_token_does_not_open_is_what_nobody_ever_made(
    ask, token, address, scope
):
    token.scopes = [other.value for other in ApiScope if other != scope]
    token.save()

    response, unknown = ask(address), ask("families/")

    assert unknown.status_code == 404
    if scope:
        assert (response.status_code, response.content) == (404, unknown.content)
        assert last_entry().verb == "refuse"
        assert last_entry().detail["view"].startswith("reports:api-")


@pytest.mark.parametrize(
    "address",
    [
        "results/",
        "results/?period=",
        "results/?period=2026-13",
        "results/?period=2026-Q5",
        "results/?period=2026-01-01/2026-01-31",
        "results/?period=2026&municipality=upesciems",
        "results/?period=2026-11",
        "results/?period=2026-Q4",
        "results/?period=2026",
        "targets/?year=2027",
        "results/?period=2027",
        "targets/?year=2026-01",
        "targets/?year=x",
        "reports/?period=2027-Q1",
        "reports/?period=2026&limit=0",
        "reports/?period=2026&limit=21",
        "reports/?period=2026&limit=x",
        "reports/?period=2026&before=x",
        "indicators/?period=2026",
        "openapi.json?x",
    ],
)
def test_what_makes_no_sense_is_refused_in_a_sentence(ask, token, address):
    response = ask(address)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == 400
    assert problem["detail"].endswith(".")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_any_other_method_is_refused_before_anything_else(client, token, method):
    response = getattr(client, method)(
        f"{BASE}indicators/", headers={"Authorization": f"Bearer {SECRET}"}
    )

    assert response.status_code == 405
    assert "GET" in response["Allow"]
    assert response["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == 405


@pytest.mark.parametrize("address", ["", "v1", "v1/", "v1/results", "v2/results/", "x"])
def test_there_is_no_page_for_people_under_the_addresses_for_programs(client, address):
    response = client.get(f"/api/{address}")

    assert response.status_code in (401, 404)
    assert response.json()["status"] == response.status_code


def test_what_fails_is_told_to_a_program_too(client, token, monkeypatch):
    def fail(*args):
        raise RuntimeError

    monkeypatch.setattr("reports.answers.indicators", fail)
    client.raise_request_exception = False

    response = client.get(
        f"{BASE}indicators/", headers={"Authorization": f"Bearer {SECRET}"}
    )

    assert (response.status_code, response.json()["status"]) == (500, 500)


def test_a_head_is_answered_like_a_get(client, token):
    response = client.head(
        f"{BASE}indicators/", headers={"Authorization": f"Bearer {SECRET}"}
    )

    assert (response.status_code, response.content) == (200, b"")


def test_a_program_that_asks_too_often_waits_for_the_next_minute(ask, token):
    answers = [ask("openapi.json").status_code for _ in range(OF_A_TOKEN + 1)]

    assert answers == [200] * OF_A_TOKEN + [429]
    refused = ask("openapi.json")
    assert int(refused["Retry-After"]) > 0
    assert refused.json()["status"] == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=1), tick=False):
        assert ask("openapi.json").status_code == 200


def test_secrets_are_not_guessed_without_end(ask):
    answers = {ask("openapi.json", f"{n}").status_code for n in range(OF_AN_ADDRESS)}

    assert answers == {401}
    assert ask("openapi.json", "another").status_code == 429


def test_the_day_of_use_is_kept_and_nothing_more(ask, token):
    ask("openapi.json")

    token.refresh_from_db()
    assert token.used_on == timezone.localdate()


def test_no_address_for_programs_opens_without_the_scopes_of_a_token():
    names = {name for name in every_address() if name.startswith("reports:api-")}

    assert names - {"reports:api-tokens", "reports:api-token-end"} == {
        *(f"reports:api-{name}" for name in ("indicators", "results", "targets")),
        *(f"reports:api-{name}" for name in ("reports", "openapi", "unknown")),
    }


def test_a_session_is_neither_begun_nor_kept_alive(client, ask, token):
    ask("openapi.json")

    assert BEGAN not in client.session
    assert "set-cookie" not in {name.lower() for name in ask("openapi.json").headers}


def test_a_token_for_few_never_becomes_one_for_all(told, ask, token, municipality):
    token.reaches_all = False
    token.save()
    token.municipalities.set([municipality])
    token.municipalities.clear()

    assert ask("results/?period=2026-Q3").json()["rows"] == []
    assert ApiToken.objects.get().places.count() == 0


def test_an_answer_that_cannot_be_noted_is_none(told, client, ask, token):
    audit.record(None, audit.Verb.LIST, ApiToken)
    AuditHead.objects.all().delete()
    client.raise_request_exception = False

    response = ask("results/?period=2026-Q3")

    assert response.status_code == 500
    assert b"rows" not in response.content
