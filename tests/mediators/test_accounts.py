"""How accounts come into being, are listed in the demo, and enter the audit."""

import io
import json
import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core.management import CommandError, call_command

from mediators import demo
from mediators.models import Appointment, Invitation, Role, User
from privacy.models import AuditEntry, Installation, Verb
from tests.factories import PASSWORD, UserFactory

ANNA = {
    "role": "administrator",
    "email": "Anna.Paraudzina@Example.test",
    "first_name": "Anna",
    "last_name": "Paraudziņa",
}


def run(command, *arguments, **options):
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch):
    """As in a script; somebody at a terminal is asked for the name."""
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def demo_mode(db, settings):
    settings.DEMO = True
    Installation.objects.mark(demo=True)


# create_user


def test_the_first_administrator_gets_a_link_that_is_shown_once(db):
    account = json.loads(run("create_user", json=True, **ANNA))

    user = User.objects.get(email="anna.paraudzina@example.test")
    token = account.pop("link").rstrip("/").rpartition("/uzaicinajums/")[2]
    assert Invitation.objects.with_token(token).get().user == user
    assert not user.has_usable_password()
    assert account == {
        "role": "administrator",
        "email": "anna.paraudzina@example.test",
        "municipality": None,
    }
    assert user.roles == {Role.ADMINISTRATOR}


def test_the_first_account_marks_the_database_as_real(db):
    run("create_user", **ANNA)

    assert Installation.is_demo_database() is False


def test_a_new_account_and_its_appointment_are_audited_without_a_name(db):
    run("create_user", **ANNA)

    assert list(
        AuditEntry.objects.values_list("actor", "verb", "object_type", "detail")
    ) == [
        (None, Verb.CREATE, "mediators.user", {}),
        (None, Verb.CREATE, "mediators.appointment", {"role": "administrator"}),
        (None, Verb.CREATE, "mediators.invitation", {"purpose": "first"}),
    ]


def test_a_mediator_is_appointed_in_a_municipality(municipality):
    options = ANNA | {"role": "mediator", "municipality": "upc"}

    account = json.loads(run("create_user", json=True, **options))

    assert account["municipality"] == "Upesciema novads"
    assert Appointment.objects.get().municipality == municipality


def test_nobody_sets_the_password_of_somebody_else_on_the_server(db):
    user = UserFactory()

    with pytest.raises(CommandError, match="a link by which its owner"):
        run("changepassword", user.email)

    link = json.loads(run("invite", user.email, json=True))["link"]
    assert "/uzaicinajums/" in link
    with pytest.raises(CommandError, match="No active account"):
        run("invite", "nobody@example.test")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"email": "not an address"}, "valid email"),
        ({"first_name": None}, "--first-name is missing"),
        ({"role": "mediator"}, "work in a municipality"),
        ({"municipality": "UPC"}, "work in a municipality"),
        ({"role": "mediator", "municipality": "XYZ"}, "No municipality has the prefix"),
        ({"last_name": "x" * 81}, "at most 80"),
    ],
)
def test_wrong_input_makes_no_account(municipality, options, message):
    with pytest.raises(CommandError, match=message):
        run("create_user", **ANNA | options)

    assert not User.objects.exists()
    assert Installation.is_demo_database() is None


def test_an_address_has_one_account_however_it_is_written(db):
    UserFactory(email="anna.paraudzina@example.test")

    with pytest.raises(CommandError, match="already"):
        run("create_user", **ANNA)


def test_no_real_account_comes_into_a_demo(demo_mode, settings):
    with pytest.raises(CommandError, match="demo_accounts"):
        run("create_user", **ANNA)

    settings.DEMO = False
    with pytest.raises(CommandError, match="holds demo data"):
        run("create_user", **ANNA)
    assert not User.objects.exists()


# demo_accounts


@pytest.fixture
def cast(demo_mode, coordinator, mediator, project_staff):
    return coordinator, mediator, project_staff


def test_demo_accounts_are_listed_by_role_with_password_and_place(cast):
    accounts = json.loads(run("demo_accounts", json=True))

    assert [account["role"] for account in accounts] == [
        *("mediator", "coordinator", "project_staff")
    ]
    assert accounts[0]["password"] == demo.PASSWORD
    assert [account["municipality"] for account in accounts] == [
        *("Upesciema novads", "Upesciema novads", None)
    ]


def test_people_read_the_accounts_as_a_table(cast):
    [head, *rows] = run("demo_accounts").splitlines()

    assert head.split() == ["role", "email", "password", "municipality"]
    assert {row.index(demo.PASSWORD) for row in rows} == {head.index("password")}
    assert len(rows) == 3


def test_an_account_that_is_switched_off_is_not_listed(cast, mediator):
    User.objects.filter(pk=mediator.pk).update(is_active=False)

    assert len(json.loads(run("demo_accounts", json=True))) == 2


@pytest.mark.parametrize("is_demo", [None, False])
def test_accounts_of_a_database_that_is_no_demo_are_never_listed(
    mediator, settings, is_demo
):
    settings.DEMO = True
    if is_demo is not None:
        Installation.objects.mark(demo=is_demo)

    with pytest.raises(CommandError, match="holds no demo data"):
        run("demo_accounts")


def test_outside_of_demo_mode_no_account_is_listed(mediator):
    with pytest.raises(CommandError, match="not a demo"):
        run("demo_accounts", json=True)


# Signing in and out


def sign_in(client, email, password):
    return client.post("/ieiet/", {"login": email, "password": password})


def entries():
    return list(AuditEntry.objects.values_list("verb", "actor", "object_id", "detail"))


def test_signing_in_and_out_is_audited(client, mediator):
    assert sign_in(client, mediator.email, PASSWORD).status_code == 302
    client.post("/iziet/")

    pk = mediator.pk
    assert entries() == [
        (Verb.SIGN_IN, pk, str(pk), {}),
        (Verb.SIGN_OUT, pk, str(pk), {}),
    ]


def test_a_failed_sign_in_is_audited_without_what_was_typed(client, mediator):
    sign_in(client, "mana-slepena-parole@example.test", "wrong password")

    assert entries() == [(Verb.SIGN_IN_FAILED, None, "", {})]


def test_a_wrong_password_is_audited_without_saying_whose(client, mediator):
    response = sign_in(client, mediator.email, "wrong password")

    assert "_auth_user_id" not in client.session
    assert response.status_code != 302
    assert entries() == [(Verb.SIGN_IN_FAILED, None, "", {})]


def test_unknown_address_wrong_password_and_switched_off_account_look_the_same(
    client, mediator
):
    """Byte for byte, but for the address that was typed and the token of the form."""
    off = UserFactory(is_active=False)
    new = UserFactory(password=None)
    pages = []
    for email, password in [
        ("nobody@example.test", PASSWORD),
        (mediator.email, "wrong password"),
        (off.email, PASSWORD),
        (new.email, PASSWORD),
    ]:
        response = sign_in(client, email, password)
        html = response.content.decode().replace(email, "…")
        pages.append((response.status_code, re.sub(r'value="\w{64}"', "", html)))

    assert pages[0][0] == 200
    assert len(set(pages)) == 1
    assert "_auth_user_id" not in client.session


def test_each_failed_sign_in_costs_one_hash(client, mediator, monkeypatch):
    hashes = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher,
        "encode",
        lambda self, *given: hashes.append(1) or encode(self, *given),
    )
    off = UserFactory(is_active=False)
    costs = []
    for email in ("nobody@example.test", mediator.email, off.email):
        hashes.clear()
        sign_in(client, email, "wrong password")
        costs.append(len(hashes))

    assert costs == [1, 1, 1]
