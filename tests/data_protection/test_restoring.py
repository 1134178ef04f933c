"""A restore turns back time, but erases and ends again what was erased and ended since."""

import json
from io import StringIO

import pyrage
import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from data_protection.models import Erasure, LegalHold
from data_protection.services import erasure, restoring
from families.models import Family
from mediators.models import EmailChange, FactorReset, Invitation, Role
from privacy import audit
from privacy.keys import new_key_line
from privacy.models import AuditEntry, AuditHead
from tests.factories import (
    ApiTokenFactory,
    AppointmentFactory,
    CalendarFeedFactory,
    EmailChangeFactory,
    FactorResetFactory,
    FamilyFactory,
    FamilyMemberFactory,
    InvitationFactory,
    LegalHoldFactory,
    UserFactory,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def family(tmp_path, settings):
    settings.FIELD_KEYS_FILE = tmp_path / "field.keys"
    settings.FIELD_KEYS_FILE.write_text(f"{new_key_line()}\n")
    settings.FIELD_KEYS_FILE.chmod(0o600)
    settings.BACKUP_KEY_FILE = tmp_path / "backup.key"
    settings.BACKUP_KEY_FILE.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    family = FamilyFactory(label="Kārkliņu ģimene")
    FamilyMemberFactory(family=family, name="Rūdis")
    return family


@pytest.fixture
def take(tmp_path):
    def backup():
        call_command("backup", out=tmp_path / "tilts.age", verbosity=0)
        return tmp_path / "tilts.age"

    return backup


def erase(family):
    erasure.erase_family(family, why=Erasure.Why.REQUEST, by=None)


def listed():
    return {row["family_id"] for row in restoring.known_here(StringIO()).erasures}


def test_what_was_erased_since_the_backup_does_not_come_back(family, take, capsys):
    file = take()
    erase(family)

    call_command("restore", source=file, force=True)

    family.refresh_from_db()
    assert (family.label, family.members.count()) == ("", 0)
    assert listed() == {family.pk}
    told = capsys.readouterr().out
    assert f"Erased again: {family.code}." in told
    assert "--replay" not in told
    assert [*file.parent.glob("*.erasures.json")] == []


def test_a_database_that_did_not_go_on_from_the_backup_is_said_to_know_too_little(
    family, take, capsys
):
    """As on a new machine, whose database knows nothing yet."""
    file = take()
    with transaction.atomic():
        audit.record(None, audit.Verb.LIST, Family)
    call_command("flush", interactive=False, verbosity=0)
    AuditHead.objects.get_or_create()

    call_command("restore", source=file, force=True)

    assert Family.objects.get(pk=family.pk).label == "Kārkliņu ģimene"
    assert "erase --replay FILE" in capsys.readouterr().out


def test_until_what_came_back_is_erased_again_the_list_lies_beside_the_backup(
    family, take, monkeypatch, capsys
):
    file = take()
    erase(family)

    def killed(*arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(erasure, "replay", killed)
        with pytest.raises(KeyboardInterrupt):
            call_command("restore", source=file, force=True)
    assert Family.objects.get(pk=family.pk).label == "Kārkliņu ģimene"

    [kept] = file.parent.glob("*.erasures.json")
    call_command("erase", replay=str(kept), json=True)

    assert Family.objects.get(pk=family.pk).label == ""
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told == {"listed": 1, "erased_again": [family.code]}


def test_a_hold_of_the_backup_is_obeyed_and_told(family, take, capsys):
    LegalHoldFactory(family=family)
    file = take()
    LegalHold.objects.all().delete()
    erase(family)

    call_command("restore", source=file, force=True)

    assert Family.objects.get(pk=family.pk).label == "Kārkliņu ģimene"
    assert f"not erased again: {family.code}." in capsys.readouterr().out


def test_a_replay_without_a_list_says_that_there_is_nothing_to_do(db):
    with pytest.raises(CommandError, match="lists no erasure") as refused:
        call_command("erase", replay="", json=True)

    assert refused.value.returncode == 1


def test_nobody_is_signed_in_and_no_link_changes_an_account_after_a_restore(
    family, take, client
):
    client.force_login(UserFactory())
    UserSession.objects.create(
        user=UserFactory(), session_key="k", ip="127.0.0.1", user_agent=""
    )
    InvitationFactory(expires_at=timezone.now() + Invitation.LASTS["first"])
    EmailChangeFactory()
    FactorResetFactory()
    file = take()

    call_command("restore", source=file)

    assert not Session.objects.exists()
    assert not UserSession.objects.exists()
    assert not Invitation.objects.filter(expires_at__gt=timezone.now()).exists()
    assert not EmailChange.objects.unfinished().exists()
    assert not FactorReset.objects.filter(done_at=None, stopped_at=None).exists()


def test_accounts_calendars_and_tokens_ended_since_stay_ended(family, take):
    user, feed, token = UserFactory(), CalendarFeedFactory(), ApiTokenFactory()
    file = take()
    for row, fields in (
        (user, {"is_active": False}),
        (feed, {"revoked_at": timezone.now()}),
        (token, {"revoked_at": timezone.now()}),
    ):
        type(row).objects.filter(pk=row.pk).update(**fields)

    call_command("restore", source=file, force=True)

    for row in (user, feed, token):
        row.refresh_from_db()
    assert not user.is_active
    assert feed.revoked_at
    assert token.revoked_at


def test_a_restore_is_an_entry_of_the_audit_that_names_both_ends(family, take):
    file = take()
    then = AuditHead.objects.get()
    with transaction.atomic():
        audit.record(None, audit.Verb.LIST, Family)
    replaced = AuditHead.objects.get()

    call_command("restore", source=file, force=True)

    entry = AuditEntry.objects.last()
    assert (entry.object_type, entry.seq) == ("privacy.installation", then.seq + 1)
    assert entry.detail["head"] == f"{then.seq}:{then.hash}"
    assert entry.detail["replaced"] == f"{replaced.seq}:{replaced.hash}"
    assert audit.check_chain().first_broken is None


def test_officers_are_told_of_families_that_a_restore_erased_again(
    family, take, mailoutbox, run_tasks
):
    officer = AppointmentFactory(role=Role.DATA_PROTECTION_OFFICER).user
    file = take()
    erase(family)

    call_command("restore", source=file, force=True)
    run_tasks()

    assert [mail.to for mail in mailoutbox] == [[officer.email]]
