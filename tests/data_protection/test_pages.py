"""The officer's pages: no names, clear refusals, and what is left of a restricted family."""

import re
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone, translation

from data_protection.classes import Purpose
from data_protection.models import Breach, LegalHold, SubjectRequest
from data_protection.register import activities
from data_protection.services import breaches, erasure, holds, requests, texts
from families.models import Family
from mediators.freshness import note_proof
from mediators.models import Role
from privacy import audit
from privacy.models import AuditEntry
from tests.factories import (
    AppointmentFactory,
    BreachFactory,
    CaseFactory,
    FamilyFactory,
    LegalHoldFactory,
    SubjectRequestFactory,
    VisitFactory,
)

LABEL = "Kārkliņu ģimene"


@pytest.fixture
def family(mediator, municipality):
    return FamilyFactory(mediator=mediator, municipality=municipality, label=LABEL)


@pytest.fixture
def officer(client, data_protection_officer):
    client.force_login(data_protection_officer)
    return data_protection_officer


def test_a_request_is_taken_down_by_code_and_no_name_is_accepted_or_shown(
    client, officer, family
):
    address = f"{reverse('data_protection:request-create')}?gimene={family.code}"
    answers = {
        "kind": "rectification",
        "received_on": timezone.localdate().isoformat(),
        "identity": "known",
    }

    refused = client.post(address, answers | {"wish": "Kārkliņiem cits tālrunis"})
    assert refused.status_code == 422
    assert "Kārkliņiem cits tālrunis" in refused.text
    assert not SubjectRequest.objects.exists()

    taken = client.post(address, answers | {"wish": "Cits tālrunis"}, follow=True)
    asked = SubjectRequest.objects.get()
    assert (asked.created_by, asked.is_from_officer) == (officer, True)
    assert LABEL not in taken.text


def test_the_reason_of_a_hold_names_nobody_and_goes_with_the_family(
    client, officer, family, mediator
):
    address = reverse("data_protection:hold-create")
    answers = {"code": family.code, "starts_on": timezone.localdate().isoformat()}

    refused = client.post(address, answers | {"reason": "Kārkliņu tiesvedība"})
    assert refused.status_code == 422
    assert not LegalHold.objects.exists()

    taken = client.post(address, answers | {"reason": "Tiesvedība"})
    assert taken.status_code == 302
    LegalHold.objects.update(lifted_on=timezone.localdate())
    erasure.erase_family(family, why="request", by=mediator)
    assert LegalHold.objects.get().reason == texts.ERASED


def test_who_is_offered_the_people_of_a_family_has_looked_at_it(
    client, officer, family
):
    client.get(f"{reverse('data_protection:request-create')}?gimene={family.code}")

    entry = AuditEntry.objects.get(verb=audit.Verb.READ)
    assert (entry.actor, entry.object_id) == (officer.pk, str(family.pk))


def test_a_refusal_needs_a_reason(client, mediator, family):
    asked = SubjectRequestFactory(family=family)
    client.force_login(mediator)

    response = client.post(asked.get_absolute_url(), {"decision": "refuse"})

    assert response.status_code == 422
    asked.refresh_from_db()
    assert asked.status == SubjectRequest.Status.WAITING


def test_an_erasure_shows_the_second_person_what_it_would_change(
    client, officer, mediator, family
):
    CaseFactory(family=family, mediator=mediator)
    asked = SubjectRequestFactory(
        family=family, created_by=mediator, kind=SubjectRequest.Kind.ERASURE
    )

    shown = client.get(asked.get_absolute_url())
    assert shown.context["dry_run"].open_cases == 1
    assert LABEL not in shown.text

    client.post(asked.get_absolute_url(), {"decision": "confirm"})
    assert Family.objects.get(pk=family.pk).erased_on


def test_a_restricted_family_is_a_code_and_a_sentence_to_its_mediator(
    client, mediator, municipality, family
):
    case = CaseFactory(family=family, mediator=mediator)
    visit = VisitFactory(mediator=mediator, municipality=municipality, family=family)
    asked = SubjectRequestFactory(family=family, kind=SubjectRequest.Kind.RESTRICTION)
    requests.confirm(asked, by=mediator)
    client.force_login(mediator)

    for name in (
        "families:list",
        "cases:visit-list",
        "cases:visit-create",
        "agenda:today",
    ):
        assert LABEL not in client.get(reverse(name)).text
    page = client.get(family.get_absolute_url())
    assert (page.status_code, LABEL in page.text) == (200, False)
    assert client.get(case.get_absolute_url()).status_code == 404
    assert client.get(visit.get_absolute_url()).status_code == 404
    entry = client.post(
        reverse("cases:visit-create"), {"family": family.code}, follow=True
    )
    assert "ierobežota" in entry.text


def test_the_clock_of_a_breach_stops_when_the_authority_is_told():
    now = timezone.now()
    breach = Breach(discovered_at=now - timedelta(hours=71, minutes=30))
    assert (breach.hours_left, breach.clock_runs, breach.is_late) == (0, True, False)

    breach.discovered_at = now - timedelta(hours=73)
    assert breach.is_late

    breach.authority_told_at = now
    assert not breach.clock_runs


def test_families_affected_by_a_breach_come_from_the_audit_of_that_time(
    mediator, municipality, family
):
    case = CaseFactory(family=family, mediator=mediator)
    other = FamilyFactory(mediator=mediator, municipality=municipality)
    for seen in (family, family, case):
        audit.record(mediator, audit.Verb.READ, seen)
    breach = BreachFactory(account=mediator, seen_to=timezone.now())
    audit.record(mediator, audit.Verb.READ, other)

    assert breaches.affected(breach) == [(family.code, 3), (other.code, 0)]


def test_a_list_or_the_copy_of_a_phone_may_have_shown_every_family_of_that_time(
    mediator, municipality, family
):
    ended = FamilyFactory(municipality=municipality)
    breach = BreachFactory(account=mediator, seen_from=timezone.now())
    assert breaches.affected(breach) == []

    audit.record(mediator, audit.Verb.LIST, Family, count=1)

    assert breaches.affected(breach) == [(family.code, 0)]
    assert ended.code not in dict(breaches.affected(breach))


def test_the_command_erases_for_two_people_and_nobody_else(
    family, mediator, coordinator, data_protection_officer, run_tasks
):
    def erase(confirmed_by):
        call_command(
            "erase", family=family.code, by=mediator.email, confirmed_by=confirmed_by
        )

    for nobody in (mediator.email, coordinator.email):
        with pytest.raises(CommandError, match="cannot be the second person"):
            erase(nobody)
    assert not SubjectRequest.objects.exists()
    run_tasks()
    assert mail.outbox == []

    erase(data_protection_officer.email)
    run_tasks()
    [told] = mail.outbox
    assert told.to == [data_protection_officer.email]
    assert "Komanda: erase\nIeraksti: 1\n" in told.body

    with pytest.raises(CommandError, match="is erased already") as refused:
        erase(data_protection_officer.email)
    assert refused.value.returncode == 1
    assert SubjectRequest.objects.count() == 1
    assert not any(word in told.body for word in (family.code, LABEL, mediator.email))
    assert Family.objects.get(pk=family.pk).label == ""
    last = AuditEntry.objects.order_by("seq").last()
    assert (last.actor, last.detail["by"]) == (None, "command")


def test_an_earlier_privacy_notice_can_be_read_and_says_that_it_is_old(client, db):
    newest = client.get(reverse("privacy"))
    old = client.get(reverse("privacy-version", args=[1]))

    assert newest.context["is_newest"]
    assert not old.context["is_newest"]
    assert client.get(reverse("privacy-version", args=[99])).status_code == 404


def test_the_privacy_notice_tells_of_answers_incidents_stories_and_complaints(
    client, db
):
    page = client.get(reverse("privacy")).content.decode()

    for word in ("ESF+", "nevēlas atbildēt", "minoritātei", "invaliditāt", "diskrimināc",
                 "stāst", "sūdzīb"):  # fmt: skip
        assert word in page
    assert "sistēmā tiem nav lauku" not in page


def test_the_register_says_on_what_answers_and_stories_rest_and_names_no_tables(
    client, officer
):
    client.force_login(officer)
    page = client.get(reverse("data_protection:register")).content.decode()
    [answers] = [row for row in activities() if row.purpose == Purpose.PARTICIPANTS]
    [stories] = [row for row in activities() if row.purpose == Purpose.STORIES]

    with translation.override("lv"):
        assert "9. panta 2. punkta a)" in str(answers.basis)
        assert "9. panta 2. punkta a)" in str(stories.basis)
    assert answers.has_special
    assert stories.has_special
    assert not re.search(r"\w+-\w+ saiknes", page)


@pytest.mark.parametrize("deed", ["erase", "lift the restriction", "lift the hold"])
def test_what_two_people_decide_needs_a_fresh_proof(
    client, officer, mediator, family, deed
):
    asked = SubjectRequestFactory(
        family=family, created_by=mediator, kind=SubjectRequest.Kind.ERASURE
    )
    hold = LegalHoldFactory(family=FamilyFactory())
    Family.objects.filter(pk=family.pk).update(restricted_on=timezone.localdate())
    page, data = {
        "erase": (asked.get_absolute_url(), {"decision": "confirm"}),
        "lift the restriction": (
            reverse("data_protection:restriction-lift", args=[asked.code]),
            {},
        ),
        "lift the hold": (reverse("data_protection:hold-lift", args=[hold.pk]), {}),
    }[deed]
    session = client.session
    note_proof(session, officer, at=time.time() - 11 * 60)
    session.save()

    response = client.post(page, data)

    assert response.url.startswith("/ieiet/velreiz/?next=")
    family.refresh_from_db()
    hold.refresh_from_db()
    assert (family.erased_on, hold.lifted_on) == (None, None)
    assert family.restricted_on


def agree_to_lift(client, person, wish, hold):
    """The second person lifts what an officer asked to lift."""
    client.force_login(person)
    if wish:
        client.post(wish.get_absolute_url(), {"decision": "confirm"})
    return client.post(reverse("data_protection:hold-lift", args=[hold.pk]))


def test_what_protects_data_is_lifted_by_two_people(client, officer, mediator, family):
    asked = SubjectRequestFactory(family=family, created_by=mediator)
    Family.objects.filter(pk=family.pk).update(restricted_on=timezone.localdate())
    hold = LegalHoldFactory(family=family, by=officer)
    page = reverse("data_protection:hold-lift", args=[hold.pk])
    for _time in range(2):
        client.post(reverse("data_protection:restriction-lift", args=[asked.code]))
    client.post(page)

    wish = SubjectRequest.objects.get(kind=SubjectRequest.Kind.LIFTING)
    assert client.post(page).status_code == 404
    assert client.get(wish.get_absolute_url()).context["form"] is None
    assert LegalHold.objects.standing().contains(hold)
    assert Family.objects.get(pk=family.pk).restricted_on

    lead = AppointmentFactory(role=Role.LEAD_MEDIATOR, municipality=None).user
    answer = agree_to_lift(client, lead, wish, hold)

    assert answer.status_code == 302
    hold.refresh_from_db()
    assert (hold.lift_asked_by, hold.lifted_by) == (officer, lead)
    assert not Family.objects.get(pk=family.pk).restricted_on


def test_the_second_person_sees_who_asks_to_lift_what(client, officer):
    hold = LegalHoldFactory(family=None, by=officer, reason="Tiesas lieta")
    lead = AppointmentFactory(role=Role.LEAD_MEDIATOR, municipality=None).user
    page = reverse("data_protection:retention")
    button = reverse("data_protection:hold-lift", args=[hold.pk])
    client.force_login(lead)
    assert "Tiesas lieta" not in client.get(page).content.decode()
    assert client.post(button).status_code == 404

    client.force_login(officer)
    client.post(button)
    assert button not in client.get(page).content.decode()

    client.force_login(lead)
    shown = client.get(page).content.decode()
    assert "Tiesas lieta" in shown
    assert officer.full_name in shown
    assert button in shown


def test_a_hold_is_lifted_once(client, officer):
    hold = LegalHoldFactory(family=None, by=officer)
    lead = AppointmentFactory(role=Role.LEAD_MEDIATOR, municipality=None).user
    assert holds.lift(hold, by=officer) is False
    assert holds.lift(hold, by=officer) is None
    hold.refresh_from_db()

    assert holds.lift(hold, by=officer) is None
    assert holds.lift(hold, by=lead) is True
    assert holds.lift(hold, by=lead) is None


def test_the_end_of_a_restriction_is_offered_where_there_is_one(
    client, officer, family
):
    page = reverse("data_protection:request-create") + f"?gimene={family.code}"
    assert 'value="lifting"' not in client.get(page).content.decode()

    Family.objects.filter(pk=family.pk).update(restricted_on=timezone.localdate())

    assert 'value="lifting"' in client.get(page).content.decode()


def test_who_works_with_the_family_and_the_other_officers_are_told_what_was_lifted(
    client, officer, mediator, family, mailoutbox, run_tasks
):
    other = AppointmentFactory(role=Role.DATA_PROTECTION_OFFICER).user
    AppointmentFactory()
    asked = SubjectRequestFactory(family=family, created_by=mediator)
    Family.objects.filter(pk=family.pk).update(restricted_on=timezone.localdate())
    hold = LegalHoldFactory(family=family, by=other)

    client.post(reverse("data_protection:restriction-lift", args=[asked.code]))
    client.post(reverse("data_protection:hold-lift", args=[hold.pk]))
    wish = SubjectRequest.objects.get(kind=SubjectRequest.Kind.LIFTING)
    agree_to_lift(client, other, wish, hold)
    run_tasks()

    assert sorted(letter.to for letter in mailoutbox) == sorted(
        [[mediator.email], [mediator.email], [officer.email], [officer.email]]
    )
    for letter in mailoutbox:
        assert other.full_name in letter.body
        assert LABEL not in letter.body
        assert family.code not in letter.body


def test_a_hold_of_everything_that_is_lifted_is_told_to_the_other_officers(
    client, officer, mailoutbox, run_tasks
):
    other = AppointmentFactory(role=Role.DATA_PROTECTION_OFFICER).user
    hold = LegalHoldFactory(family=None, by=other)

    client.post(reverse("data_protection:hold-lift", args=[hold.pk]))
    agree_to_lift(client, other, None, hold)
    run_tasks()

    assert [letter.to for letter in mailoutbox] == [[officer.email]]


def test_the_officer_reads_who_makes_a_correction(client, officer, family):
    second = {"confirmed_by": officer, "confirmed_at": timezone.now()}
    asked = SubjectRequestFactory(
        family=family, kind="rectification", status="confirmed", **second
    )
    page = client.get(asked.get_absolute_url()).content.decode()
    assert "Datus izlabo ģimenes mediators" in page
