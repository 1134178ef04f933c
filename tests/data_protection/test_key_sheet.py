import io
import re

import pytest
from django.core.management import CommandError, call_command

from privacy import key_sheet
from privacy.keys import field_keys, new_key_line
from privacy.models import AuditEntry, Verb
from tests.factories import FamilyFactory
from tests.reports.paper import text_of

KEYS = f"{new_key_line()}\n{new_key_line()}\nAGE-SECRET-KEY-1ABC"


@pytest.fixture
def keys(settings, tmp_path):
    """Key files of an installation of their own."""
    folder = tmp_path / "keys"
    folder.mkdir()
    settings.FIELD_KEYS_FILE = folder / "field.keys"
    settings.BACKUP_KEY_FILE = folder / "backup.key"
    settings.FIELD_KEYS_FILE.write_text(f"{new_key_line()}\n")
    settings.BACKUP_KEY_FILE.write_text("AGE-SECRET-KEY-1ABC\n")
    return settings


def sheet():
    out = io.StringIO()
    call_command("key_sheet", "--text", stdout=out)
    parts = out.getvalue().split("----\n")[1:]
    return [part.partition("\n\n")[0] for part in parts]


def typed(monkeypatch, *halves):
    text = "\n\n".join(half.strip("\n") for half in halves) + "\n\n"
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


def test_two_halves_give_back_the_keys_and_one_alone_is_random():
    first, second = key_sheet.halves(KEYS)
    others = key_sheet.halves(KEYS)

    assert key_sheet.joined(first, second) == KEYS
    assert key_sheet.joined([line.lower() for line in second], first) == KEYS
    assert not {*first, *second} & {*others[0], *others[1]}


PRINTED = """
01  GEYS ILVZ G3H5 4IE4 7TY4 DAAN  bite
02  QWRE WIIA 2HPE S2IP XC6D 7E5N  liepa
03  6QMC V7B7 TBTW QZ3U  upe

01  IOIX IUPW FOZY QEVM Z3D6 ZMJ4  ola
02  X7BS SQQK SCMQ YRC4 7X7W 3VXZ  abele
03  3FJW 7JIS VETC UJD6  rati
"""


def test_a_sheet_that_was_printed_long_ago_still_opens():
    first, second = (half.split("\n") for half in PRINTED.strip().split("\n\n"))

    assert key_sheet.joined(first, second) == "2026-11:abc\nAGE-SECRET-KEY-1ABC\n"


def test_a_line_is_short_enough_to_be_typed():
    for half in key_sheet.halves(KEYS):
        for line in half[:-1]:
            assert re.fullmatch(r"\d\d  (?:[A-Z2-7]{4} ){5}[A-Z2-7]{4}  \w+", line)


@pytest.mark.parametrize("size", range(1, 12))
def test_keys_of_any_length_are_printed_in_plain_letters(size, monkeypatch):
    def ends_with_an_x(count):
        return bytes(count - 1) + b"\x17"

    monkeypatch.setattr(key_sheet.secrets, "token_bytes", ends_with_an_x)
    first, second = key_sheet.halves("a" * size)

    assert "=" not in "".join([*first, *second])
    assert key_sheet.joined(first, second) == "a" * size


def _with_a_slip(line):
    """Another word behind the same letters, as if one of the letters were wrong."""
    letters, _space, word = line.rpartition("  ")
    return f"{letters}  {'upe' if word != 'upe' else 'tilts'}"


@pytest.mark.parametrize(
    ("spoil", "complaint"),
    [
        (lambda lines: [lines[0], _with_a_slip(lines[1]), *lines[2:]], "Line 2"),
        (lambda lines: lines[:-1], "one is longer"),
        (lambda lines: key_sheet.halves(KEYS)[1], "not of the same sheet"),
        (lambda lines: [], "one is longer"),
    ],
)
def test_a_slip_of_the_pen_is_found_in_its_line(spoil, complaint):
    first, second = key_sheet.halves(KEYS)

    with pytest.raises(key_sheet.NotAHalf, match=complaint):
        key_sheet.joined(first, spoil(second))


def test_a_rehearsal_tells_whether_the_halves_open_the_database(
    keys, db, monkeypatch, capsys
):
    FamilyFactory()
    halves = sheet()
    typed(monkeypatch, *halves)

    call_command("key_sheet", "--check")

    assert "open the database" in capsys.readouterr().out


def test_an_older_sheet_and_that_of_another_installation_are_told_apart(
    keys, db, monkeypatch
):
    halves = sheet()
    key_id = keys.FIELD_KEYS_FILE.read_text().partition(":")[0]
    keys.FIELD_KEYS_FILE.write_text(f"newer:{new_key_line().partition(':')[2]}\n")
    field_keys.cache_clear()
    FamilyFactory()
    typed(monkeypatch, *halves)
    with pytest.raises(CommandError, match="lacks newer") as ended:
        call_command("key_sheet", "--check")
    assert ended.value.returncode == 100

    keys.FIELD_KEYS_FILE.write_text(f"{key_id}:{new_key_line().partition(':')[2]}\n")
    field_keys.cache_clear()
    FamilyFactory()
    typed(monkeypatch, *halves)
    with pytest.raises(CommandError, match="another installation") as ended:
        call_command("key_sheet", "--check")
    assert ended.value.returncode == 100


def test_lost_key_files_are_written_anew_from_paper(keys, monkeypatch, tmp_path, db):
    lost = keys.FIELD_KEYS_FILE.read_text(), keys.BACKUP_KEY_FILE.read_text()
    typed(monkeypatch, *sheet())

    call_command("key_sheet", restore=tmp_path, verbosity=0)

    found = tmp_path / "field.keys", tmp_path / "backup.key"
    assert tuple(path.read_text() for path in found) == lost
    assert {path.stat().st_mode & 0o777 for path in found} == {0o600}


def test_the_sheet_is_printed_with_a_page_for_each_half(keys, tmp_path, db):
    call_command("key_sheet", out=tmp_path / "sheet.pdf", verbosity=0)

    content = (tmp_path / "sheet.pdf").read_bytes()
    pages = text_of(content)
    assert "1. puse" in pages
    assert "2. puse" in pages
    assert keys.BACKUP_KEY_FILE.read_text().strip() not in pages


def test_it_is_noted_which_keys_stand_on_paper(keys, db):
    sheet()

    [entry] = AuditEntry.objects.filter(verb=Verb.PDF)
    assert entry.detail == {"keys": sorted(field_keys().ciphers)}
