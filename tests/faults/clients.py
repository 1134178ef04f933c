"""Phones that send entries one after the other and come again until they are answered."""

import json
import threading
import time
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from tests.faults.ledger import Entry

SEND = "/ieraksti/sutit/"
PAUSE = 0.05
"""Seconds before the same is sent again; a phone waits longer."""


def answers(entry):
    """What the log form sends about nobody in particular."""
    return {
        "client_uuid": entry.number,
        "person": entry.person,
        "family": "none",
        "kind": "home_visit",
        "visited_on": f"{datetime.now(ZoneInfo('Europe/Riga')):%Y-%m-%d}",
        "minutes": str(entry.minutes),
        "areas": "education",
        "note": entry.note,
        # They are many of a kind on one day
        "confirm_duplicate": "on",
    }


class Phone:
    """One signed-in mediator, and to which server she speaks."""

    def __init__(self, person, session, ports, timeout=15):
        self.person, self.session, self.ports = person, session, list(ports)
        self.timeout = timeout
        self.token = None
        self._connection = None

    def ask(self, method, path, typed=None):
        """Status, headers and body; ``OSError`` or ``HTTPException`` without an answer."""
        headers = {"Accept": "application/json", "Cookie": self._cookies()}
        body = None
        if typed is not None:
            body = urlencode(typed | {"csrfmiddlewaretoken": self.token}, doseq=True)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self._connection is None:
            self._connection = HTTPConnection(
                "127.0.0.1", self.ports[0], timeout=self.timeout
            )
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
            return response.status, response.headers, response.read()
        except (OSError, HTTPException):
            self.hang_up()
            raise

    def _cookies(self):
        return f"session={self.session}; csrftoken={self.token or ''}"

    def fetch_token(self):
        """As the phone does before it sends."""
        _status, headers, _body = self.ask("GET", "/ierice/")
        for cookie in headers.get_all("Set-Cookie") or []:
            name, _sign, value = cookie.partition(";")[0].partition("=")
            if name == "csrftoken":
                self.token = value

    def send(self, entry, typed=None):
        """One try: the status, headers and the decoded answer, {} if it is none of ours."""
        if self.token is None:
            self.fetch_token()
        status, headers, body = self.ask("POST", SEND, typed or answers(entry))
        try:
            told = json.loads(body)
        except ValueError:
            told = {}
        return status, headers, told

    def hang_up(self):
        """Forget the connection, and speak to the next server from now on."""
        if self._connection:
            self._connection.close()
        self._connection = None
        self.ports.append(self.ports.pop(0))


class Crowd:
    """Phones that all send at once, and what became of it."""

    def __init__(self, installation, ledger, count=16):
        self.ledger = ledger
        ports = [replica.port for replica in installation.replicas]
        self.phones = [
            Phone(one["person"], one["session"], ports[n % len(ports) :] + ports[: n % len(ports)])
            for n, one in enumerate(installation.people[:count])
        ]  # fmt: skip
        self.pace = 0.0
        self.times, self.refused_without_a_time = [], 0
        self._over = threading.Event()
        self._threads = []

    @contextmanager
    def at_work(self):
        """They begin entries until the block ends, and end with what is answered."""
        for phone in self.phones:
            thread = threading.Thread(target=self._work, args=(phone,), daemon=True)
            self._threads.append(thread)
            thread.start()
        try:
            yield self
        finally:
            self._over.set()
            for thread in self._threads:
                thread.join(timeout=60)
            for phone in self.phones:
                phone.hang_up()

    def wait_for(self, acked, seconds):
        """Until so many are acknowledged; False if that takes too long."""
        deadline = time.monotonic() + seconds
        while len(self.ledger.acked) < acked:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.01)
        return True

    def _work(self, phone):
        count = 0
        while not self._over.is_set():
            count += 1
            entry = Entry.of(phone.person, count)
            self.ledger.send(entry)
            self._send_until_answered(phone, entry)
            if self.pace:
                self._over.wait(self.pace)

    def _send_until_answered(self, phone, entry):
        began, last_try = time.monotonic(), None
        while last_try is None or time.monotonic() < last_try:
            if self._over.is_set() and last_try is None:
                # One that nobody answers any more stays open in the ledger
                last_try = time.monotonic() + 20
            try:
                status, headers, told = phone.send(entry)
            except (OSError, HTTPException) as problem:
                self.ledger.answer(entry, type(problem).__name__)
            else:
                if status == 503 and "Retry-After" not in headers:
                    self.refused_without_a_time += 1
                if status in (200, 201) and told.get("number") != entry.number:
                    status = "not ours"
                self.ledger.answer(entry, status)
                if status in (200, 201):
                    self.times.append((time.time(), time.monotonic() - began))
                    return
                if status not in (500, 502, 503, "not ours"):
                    return
            time.sleep(PAUSE)

    @property
    def statuses(self):
        """How often each answer came, for people to read."""
        answers = self.ledger.answers.items()
        return {str(key): n for key, n in sorted(answers, key=str)}


def percentile(times, part):
    """The time that so many per cent of ``times`` do not exceed, in milliseconds."""
    ordered = sorted(seconds for _at, seconds in times)
    if not ordered:
        return 0
    return round(1000 * ordered[min(len(ordered) - 1, len(ordered) * part // 100)])
