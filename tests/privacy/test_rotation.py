import json
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from cases.services import deletion
from families.models import Family, FamilyMember
from privacy import rotation
from privacy.fields import CannotDecrypt
from privacy.keys import field_keys, new_key_line
from privacy.models import AuditEntry
from tests.factories import FamilyFactory, FamilyMemberFactory, VisitFactory
from tests.parallel import database_url

OLD = "old:" + new_key_line().partition(":")[2]
NEW = "new:" + new_key_line().partition(":")[2]


def told(capsys, *options):
    call_command("rotate_keys", "--json", *options)
    return json.loads(capsys.readouterr().out)


def test_every_text_is_encrypted_anew_and_reads_as_before(keys_file, db, capsys):
    keys_file(OLD)
    family = FamilyFactory(label="Kārkliņi", phone="26123456", note="")
    member = FamilyMemberFactory(family=family, name="Anna")
    keys_file(NEW, OLD)

    before = told(capsys, "--status")["texts"]
    after = told(capsys)

    assert before["new"] == 0
    assert after["texts"] == {"new": before["old"], "old": 0}
    assert after["rotated"] == before["old"]
    keys_file(NEW)
    family = Family.objects.get(pk=family.pk)
    assert (family.label, family.phone, family.note) == ("Kārkliņi", "26123456", "")
    assert FamilyMember.objects.get(pk=member.pk).name == "Anna"
    entry = AuditEntry.objects.latest("seq")
    assert entry.detail == {"key": "new", "texts": before["old"]}


@pytest.mark.parametrize("batch", ["0", "-3"])
def test_a_batch_without_texts_is_refused_and_nothing_is_rotated(keys_file, db, batch):
    with pytest.raises(CommandError, match="1 or more") as refused:
        call_command("rotate_keys", "--batch", batch)

    assert refused.value.returncode == 2
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("batch", [1, 2, 200])
def test_what_is_done_is_counted_once_however_it_is_portioned(keys_file, db, batch):
    keys_file(OLD)
    for _number in range(3):
        FamilyFactory(label="Kārkliņi")
    keys_file(NEW, OLD)

    assert rotation.rotate(batch=batch) == 3
    assert rotation.rotate(batch=batch) == 0


def test_what_changes_again_and_again_is_left_to_the_next_run(
    keys_file, db, monkeypatch
):
    keys_file(OLD)
    FamilyFactory(label="Kārkliņi")
    keys_file(NEW, OLD)
    monkeypatch.setattr(rotation.Place, "replace", lambda *row: False)

    assert rotation.rotate(batch=1) == 0


def test_what_somebody_writes_meanwhile_is_never_overwritten(keys_file, db):
    keys_file(OLD)
    family = FamilyFactory(label="Kārkliņi")
    [place] = [
        place for place in rotation.places() if place.label == "families.Family.label"
    ]
    [(pk, token)] = place.tokens()
    keys_file(NEW, OLD)

    family.label = "Kalniņi"
    family.save()

    assert not place.replace(pk, token)
    assert Family.objects.get().label == "Kalniņi"


def test_of_an_unpacked_backup_its_own_texts_are_looked_at():
    read = {place.tokens().db for place in rotation.places("restored")}

    assert read == {"restored"}


def test_a_deleted_entry_comes_back_after_its_key_has_gone(keys_file, mediator):
    keys_file(OLD)
    visit = VisitFactory(mediator=mediator, note="Runājām par skolu.")
    deleted = deletion.delete_visit(visit, by=mediator)
    keys_file(NEW, OLD)
    rotation.rotate()
    keys_file(NEW)

    restored = deletion.restore_visit(deleted, by=mediator)

    restored.refresh_from_db()
    assert restored.note == "Runājām par skolu."


def test_a_key_that_was_added_is_found_without_a_restart(keys_file, db):
    keys_file(OLD)
    family = FamilyFactory(label="Kārkliņi")
    assert field_keys().writes_with == "old"
    keys_file(NEW, OLD)
    rotation.rotate()
    keys_file.path.write_text(OLD + "\n")
    field_keys.cache_clear()
    field_keys()
    keys_file.path.write_text(f"{NEW}\n{OLD}\n")

    assert Family.objects.get(pk=family.pk).label == "Kārkliņi"
    assert field_keys().writes_with == "new"


def test_a_missing_key_is_named_and_nothing_is_changed(keys_file, db, capsys):
    keys_file(OLD)
    FamilyFactory(label="Kārkliņi")
    keys_file(NEW)

    with pytest.raises(CannotDecrypt, match="key old"):
        call_command("rotate_keys")
    with pytest.raises(SystemExit) as ended:
        call_command("rotate_keys", "--status")

    assert ended.value.code == 100
    assert "this key is missing" in capsys.readouterr().out


def test_keys_are_added_in_front_and_removed_when_they_open_nothing(
    keys_file, db, capsys
):
    keys_file(OLD)
    FamilyFactory()
    call_command("make_keys", "--add")
    field_keys.cache_clear()
    new = field_keys().writes_with
    assert list(field_keys().ciphers) == [new, "old"]

    for key_id, reason in (
        (new, "writes"),
        ("old", "still opens"),
        ("other", "no key"),
    ):
        with pytest.raises(CommandError, match=reason):
            call_command("make_keys", "--remove", key_id)
    call_command("rotate_keys")
    call_command("make_keys", "--remove", "old")

    field_keys.cache_clear()
    assert list(field_keys().ciphers) == [new]
    assert keys_file.path.stat().st_mode & 0o777 == 0o600


ROTATING = """
import django, os, signal
from django.conf import settings

django.setup()
settings.FIELD_KEYS_FILE = {keys!r}

from django.core.management import call_command
from privacy import rotation

replace, replaced = rotation.Place.replace, []

def replace_or_die(place, pk, token):
    if len(replaced) == {dies_after}:
        os.kill(os.getpid(), signal.SIGKILL)
    replaced.append(pk)
    return replace(place, pk, token)

rotation.Place.replace = replace_or_die
call_command("rotate_keys", "--json", "--batch", "4")
"""


def rotating(url, keys, *, dies_after=None):
    """The command in a process of its own, which may die between two texts."""
    return subprocess.run(
        [sys.executable, "-c", ROTATING.format(keys=str(keys), dies_after=dies_after)],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {"DJANGO_SETTINGS_MODULE": "config.test_settings", "DATABASE_URL": url},
        stdout=subprocess.PIPE,
        text=True,
        timeout=120,
    )


def tokens_of_members(file, key_id):
    with closing(sqlite3.connect(file)) as database:
        statement = "SELECT count(*) FROM families_familymember WHERE name LIKE ?"
        return database.execute(statement, [f"v1|{key_id}|%"]).fetchone()[0]


@pytest.mark.once
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_rotation_that_was_killed_goes_on_where_it_was(keys_file, tmp_path):
    keys_file(OLD)
    family = FamilyFactory()
    FamilyMemberFactory.create_batch(30, family=family)
    url, file = database_url(tmp_path), tmp_path / "copy.sqlite3"
    path = keys_file(NEW, OLD)

    killed = rotating(url, path, dies_after=15)
    done = tokens_of_members(file, "new")
    finished = rotating(url, path)

    assert killed.returncode == -signal.SIGKILL
    assert 0 < done < 15
    result = json.loads(finished.stdout.splitlines()[-1])
    assert result["texts"]["old"] == 0
    assert tokens_of_members(file, "new") == 30
