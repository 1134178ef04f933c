"""What containers and systemd start each night: a backup, and away with the old ones."""

import os
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SCRIPT = ROOT / "scripts" / "nightly-backup"
DAY = 24 * 60 * 60

pytestmark = pytest.mark.once


@pytest.fixture
def folder(tmp_path):
    """Backups of several ages, and a file of somebody else."""
    backups = tmp_path / "backups"
    backups.mkdir()
    for name, days in [
        ("tilts-of-yesterday.age", 1),
        ("tilts-of-35-days.age", 35),
        ("tilts-of-37-days.age", 37),
        ("kept-by-hand.age", 400),
    ]:
        (backups / name).touch()
        os.utime(backups / name, (time.time() - days * DAY,) * 2)
    return backups


def night(folder, tmp_path, python):
    """Runs the script with something in the place of Python."""
    program = tmp_path / "python"
    program.write_text(f"#!/bin/sh\n{python}\n")
    program.chmod(0o755)
    environment = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "BACKUPS_DIR": folder}
    return subprocess.run([SCRIPT], env=environment, capture_output=True)


def test_a_new_one_is_made_and_only_old_ones_of_its_own_go(folder, tmp_path):
    done = night(folder, tmp_path, '[ "$1 $2 $3" = "manage.py backup --out" ]; : >"$4"')

    assert done.returncode == 0
    names = {path.name for path in folder.iterdir()}
    [new] = names - {
        "tilts-of-yesterday.age",
        "tilts-of-35-days.age",
        "kept-by-hand.age",
    }
    assert new.startswith("tilts-20")
    assert new.endswith(".age")


def test_where_none_could_be_made_none_is_deleted(folder, tmp_path):
    before = set(folder.iterdir())

    assert night(folder, tmp_path, "exit 1").returncode == 1
    assert set(folder.iterdir()) == before
