"""What of the stored files is in a backup, and what an archive may hold at most."""

import io
import tarfile

import pyrage
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from privacy import backup
from privacy.keys import new_key_line

pytestmark = pytest.mark.once


@pytest.fixture
def identity(keys_file):
    """The key of backups."""
    path = keys_file(new_key_line())
    identity = pyrage.x25519.Identity.generate()
    path.with_name("backup.key").write_text(f"{identity}\n")
    return identity


def test_all_files_are_in_it_but_those_that_wait():
    names = ["a.pdf", "atskaites/b.pdf", "waiting/c.age", "zinojumi/waiting/d.pdf"]
    for name in names:
        default_storage.save(name, ContentFile(b"%PDF"))

    stored = [name for name in backup.stored_files() if name in names]

    for name in names:
        default_storage.delete(name)
    assert stored == ["a.pdf", "atskaites/b.pdf", "zinojumi/waiting/d.pdf"]


def part(name, **more):
    member = tarfile.TarInfo(name)
    for field, value in more.items():
        setattr(member, field, value)
    return member


@pytest.mark.parametrize(
    "member",
    [
        part("../evil"),
        part("/evil"),
        part("files/../../evil"),
        part("evil", type=tarfile.SYMTYPE, linkname="manifest.json"),
        part("evil", type=tarfile.LNKTYPE, linkname="manifest.json"),
        part("evil", type=tarfile.FIFOTYPE),
    ],
    ids=["above", "root", "around", "link", "hard link", "pipe"],
)
def test_an_archive_with_anything_but_files_of_its_own_is_refused(
    identity, tmp_path, member
):
    plain, path = io.BytesIO(), tmp_path / "place" / "tilts.age"
    path.parent.mkdir()
    with tarfile.open(fileobj=plain, mode="w") as tar:
        tar.addfile(part("manifest.json", size=2), io.BytesIO(b"{}"))
        tar.addfile(member)
    path.write_bytes(pyrage.encrypt(plain.getvalue(), [identity.to_public()]))

    with (
        pytest.raises(backup.BackupRefused, match=r"no backup, or damaged\.$"),
        backup.checked(path),
    ):
        pass

    assert [*tmp_path.rglob("evil*")] == []
