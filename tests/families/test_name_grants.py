"""The name behind a code: for a reason, one family, 24 hours, everybody told."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from families.models import Consent, FamilyAssignment, NameGrant
from families.services import consents, name_grants
from mediators.freshness import note_proof
from mediators.models import Role
from privacy.models import AuditEntry, Verb
from tests.factories import (
    ConsentFactory,
    FamilyAssignmentFactory,
    FamilyFactory,
    FamilyMemberFactory,
    NameGrantFactory,
)

LABEL = "Kārkliņu ģimene"
REASON = "Skolai jāzina, kuram bērnam maksāt pusdienas."
ASK = "/vardi/lugt/"


@pytest.fixture
def family(municipality, mediator):
    family = FamilyFactory(
        municipality=municipality,
        mediator=mediator,
        label=LABEL,
        address="Bezdelīgas 7",
        phone="+371 330 99912",
        note="Suns nekož",
    )
    FamilyMemberFactory(family=family, name="Dzilnītis")
    ConsentFactory(family=family)
    return family


@pytest.fixture
def asked(family, coordinator):
    return NameGrantFactory(family=family, grantee=coordinator, reason=REASON)


@pytest.fixture
def page(client, coordinator, family):
    """What the coordinator gets from the page with the name."""
    url = f"/pieskirtais-vards/{family.code}/"

    def open_it():
        client.force_login(coordinator)
        return client.get(url)

    return open_it


def hours_later(hours):
    return time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False)


def test_a_coordinator_asks_by_code_and_mediator_and_officer_are_told(
    client, coordinator, mediator, data_protection_officer, family, run_tasks
):
    client.force_login(coordinator)
    given = {"code": family.code.lower(), "reason": REASON}
    assert client.post(ASK, given).url == ASK
    # While one waits, another changes nothing
    client.post(ASK, given)
    run_tasks()

    [grant] = NameGrant.objects.all()
    assert (grant.grantee, grant.reason) == (coordinator, REASON)
    assert {to for message in mail.outbox for to in message.to} == {
        mediator.email,
        data_protection_officer.email,
    }
    for message in mail.outbox:
        for secret in (LABEL, family.code, REASON, coordinator.last_name):
            assert secret not in message.subject + message.body
    listed = client.get(ASK).content.decode()
    assert family.code in listed
    assert LABEL not in listed


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": "Vajag."}, "Uzrakstiet vismaz 20"),
        ({"reason": "aaaa aaaa aaaa aaaa aaaa"}, "Uzrakstiet dažos vārdos"),
        ({"reason": "vajag vajag vajag vajag"}, "Uzrakstiet dažos vārdos"),
        ({"reason": "12345 67890 .... .... ..."}, "Uzrakstiet dažos vārdos"),
        ({"reason": f"{REASON} 010190-12345"}, "personas kod"),
        ({"code": "UPC-999"}, "Ģimenes ar šādu kodu šeit nav"),
        ({"code": "elsewhere"}, "Ģimenes ar šādu kodu šeit nav"),
    ],
)
def test_without_a_reason_or_for_another_municipality_nobody_asks(
    client, coordinator, family, outsider, changes, sentence
):
    elsewhere = FamilyAssignment.objects.get(mediator=outsider).family.code
    given = {"code": family.code, "reason": REASON} | changes
    if given["code"] == "elsewhere":
        given["code"] = elsewhere
    client.force_login(coordinator)

    response = client.post(ASK, given)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert given["reason"] in response.content.decode()
    assert not NameGrant.objects.exists()


def test_the_mediator_is_reminded_allows_and_the_name_is_shown_for_24_hours(
    client, mediator, data_protection_officer, family, asked, page, run_tasks
):
    assert page().status_code == 404
    client.force_login(mediator)
    assert "Kāds lūdz parādīt vārdu" in client.get("/sodien/").content.decode()
    assert REASON in client.get("/vardi/").content.decode()
    client.post(f"/vardi/{asked.pk}/atlaut/")
    run_tasks()

    assert len(mail.outbox) == 2
    shown = page()
    html = shown.content.decode()
    assert (LABEL in html, "Dzilnītis" in html) == (True, True)
    for secret in ("Bezdelīgas", "99912", "Suns"):
        assert secret not in html
    with hours_later(23.9):
        assert page().status_code == 200
    with hours_later(24.1):
        assert page().status_code == 404


def signed_in_a_while_ago(client, person):
    client.force_login(person)
    session = client.session
    note_proof(session, person, at=time.time() - 11 * 60)
    session.save()


def test_a_name_is_allowed_and_shown_only_to_who_has_just_proved_who_it_is(
    client, mediator, coordinator, family, asked
):
    signed_in_a_while_ago(client, mediator)
    answer = client.post(f"/vardi/{asked.pk}/atlaut/")
    assert answer.url.startswith("/ieiet/velreiz/")
    asked.refresh_from_db()
    assert asked.is_undecided

    name_grants.allow(asked, by=mediator)
    signed_in_a_while_ago(client, coordinator)
    answer = client.get(f"/pieskirtais-vards/{family.code}/")
    assert answer.url.startswith("/ieiet/velreiz/")


def test_each_opening_stands_in_the_history_of_the_family(
    client, mediator, coordinator, family, asked, page
):
    name_grants.allow(asked, by=mediator)
    page()
    page()

    seen = AuditEntry.objects.filter(verb=Verb.REVEAL, actor=coordinator.pk)
    assert [entry.detail["grant"] for entry in seen] == [str(asked.pk)] * 2
    client.force_login(mediator)
    history = client.get(f"{family.get_absolute_url()}skatijumi/").content.decode()
    assert history.count("atļauts uz 24 stundām") == 2
    assert "atļāva redzēt vārdu" in history.lower()


def test_the_history_tells_whether_first_names_were_shown_with_the_name(
    client, mediator, family, asked, page
):
    name_grants.allow(asked, by=mediator)
    family.members.all().delete()
    page()
    FamilyMemberFactory(family=family)
    page()

    seen = AuditEntry.objects.filter(verb=Verb.REVEAL).order_by("seq")
    assert [entry.detail["fields"] for entry in seen] == [
        ["label"],
        ["label", "members.name"],
    ]
    client.force_login(mediator)
    history = client.get(f"{family.get_absolute_url()}skatijumi/").text
    assert history.count(", ģimenes cilvēks: vārds vai iesauka") == 1


@pytest.mark.parametrize("how", ["revoked", "consent", "appointment", "declined"])
def test_the_name_is_gone_at_once(
    client, mediator, coordinator, family, asked, page, how
):
    if how == "declined":
        name_grants.decline(asked, by=mediator)
    else:
        name_grants.allow(asked, by=mediator)
        assert page().status_code == 200
    if how == "revoked":
        client.force_login(mediator)
        client.post(f"/vardi/{asked.pk}/beigt/")
    if how == "consent":
        consents.withdraw_consent(family, Consent.Purpose.KEEP, by=mediator)
        assert NameGrant.objects.get().revoked_at
    if how == "appointment":
        coordinator.appointments.update(
            ends_on=timezone.localdate() - timedelta(days=1)
        )

    assert page().status_code == 404


def test_a_name_that_is_allowed_again_is_ended_as_one(
    client, mediator, coordinator, family, asked, page
):
    name_grants.allow(asked, by=mediator)
    again = name_grants.ask(family, "Vajadzīgs arī rītdienas sarunai.", by=coordinator)
    name_grants.allow(again, by=mediator)
    assert page().status_code == 200

    name_grants.revoke(again, by=mediator)

    assert page().status_code == 404


def test_a_grant_opens_no_family_that_took_back_its_consent(
    coordinator, mediator, family, asked
):
    """Not even when the grant itself was overlooked."""
    name_grants.allow(asked, by=mediator)
    assert NameGrant.objects.readable_by(coordinator).exists()

    family.consents.update(withdrawn_on=timezone.localdate())

    assert not NameGrant.objects.readable_by(coordinator).exists()


def test_the_name_is_shown_to_nobody_but_who_asked(
    client, mediator, deputy, family, asked, page
):
    name_grants.allow(asked, by=mediator)
    address = page().request["PATH_INFO"]

    client.force_login(deputy)

    assert client.get(address).status_code == 404


def test_a_family_that_took_its_consent_back_is_not_shown(
    client, mediator, family, asked
):
    consents.withdraw_consent(family, Consent.Purpose.KEEP, by=mediator)
    client.force_login(mediator)

    answer = client.post(f"/vardi/{asked.pk}/atlaut/", follow=True)

    assert "ģimene atsauca piekrišanu" in answer.content.decode().lower()
    assert NameGrant.objects.get().is_undecided


def test_the_officer_allows_in_an_emergency_and_ends_it(
    client, data_protection_officer, family, asked, page
):
    client.force_login(data_protection_officer)
    desk = "/datu-aizsardziba/vardi/"
    assert LABEL not in client.get(desk).content.decode()
    client.post(f"{desk}{asked.pk}/atlaut/")
    assert page().status_code == 200

    client.force_login(data_protection_officer)
    client.post(f"{desk}{asked.pk}/beigt/")
    assert page().status_code == 404


def test_who_asked_ends_it_when_it_is_needed_no_longer(
    client, mediator, coordinator, lead_mediator, family, asked, page, run_tasks
):
    name_grants.allow(asked, by=mediator)
    run_tasks()
    mail.outbox.clear()
    address = f"/vardi/{asked.pk}/atdot/"
    assert address in page().content.decode()
    assert address in client.get(ASK).content.decode()
    client.force_login(lead_mediator)
    assert client.post(address).status_code == 404, "it is not hers"
    client.force_login(coordinator)

    assert client.post(address).url == ASK
    run_tasks()

    assert page().status_code == 404
    assert client.post(address).status_code == 404, "it is over"
    assert [letter.to for letter in mail.outbox] == [[mediator.email]]
    assert family.code not in mail.outbox[0].body
    ended = AuditEntry.objects.get(verb=Verb.REVOKE)
    assert (ended.actor, ended.object_id) == (coordinator.pk, str(family.pk))


def test_nobody_allows_what_they_asked_for(mediator, family):
    mediator.appointments.create(role=Role.LEAD_MEDIATOR)
    own = NameGrantFactory(family=family, grantee=mediator)

    assert not NameGrant.objects.waiting_for(mediator).exists()
    with pytest.raises(IntegrityError, match="by_somebody_else"), transaction.atomic():
        name_grants.allow(own, by=mediator)


def test_a_colleague_who_only_shares_the_family_does_not_decide(
    family, colleague, asked
):
    FamilyAssignmentFactory(
        family=family, mediator=colleague, kind=FamilyAssignment.Kind.SHARED
    )

    assert not NameGrant.objects.waiting_for(colleague).exists()


def test_of_two_decisions_the_first_one_counts(
    mediator, data_protection_officer, asked
):
    name_grants.decline(asked, by=mediator)

    with pytest.raises(name_grants.DecidedBefore):
        name_grants.allow(asked, by=data_protection_officer)
    assert NameGrant.objects.get().declined_at
