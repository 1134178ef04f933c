"""Web servers that break a promise: what a scenario has to find, or it proves nothing.

Each is an application for gunicorn, in the place of ``config.wsgi``.
"""

import io
import json
import queue
import threading
import time
import uuid
from urllib.parse import parse_qs, urlencode

from django.db import connections

from config.wsgi import application

SENDING = "/ieraksti/sutit/"
KEPT_IN_MEMORY = 0.05
"""Seconds between the answer and the storing."""


def _is_sent(environ):
    return environ["REQUEST_METHOD"] == "POST" and environ["PATH_INFO"] == SENDING


def _with(environ, body):
    """The same request with a body that can be read once more."""
    return environ | {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body))}


def _body(environ):
    return environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))


def _store():
    """What waits in memory, one after the other."""
    while True:
        environ = _waiting.get()
        time.sleep(KEPT_IN_MEMORY)
        response = application(environ, lambda *answer: None)
        list(response)
        response.close()


_waiting = queue.Queue(maxsize=100)
_storing = []


def answers_first(environ, start_response):
    """Acknowledges what it has in memory and stores it a moment later."""
    if not _is_sent(environ):
        return application(environ, start_response)
    if not _storing:
        # Not before the worker is forked
        _storing.append(threading.Thread(target=_store, daemon=True))
        _storing[0].start()
    body = _body(environ)
    _waiting.put(_with(environ, body))
    number = parse_qs(body.decode())["client_uuid"][0]
    start_response("201 Created", [("Content-Type", "application/json")])
    return [json.dumps({"number": number}).encode()]


def forgets_numbers(environ, start_response):
    """Takes the same entry for another one each time that it comes."""
    if not _is_sent(environ):
        return application(environ, start_response)
    typed = parse_qs(_body(environ).decode())
    number, typed["client_uuid"] = typed["client_uuid"][0], [str(uuid.uuid4())]
    body = urlencode(typed, doseq=True).encode()
    status = []

    def keep(line, headers, exc_info=None):
        status[:] = [line, headers]

    response = application(_with(environ, body), keep)
    told = b"".join(response)
    response.close()
    told = told.replace(typed["client_uuid"][0].encode(), number.encode())
    start_response(*status)
    return [told]


def impatient(environ, start_response):
    """Waits 50 ms for a locked SQLite, where production waits 20 s."""
    connections.settings["default"]["OPTIONS"]["timeout"] = 0.05
    return application(environ, start_response)
