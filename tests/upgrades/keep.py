"""Keeps what this release stores for the tests of later ones, in tests/upgrades/states.

Usage, at each release: python -m tests.upgrades.keep NAME

An installation with demo data on each database: its tables as the backup packs them, its
keys, how many rows each table has and how many texts open. The last three states stay.
"""

import json
import lzma
import subprocess
import sys
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.faults import postgresql
from tests.faults.installation import Installation
from tests.journeys.system import System

STATES = Path(__file__).parent / "states"
LAST_DAY = date(2026, 10, 31)
LOOK = """
import json
from privacy import rotation
from privacy.audit import check_chain
from privacy.digest import digest
print(json.dumps({
    "rows": {table: told["rows"] for table, told in digest().items()},
    "texts": sum(
        bool(place.text(pk, token)) for place in rotation.places() for pk, token in place.tokens()
    ),
    "chain": check_chain(None).holds,
}))
"""
"""What an installation holds, each text opened; the same is asked after an upgrade."""


def keep(name):
    """Writes NAME.json, NAME.sqlite.xz and NAME.postgresql.xz."""
    told = {}
    with TemporaryDirectory() as folder, postgresql.running() as cluster:
        for engine, its in (("sqlite", None), ("postgresql", cluster)):
            installation = Installation(Path(folder) / engine, its)
            installation.begin_with_nothing()
            System.prepare(installation, until=LAST_DAY)
            told[engine] = {
                "keys": (installation.folder / "field.keys").read_text(),
                **json.loads(installation.manage("shell", "-v", "0", "-c", LOOK)),
            }
            packed = lzma.compress(DUMP[engine](installation))
            (STATES / f"{name}.{engine}.xz").write_bytes(packed)
    (STATES / f"{name}.json").write_text(json.dumps(told, indent=1) + "\n")


def _dump_sqlite(installation):
    return (installation.folder / "tilts.sqlite3").read_bytes()


def _dump_postgresql(installation):
    address = installation.env["DATABASE_URL"]
    command = ["pg_dump", "--format=custom", "--compress=0", f"--dbname={address}"]
    return subprocess.run(command, check=True, capture_output=True).stdout


DUMP = {"sqlite": _dump_sqlite, "postgresql": _dump_postgresql}

if __name__ == "__main__":
    keep(sys.argv[1])
