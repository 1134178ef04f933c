"""A lost second factor: two people, a day, a notice, and the owner may say no."""

import io
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from mediators import factors
from mediators.models import FactorReset
from mediators.services import factor_resets
from privacy.models import AuditEntry, Verb
from tests.factories import AppFactory, FactorResetFactory, UserFactory
from tests.mediators.codes import sign_in


@pytest.fixture
def person(mediator):
    return AppFactory(user=mediator).user


def deed(client, person, name):
    return client.post(f"/parvaldiba/mediators/user/{person.pk}/darbiba/{name}/")


def confirm_as_officer(client, reset):
    return client.post(f"/datu-aizsardziba/otrais-solis/{reset.pk}/apstiprinat/")


def test_an_administrator_asks_the_officer_confirms_and_a_day_later_it_is_done(
    client, person, administrator, data_protection_officer, run_tasks
):
    sign_in(client, person.email)
    client.force_login(administrator)
    assert deed(client, person, "ask-reset").status_code == 302
    reset = FactorReset.objects.get()
    run_tasks()
    assert [letter.to for letter in mail.outbox] == [[person.email]]

    assert deed(client, person, "confirm-reset").status_code == 404, (
        "not the same person"
    )
    client.force_login(data_protection_officer)
    page = client.get("/datu-aizsardziba/otrais-solis/").content.decode()
    assert person.full_name in page
    confirm_as_officer(client, reset)
    run_tasks()
    assert factors.of(person).exists(), "the day is not over"

    with time_machine.travel(reset.due_at + timedelta(minutes=1), tick=False):
        run_tasks()
    assert not factors.of(person).exists()
    assert list(
        AuditEntry.objects.filter(object_type="mediators.factorreset")
        .exclude(verb=Verb.LIST)
        .values_list("verb", "actor")
    ) == [
        (Verb.CREATE, administrator.pk),
        (Verb.APPROVE, data_protection_officer.pk),
        (Verb.DELETE, data_protection_officer.pk),
    ]


def test_the_owner_stops_it(client, person, run_tasks):
    reset = FactorResetFactory(user=person)
    factor_resets.confirm(reset, by=UserFactory(role="administrator"))
    client.force_login(person)
    assert "Apturēt" in client.get("/iestatijumi/drosiba/").content.decode()

    client.post("/iestatijumi/drosiba/atiestatisana/apturet/")

    with time_machine.travel(reset.due_at + timedelta(minutes=1), tick=False):
        run_tasks()
    assert factors.of(person).exists()


def test_nobody_confirms_an_own_request_or_about_the_own_account(administrator):
    own = FactorResetFactory(asked_by=administrator)
    about_me = FactorResetFactory(user=administrator)

    assert not factor_resets.confirm(own, by=administrator)
    assert not factor_resets.confirm(about_me, by=administrator)
    with pytest.raises(IntegrityError), transaction.atomic():
        FactorReset.objects.filter(pk=own.pk).update(confirmed_by=administrator)


@pytest.mark.parametrize("role", ["mediator", "coordinator", "project_staff"])
def test_others_confirm_nothing(client, request, role):
    client.force_login(request.getfixturevalue(role))
    reset = FactorResetFactory()

    assert confirm_as_officer(client, reset).status_code == 404
    assert FactorReset.objects.get().confirmed_at is None


def test_a_confirmation_that_comes_late_takes_effect_at_once(person, run_tasks):
    reset = FactorResetFactory(
        user=person, asked_at=timezone.now() - timedelta(hours=30)
    )

    factor_resets.confirm(reset, by=UserFactory(role="administrator"))
    run_tasks()

    assert not factors.of(person).exists()


def test_an_office_with_one_administrator_does_it_on_the_server(person, run_tasks):
    call_command("reset_second_factor", person.email, stdout=io.StringIO())
    run_tasks()

    assert not factors.of(person).exists()
    assert [letter.to for letter in mail.outbox] == [[person.email]]


def test_where_two_others_can_do_it_the_server_leaves_it_to_them(person):
    for role in ("administrator", "data_protection_officer"):
        UserFactory(role=role)

    with pytest.raises(CommandError, match="in the browser"):
        call_command("reset_second_factor", person.email, stdout=io.StringIO())

    assert factors.of(person).exists()
    call_command("reset_second_factor", person.email, "--force", stdout=io.StringIO())
    assert not factors.of(person).exists()


def test_an_administrator_sends_links_and_ends_sessions_and_sets_no_password(
    client, mediator, administrator, run_tasks
):
    theirs = type(client)()
    sign_in(theirs, mediator.email)
    client.force_login(administrator)
    url = f"/parvaldiba/mediators/user/{mediator.pk}/change/"
    page = client.get(url).content.decode()
    assert 'name="email"' not in page, "the address of an active account stays"
    assert 'name="password"' not in page

    deed(client, mediator, "new-password")
    deed(client, mediator, "end-sessions")
    assert deed(client, mediator, "invite").status_code == 404
    run_tasks()

    assert [letter.to for letter in mail.outbox] == [[mediator.email]]
    assert theirs.get("/sodien/").status_code == 302


def test_nobody_but_an_administrator_has_these_buttons(client, coordinator, mediator):
    client.force_login(coordinator)

    assert deed(client, mediator, "end-sessions").status_code == 404


@pytest.mark.parametrize(
    ("changes", "is_pending", "is_due"),
    [
        ({}, True, True),
        ({"asked_at": timezone.now() - timedelta(hours=23)}, True, False),
        ({"confirmed_at": None}, True, False),
        ({"done_at": timezone.now()}, False, False),
        ({"stopped_at": timezone.now()}, False, False),
    ],
)
def test_it_is_due_when_it_is_confirmed_and_the_day_is_over(
    administrator, changes, is_pending, is_due
):
    now = timezone.now()
    confirmed = {"asked_at": now - timedelta(hours=25), "confirmed_at": now} | changes
    by = administrator if confirmed["confirmed_at"] else None
    FactorResetFactory(confirmed_by=by, **confirmed)

    assert FactorReset.objects.pending().exists() is is_pending
    assert FactorReset.objects.due().exists() is is_due
