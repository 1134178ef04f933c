"""A file that only its owner reads, there whole or not at all."""

import os
import stat

import pytest

from privacy.files import write_for_owner


@pytest.fixture(autouse=True)
def open_machine():
    """One on which others may read what is written, unless it is said otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "sheet.pdf"


def test_only_the_owner_reads_it(path):
    write_for_owner(path, b"secret")

    assert path.read_bytes() == b"secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_takes_the_place_of_the_one_before(path):
    path.write_bytes(b"before, and longer")
    path.with_name(".sheet.pdf.part").write_bytes(b"left behind by somebody killed")

    write_for_owner(path, b"after")

    assert path.read_bytes() == b"after"
    assert [one.name for one in path.parent.iterdir()] == ["sheet.pdf"]


def test_nothing_is_left_of_one_that_could_not_be_put_there(path):
    path.mkdir()

    with pytest.raises(OSError, match=r"sheet\.pdf"):
        write_for_owner(path, b"secret")

    assert [one.name for one in path.parent.iterdir()] == ["sheet.pdf"]
