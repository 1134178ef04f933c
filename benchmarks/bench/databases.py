"""Databases to measure on: made once and kept, copied for each run that writes to them."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

SOURCES = ("*/migrations/*.py", "agenda/demo/**/*.py", "municipalities/reference/*")
"""What decides of the rows that are made."""
OLDER = "OLDER_TREE"
"""In the environment of a process that measures another tree than this one: its name."""


def today():
    """The day in Riga, whatever the zone of this machine."""
    return datetime.now(ZoneInfo("Europe/Riga")).date()


class CannotPrepare(Exception):
    """A command that makes a database failed; says what it printed."""


@dataclass(frozen=True)
class Tree:
    """A checkout whose code is measured; ``name`` is empty for this one."""

    path: Path
    name: str = ""

    def digest(self, *patterns):
        found = sorted({file for one in patterns for file in self.path.glob(one)})
        content = hashlib.sha256()
        for file in found:
            if file.is_file() and "__pycache__" not in file.parts:
                content.update(str(file.relative_to(self.path)).encode())
                content.update(file.read_bytes())
        return content.hexdigest()[:10]

    @property
    def schema(self):
        return self.digest(SOURCES[0])

    @property
    def makes_its_own(self):
        return (self.path / "agenda/demo/national").is_dir()


@dataclass(frozen=True)
class Ground:
    """The folder that is kept between runs: keys, static files and databases."""

    folder: Path

    def environment(self, tree, url):
        """Production's settings, as ``scripts/run`` gives them to a demo."""
        var = self.folder / f"var{tree.name and '-' + tree.name}"
        var.mkdir(parents=True, exist_ok=True, mode=0o700)
        secret = self.folder / "secret.key"
        if not secret.exists():
            secret.write_text(os.urandom(32).hex())
        return os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMO": "true",
            "VAR_DIR": str(var),
            "SECRET_KEY": secret.read_text(),
            "FIELD_KEYS_FILE": str(self.folder / "field.keys"),
            "BACKUP_KEY_FILE": str(self.folder / "backup.key"),
            "SITE_URL": "http://127.0.0.1:8000",
            "LOG_LEVEL": "ERROR",
            "DATABASE_URL": url,
            OLDER: tree.name,
            "PYTHONPATH": f"{tree.path}:{Path(__file__).parent.parent}",
        }

    def manage(self, tree, url, *arguments):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=tree.path,
            env=self.environment(tree, url),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise CannotPrepare(f"{' '.join(arguments)}: {done.stderr[-2000:]}")

    def prepare_files(self, tree):
        """Translations and static files, as an installation has them."""
        stamp = self.folder / f"files{tree.name and '-' + tree.name}"
        made_from = tree.digest("locale/**/*.po", "static/**/*", "*/static/**/*")
        if stamp.exists() and stamp.read_text() == made_from:
            return
        nowhere = f"sqlite:///{self.folder}/none.sqlite3"
        ignored = ("--ignore", ".venv", "--ignore", "var")
        self.manage(tree, nowhere, "compilemessages", *ignored, "--verbosity", "0")
        self.manage(tree, nowhere, "collectstatic", "--no-input", "--verbosity", "0")
        stamp.write_text(made_from)

    def name_of(self, tree, entries):
        """Another day's log would end on another day, and the pages of today be empty."""
        return f"{entries}_{today():%Y%m%d}_{tree.digest(*SOURCES)}"

    def fill(self, tree, url, entries):
        self.manage(tree, url, "init", "--verbosity", "0")
        size = ("--scale", "national", "--entries", str(entries))
        begin = time.monotonic()
        self.manage(tree, url, "seed_demo", *size)
        took = time.monotonic() - begin
        place = url.partition(":")[0]
        print(f"{place}: {entries:,} entries made in {took:.0f} s", file=sys.stderr)


class Sqlite:
    """One file for each size; a run works on a copy."""

    name = "sqlite"

    def __init__(self, ground):
        self.ground = ground
        self.folder = ground.folder / "sqlite"
        self.folder.mkdir(exist_ok=True)

    def ready(self, tree, entries, name):
        """The address of a copy, for the checkout of that name, of what ``tree`` makes."""
        kept = self.folder / f"{self.ground.name_of(tree, entries)}.sqlite3"
        if not kept.exists():
            making = kept.with_suffix(".making")
            making.unlink(missing_ok=True)
            self.ground.fill(tree, f"sqlite:///{making}", entries)
            making.rename(kept)
        copy = self.folder / f"work-{name}-{entries}.sqlite3"
        self._forget(copy)
        shutil.copyfile(kept, copy)
        return f"sqlite:///{copy}"

    def empty(self, name):
        """The address of a database without a table."""
        return f"sqlite:///{self.folder / f'work-{name}.sqlite3'}"

    def close(self):
        for copy in self.folder.glob("work-*.sqlite3"):
            self._forget(copy)

    @staticmethod
    def _forget(copy):
        for ending in ("", "-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)


class Postgresql:
    """A server of its own on a socket that only this account reaches, ended afterwards.

    It has the memory that a server of this size is given, and is else as PostgreSQL comes, so
    that a commit waits for the disk as it does in production.
    """

    name = "postgresql"

    def __init__(self, ground):
        self.ground = ground
        self.folder = ground.folder / "postgresql"
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"))
        self.folder.mkdir(exist_ok=True, mode=0o700)
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root; its package brings a user for it
            shutil.chown(self.folder, "postgres")
            ground.folder.chmod(0o711)
        if not (self.folder / "data").exists():
            self._run(
                *("initdb", f"--pgdata={self.folder}/data", "--username=tilts"),
                *("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
            )
        self._run(
            *("pg_ctl", "start", f"--pgdata={self.folder}/data", "--wait", "--silent"),
            *(f"--log={self.folder}/log", "--options"),
            f"-c listen_addresses= -k {self.folder} -c shared_buffers=1GB"
            " -c max_wal_size=4GB",
        )

    def ready(self, tree, entries, name):
        """The address of a copy, for the checkout of that name, of what ``tree`` makes."""
        kept = f"kept_{self.ground.name_of(tree, entries)}"
        if kept not in self._databases():
            making = f"making_{entries}"
            self._sql(f"DROP DATABASE IF EXISTS {making}")
            self._sql(f"CREATE DATABASE {making}")
            self.ground.fill(tree, self._url(making), entries)
            self._sql(f"ALTER DATABASE {making} RENAME TO {kept}")
        copy = f"work_{name}_{entries}"
        self._sql(f"DROP DATABASE IF EXISTS {copy}")
        self._sql(f"CREATE DATABASE {copy} TEMPLATE {kept} STRATEGY FILE_COPY")
        return self._url(copy)

    def empty(self, name):
        """The address of a database without a table."""
        self._sql(f"DROP DATABASE IF EXISTS work_{name}")
        self._sql(f"CREATE DATABASE work_{name}")
        return self._url(f"work_{name}")

    def close(self):
        for name in self._databases():
            if name.startswith("work_"):
                self._sql(f"DROP DATABASE {name} WITH (FORCE)")
        self._run("pg_ctl", "stop", f"--pgdata={self.folder}/data", "--silent")

    def _url(self, name):
        return f"postgres://tilts@{str(self.folder).replace('/', '%2F')}/{name}"

    def _databases(self):
        return self._sql("SELECT datname FROM pg_database").split()

    def _sql(self, statement):
        reach = ("--host", str(self.folder), "--username", "tilts", "postgres")
        return self._run("psql", "--quiet", "-At", "-c", statement, *reach)

    def _run(self, command, *arguments):
        whole = [str(self.bin / command), *arguments]
        if os.geteuid() == 0:
            whole = ["runuser", "-u", "postgres", "--", *whole]
        # What pg_ctl leaves running would hold a pipe open
        with (self.ground.folder / "postgresql.out").open("w+") as said:
            done = subprocess.run(whole, cwd="/", stdout=said, stderr=said)
            said.seek(0)
            told = said.read()
        if done.returncode:
            raise CannotPrepare(f"{command}: {told[-2000:]}")
        return told


DATABASES = {one.name: one for one in (Sqlite, Postgresql)}
