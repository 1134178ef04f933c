"""A file that waits is noise to everybody without its key, and comes back as it was."""

import errno
import io

import pyrage
import pytest
from django.core.files.storage import default_storage

from privacy import sealed_files
from tests.factories import FamilyFactory

pytestmark = pytest.mark.once

NAME = "waiting/1.age"
TEXT = b"Karklini live here. " * 100


@pytest.fixture
def key():
    yield sealed_files.keep(io.BytesIO(TEXT), NAME)
    sealed_files.forget(NAME)


def stored():
    with default_storage.open(NAME) as file:
        return file.read()


def test_a_file_comes_back_whole_and_from_its_beginning(key):
    with sealed_files.fetch(NAME, key) as file:
        assert file.tell() == 0
        assert file.read() == TEXT


def test_what_lies_there_tells_nothing_and_another_key_does_not_open_it(key):
    other = str(pyrage.x25519.Identity.generate())

    assert b"Karklini" not in stored()
    with pytest.raises(pyrage.DecryptError):
        sealed_files.fetch(NAME, other)


def test_each_file_has_a_key_of_its_own(key):
    again = sealed_files.keep(io.BytesIO(TEXT), "waiting/2.age")
    sealed_files.forget("waiting/2.age")

    assert key != again
    assert key.startswith("AGE-SECRET-KEY-")


def test_all_of_a_file_is_kept_that_was_read_before():
    file = io.BytesIO(TEXT)
    file.read()

    key = sealed_files.keep(file, NAME)

    assert sealed_files.fetch(NAME, key).read() == TEXT
    sealed_files.forget(NAME)


@pytest.mark.parametrize(("more", "is_in_memory"), [(0, True), (1, True), (-1, False)])
def test_a_small_file_is_opened_in_memory_and_a_large_one_without_a_name(
    key, monkeypatch, more, is_in_memory
):
    monkeypatch.setattr(sealed_files, "IN_MEMORY", len(stored()) + more)

    with sealed_files.fetch(NAME, key) as file:
        assert isinstance(file, io.BytesIO) == is_in_memory
        assert is_in_memory or isinstance(file.name, int)
        assert file.read() == TEXT


def test_a_list_of_some_hundred_rows_is_small(key):
    assert isinstance(sealed_files.fetch(NAME, key), io.BytesIO)


def test_its_name_tells_row_and_attempt(db):
    family = FamilyFactory()

    assert sealed_files.name_of(family, 2) == f"waiting/{family.pk}-2.age"


def test_a_file_that_is_forgotten_is_gone_and_may_be_forgotten_again(key):
    sealed_files.forget(NAME)
    sealed_files.forget(NAME)

    with pytest.raises(OSError, match=r"waiting/1\.age"):
        sealed_files.fetch(NAME, key)


class Full(io.BytesIO):
    """A disk without room."""

    def write(self, content):
        raise OSError(errno.ENOSPC, "no space left")


@pytest.mark.parametrize("times", [0, 1, 100])
def test_a_full_disk_is_told_however_small_the_file_is(monkeypatch, times):
    monkeypatch.setattr(sealed_files, "scratch", Full)

    with pytest.raises(OSError, match="no space left") as failed:
        sealed_files.keep(io.BytesIO(TEXT * times), NAME)

    assert failed.value.errno == errno.ENOSPC
    assert not default_storage.exists(NAME)


def test_of_a_file_that_the_disk_took_half_of_nothing_stays(monkeypatch):
    save = default_storage.save

    def save_half(name, content):
        save(name, io.BytesIO(content.read(100)))
        raise OSError(errno.ENOSPC, "no space left")

    monkeypatch.setattr(default_storage, "save", save_half)

    with pytest.raises(OSError, match="no space left"):
        sealed_files.keep(io.BytesIO(TEXT), NAME)

    assert not default_storage.exists(NAME)


class Unreadable(io.BytesIO):
    """A file whose end is missing."""

    def read(self, size=-1):
        raise OSError(errno.EIO, "input/output error")


def test_a_file_that_cannot_be_read_is_not_kept():
    with pytest.raises(pyrage.EncryptError):
        sealed_files.keep(Unreadable(TEXT), NAME)

    assert not default_storage.exists(NAME)
