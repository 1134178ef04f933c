import io
import json
import tarfile
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest
from allauth.mfa.models import Authenticator
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.migrations.recorder import MigrationRecorder

from families.models import Family
from privacy import audit, backup, database_copy
from privacy.digest import digest
from privacy.fields import CannotDecrypt
from privacy.keys import field_keys, new_key_line
from privacy.models import AuditHead
from tests.factories import AppFactory, FamilyFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FAMILIES = Family._meta.db_table
PDF = "atskaites/oktobris.pdf"


@pytest.fixture
def family(key):
    default_storage.save(PDF, ContentFile(b"%PDF first"))
    with transaction.atomic():
        family = FamilyFactory(label="Kārkliņi")
        audit.record(None, audit.Verb.CREATE, family)
    yield family
    default_storage.delete(PDF)


@pytest.fixture
def file(family, tmp_path):
    call_command("backup", out=tmp_path / "tilts.age", verbosity=0)
    return tmp_path / "tilts.age"


def restored(before):
    """The digest of a restored database, without the entry that tells of it."""
    audits = ("privacy_auditentry", "privacy_audithead")
    return {table: told for table, told in before.items() if table not in audits}


def change(family):
    with transaction.atomic():
        family.label = "Kalniņi"
        family.save()
        audit.record(None, audit.Verb.UPDATE, family)


def test_a_backup_gives_back_every_row_and_file_and_spares_what_is_newer(file, family):
    before = digest()
    assert file.stat().st_mode & 0o777 == 0o600
    change(family)
    default_storage.delete(PDF)
    newer = digest()

    with pytest.raises(CommandError, match="does not know"):
        call_command("restore", source=file)
    assert digest() == newer

    call_command("restore", source=file, force=True)

    assert restored(digest()) == restored(before)
    assert Family.objects.get(pk=family.pk).label == "Kārkliņi"
    with default_storage.open(PDF) as stored:
        assert stored.read() == b"%PDF first"


def test_a_backup_that_knows_everything_is_restored_without_force(file):
    before = digest()

    call_command("restore", source=file)

    assert restored(digest()) == restored(before)
    assert [*backup.stored_files()].count(PDF) == 1


def test_a_backup_that_told_of_the_work_in_the_background_is_still_one(
    family, tmp_path, monkeypatch
):
    with monkeypatch.context() as earlier:
        earlier.setattr("privacy.digest.VOLATILE_TABLES", {"django_session"})
        told = backup.write(tmp_path / "b.age")
    assert "django_tasks_database_dbtaskresult" in told["tables"]

    call_command("restore", source=tmp_path / "b.age", verify=True)


def test_another_installation_is_spared_though_it_counted_as_far(file):
    AuditHead.objects.update(hash="f" * 64)

    with pytest.raises(CommandError, match="does not know"):
        call_command("restore", source=file)


def test_the_manifest_tells_what_is_in_it_and_when_it_was_made(
    family, tmp_path, time_machine
):
    time_machine.move_to("2026-11-13 00:30 +0200", tick=False)

    told = backup.write(tmp_path / "b.age")

    assert (told["format"], told["made_at"]) == (1, "2026-11-12T22:30:00+00:00")
    assert told["field_keys"] == list(field_keys().ciphers)
    assert told["tables"] == digest()
    assert told["files"][PDF] == sha256(b"%PDF first").hexdigest()


@pytest.mark.parametrize("is_writable", [True, False])
def test_it_is_packed_beside_the_file_or_where_there_is_room_for_passing_things(
    tmp_path, monkeypatch, is_writable
):
    monkeypatch.setattr("os.access", lambda path, mode: is_writable)

    with backup._own_place_beside(tmp_path / "b.age") as folder:
        place = Path(folder)

    assert (place.parent == tmp_path) is is_writable
    assert place.name.startswith(".tilts-")


def test_what_a_killed_backup_left_readable_goes_and_what_another_is_at_stays(tmp_path):
    left = tmp_path / ".tilts-left"
    left.mkdir()
    (left / "database").write_text("who everybody is")

    with (
        backup._own_place_beside(tmp_path / "a.age") as busy,
        backup._own_place_beside(tmp_path / "b.age"),
    ):
        assert not left.exists()
        assert Path(busy).exists()

    assert list(tmp_path.iterdir()) == []


@pytest.mark.once
def test_the_digest_of_a_copy_is_taken_from_the_copy(db, tmp_path, monkeypatch):
    """People go on writing into the database meanwhile."""
    monkeypatch.setattr(database_copy, "digest", lambda using="default": using)

    assert database_copy._copy_sqlite(tmp_path / "copy") == database_copy.RESTORED


def without(part, content, key, **more):
    """The backup packed anew without one part, or with more."""
    opened, packed = io.BytesIO(pyrage.decrypt(content, [key])), io.BytesIO()
    with (
        tarfile.open(fileobj=opened) as plain,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        for member in plain.getmembers():
            if member.name != part:
                tar.addfile(member, plain.extractfile(member))
        for name, content in more.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return pyrage.encrypt(packed.getvalue(), [key.to_public()])


def test_nothing_is_unpacked_outside_of_its_place(file, key, tmp_path):
    more = {"../outside": b"anything"}
    file.write_bytes(without(None, file.read_bytes(), key, **more))

    with pytest.raises(CommandError, match="damaged"):
        call_command("restore", source=file, verify=True)

    assert not (tmp_path / "outside").exists()


def test_a_damaged_backup_is_refused_and_changes_nothing(file, key):
    whole = file.read_bytes()
    middle = len(whole) // 2
    damaged = {
        "truncated": whole[:-1],
        "bit flipped": whole[:middle]
        + bytes([whole[middle] ^ 1])
        + whole[middle + 1 :],
        "empty": b"",
        "no file of a report": without(f"files/{PDF}", whole, key),
        "no database": without("database", whole, key),
        "no manifest": without("manifest.json", whole, key),
    }
    before = digest()

    for content in damaged.values():
        file.write_bytes(content)
        for options in ({"verify": True}, {"force": True}):
            with pytest.raises(CommandError) as refused:
                call_command("restore", source=file, **options)
            assert refused.value.returncode == 1
    assert digest() == before


@pytest.mark.once
def test_whoever_looks_at_a_backup_has_its_indexes_compared_and_who_restores_waits_for_none(
    file, monkeypatch
):
    asked, execute = [], CursorWrapper.execute

    def listening(self, sql, params=None):
        asked.append(sql)
        return execute(self, sql, params)

    monkeypatch.setattr(CursorWrapper, "execute", listening)

    call_command("restore", source=file, verify=True)
    assert "PRAGMA integrity_check" in asked
    asked.clear()
    call_command("restore", source=file)
    assert "PRAGMA quick_check" in asked
    assert "PRAGMA integrity_check" not in asked


def told_otherwise(path, monkeypatch, **told):
    """A backup whose manifest tells something else of the table of families."""
    copy_to = database_copy.copy_to

    def copied(place):
        tables = copy_to(place)
        return tables | {FAMILIES: tables[FAMILIES] | told}

    with monkeypatch.context() as other:
        other.setattr(database_copy, "copy_to", copied)
        call_command("backup", out=path, verbosity=0)
    return path


def test_a_database_with_fewer_rows_than_the_backup_tells_is_not_restored(
    family, tmp_path, monkeypatch
):
    file = told_otherwise(tmp_path / "b.age", monkeypatch, rows=2)
    before = digest()

    for options in ({"verify": True}, {"force": True}):
        with pytest.raises(CommandError, match="The tables differ"):
            call_command("restore", source=file, **options)

    assert digest() == before


def test_looking_at_a_backup_compares_what_stands_in_each_row(
    family, tmp_path, monkeypatch
):
    file = told_otherwise(tmp_path / "b.age", monkeypatch, sha256="0" * 64)

    with pytest.raises(CommandError, match="The tables differ"):
        call_command("restore", source=file, verify=True)


def test_a_backup_of_a_later_release_is_refused_with_what_to_do(family, tmp_path):
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    recorder.record_applied("cases", "9999_of_tomorrow")
    call_command("backup", out=tmp_path / "tilts.age", verbosity=0)
    recorder.record_unapplied("cases", "9999_of_tomorrow")

    with pytest.raises(CommandError, match="later release"):
        call_command("restore", "--in", str(tmp_path / "tilts.age"))


def test_a_file_that_is_not_there_is_no_damaged_backup(tmp_path):
    with pytest.raises(CommandError, match="There is no file") as refused:
        call_command("restore", source=tmp_path / "nothing.age")

    assert refused.value.returncode == 2


def test_a_wrong_key_is_told_apart_from_damage(file, key, keys_file):
    backup_key = keys_file.path.with_name("backup.key")
    call_command("restore", source=file, verify=True)

    backup_key.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    with pytest.raises(CommandError) as refused:
        call_command("restore", source=file)
    assert refused.value.returncode == 100

    backup_key.write_text(f"{key}\n")
    keys_file(new_key_line())
    Family.objects.all().delete()
    with pytest.raises(CannotDecrypt):
        call_command("restore", source=file, force=True)


def test_a_second_factor_in_the_backup_needs_its_key_too(key, keys_file, tmp_path):
    AppFactory()
    call_command("backup", out=tmp_path / "b.age", verbosity=0)
    Authenticator.objects.all().delete()
    keys_file(new_key_line())

    with pytest.raises(CannotDecrypt):
        call_command("restore", source=tmp_path / "b.age", verify=True)


def test_whoever_makes_backups_needs_no_key_that_opens_them(
    family, key, keys_file, tmp_path
):
    keys_file.path.with_name("backup.key").write_text(
        f"# of the office\n{key.to_public()}\n"
    )

    call_command("backup", out=tmp_path / "b.age", verbosity=0)

    assert pyrage.decrypt((tmp_path / "b.age").read_bytes(), [key])


def test_a_digest_tells_which_table_has_changed(family, capsys):
    before = digest()
    change(family)

    call_command("digest", "--json")

    after = json.loads(capsys.readouterr().out)
    assert {table for table in after if after[table] != before[table]} == {
        "families_family",
        "privacy_auditentry",
        "privacy_audithead",
    }
