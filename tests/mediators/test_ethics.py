"""The code of ethics: ten points, accepted by version before anything else opens."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone, translation

from families.models import SafeguardingNotice
from mediators import ethics
from mediators.models import CASE_WORK, EthicsCode, Role
from municipalities.reference_data import BrokenReferenceData
from privacy.models import AuditEntry, Verb
from tests.factories import EthicsCodeFactory, UserFactory

TOMORROW = timezone.localdate() + timedelta(days=1)


@pytest.fixture
def code(db):
    return EthicsCodeFactory(version="1")


@pytest.fixture
def signed_in(client, code, mediator):
    client.force_login(mediator)
    return client


def accept(client, version="1", **more):
    return client.post("/etika/", {"version": version, **more})


def test_the_ten_points_are_in_the_words_of_the_source_and_anybody_reads_them(
    client, db
):
    ethics.load_codes()

    page = client.get("/etika/").content.decode()

    code = EthicsCode.objects.get()
    assert len(code.points) == 10
    assert all(f"<li>{point}</li>" in page for point in code.points)
    assert "Nestāsta citiem mediatora darbā iegūto informāciju." in page
    with translation.override("en"):
        assert code.points[0] == "Obey the law."


def test_it_is_linked_from_every_page_and_from_the_settings(client, code, mediator):
    assert 'href="/etika/"' in client.get("/").content.decode()
    client.force_login(mediator)
    accept(client)
    assert client.get("/iestatijumi/").content.decode().count('href="/etika/"') == 2


@pytest.mark.parametrize("role", CASE_WORK)
def test_whoever_works_with_cases_accepts_it_first_and_then_goes_on(
    client, code, municipality, role
):
    place = None if role == Role.LEAD_MEDIATOR else municipality
    user = UserFactory(role=role, municipality=place)
    client.force_login(user)

    answer = client.get("/atskaites/?all=1")
    assert answer.url == "/etika/?next=/atskaites/%3Fall%3D1"
    assert accept(client, next="/atskaites/?all=1").url == "/atskaites/?all=1"
    assert client.get("/atskaites/").status_code == 200

    [acceptance] = user.ethics_acceptances.all()
    assert acceptance.code == code
    entry = AuditEntry.objects.get(verb=Verb.ACKNOWLEDGE)
    assert (entry.actor, entry.detail) == (user.pk, {"version": "1"})


@pytest.mark.parametrize(
    "role",
    [Role.PROJECT_STAFF, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR],
)
def test_others_are_not_asked(client, code, role):
    client.force_login(UserFactory(role=role))

    assert client.get("/", follow=True).status_code == 200
    assert 'name="version"' not in client.get("/etika/").content.decode()


def test_what_waits_on_a_phone_is_told_to_those_who_have_one(
    client, code, mediator, coordinator
):
    for user, is_told in [(mediator, True), (coordinator, False)]:
        client.force_login(user)
        page = client.get("/etika/").content.decode()
        assert ("kas gaida jūsu telefonā" in page) is is_told


def test_accepting_twice_is_accepting_once(signed_in, mediator):
    accept(signed_in)
    accept(signed_in)

    assert mediator.ethics_acceptances.count() == 1


def test_a_new_version_is_accepted_anew_from_its_first_day(signed_in, mediator):
    accept(signed_in)
    new = EthicsCodeFactory(version="2", valid_from=TOMORROW)
    assert signed_in.get("/sodien/").status_code == 200

    EthicsCode.objects.filter(pk=new.pk).update(valid_from=timezone.localdate())
    assert signed_in.get("/sodien/").url.startswith("/etika/")
    # Whoever had the old text open has not read the new one
    stale = accept(signed_in, "1")
    assert "Kodekss ir mainījies" in stale.content.decode()
    accept(signed_in, "2")
    assert signed_in.get("/sodien/").status_code == 200
    assert mediator.ethics_acceptances.count() == 2


def test_a_form_that_was_open_when_the_version_changed_can_still_be_sent(signed_in):
    accept(signed_in)
    EthicsCodeFactory(version="2", valid_from=timezone.localdate())

    assert signed_in.post("/slept-vardus/").status_code == 302
    assert not signed_in.post("/slept-vardus/").url.startswith("/etika/")


def test_before_the_first_acceptance_no_form_works_either(signed_in):
    assert signed_in.post("/slept-vardus/").url == "/etika/?next=/"
    answer = signed_in.get("/gimenes/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()) == (403, {"problem": "ethics"})


def test_what_a_phone_kept_is_stored_and_a_child_in_danger_does_not_wait(
    signed_in, mediator
):
    now = timezone.localtime()
    sent = signed_in.post(
        "/berns-briesmas/sutit/",
        {
            "person": mediator.pk,
            "client_uuid": "0199d0ee-0000-7000-8000-000000000001",
            "told": "police",
            "told_on": now.date().isoformat(),
            "told_time": "00:00",
        },
    )
    assert sent.status_code == 201
    assert SafeguardingNotice.objects.count() == 1
    # Refused for what it says, not for the code
    entry = signed_in.post("/ieraksti/sutit/", {"person": mediator.pk})
    assert entry.status_code == 422
    for path in ("/berns-briesmas/", "/ieraksti/nenosutitie/", "/iestatijumi/"):
        assert signed_in.get(path).status_code == 200
    # The names of families are no page of the phone
    assert signed_in.get("/ierice/dati/").status_code != 200


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example/", "//elsewhere.example"]
)
def test_nobody_is_led_elsewhere_afterwards(signed_in, address):
    assert accept(signed_in, next=address).url == "/"


def test_a_code_that_was_accepted_never_changes(db):
    ethics.load_codes()
    EthicsCode.objects.update(text_en="Something else.")

    with (
        pytest.raises(BrokenReferenceData, match="stays as it is"),
        transaction.atomic(),
    ):
        ethics.load_codes()


def test_in_force_is_what_began_last_and_of_one_day_what_came_last(db):
    today = timezone.localdate()
    EthicsCodeFactory(valid_from=today - timedelta(days=1))
    newest = EthicsCodeFactory(valid_from=today)
    EthicsCodeFactory(valid_from=today - timedelta(days=2))
    EthicsCodeFactory(valid_from=TOMORROW)

    assert EthicsCode.objects.in_force() == newest
    corrected = EthicsCodeFactory(valid_from=today)
    assert EthicsCode.objects.in_force() == corrected
