"""A PostgreSQL of its own that waits for the disk, because what it answered has to stay."""

import os
import secrets
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.journeys.system import free_port

USER = "tilts"


class NoPostgresql(Exception):
    """This machine has no server programs of PostgreSQL."""


def programs():
    """The folder of ``initdb`` and ``pg_ctl``, the newest where there are several."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        raise NoPostgresql("No server of PostgreSQL: apt-get install postgresql")
    return found[-1].parent


class Cluster:
    """One server on a free port of 127.0.0.1, in a folder that goes with it."""

    def __init__(self):
        self.programs = programs()
        self.folder = Path(tempfile.mkdtemp(prefix="tilts-faults-", dir="/tmp"))
        self.port = free_port()
        self.password = secrets.token_urlsafe(24)
        word = self.folder / "password"
        word.write_text(self.password)
        self._give_away()
        self._run(
            "initdb", f"--pgdata={self.data}", f"--username={USER}",
            "--auth=scram-sha-256", f"--pwfile={word}", "--encoding=UTF8", "--locale=C.UTF-8",
        )  # fmt: skip
        self.start()

    @property
    def data(self):
        return self.folder / "data"

    def url(self, name):
        return f"postgres://{USER}:{self.password}@127.0.0.1:{self.port}/{name}"

    def start(self):
        options = f"-p {self.port} -k '' -c listen_addresses=127.0.0.1"
        self._control("start", f"--log={self.folder / 'log'}", f"--options={options}")

    def restart(self):
        """As after a crash: nobody is waited for, nothing is written down before."""
        self._control("restart", "--mode=immediate", f"--log={self.folder / 'log'}")

    def halt(self):
        """End the server in order; ``start`` goes on."""
        self._control("stop", "--mode=fast")

    @property
    def is_running(self):
        try:
            self._run("pg_ctl", "status", f"--pgdata={self.data}")
        except RuntimeError:
            return False
        return True

    def stop(self):
        """The end of the server and of its folder."""
        self._control("stop", "--mode=immediate")
        shutil.rmtree(self.folder)

    def administer(self, *statements):
        """Statements outside of any installation, as the superuser."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)

    def cut_off(self, name):
        """End every connection to a database."""
        find = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        )
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(find, [name])

    def _control(self, deed, *options):
        always = (f"--pgdata={self.data}", "--wait", "--silent")
        self._run("pg_ctl", deed, *always, *options)

    def _run(self, program, *arguments):
        """PostgreSQL refuses to run as root; its package brings a user for it."""
        user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        # The server inherits what its starter has open, so nothing is piped
        with (self.folder / "said").open("a") as said:
            done = subprocess.run(
                [*user, self.programs / program, *arguments],
                cwd="/",
                stdout=said,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            raise RuntimeError((self.folder / "said").read_text()[-2000:])

    def _give_away(self):
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.iterdir()):
                shutil.chown(path, "postgres")


@contextmanager
def running():
    """A cluster that is stopped in any case."""
    cluster = Cluster()
    try:
        yield cluster
    finally:
        cluster.stop()
