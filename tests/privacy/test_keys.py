import base64
import re
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

from agenda.management.commands.init import Command
from privacy.fields import seal, unseal
from privacy.keys import field_keys, new_key_line, parsed, read_keys
from tests.factories import FamilyFactory

TWICE = new_key_line().partition(":")[2]
SHORT = base64.b64encode(b"x" * 31).decode()


def test_the_first_key_writes_and_the_others_still_read(keys_file):
    old = new_key_line()
    keys_file(old)
    written_before = seal("Kārkliņi", bound_to="here")

    new = "new:" + new_key_line().partition(":")[2]
    keys_file(new, "", old)

    assert field_keys().writes_with == "new"
    assert unseal(written_before, bound_to="here") == "Kārkliņi"
    assert seal("Kārkliņi", bound_to="here").startswith("v1|new|")


def test_a_missing_file_says_how_to_get_one(tmp_path):
    with pytest.raises(ImproperlyConfigured, match="make_keys"):
        read_keys(tmp_path / "nothing.keys")


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        ([], "holds no key"),
        ([new_key_line(), "no separator"], "line 2: write 'id:key'"),
        (["a|b:" + SHORT], "line 1: write 'id:key'"),
        (["a:" + SHORT], "line 1: the key has 31 bytes and needs 32"),
        (["a:###"], "line 1: the key is not base64"),
        (["a:" + new_key_line().partition(":")[2]] * 2, "key id a twice"),
        ([f"a:{TWICE}", f"b:{TWICE}"], "the key of b twice"),
        (["a:" + base64.b64encode(b"ab" * 16).decode()], "not made at random"),
        (["a:b:" + new_key_line().partition(":")[2]], "the key is not base64"),
        (["a:ķķķ"], "is not a file of field keys"),
    ],
)
def test_a_wrong_file_stops_the_start(keys_file, lines, complaint):
    keys_file(*lines)

    with pytest.raises(ImproperlyConfigured, match=complaint):
        field_keys()


@pytest.mark.parametrize(("different", "is_random"), [(11, False), (12, True)])
def test_a_key_that_repeats_itself_was_not_made_at_random(
    keys_file, different, is_random
):
    key = bytes(number % different for number in range(32))
    keys_file("Ab-1_c.D:" + base64.b64encode(key).decode())

    if is_random:
        assert field_keys().writes_with == "Ab-1_c.D"
    else:
        with pytest.raises(ImproperlyConfigured, match="not made at random"):
            field_keys()


def test_a_key_from_paper_is_named_so_in_a_complaint():
    with pytest.raises(ImproperlyConfigured, match=r"^the sheet: the key"):
        parsed("a:###")


def test_the_id_of_a_new_key_tells_the_day_it_was_made(time_machine):
    time_machine.move_to("2026-11-13 00:30 +0200", tick=False)

    key_id, key = new_key_line().split(":")

    assert re.fullmatch(r"20261112-[0-9a-f]{4}", key_id)
    assert len(base64.b64decode(key)) == 32


def test_a_complaint_never_quotes_a_key(keys_file):
    keys_file("a:" + SHORT)

    with pytest.raises(ImproperlyConfigured) as caught:
        field_keys()

    assert SHORT not in str(caught.value)


def test_make_keys_writes_a_file_that_only_its_owner_reads(keys_file, db):
    call_command("make_keys", verbosity=0)

    assert stat.S_IMODE(keys_file.path.stat().st_mode) == 0o600
    assert unseal(seal("text", bound_to="here"), bound_to="here") == "text"


def test_make_keys_makes_none_in_place_of_a_lost_one(keys_file, db):
    path = keys_file(new_key_line())
    FamilyFactory(label="Kārkliņi")
    lost = path.rename(path.with_name("lost"))

    for command in ("make_keys", "init"):
        with pytest.raises(CommandError, match="key_sheet --restore") as refused:
            call_command(command, verbosity=0)
        assert lost.read_text().partition(":")[0] in str(refused.value)
    assert not path.exists()


@pytest.mark.once
def test_an_installation_does_not_start_with_a_key_that_opens_nothing_in_it(
    keys_file, db
):
    old = new_key_line()
    keys_file(old)
    FamilyFactory(label="Kārkliņi")
    new = "new:" + new_key_line().partition(":")[2]
    keys_file(new)
    call_command("make_keys", verbosity=0)

    with pytest.raises(CommandError, match="put their lines below"):
        Command().refuse_without_its_keys()

    keys_file(new, old)
    Command().refuse_without_its_keys()


def test_make_keys_needs_no_database(keys_file, monkeypatch):
    def away():
        raise OperationalError("unable to open database file")

    monkeypatch.setattr("privacy.rotation.keys_needed", away)

    call_command("make_keys", verbosity=0)

    assert keys_file.path.exists()


def test_make_keys_never_overwrites_keys(keys_file):
    path = keys_file(new_key_line())
    before = path.read_text()

    call_command("make_keys", verbosity=0)
    with pytest.raises(CommandError, match="exists already"):
        call_command("make_keys")

    assert path.read_text() == before
    backup = path.with_name("backup.key")
    assert backup.read_text().startswith("AGE-SECRET-KEY-1")
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
