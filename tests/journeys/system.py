"""A whole Tilts of its own for a journey: database, web, worker and a mail server."""

import json
import os
import re
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from email import policy
from email.parser import BytesParser
from pathlib import Path
from zoneinfo import ZoneInfo

from aiosmtpd.controller import Controller

ROOT = Path(__file__).resolve().parent.parent.parent


def today():
    """The day in Riga, whatever the zone of this machine."""
    return datetime.now(ZoneInfo("Europe/Riga")).date()


def free_port():
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def secret_key(folder):
    """The key of the installation, made when it is asked for first."""
    file = folder / "secret.key"
    if not file.exists():
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


class MailSink:
    """Takes every mail, or refuses all of them while ``refuses`` is true."""

    def __init__(self):
        self.mails = []
        self.refuses = False

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 -- aiosmtpd calls it so
        if self.refuses:
            return "554 5.7.1 Refused for the test"
        self.mails.append(
            BytesParser(policy=policy.default).parsebytes(envelope.content)
        )
        return "250 Accepted"


KEEP_THREE_PDFS = """
from django_tasks_db.models import DBTaskResult
waiting = DBTaskResult.objects.filter(task_path="reports.services.delivery.render_version")
waiting.exclude(pk__in=waiting.order_by("-priority")[:3].values("pk")).delete()
"""
"""Or every installation spends its first minutes drawing the demo's forty old reports."""


class System:
    """Processes and files of one running installation in demo mode."""

    root = ROOT

    def __init__(self, folder):
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.web = None
        self.sink = MailSink()
        self.log = folder / "server.log"
        self.env = os.environ | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "DEMO": "true",
            "VAR_DIR": str(folder),
            "DATABASE_URL": f"sqlite:///{folder / 'tilts.sqlite3'}",
            "FIELD_KEYS_FILE": str(folder / "field.keys"),
            "SECRET_KEY": secret_key(folder),
            "SITE_URL": self.url,
            "ALLOWED_HOSTS": "127.0.0.1",
            "EMAIL_HOST": "127.0.0.1",
            "LOG_LEVEL": "DEBUG",
        }

    def manage(self, *arguments):
        """Run a management command and return what it prints."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.root,
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{arguments}: {done.stdout}\n{done.stderr}"
        return done.stdout

    def prepare(self, *, until=None):
        """Everything before serving. The demo ends with last month, unless told otherwise:
        so this month's log is empty and can be counted."""
        until = until or today().replace(day=1) - timedelta(days=1)
        self.manage("make_keys")
        with ThreadPoolExecutor() as beside:
            static = beside.submit(
                self.manage, "collectstatic", "--no-input", "--verbosity", "0"
            )
            self.manage("migrate", "--no-input", "--verbosity", "0")
            self.manage("createcachetable")
            self.manage("compilemessages", "--ignore", ".venv", "--verbosity", "0")
            self.manage("load_reference")
            self.manage("seed_demo", "--until", until.isoformat())
            self.manage("shell", "-c", KEEP_THREE_PDFS)
            self.accounts = json.loads(self.manage("demo_accounts", "--json"))
            static.result()

    def copy(self, folder):
        """The same installation once more, before anybody has worked with it."""
        shutil.copytree(self.folder, folder, dirs_exist_ok=True)
        copy = System(folder)
        copy.accounts = self.accounts
        return copy

    def account(self, role, municipality=None):
        """The first demo account of a role, in a municipality if one is named."""
        return next(
            account
            for account in self.accounts
            if account["role"] == role
            and municipality in (None, account["municipality"])
        )

    @contextmanager
    def running(self):
        """Web, worker and mail server, ended together."""
        controller = Controller(self.sink, hostname="127.0.0.1", port=free_port())
        controller.start()
        self.env["EMAIL_PORT"] = str(controller.port)
        with self.log.open("w") as log:
            processes = [
                subprocess.Popen(
                    command, cwd=self.root, env=self.env, stdout=log, stderr=log
                )
                for command in self._commands()
            ]
            self.web = processes[0].pid
            try:
                self._wait_until_it_answers()
                yield self
            finally:
                for process in processes:
                    process.terminate()
                for process in processes:
                    process.wait(timeout=20)
                controller.stop()

    def kill_workers(self):
        """kill -9 whoever answers requests; the master starts another one."""
        children = Path(f"/proc/{self.web}/task/{self.web}/children").read_text()
        for child in children.split():
            os.kill(int(child), signal.SIGKILL)

    def rows(self, statement, *parameters):
        """What a statement finds in the database, past the application."""
        with closing(sqlite3.connect(self.folder / "tilts.sqlite3", timeout=20)) as db:
            return db.execute(statement, parameters).fetchall()

    def _commands(self):
        yield [
            sys.executable, "-m", "gunicorn", "config.wsgi",
            "--bind", f"127.0.0.1:{self.port}",
            "--workers", "1", "--threads", "4", "--preload",
            "--access-logfile", "-",
        ]  # fmt: skip
        yield [sys.executable, "manage.py", "db_worker", "--interval", "0.2"]

    def _wait_until_it_answers(self):
        deadline = time.monotonic() + 60
        while True:
            try:
                with urllib.request.urlopen(f"{self.url}/healthz", timeout=2):  # noqa: S310 -- our own server
                    return
            except OSError:
                assert time.monotonic() < deadline, self.log.read_text()
                time.sleep(0.2)

    def wait_for_link(self, address):
        """The first link to an address below ``address`` that a mail brings.

        Other mails may come before it: whose report came back, who signed in anew.
        """
        pattern = re.compile(rf"{re.escape(self.url + address)}[\w-]+/")
        deadline = time.monotonic() + 60
        while True:
            for mail in list(self.sink.mails):
                if link := pattern.search(mail.get_body(("plain",)).get_content()):
                    return link.group()
            assert time.monotonic() < deadline, self.log.read_text()[-4000:]
            time.sleep(0.2)
