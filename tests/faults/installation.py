"""An installation with the processes of production, made to be hurt."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from tests.journeys.system import ROOT, System, free_port

APPLICATION = "config.wsgi"


def production_options():
    """How the image starts gunicorn, without its address and its certificates."""
    lines = (ROOT / "Dockerfile").read_text().replace("\\\n", "").splitlines()
    command = json.loads(
        next(line for line in lines if line.startswith('CMD ["gunicorn"'))[3:]
    )
    told = command[2:]
    for option in ("--bind", "--certfile", "--keyfile", "--ca-certs", "--cert-reqs"):
        at = told.index(option)
        del told[at : at + 2]
    return told


class Replica:
    """One web server: a master of gunicorn and its workers, in a process group of its own."""

    def __init__(self, system, application=APPLICATION):
        self.system, self.application = system, application
        self.port = free_port()
        self.process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def start(self):
        command = [
            sys.executable, "-m", "gunicorn", self.application,
            *production_options(), "--bind", f"127.0.0.1:{self.port}",
        ]  # fmt: skip
        self.process = self.system.launch(command)

    def wait_until_it_answers(self, seconds=60):
        deadline = time.monotonic() + seconds
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):  # noqa: S310 -- our own server
                    return
            except OSError:
                if time.monotonic() > deadline:
                    raise TimeoutError(self.system.log.read_text()[-4000:]) from None
                time.sleep(0.05)

    def workers(self):
        """Process ids of those who answer requests."""
        pid = self.process.pid
        try:
            children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
        except FileNotFoundError:
            return []
        return [int(child) for child in children.split()]

    def kill_worker(self):
        """kill -9 one worker, the one that has lived longest; False without any."""
        workers = self.workers()
        if workers:
            os.kill(workers[0], signal.SIGKILL)
        return bool(workers)

    def kill(self):
        """kill -9 master and workers at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                self.kill()


class Installation(System):
    """Files, database and processes; ``cluster`` is None for SQLite."""

    def __init__(self, folder, cluster=None):
        folder.mkdir(exist_ok=True)
        super().__init__(folder)
        self.cluster = cluster
        self.name = folder.name.replace("-", "_")
        self.people = []
        self.replicas, self.others = [], []
        self.env |= {
            "BACKUP_KEY_FILE": str(folder / "backup.key"),
            "LOG_LEVEL": "WARNING",
            "EMAIL_HOST": "",
        }
        if cluster:
            self.env["DATABASE_URL"] = cluster.url(self.name)

    @property
    def database(self):
        return "postgresql" if self.cluster else "sqlite"

    def prepare(self, people=16):
        """Tables made from the models, so many mediators, nothing served yet."""
        self.begin_with_nothing()
        told = self.run_module("tests.faults.preparing", str(people), settings="tables")
        self.people = json.loads(told)
        self.manage("migrate", "--fake", "--verbosity", "0")

    def begin_with_nothing(self):
        """A database without a table; a file of SQLite makes itself."""
        if self.cluster:
            self.cluster.administer(f"CREATE DATABASE {self.name}")

    def copy(self, folder):
        """The same once more, as long as nobody is connected to it."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        copy = Installation(folder, self.cluster)
        copy.people = self.people
        if self.cluster:
            self.cluster.administer(f"CREATE DATABASE {copy.name} TEMPLATE {self.name}")
        return copy

    def remove(self):
        shutil.rmtree(self.folder)
        if self.cluster:
            self.cluster.administer(f"DROP DATABASE {self.name} WITH (FORCE)")

    def run_module(self, module, *arguments, settings=None):
        """What a module prints, run with the settings of production or of the suite."""
        chosen = f"tests.faults.{settings}" if settings else "config.settings"
        done = subprocess.run(
            [sys.executable, "-m", module, *arguments],
            cwd=self.root,
            env=self.env | {"DJANGO_SETTINGS_MODULE": chosen},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{module}: {done.stderr}")
        return done.stdout

    def look(self):
        """What the oracle sees."""
        return json.loads(self.run_module("tests.faults.oracle"))

    def launch(self, command, **options):
        """A process in a group of its own, whose words go to the log."""
        with self.log.open("a") as log:
            return subprocess.Popen(
                command, cwd=self.root, env=self.env, stdout=log, stderr=log,
                start_new_session=True, **options,
            )  # fmt: skip

    def begin(self, *arguments):
        """A management command that goes on while others do something."""
        process = self.launch([sys.executable, "manage.py", *arguments])
        self.others.append(process)
        return process

    def serve_once_more(self):
        """Another web server beside those that are serving."""
        replica = Replica(self)
        self.replicas.append(replica)
        replica.start()
        replica.wait_until_it_answers()

    @contextmanager
    def serving(self, replicas=1, application=APPLICATION):
        """So many web servers, ended in any case with all that was begun beside them."""
        self.replicas = [Replica(self, application) for _number in range(replicas)]
        try:
            for replica in self.replicas:
                replica.start()
            for replica in self.replicas:
                replica.wait_until_it_answers()
            yield self
        finally:
            for replica in self.replicas:
                replica.stop()
            for process in self.others:
                if process.poll() is None:
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()
