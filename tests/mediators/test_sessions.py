"""Sessions end by themselves, by their owner, by the administrator; and are proved anew."""

import time
from datetime import timedelta
from uuid import UUID

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from mediators.devices import device_of
from mediators.freshness import note_proof
from mediators.models import Role, User
from privacy.models import AuditEntry, Verb
from tests.factories import AppointmentFactory
from tests.mediators.codes import PASSWORD, sign_in


@pytest.fixture
def clock():
    with time_machine.travel(
        timezone.now().replace(microsecond=0), tick=False
    ) as clock:
        yield clock


def is_in(client, page="/iestatijumi/"):
    return client.get(page).status_code == 200


@pytest.mark.parametrize(
    ("person", "idle"),
    [("mediator", timedelta(hours=4)), ("coordinator", timedelta(minutes=30))],
)
def test_a_session_ends_when_nothing_happens(client, request, clock, person, idle):
    sign_in(client, request.getfixturevalue(person).email)
    clock.shift(idle - timedelta(minutes=1))
    assert is_in(client), "a deed begins the time anew"
    clock.shift(idle - timedelta(minutes=1))
    assert is_in(client)

    clock.shift(idle + timedelta(minutes=1))

    response = client.get("/iestatijumi/")
    assert response.url == "/ieiet/?next=/iestatijumi/"
    last = AuditEntry.objects.filter(verb=Verb.SIGN_OUT).last()
    assert last.detail == {"reason": "time"}


def test_after_twelve_hours_even_a_busy_session_is_over(client, mediator, clock):
    sign_in(client, mediator.email)
    for _hour in range(11):
        clock.shift(timedelta(hours=1))
        assert is_in(client)

    clock.shift(timedelta(hours=1, seconds=1))

    assert not is_in(client)


def test_what_a_script_reads_by_itself_is_no_deed_but_staying_is(
    client, coordinator, clock
):
    sign_in(client, coordinator.email)
    clock.shift(timedelta(minutes=20))
    asked = {"HTTP_ACCEPT": "application/json"}
    assert client.get("/sesija/", **asked).json() == {"seconds": 600}
    clock.shift(timedelta(minutes=5))
    assert client.get("/sesija/", **asked).json() == {"seconds": 300}

    assert client.post("/sesija/", **asked).json() == {"seconds": 1800}


def test_the_page_says_how_long_it_has_for_the_note_before_the_end(
    client, coordinator, clock
):
    sign_in(client, coordinator.email)

    assert 'data-seconds="1800"' in client.get("/iestatijumi/").content.decode()


def test_own_sessions_are_listed_in_words_and_ended(client, mediator):
    phone = type(client)(
        headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) Chrome/130 Mobile"}
    )
    sign_in(client, mediator.email)
    sign_in(phone, mediator.email)

    page = client.get("/iestatijumi/sesijas/").content.decode()
    assert "Chrome, Android" in page
    there = UserSession.objects.get(session_key=phone.session.session_key)
    assert client.post(f"/iestatijumi/sesijas/{there.pk}/beigt/").status_code == 302

    assert not is_in(phone)
    assert is_in(client)


def test_all_others_end_at_once(client, mediator):
    others = [type(client)(), type(client)()]
    for one in (client, *others):
        sign_in(one, mediator.email)

    client.post("/iestatijumi/sesijas/citas/beigt/")

    assert [is_in(one) for one in (client, *others)] == [True, False, False]


def test_sessions_of_others_are_not_there(client, mediator, colleague):
    theirs = type(client)()
    sign_in(theirs, colleague.email)
    sign_in(client, mediator.email)
    row = UserSession.objects.get(user=colleague)

    assert client.post(f"/iestatijumi/sesijas/{row.pk}/beigt/").status_code == 404
    assert is_in(theirs)


def test_a_session_of_an_account_that_is_switched_off_is_refused_and_gone(
    client, mediator, administrator
):
    theirs = type(client)()
    sign_in(theirs, mediator.email)
    client.force_login(administrator)
    fields = ("first_name", "last_name", "address_form", "language")
    data = {name: getattr(mediator, name) for name in fields}

    client.post(f"/parvaldiba/mediators/user/{mediator.pk}/change/", data)

    assert not User.objects.get(pk=mediator.pk).is_active
    assert not is_in(theirs)
    assert not UserSession.objects.filter(user=mediator).exists()
    User.objects.filter(pk=mediator.pk).update(is_active=True)
    assert not is_in(theirs), "switched on again, the old session stays over"


def test_with_another_role_one_signs_in_anew(client, mediator, administrator):
    theirs = type(client)()
    sign_in(theirs, mediator.email)
    client.force_login(administrator)
    appointment = AppointmentFactory(user=mediator, role=Role.MEDIATOR)
    data = {
        "user": str(mediator.pk),
        "role": appointment.role,
        "municipality": appointment.municipality_id,
        "starts_on": "2020-01-01",
        "initial-starts_on": "2020-01-01",
        "hours_per_day": "6",
        "position": "mediator",
        "shares-TOTAL_FORMS": "0",
        "shares-INITIAL_FORMS": "0",
    }

    url = f"/parvaldiba/mediators/appointment/{appointment.pk}/change/"
    assert client.post(url, data).status_code == 302

    assert not is_in(theirs)


def test_an_attackers_session_does_not_become_the_victims(client, mediator):
    """Session fixation: a key that was known before the sign-in opens nothing after it."""
    client.get("/uzaicinajums/nothing/")
    known = client.session.session_key
    sign_in(client, mediator.email)

    attacker = type(client)()
    attacker.cookies["session"] = known
    assert not is_in(attacker)
    assert is_in(client)


NEEDS_PROOF = [
    ("project_staff", "get", "/rezultati/eksports/"),
    ("project_staff", "post", f"/rezultati/eksports/{UUID(int=0)}/"),
    ("project_staff", "get", "/rezultati/?csv=families"),
    ("mediator", "get", "/dokumenti/darba-laiks/"),
    ("mediator", "post", "/iestatijumi/sesijas/citas/beigt/"),
    ("mediator", "get", "/iestatijumi/drosiba/lietotne/"),
    ("mediator", "get", "/iestatijumi/drosiba/atslega/"),
    ("data_protection_officer", "post", "/datu-aizsardziba/registrs/pdf/"),
    ("administrator", "get", "/parvaldiba/mediators/appointment/add/"),
    ("administrator", "get", "/parvaldiba/mediators/user/add/"),
    (
        "data_protection_officer",
        "post",
        "/datu-aizsardziba/otrais-solis/{id}/apstiprinat/",
    ),
]


@pytest.mark.parametrize(("person", "method", "page"), NEEDS_PROOF)
def test_what_weighs_much_needs_a_fresh_proof(
    client, db, request, person, method, page
):
    user = request.getfixturevalue(person)
    client.force_login(user)
    session = client.session
    note_proof(session, user, at=time.time() - 11 * 60)
    session.save()

    response = getattr(client, method)(
        page.format(id="0" * 8 + "-0000-7000-8000-" + "0" * 12)
    )

    assert response.status_code == 302
    assert response.url.startswith("/ieiet/velreiz/?next=")


def test_after_the_proof_one_is_where_one_wanted_to_be_under_a_new_key(
    client, project_staff
):
    client.force_login(project_staff)
    session = client.session
    note_proof(session, project_staff, at=time.time() - 11 * 60)
    session.save()
    prove = client.get("/rezultati/eksports/").url
    before = client.session.session_key

    assert client.post(prove, {"password": "wrong"}).status_code == 200
    response = client.post(prove, {"password": PASSWORD})

    assert response.url == "/rezultati/eksports/"
    assert client.get(response.url).status_code == 200
    assert client.session.session_key != before


@pytest.mark.once
@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/130 Edg/130",
            "Edge, Windows",
        ),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Firefox/130.0", "Firefox, Linux"),
        ("", "nezināma ierīce"),
    ],
)
def test_a_browser_is_told_in_words(agent, words):
    assert device_of(agent) == words


def test_what_waits_in_a_session_is_not_readable_in_the_database(client, project_staff):
    client.force_login(project_staff)
    session = client.session
    session["waits"] = "SLEPENA-PAROLE"
    session.save()

    assert client.session["waits"] == "SLEPENA-PAROLE"
    # The row itself, as Django would read it
    assert Session.objects.get().get_decoded() == {}


def test_a_session_that_no_key_opens_is_signed_out_and_no_error(client, mediator):
    client.force_login(mediator)
    Session.objects.update(session_data="v1|gone|AAAA")

    assert client.get("/sodien/").status_code == 302
