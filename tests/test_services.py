"""The services of docker-compose.yml, run by hand where there is no engine for containers:
Caddy before two web processes, worker, backup and PostgreSQL, each from its own entry point.
"""

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest
from django.db import connection

from tests.composed import MOUNTED, ROOT, environment, gunicorn
from tests.journeys.system import free_port

pytestmark = [pytest.mark.postgresql, pytest.mark.slow]

DATABASE = "services"
FOUND_BY_NAME = "dynamic a web 8000 {\n\t\t\trefresh 5s\n\t\t}"
"""How Caddy finds the web processes; the engine's name server is what we do not have."""
MAIL_TO_EVERYBODY = """
from mediators.models import User
from mediators.services.notices import tell
for user in User.objects.all():
    tell(user, "codes")
"""
FIRST_PERSON = (
    *("--role", "administrator", "--email", "ieva.kalnite@tilts.example"),
    *("--first-name", "Ieva", "--last-name", "Kalnīte"),
)
MULTIPART = {"Content-Type": "multipart/form-data; boundary=tilts"}
FILE = (
    b'--tilts\r\nContent-Disposition: form-data; name="file"; filename="1.xlsx"\r\n'
    b"\r\n%b\r\n--tilts--\r\n"
)
SLOW = 40
"""More at once than both web processes have threads."""


class Services:
    """Processes of one installation, and what Caddy answers for it."""

    def __init__(self, folder, certificates, url):
        self.folder, self.certificates = folder, certificates
        self.port, self.webs = free_port(), [free_port(), free_port()]
        self.processes = {}
        self.env = environment(folder) | {
            "SITE_URL": f"http://localhost:{self.port}",
            "ALLOWED_HOSTS": "127.0.0.1 localhost",
            "EMAIL_HOST": "",
            "DATABASE_URL": url,
            "CERTIFICATES_DIR": str(certificates),
            "FIELD_KEYS_FILE": str(folder / "made" / "field.keys"),
            "BACKUP_KEY_FILE": str(folder / "made" / "backup.key"),
            "BACKUPS_DIR": str(folder / "backups"),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        }

    def manage(self, *arguments):
        """What a management command prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, name, *command):
        with (self.folder / f"{name}.log").open("a") as log:
            self.processes[name] = subprocess.Popen(
                command, cwd=ROOT, env=self.env, stdout=log, stderr=log,
                start_new_session=True,
            )  # fmt: skip

    def start_all(self):
        for folder in ("made", "backups"):
            (self.folder / folder).mkdir(mode=0o700)
        # What the image is built with
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        self.manage("make_keys")
        self.manage("init")
        self.start_webs()
        self.start("worker", sys.executable, "manage.py", "db_worker")
        self.start("backup", "scripts/container-backups")
        self.start_caddy()
        self.wait_until(lambda: self.ask("/healthz").status == 200, "caddy")

    def start_webs(self):
        for port in self.webs:
            command = gunicorn(self.certificates, f"127.0.0.1:{port}")
            self.start(f"web-{port}", sys.executable, "-m", *command)

    def start_caddy(self):
        """With the shipped file, but for where things are on this machine."""
        shipped = (ROOT / "Caddyfile").read_text()
        assert FOUND_BY_NAME in shipped
        both = " ".join(f"127.0.0.1:{port}" for port in self.webs)
        here = shipped.replace(FOUND_BY_NAME, f"to {both}")
        file = self.folder / "Caddyfile"
        file.write_text(here.replace(MOUNTED, f"{self.certificates}/"))
        self.env |= {
            "CADDY_ADMIN": f"127.0.0.1:{free_port()}",
            "XDG_DATA_HOME": str(self.folder),
            "XDG_CONFIG_HOME": str(self.folder),
        }
        self.start("caddy", "caddy", "run", "--config", file)

    def kill(self, name):
        process = self.processes.pop(name)
        # Who ended by itself has left its group
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def ask(self, path, method="GET", body=None, headers=None):
        """Status, headers and text of what Caddy answers, as a browser on this machine asks."""
        call = http.client.HTTPConnection("localhost", self.port, timeout=20)
        try:
            call.request(method, path, body, MULTIPART | (headers or {}))
            answer = call.getresponse()
            answer.text = answer.read().decode()
            return answer
        finally:
            call.close()

    def wait_until(self, is_so, name, seconds=60):
        deadline = time.monotonic() + seconds
        while True:
            try:
                if is_so():
                    return
            except OSError:
                # Nobody listens yet
                pass
            log = self.folder / f"{name}.log"
            assert time.monotonic() < deadline, log.read_text()[-4000:]
            time.sleep(0.1)


@pytest.fixture(scope="module")
def services(django_db_setup, django_db_blocker, tmp_path_factory):
    """A whole installation on the PostgreSQL of scripts/test, in a database of its own."""
    with django_db_blocker.unblock():
        ours = connection.get_connection_params() | {"dbname": "postgres"}
    database = f"{DATABASE}_{os.getpid()}"
    with psycopg.connect(**ours, autocommit=True) as administrator:
        administrator.execute(f"CREATE DATABASE {database}")
    url = (
        f"postgres://{ours['user']}@{ours['host']}:{ours['port']}/{database}?sslmode=verify-full"
        f"&sslrootcert={ours['sslrootcert']}&sslcert={ours['sslcert']}&sslkey={ours['sslkey']}"
    )
    certificates = Path(ours["sslcert"]).parent.parent
    services = Services(tmp_path_factory.mktemp("services"), certificates, url)
    try:
        services.start_all()
        yield services
    finally:
        for name in list(services.processes):
            services.kill(name)
        with psycopg.connect(**ours, autocommit=True) as administrator:
            administrator.execute(f"DROP DATABASE {database} WITH (FORCE)")


def test_people_reach_the_log_in_by_caddy_with_the_headers_of_the_web(services):
    answer = services.ask("/ieiet/")

    assert answer.status == 200
    assert 'type="password"' in answer.text
    assert "Server" not in answer.headers
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert services.ask("/readyz").status == 200


def test_the_worker_sends_what_was_asked_for(services):
    mails = services.folder / "mail"
    services.manage("create_user", *FIRST_PERSON)
    services.manage("shell", "-c", MAIL_TO_EVERYBODY)

    services.wait_until(lambda: list(mails.glob("*")), "worker")
    [mail] = mails.iterdir()
    assert "ieva.kalnite@tilts.example" in mail.read_text()


def test_the_first_backup_is_taken_at_the_start_and_can_be_restored(services):
    backups = services.folder / "backups"
    services.wait_until(lambda: list(backups.glob("*.age")), "backup")
    [backup] = backups.glob("*.age")

    services.manage("restore", "--in", str(backup), "--verify")


def test_a_web_process_that_dies_is_not_noticed_and_without_any_a_calm_page_answers(
    services,
):
    first, second = (f"web-{port}" for port in services.webs)

    services.kill(first)
    alone = [services.ask("/ieiet/").status for _each in range(20)]
    services.kill(second)
    away = services.ask("/ieiet/")
    services.start_webs()

    assert alone == [200] * 20
    assert away.status == 503
    assert away.headers["Retry-After"] == "30"
    assert away.headers["Cache-Control"] == "no-store"
    assert "Iepriekš saglabātais ir drošībā" in away.text
    services.wait_until(lambda: services.ask("/ieiet/").status == 200, "caddy")


@pytest.mark.parametrize(
    ("path", "size", "is_too_large"),
    [
        ("/ieiet/", 1_900_000, False),
        ("/ieiet/", 2_100_000, True),
        ("/ielasit/jauns/", 5_900_000, False),
        ("/ielasit/jauns/", 6_100_000, True),
    ],
)
def test_what_is_too_large_is_refused_with_a_sentence(
    services, path, size, is_too_large
):
    # Without it nobody reads what was sent
    token = services.ask("/ieiet/").headers["Set-Cookie"].partition(";")[0]
    answer = services.ask(path, "POST", FILE % (b"a" * size), {"Cookie": token})

    assert (answer.status == 413) is is_too_large
    assert ("Tas ir par daudz vienai nosūtīšanai" in answer.text) is is_too_large


def test_requests_that_come_slowly_keep_nobody_else_waiting(services):
    """R21. Without Caddy each of them would hold a thread of a web process."""
    begun = (
        f"POST /ieiet/ HTTP/1.1\r\nHost: localhost:{services.port}\r\n"
        "Content-Length: 1000\r\n\r\na"
    )
    with contextlib.ExitStack() as slow:
        for _each in range(SLOW):
            one = slow.enter_context(
                socket.create_connection(("127.0.0.1", services.port))
            )
            one.sendall(begun.encode())
        time.sleep(0.5)

        assert [services.ask("/ieiet/").status for _each in range(20)] == [200] * 20
