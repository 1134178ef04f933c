"""A new address: wished by its owner, told to the old one, proved by a link, once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from mediators.models import EmailChange
from mediators.services import email_changes, invitations
from privacy.log_filter import HideLinks
from privacy.models import AuditEntry, Verb
from tests.factories import EmailChangeFactory, InvitationFactory, UserFactory
from tests.mediators.codes import sign_in

PAGE = "/iestatijumi/drosiba/adrese/"
NEW = "jauna.adrese@example.test"
TOKEN, STOP = "t" * 43, "s" * 43


@pytest.fixture
def change(mediator):
    return EmailChangeFactory(user=mediator, token=TOKEN, stop_token=STOP)


def ask(client, email=NEW):
    return client.post(PAGE, {"email": email})


def open_link(client, token=TOKEN):
    return client.get(f"/adrese/{token}/", follow=True)


def confirm(client):
    return client.post("/adrese/")


def token_in(letter):
    return re.search(r"/adrese/([\w-]{43})/", letter.body)[1]


def test_the_old_address_is_told_and_the_new_one_counts_when_it_is_confirmed(
    client, mediator, run_tasks
):
    old = mediator.email
    sign_in(client, old)
    elsewhere = type(client)()
    sign_in(elsewhere, old)
    older_link = InvitationFactory(user=mediator, purpose="reset")

    assert ask(client, NEW.upper()).status_code == 302
    run_tasks()
    warning, letter = mail.outbox
    assert (warning.to, letter.to) == ([old], [NEW])
    assert NEW not in str(warning.message())
    for _look in range(2):
        page = open_link(client, token_in(letter))
    assert page.redirect_chain == [("/adrese/", 302)]
    mediator.refresh_from_db()
    assert mediator.email == old, "looking changes nothing"
    assert confirm(client).status_code == 302
    run_tasks()

    mediator.refresh_from_db()
    assert mediator.email == NEW
    assert client.get("/sodien/").status_code == 200
    assert elsewhere.get("/sodien/").status_code == 302
    assert not mediator.invitations.open().filter(pk=older_link.pk).exists()
    assert mail.outbox[-1].to == [NEW]
    assert sign_in(type(client)(), NEW).status_code == 302
    assert confirm(client).status_code == 410, "once"
    assert EmailChange.objects.get().email == ""


def test_the_audit_knows_the_deeds_and_no_address(client, mediator, change):
    client.force_login(mediator)
    before = AuditEntry.objects.count()
    ask(client, "cita@example.test")
    wished = EmailChange.objects.first()
    email_changes.confirm(wished, session_key=None)

    entries = AuditEntry.objects.filter(seq__gt=before)
    assert list(entries.values_list("verb", "object_type")) == [
        (Verb.CREATE, "mediators.emailchange"),
        (Verb.SIGN_OUT, "mediators.user"),
        (Verb.ACKNOWLEDGE, "mediators.emailchange"),
        (Verb.UPDATE, "mediators.user"),
    ]
    assert "@" not in str(entries.values_list("detail", flat=True))


def test_an_address_in_use_is_answered_like_any_other(
    client, mediator, colleague, run_tasks
):
    pages = []
    with time_machine.travel(timezone.now(), tick=False):
        client.force_login(mediator)
        for email in (NEW, colleague.email.upper()):
            page = client.post(PAGE, {"email": email}, follow=True)
            text = re.sub(r'value="\w{64}"', "", page.content.decode())
            pages.append((page.status_code, text.replace(email.lower(), "")))
    assert pages[0][0] == 200
    assert pages[0] == pages[1]

    run_tasks()

    [taken] = [letter for letter in mail.outbox if letter.to == [colleague.email]]
    assert "/adrese/" not in taken.body
    assert EmailChange.objects.first().token_sha256 is None


def test_an_address_that_somebody_got_meanwhile_stays_theirs(client, mediator, change):
    UserFactory(email=NEW)
    client.force_login(mediator)
    open_link(client)

    assert confirm(client).status_code == 410
    mediator.refresh_from_db()
    assert mediator.email != NEW


@pytest.mark.parametrize("who", ["nobody", "colleague", "too late", "switched off"])
def test_a_link_opens_for_its_account_alone_and_in_time(
    client, request, mediator, change, who
):
    """A letter that went astray gives the account to nobody."""
    if who == "switched off":
        mediator.is_active = False
        mediator.save()
    if who == "colleague":
        client.force_login(request.getfixturevalue("colleague"))
    if who == "too late":
        client.force_login(mediator)
        EmailChange.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    open_link(client)
    answer = confirm(client)

    assert answer.status_code == (410 if who in ("colleague", "too late") else 302)
    mediator.refresh_from_db()
    assert mediator.email != NEW


def test_whoever_signs_in_on_the_way_comes_back_to_the_link(client, mediator, change):
    response = open_link(client)
    assert response.redirect_chain[-1][0] == "/ieiet/?next=/adrese/"

    landed = sign_in(client, mediator.email, query_params={"next": "/adrese/"})

    assert landed.url == "/adrese/"
    assert NEW in client.get("/adrese/").content.decode()


def test_the_old_address_stops_it_without_signing_in(client, mediator, change):
    page = open_link(client, STOP)
    assert page.redirect_chain == [("/adrese/apturet/", 302)]
    assert EmailChange.objects.pending().exists(), "looking stops nothing"

    assert "paliek" in client.post("/adrese/apturet/").content.decode()

    assert client.post("/adrese/apturet/").status_code == 410
    client.force_login(mediator)
    open_link(client)
    assert confirm(client).status_code == 410
    stopped = AuditEntry.objects.get(verb=Verb.WITHDRAW)
    assert (stopped.actor, stopped.object_id) == (None, str(change.pk))


def test_the_owner_stops_it_and_so_does_a_new_password(client, mediator, change):
    client.force_login(mediator)
    assert NEW in client.get(PAGE).content.decode()

    client.post(f"{PAGE}apturet/")
    assert not EmailChange.objects.pending().exists()
    ask(client)
    invitations.set_password(mediator, "zaļa pļava aiz upes", by=mediator)

    assert not EmailChange.objects.unfinished().exists()
    assert set(EmailChange.objects.values_list("email", flat=True)) == {""}


def test_asking_needs_a_fresh_proof_and_has_its_limit(client, mediator):
    client.force_login(mediator)
    answers = [ask(client, f"nr{number}@example.test") for number in range(4)]
    assert [answer.status_code for answer in answers] == [302, 302, 302, 429]
    assert EmailChange.objects.unfinished().count() == 1

    with time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False):
        assert client.get(PAGE).url.startswith("/ieiet/velreiz/")


def test_nothing_is_lost_by_a_slip_in_the_address(client, mediator):
    client.force_login(mediator)

    for typed in ("jauna.adrese", mediator.email.upper()):
        page = ask(client, typed)
        assert page.status_code == 422
        assert f'value="{typed}"' in page.content.decode()


def test_while_the_old_address_cannot_be_told_no_link_is_sent(
    mediator, run_tasks, settings
):
    email_changes.ask(mediator, NEW)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1

    run_tasks()

    assert EmailChange.objects.get().token_sha256 is None


def test_the_administration_cannot_change_it(client, mediator, administrator):
    client.force_login(administrator)
    address = f"/parvaldiba/mediators/user/{mediator.pk}/change/"

    client.post(address, {"email": NEW, "first_name": "Sanita", "last_name": "Vītola"})

    mediator.refresh_from_db()
    assert mediator.email != NEW


@pytest.mark.once
def test_no_log_holds_the_link():
    record = type("R", (), {"getMessage": lambda self: f"GET /adrese/{TOKEN}/"})()

    HideLinks().filter(record)

    assert record.msg == "GET /adrese/…/"


@pytest.mark.parametrize(
    ("changes", "opens"),
    [
        ({}, True),
        ({"expires_at": timezone.now() - timedelta(minutes=1)}, False),
        ({"confirmed_at": timezone.now(), "email": ""}, False),
        ({"stopped_at": timezone.now(), "email": ""}, False),
        ({"user__is_active": False}, False),
    ],
)
def test_a_link_opens_while_its_time_runs_and_its_owner_works_here(db, changes, opens):
    EmailChangeFactory(**changes)

    assert EmailChange.objects.pending().exists() is opens
