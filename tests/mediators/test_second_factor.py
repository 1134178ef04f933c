"""Password and a second step: what opens without it, which codes are right, and how often."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core import mail

from mediators import factors
from privacy.models import AuditEntry, Verb
from tests.factories import AppFactory, UserFactory
from tests.mediators.codes import SECRET, code, sign_in
from tests.parallel import in_parallel

CODE_PAGE = "/ieiet/kods/"


@pytest.fixture
def person(mediator):
    """A mediator with an app."""
    return AppFactory(user=mediator).user


def send(client, digits):
    return client.post(CODE_PAGE, {"code": digits})


def is_in(client):
    return "_auth_user_id" in client.session


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.mark.parametrize("name", ["mediator", "coordinator", "administrator"])
def test_without_a_second_factor_only_its_pages_open(client, request, required, name):
    client.force_login(request.getfixturevalue(name))

    for page in ("/iestatijumi/", "/ierice/", "/parvaldiba/", "/iestatijumi/drosiba/"):
        assert client.get(page).url == "/otrais-solis/", page
    for page in ("/otrais-solis/", "/iestatijumi/drosiba/lietotne/", "/palidziba/"):
        assert client.get(page).status_code == 200, page
    assert client.post("/iziet/").status_code == 302


def test_a_phone_keeps_what_it_cannot_send_yet(client, mediator, required):
    client.force_login(mediator)

    response = client.post("/ieraksti/sutit/", {}, HTTP_ACCEPT="application/json")

    assert response.status_code == 401, "its script keeps the entry and says: sign in"
    assert response.json() == {"problem": "second_factor"}


def test_setting_up_an_app_ends_with_the_codes_and_opens_everything(
    client, mediator, required, run_tasks
):
    client.force_login(mediator)
    page = client.get("/iestatijumi/drosiba/lietotne/")
    secret = page.context["form"].secret

    response = client.post("/iestatijumi/drosiba/lietotne/", {"code": code(0, secret)})
    assert response.url == "/iestatijumi/drosiba/kodi/"
    assert client.get("/sodien/").url == "/otrais-solis/", "the codes were not seen yet"

    shown = client.get(response.url).context["unused_codes"]
    assert len(set(shown)) == 10
    again = client.get("/iestatijumi/drosiba/kodi/")
    assert not set(shown) & set(again.context["unused_codes"]), "they are shown once"
    assert client.get("/sodien/").status_code == 200
    assert AuditEntry.objects.filter(
        verb=Verb.CREATE, object_type="mfa.authenticator", actor=mediator.pk
    ).exists()
    run_tasks()
    assert [letter.to for letter in mail.outbox] == [[mediator.email]]
    stored = str(Authenticator.objects.values_list("data", flat=True))
    assert secret not in stored
    assert not any(one in stored for one in shown)


def test_the_password_alone_is_not_enough(client, person):
    assert sign_in(client, person.email).url == CODE_PAGE
    assert not is_in(client)

    assert send(client, code()).status_code == 302
    assert is_in(client)


def test_signing_in_gives_the_session_another_key(client, person):
    sign_in(client, person.email)
    before = client.session.session_key
    client.cookies["session"] = before

    send(client, code())

    assert client.session.session_key != before
    assert not type(client.session)(before).exists(before)


def test_a_code_opens_once_and_no_earlier_one_after_it(client, person):
    current, earlier = code(), code(-1)
    sign_in(client, person.email)
    send(client, current)
    assert is_in(client)
    client.post("/iziet/")
    sign_in(client, person.email)

    for used in (current, earlier):
        assert send(client, used).status_code == 200
        assert not is_in(client)


def test_a_recovery_code_opens_once(client, person):
    on_paper = RecoveryCodes.activate(person).generate_codes()[0]
    sign_in(client, person.email)
    send(client, f" {on_paper[:4]} {on_paper[4:]} ")
    assert is_in(client)
    client.post("/iziet/")
    sign_in(client, person.email)

    assert send(client, on_paper).status_code == 200
    assert not is_in(client)


def test_guessing_codes_has_to_wait_and_is_audited(client, person):
    sign_in(client, person.email)

    answers = [send(client, "000000").status_code for _try in range(6)]

    assert answers == [200] * 5 + [429]
    failed = AuditEntry.objects.filter(verb=Verb.SIGN_IN_FAILED)
    assert list(failed.values_list("object_id", "detail")) == [
        (str(person.pk), {"factor": "code"})
    ] * len(failed)
    assert len(failed) == 5
    assert send(client, code()).status_code == 429, "even the right one waits"


PARALLEL = """
from django.db import transaction
from mediators import factors
from mediators.models import User

def act(code):
    with transaction.atomic():
        return factors.accept_code(User.objects.get(), code) is not None
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_the_same_code_at_once_one_is_right(tmp_path):
    AppFactory(secret=SECRET)

    assert sum(in_parallel(PARALLEL, [code(1)] * 4, tmp_path)) == 1


def test_the_last_factor_is_replaced_and_not_removed(client, person):
    client.force_login(person)

    client.post("/iestatijumi/drosiba/lietotne/nonemt/")

    assert factors.of(person).filter(type="totp").exists()
    assert "btn" in client.get("/iestatijumi/drosiba/").content.decode()


def test_a_factor_of_somebody_else_cannot_be_removed(client, mediator):
    theirs = Authenticator.objects.create(
        user=UserFactory(), type="webauthn", data={"name": "x", "credential": {}}
    )
    client.force_login(mediator)

    response = client.post(f"/iestatijumi/drosiba/atslegas/{theirs.pk}/nonemt/")

    assert response.status_code == 404


def test_a_made_up_passkey_signs_nobody_in(client, mediator):
    client.get("/ieiet/atslega/", HTTP_ACCEPT="application/json")

    for credential in ("", "{}", '{"id": "x", "response": {}}', "[1]"):
        response = client.post("/ieiet/atslega/", {"credential": credential})
        assert response.status_code == 302
        assert not is_in(client)
