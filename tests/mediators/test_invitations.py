"""A link opens once, for its account, in time; the password is its owner's alone."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from mediators.models import Invitation
from mediators.services import invitations
from privacy.log_filter import HideLinks
from privacy.models import AuditEntry, Verb
from tests.factories import (
    PASSWORD,
    AppFactory,
    InvitationFactory,
    UserFactory,
)
from tests.mediators.codes import sign_in
from tests.parallel import in_parallel

GOOD = "zaļa pļava aiz upes"
TOKEN = "t" * 43


@pytest.fixture
def invitation(db):
    return InvitationFactory(token=TOKEN)


def open_link(client, token=TOKEN):
    return client.get(f"/uzaicinajums/{token}/", follow=True)


def choose(client, password=GOOD):
    return client.post("/uzaicinajums/", {"password": password})


def test_the_token_leaves_the_address_at_once_and_is_kept_nowhere(client, invitation):
    response = open_link(client)

    assert response.redirect_chain == [("/uzaicinajums/", 302)]
    assert TOKEN not in response.content.decode()
    assert TOKEN not in str(dict(client.session))
    assert TOKEN not in str(Invitation.objects.values())


def test_looking_uses_nothing_up_and_choosing_signs_in(client, invitation):
    for _visit in range(3):
        open_link(client)
    assert choose(client).status_code == 302

    person = invitation.user
    person.refresh_from_db()
    assert person.check_password(GOOD)
    assert client.session["_auth_user_id"] == str(person.pk)
    assert list(
        AuditEntry.objects.filter(actor=person.pk).values_list("verb", "object_type")
    ) == [
        (Verb.SIGN_OUT, "mediators.user"),
        (Verb.UPDATE, "mediators.user"),
        (Verb.ACKNOWLEDGE, "mediators.invitation"),
        (Verb.SIGN_IN, "mediators.user"),
    ]


def test_a_link_opens_once(client, invitation):
    open_link(client)
    choose(client)
    client.logout()

    assert open_link(client).status_code == 410
    assert choose(client, "pelēka migla pār lauku").status_code == 410
    invitation.user.refresh_from_db()
    assert invitation.user.check_password(GOOD)


@pytest.mark.parametrize(
    "change",
    [
        {"expires_at": timezone.now() - timedelta(minutes=1)},
        {"user__is_active": False},
        {"token": "another" * 7},
    ],
    ids=["too late", "switched off", "never made"],
)
def test_a_link_that_does_not_open_says_nothing_about_the_account(client, db, change):
    made = InvitationFactory(**{"token": TOKEN} | change)

    response = open_link(client)

    assert response.status_code == 410
    assert made.user.email not in response.content.decode()


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("īss", "par īsu"),
        ("x" * 129, "par garu"),
        ("password1234", "nozagto paroļu sarakstos"),
        ("Tilts2026!", "par īsu"),
        ("Baiba-Mediatore-26", "viegli uzminēt"),
        ("upesciemanovads1", "viegli uzminēt"),
        ("UpesciemaMediators1", "viegli uzminēt"),
        ("Upesciems-dome-2026", "viegli uzminēt"),
        ("Upesciems2026", "viegli uzminēt"),
        ("cilveks@example", "viegli uzminēt"),
    ],
)
def test_a_weak_password_is_refused_with_a_reason(
    client, municipality, password, reason
):
    InvitationFactory(
        token=TOKEN, user__first_name="Baiba", user__email="cilveks@example.test"
    )
    open_link(client)

    response = choose(client, password)

    assert response.status_code == 422
    assert reason in response.content.decode()


@pytest.mark.parametrize(
    "password", ["ы ø 🦊 " * 3, "x y " * 32, "  margaritas un vējš  "]
)
def test_any_character_may_stand_in_a_password(client, invitation, password):
    open_link(client)

    assert choose(client, password).status_code == 302
    invitation.user.refresh_from_db()
    assert invitation.user.check_password(password)


RACE = """
from django.test import Client
from django.test.utils import setup_test_environment
setup_test_environment()

def act(password):
    client = Client()
    client.get("/uzaicinajums/" + "t" * 43 + "/")
    return client.post("/uzaicinajums/", {"password": password}).status_code
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_two_who_choose_at_the_same_moment_one_does(tmp_path):
    InvitationFactory(token=TOKEN)

    answers = in_parallel(RACE, [GOOD, "pelēka migla pār lauku"], tmp_path)

    assert sorted(answers) == [302, 410]


def test_a_second_link_kills_the_older_and_comes_by_mail_alone(
    client, invitation, administrator, run_tasks
):
    invitations.invite(invitation.user, by=administrator)
    run_tasks()

    assert open_link(client).status_code == 410
    [letter] = mail.outbox
    assert letter.to == [invitation.user.email]
    token = re.search(r"/uzaicinajums/([\w-]{43})/", letter.body)[1]
    assert open_link(client, token).status_code == 200
    newest = Invitation.objects.first()
    lasts = newest.expires_at - timezone.now()
    assert timedelta(hours=71) < lasts < timedelta(hours=73)


def test_a_new_password_ends_sessions_and_passes_no_second_factor(
    client, run_tasks, db
):
    person = AppFactory().user
    InvitationFactory(token=TOKEN, user=person, purpose="reset")
    elsewhere = type(client)()
    sign_in(elsewhere, person.email)
    open_link(client)

    response = choose(client)
    run_tasks()

    assert response.url == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert [letter.to for letter in mail.outbox] == [[person.email]]
    assert "parole" in mail.outbox[0].subject.lower()


def test_a_forgotten_password_is_answered_alike_for_everybody(
    client, mediator, run_tasks
):
    off = UserFactory(is_active=False)
    pages = set()
    for email in (mediator.email, "nobody@example.test", off.email):
        response = client.post("/aizmirsta-parole/", {"email": email})
        pages.add((response.status_code, response.content))

    run_tasks()
    assert len(pages) == 1
    assert {letter.to[0] for letter in mail.outbox} == {mediator.email}


def test_asking_again_and_again_has_to_wait(client, mediator):
    answers = [
        client.post("/aizmirsta-parole/", {"email": mediator.email}).status_code
        for _time in range(4)
    ]

    assert answers == [200, 200, 200, 429]


def test_the_own_password_is_changed_with_the_old_one(client, mediator):
    sign_in(client, mediator.email)
    elsewhere = type(client)()
    sign_in(elsewhere, mediator.email)

    wrong = {"old_password": "wrong", "password": GOOD}
    assert client.post("/iestatijumi/drosiba/parole/", wrong).status_code == 422
    right = {"old_password": PASSWORD, "password": GOOD}
    assert client.post("/iestatijumi/drosiba/parole/", right).status_code == 302

    mediator.refresh_from_db()
    assert mediator.check_password(GOOD)
    assert client.get("/sodien/").status_code == 200
    assert elsewhere.get("/sodien/").status_code == 302


@pytest.mark.once
def test_no_log_holds_a_link():
    record = type("R", (), {"getMessage": lambda self: f"GET /uzaicinajums/{TOKEN}/"})()

    HideLinks().filter(record)

    assert record.msg == "GET /uzaicinajums/…/"
